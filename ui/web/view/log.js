// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The conversation: draws what is new, keeps what is there, and never takes the scroll position
 * away from somebody who reads further up.
 */

import { earlierFrom, othersSince, shownFrom } from '../model/history.js';
import { allEntries } from '../model/state.js';
import { rowBlocks, timelineRows } from '../model/timeline.js';
import { fillCount, strings } from '../strings.js';
import { Announcer } from './announcer.js';
import { Blocks } from './blocks.js';
import { button, h, icon, setShown, setText } from './dom.js';
import { copySelection } from './selection.js';

/** @typedef {import('../model/types.js').State} State */

/** This close to the end counts as being there, CSS px. */
const END_SLACK = 48;

export class LogView {
  /** @param {import('./rows.js').RowActions} actions */
  constructor(actions) {
    this.blocks = new Blocks(actions);
    this.announcer = new Announcer();
    this.isAtEnd = true;
    this.lastTop = 0;
    this.newCount = 0;
    this.lastSerial = 0;
    /** The key of the entry at which the part in the document begins. */
    this.first = '';
    /** @type {State | null} */
    this.state = null;

    this.earlier = button(strings.showEarlier, 'plain earlier-open', () => this.showEarlier());
    this.earlier.hidden = true;
    this.emptyTitle = h('h2', { class: 'title' });
    this.emptyText = h('p');
    this.empty = h('div', { class: 'empty' }, icon('chat'), this.emptyTitle, this.emptyText);
    this.rows = h('div', { class: 'rows' }, this.earlier, this.blocks.element);
    // What is told aloud, the announcer tells.
    const attributes = { class: 'log', role: 'log', 'aria-live': 'off', tabindex: '0' };
    this.scroller = h('div', { ...attributes, 'aria-label': strings.logLabel }, this.rows);
    this.pillText = h('span');
    this.pill = h(
      'button',
      { type: 'button', class: 'pill', hidden: true },
      icon('down'),
      this.pillText,
    );
    this.element = h(
      'div',
      { class: 'conversation' },
      this.scroller,
      this.empty,
      this.pill,
      this.announcer.element,
    );
    this.listen();
  }

  listen() {
    this.pill.addEventListener('click', () => this.toEnd());
    this.scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
    this.scroller.addEventListener('keydown', (event) => this.blocks.onKey(event));
    this.scroller.addEventListener('copy', (event) => copySelection(event, this.blocks.messages()));
    // Both change without anything being said: under a keyboard, and when what was far away is laid
    // out and is not as high as it was taken for.
    const observer = new ResizeObserver(() => {
      if (this.isAtEnd) this.toEnd();
    });
    observer.observe(this.scroller);
    observer.observe(this.rows);
  }

  onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const left = scrollHeight - scrollTop - clientHeight;
    // Only moving up leaves the end: it may have moved away itself, under a keyboard or new words,
    // before the event of our own scrolling comes.
    if (left < END_SLACK) this.isAtEnd = true;
    else if (scrollTop < this.lastTop) this.isAtEnd = false;
    this.lastTop = scrollTop;
    if (this.isAtEnd) this.newCount = 0;
    this.updatePill(left > clientHeight);
  }

  toEnd() {
    this.isAtEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.lastTop = this.scroller.scrollTop;
    this.newCount = 0;
    this.updatePill(false);
  }

  /** The way back: when there is news, or when it is far. @param {boolean} isFar */
  updatePill(isFar) {
    setShown(this.pill, !this.isAtEnd && (this.newCount > 0 || isFar));
    const words = this.newCount > 0 ? fillCount(strings.newMessages, this.newCount) : '';
    setText(this.pillText, words || strings.latest);
  }

  /** The line at the top stays where it is; more comes above it. */
  showEarlier() {
    if (!this.state) return;
    const all = allEntries(this.state);
    const from = earlierFrom(all, shownFrom(all, this.first, false));
    this.first = all[from].key;
    this.isAtEnd = false;
    this.draw(this.state);
    // The button may be gone, and the focus with it.
    if (this.earlier.hidden) this.scroller.focus();
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
    const all = allEntries(state);
    if (all.length === 0) this.isAtEnd = true;
    const from = shownFrom(all, this.first, this.isAtEnd);
    this.first = all.length > 0 ? all[from].key : '';
    const stay = this.isAtEnd ? null : this.holdPlace();
    setShown(this.earlier, from > 0);
    const shown = from > 0 ? all.slice(from) : all;
    this.blocks.draw(rowBlocks(timelineRows(shown)), joined);
    if (stay) stay();
    this.tellNews(state);
  }

  /** @param {State} state */
  tellNews(state) {
    const others = othersSince(state.entries, this.lastSerial);
    this.lastSerial = state.serial;
    this.announcer.add(others.filter((message) => message.live));
    if (this.isAtEnd) return this.toEnd();
    this.newCount += others.length;
    this.updatePill(!this.pill.hidden);
  }

  /**
   * Whoever reads further up keeps his line where it is, whatever comes or goes above it. Browsers
   * do so by themselves while they scroll, but not all, and not at the very top.
   * @returns {() => void} to be called once the rows are drawn
   */
  holdPlace() {
    const line = this.blocks.rowAt(this.scroller.getBoundingClientRect().top);
    const before = line ? line.getBoundingClientRect().top : 0;
    return () => {
      if (!line || !line.isConnected) return;
      this.scroller.scrollTop += line.getBoundingClientRect().top - before;
      this.lastTop = this.scroller.scrollTop;
    };
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
