// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The conversation: draws what is new, keeps what is there, and never takes the scroll position
 * away from somebody who reads further up.
 */

import { earlierFrom, laterFrom, othersSince, shownFrom, shownUntil } from '../model/history.js';
import { allEntries } from '../model/state.js';
import { rowBlocks, timelineRows } from '../model/timeline.js';
import { fillCount, strings } from '../strings.js';
import { Announcer } from './announcer.js';
import { Blocks } from './blocks.js';
import { button, h, icon, setShown, setText } from './dom.js';
import { Place } from './place.js';
import { copySelection } from './selection.js';

/** @typedef {import('../model/types.js').State} State */

export class LogView {
  /** @param {import('./rows.js').RowActions} actions */
  constructor(actions) {
    this.blocks = new Blocks(actions);
    this.announcer = new Announcer();
    this.newCount = 0;
    this.lastSerial = 0;
    /** The key of the entry at which the part in the document begins. */
    this.first = '';
    /** How many entries of all there are in front of where it ends. */
    this.until = 0;
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
    this.place = new Place(
      this.scroller,
      (top) => this.blocks.rowAt(top),
      () => this.onMoved(),
    );
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
    // A press leaves the focus, and the on-screen keyboard, as they are.
    this.pill.addEventListener('pointerdown', (event) => event.preventDefault());
    this.scroller.addEventListener('keydown', (event) => this.blocks.onKey(event));
    this.scroller.addEventListener('copy', (event) => copySelection(event, this.blocks.messages()));
    this.place.follow(this.rows);
  }

  onMoved() {
    const { isAtEnd, isCut, left } = this.place;
    const screen = this.scroller.clientHeight;
    if (isAtEnd) this.newCount = 0;
    this.updatePill(isCut || left > screen);
    if (isCut && left < screen) this.showLater();
  }

  toEnd() {
    this.place.isAtEnd = true;
    if (this.place.isCut && this.state) this.draw(this.state);
    this.place.keep();
    this.newCount = 0;
    this.updatePill(false);
  }

  /** The way back: when there is news, or when it is far. @param {boolean} isFar */
  updatePill(isFar) {
    const isOffered = !this.place.isAtEnd && (this.newCount > 0 || isFar);
    if (!isOffered && document.activeElement === this.pill) this.scroller.focus();
    setShown(this.pill, isOffered);
    const words = this.newCount > 0 ? fillCount(strings.newMessages, this.newCount) : '';
    setText(this.pillText, words || strings.latest);
  }

  /** The line at the top stays where it is; more comes above it. */
  showEarlier() {
    if (!this.state) return;
    const all = allEntries(this.state);
    const from = earlierFrom(all, shownFrom(all, this.first, false));
    this.first = all[from].key;
    this.place.leaveEnd();
    this.draw(this.state);
    // The button may be gone, and the focus with it.
    if (this.earlier.hidden) this.scroller.focus();
  }

  /** More comes below, and what is far above goes. */
  showLater() {
    if (!this.state) return;
    const all = allEntries(this.state);
    this.first = all[laterFrom(all, this.until)].key;
    this.draw(this.state);
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
    const { place } = this;
    if (all.length === 0) place.isAtEnd = true;
    const isFollowing = place.isAtEnd || place.isEndInSight;
    const from = shownFrom(all, this.first, place.isAtEnd);
    const first = all.length > 0 ? all[from].key : '';
    const isLetGo = from === 0 && this.first !== '' && first !== '' && this.first !== first;
    this.first = first;
    this.until = shownUntil(all, from, isFollowing);
    place.isCut = this.until < all.length;
    setShown(this.earlier, from > 0);
    this.blocks.draw(rowBlocks(timelineRows(all.slice(from, this.until))), joined);
    // What was read there may have been the last to be let go: on with what comes next.
    if (isLetGo && !place.isThere) place.toStart();
    place.keep();
    this.tellNews(state, isFollowing);
  }

  /** @param {State} state @param {boolean} isFollowing whether its end was in sight */
  tellNews(state, isFollowing) {
    const others = othersSince(state.entries, this.lastSerial);
    this.lastSerial = state.serial;
    this.announcer.add(others.filter((message) => message.live));
    if (isFollowing && others.length > 0) this.place.toEnd();
    this.newCount = this.place.isAtEnd ? 0 : this.newCount + others.length;
    this.updatePill(!this.pill.hidden);
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
