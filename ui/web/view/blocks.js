// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The rows of the conversation in the document, in blocks: browsers lay out and paint only those
 * near the screen (css/log.css), and still find words in all of them.
 */

import { h, isFocusLost } from './dom.js';
import { makeRow, rowFace } from './rows.js';

/** @typedef {import('../model/types.js').Message} Message */
/** @typedef {import('../model/timeline.js').Block} Block */
/** @typedef {{ face: string, view: ReturnType<typeof makeRow> }} Drawn */

export class Blocks {
  /** @param {import('./rows.js').RowActions} actions */
  constructor(actions) {
    this.actions = actions;
    /** @type {Map<string, Drawn>} */
    this.drawn = new Map();
    /** @type {Map<string, HTMLElement>} */
    this.lists = new Map();
    /** Of the buttons beside messages the one that Tab reaches. @type {HTMLElement | null} */
    this.stop = null;
    this.element = h('div', { class: 'blocks' });
    // Where nothing hovers, a tap shows the button of a message.
    this.element.addEventListener('click', (event) => {
      const row = /** @type {Element} */ (event.target).closest('.message');
      for (const each of this.element.querySelectorAll('.touched'))
        each.classList.remove('touched');
      if (row) row.classList.add('touched');
    });
    this.element.addEventListener('focusin', (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (target.classList.contains('more')) this.stopAt(target);
    });
  }

  /** @param {Block[]} blocks @param {boolean} joined */
  draw(blocks, joined) {
    const keepFocus = this.holdFocus();
    this.dropGone(blocks);
    let next = this.element.firstElementChild;
    for (const block of blocks) {
      const list = this.listOf(block.key);
      this.drawRows(list, block, joined);
      if (list === next) next = next.nextElementSibling;
      else this.element.insertBefore(list, next);
    }
    keepFocus();
    this.keepStop();
  }

  /** Retry and Discard go once they are pressed: the focus goes to their message, to the next where
   * that is gone, or to the one before. @returns {() => void} to be called once the rows are drawn */
  holdFocus() {
    const focused = document.activeElement;
    const row = focused && this.element.contains(focused) ? focused.closest('.message') : null;
    if (!focused || !row) return () => {};
    const all = /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll('.more')]);
    const at = all.findIndex((more) => row.contains(more));
    return () => {
      if (!isFocusLost(focused)) return;
      const near = [...all.slice(at), ...all.slice(0, at).reverse()];
      const next = near.find((more) => more.isConnected);
      if (next) next.focus();
    };
  }

  /** @param {Block[]} blocks */
  dropGone(blocks) {
    const keys = new Set(blocks.map((block) => block.key));
    for (const block of blocks) for (const row of block.rows) keys.add(row.key);
    for (const [key, { view }] of this.drawn) {
      if (keys.has(key)) continue;
      view.element.remove();
      this.drawn.delete(key);
    }
    for (const [key, list] of this.lists) {
      if (keys.has(key)) continue;
      list.remove();
      this.lists.delete(key);
    }
  }

  /** @param {string} key */
  listOf(key) {
    const list = this.lists.get(key) || h('ol', { class: 'block' });
    this.lists.set(key, list);
    return list;
  }

  /** @param {HTMLElement} list @param {Block} block @param {boolean} joined */
  drawRows(list, block, joined) {
    let next = list.firstElementChild;
    for (const row of block.rows) {
      const face = rowFace(row, joined);
      const old = this.drawn.get(row.key);
      const view = old ? old.view : makeRow(row, this.actions);
      if (!old || old.face !== face) {
        view.update(row, joined);
        this.drawn.set(row.key, { face, view });
      }
      if (view.element === next) next = next.nextElementSibling;
      else list.insertBefore(view.element, next);
    }
  }

  /** The messages in the document and their bubbles, in order.
   * @returns {{ message: Message, bubble: HTMLElement }[]} */
  messages() {
    /** @type {Map<Element, { message: Message, bubble: HTMLElement }>} */
    const byElement = new Map();
    for (const { view } of this.drawn.values())
      if ('bubble' in view)
        byElement.set(view.element, { message: view.message, bubble: view.bubble });
    const found = [...this.element.querySelectorAll('.message')].map((row) => byElement.get(row));
    return /** @type {{ message: Message, bubble: HTMLElement }[]} */ (found.filter(Boolean));
  }

  /** The first row that ends below a height. Asks blocks first: what is inside those far from the
   * screen is not laid out.
   * @param {number} top of the viewport, CSS px @returns {Element | null} */
  rowAt(top) {
    const list = firstBelow(this.element.children, top);
    return list && firstBelow(list.children, top);
  }

  /** Tab reaches the newest message, unless somebody is among the others. */
  keepStop() {
    const isUsed = this.stop && this.stop.isConnected && this.stop === document.activeElement;
    if (isUsed) return;
    const last = this.element.lastElementChild;
    const buttons = last ? last.querySelectorAll('.more') : [];
    const newest = /** @type {HTMLElement | undefined} */ (buttons[buttons.length - 1]);
    if (newest) this.stopAt(newest);
  }

  /** @param {HTMLElement} more */
  stopAt(more) {
    if (this.stop === more) return;
    if (this.stop) this.stop.tabIndex = -1;
    more.tabIndex = 0;
    this.stop = more;
  }

  /** Arrows go from message to message. @param {KeyboardEvent} event */
  onKey(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (!isArrow || !target.classList.contains('more')) return;
    const all = /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll('.more')]);
    const next = all[all.indexOf(target) + (event.key === 'ArrowDown' ? 1 : -1)];
    event.preventDefault();
    if (next) next.focus();
  }
}

/** @param {HTMLCollection} elements one below the other @param {number} top @returns {Element | null} */
function firstBelow(elements, top) {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle].getBoundingClientRect().bottom > top) high = middle;
    else low = middle + 1;
  }
  return low < elements.length ? elements[low] : null;
}
