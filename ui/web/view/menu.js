// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * A menu that opens beside what it belongs to. Its keys are those of every menu: arrows, Home, End,
 * Esc; it gives the focus back where it came from.
 */

import { h, icon, isFocusLost } from './dom.js';

/**
 * @typedef {object} Item
 * @property {string} label
 * @property {string} sign of dom.js
 * @property {() => void} run
 * @property {boolean} [checked]  present: it switches something
 */

/** Between the menu and the edges of the page, CSS px. */
const MARGIN = 8;

export class Menu {
  constructor() {
    this.element = h('div', { class: 'menu', role: 'menu', hidden: true });
    /** @type {HTMLElement | null} */
    this.anchor = null;
    /** Of the page when it was opened. */
    this.width = 0;
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    document.addEventListener('pointerdown', (event) => {
      const target = /** @type {Node} */ (event.target);
      const isOurs = this.element.contains(target) || (this.anchor && this.anchor.contains(target));
      if (!isOurs) this.close(this.isFocused);
    });
    window.addEventListener('resize', () => this.onResize());
  }

  get isFocused() {
    return this.element.contains(document.activeElement);
  }

  /** The on-screen keyboard goes because the focus came here: that is no reason to close. */
  onResize() {
    const { anchor } = this;
    const isSame = anchor && window.innerWidth === this.width && !isFocusLost(anchor);
    if (isSame) this.place(anchor);
    else this.close(this.isFocused);
  }

  /** @param {HTMLElement} anchor what opened it @param {string} label @param {Item[]} items */
  toggle(anchor, label, items) {
    const isOpen = this.anchor === anchor;
    this.close(isOpen);
    if (isOpen) return;
    this.anchor = anchor;
    this.width = window.innerWidth;
    anchor.setAttribute('aria-expanded', 'true');
    this.element.setAttribute('aria-label', label);
    this.element.replaceChildren(...items.map((item) => this.row(item)));
    this.element.hidden = false;
    this.place(anchor);
    this.focusAt(0);
  }

  /** @param {Item} item */
  row(item) {
    const isSwitch = item.checked !== undefined;
    const attributes = {
      type: 'button',
      class: 'menu-item',
      role: isSwitch ? 'menuitemcheckbox' : 'menuitem',
      tabindex: '-1',
    };
    const element = h('button', attributes, icon(item.sign), h('span', {}, item.label));
    if (isSwitch) {
      element.setAttribute('aria-checked', String(item.checked));
      if (item.checked) element.append(icon('check'));
    }
    element.addEventListener('click', () => {
      this.close(true);
      item.run();
    });
    return element;
  }

  /** Below its button and in line with its end; above where there is no room. @param {Element} anchor */
  place(anchor) {
    const { element } = this;
    const at = anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = element;
    const isRtl = getComputedStyle(anchor).direction === 'rtl';
    const isBelow = at.bottom + height + MARGIN <= window.innerHeight;
    const left = isRtl ? at.left : at.right - width;
    const top = isBelow ? at.bottom : at.top - height;
    /** @param {number} value @param {number} most */
    const within = (value, most) => `${Math.max(MARGIN, Math.min(value, most - MARGIN))}px`;
    element.style.left = within(left, window.innerWidth - width);
    element.style.top = within(top, window.innerHeight - height);
  }

  /** @param {boolean} isFocusBack whether the focus returns to what opened it */
  close(isFocusBack) {
    const { anchor } = this;
    if (!anchor) return;
    this.anchor = null;
    anchor.setAttribute('aria-expanded', 'false');
    if (isFocusBack) anchor.focus();
    this.element.hidden = true;
  }

  /** @param {number} index counted from the end where negative */
  focusAt(index) {
    const items = /** @type {HTMLElement[]} */ ([...this.element.children]);
    const item = items[(index + items.length) % items.length];
    if (item) item.focus();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const index = [...this.element.children].indexOf(
      /** @type {Element} */ (document.activeElement),
    );
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.focusAt(index + 1),
      ArrowUp: () => this.focusAt(index - 1),
      Home: () => this.focusAt(0),
      End: () => this.focusAt(-1),
      Escape: () => this.close(true),
      Tab: () => this.close(true),
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }
}
