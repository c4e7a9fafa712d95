// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The conversation: draws what is new, keeps what is there, and never takes the scroll position
 * away from somebody who reads further up.
 */

import { allEntries } from '../model/state.js';
import { timelineRows } from '../model/timeline.js';
import { fillCount, strings } from '../strings.js';
import { h, icon, setShown, setText } from './dom.js';
import { makeRow, rowFace } from './rows.js';

/** @typedef {import('../model/types.js').State} State */

/** This close to the end counts as being there, CSS px. */
const END_SLACK = 48;

export class LogView {
  /** @param {import('./rows.js').UnsentActions} actions */
  constructor(actions) {
    this.actions = actions;
    /** @type {Map<string, { face: string, view: ReturnType<typeof makeRow> }>} */
    this.drawn = new Map();
    this.isAtEnd = true;
    this.lastTop = 0;
    this.newCount = 0;
    this.lastSerial = 0;
    /** @type {State | null} */
    this.state = null;

    this.list = h('ol', { class: 'rows' });
    this.emptyTitle = h('h2', { class: 'title' });
    this.emptyText = h('p');
    this.empty = h('div', { class: 'empty' }, icon('chat'), this.emptyTitle, this.emptyText);
    this.scroller = h(
      'div',
      { class: 'log', role: 'log', 'aria-label': strings.logLabel, tabindex: '0' },
      this.list,
    );
    this.pillText = h('span');
    this.pill = h(
      'button',
      { type: 'button', class: 'pill', hidden: true },
      icon('down'),
      this.pillText,
    );
    this.pill.addEventListener('click', () => this.toEnd());
    this.scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
    new ResizeObserver(() => {
      if (this.isAtEnd) this.toEnd();
    }).observe(this.scroller);
    this.element = h('div', { class: 'conversation' }, this.scroller, this.empty, this.pill);
  }

  onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    // Only moving up leaves the end: it may have moved away itself, under a keyboard or new words,
    // before the event of our own scrolling comes.
    if (scrollHeight - scrollTop - clientHeight < END_SLACK) this.isAtEnd = true;
    else if (scrollTop < this.lastTop) this.isAtEnd = false;
    this.lastTop = scrollTop;
    if (this.isAtEnd) this.setNew(0);
  }

  toEnd() {
    this.isAtEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.lastTop = this.scroller.scrollTop;
    this.setNew(0);
  }

  /** @param {number} count */
  setNew(count) {
    this.newCount = count;
    setShown(this.pill, count > 0);
    if (count > 0) setText(this.pillText, fillCount(strings.newMessages, count));
  }

  /** @param {State} state */
  update(state) {
    const before = this.state;
    this.state = state;
    const isSame =
      before !== null &&
      before.entries === state.entries &&
      before.outbox === state.outbox &&
      before.link === state.link;
    if (!isSame) this.draw(state);
    this.updateEmpty(state);
  }

  /** @param {State} state */
  draw(state) {
    const joined = state.link === 'joined';
    // What was said before is there to be read, not to be read out.
    const isBusy = !joined || state.lastSeen < state.replayedTo;
    this.scroller.setAttribute('aria-busy', String(isBusy));
    const stay = this.isAtEnd ? null : this.holdPlace();
    this.drawRows(timelineRows(allEntries(state)), joined);
    if (stay) stay();
    const fresh = state.entries.filter(
      (entry) => entry.kind === 'message' && Number(entry.key.slice(1)) >= this.lastSerial,
    );
    const others = fresh.filter((entry) => entry.kind === 'message' && !entry.own).length;
    this.lastSerial = state.serial;
    if (this.isAtEnd) this.toEnd();
    else if (others > 0) this.setNew(this.newCount + others);
  }

  /**
   * Whoever reads further up keeps his line where it is, whatever goes away above it. (Browsers
   * that do so by themselves are told not to: log.css.)
   * @returns {() => void} to be called once the rows are drawn
   */
  holdPlace() {
    const { top } = this.scroller.getBoundingClientRect();
    const rows = [...this.list.children];
    const line = rows.find((row) => row.getBoundingClientRect().bottom > top);
    const before = line ? line.getBoundingClientRect().top : 0;
    return () => {
      if (!line || !line.isConnected) return;
      this.scroller.scrollTop += line.getBoundingClientRect().top - before;
      this.lastTop = this.scroller.scrollTop;
    };
  }

  /** @param {import('../model/timeline.js').Row[]} rows @param {boolean} joined */
  drawRows(rows, joined) {
    const kept = new Set(rows.map((row) => row.key));
    for (const [key, { view }] of this.drawn) {
      if (kept.has(key)) continue;
      view.element.remove();
      this.drawn.delete(key);
    }
    let next = this.list.firstElementChild;
    for (const row of rows) {
      const face = rowFace(row, joined);
      const old = this.drawn.get(row.key);
      const view = old ? old.view : makeRow(row, this.actions);
      if (!old || old.face !== face) {
        view.update(row, joined);
        this.drawn.set(row.key, { face, view });
      }
      if (view.element === next) next = next.nextElementSibling;
      else this.list.insertBefore(view.element, next);
    }
  }

  /** @param {State} state */
  updateEmpty(state) {
    const isEmpty =
      state.link === 'joined' &&
      state.outbox.length === 0 &&
      !state.entries.some((entry) => entry.kind === 'message');
    setShown(this.empty, isEmpty);
    if (!isEmpty) return;
    const isFirst = state.count <= 1;
    setText(this.emptyTitle, isFirst ? strings.firstHereTitle : strings.quietTitle);
    setText(this.emptyText, isFirst ? strings.firstHere : strings.quiet);
  }
}
