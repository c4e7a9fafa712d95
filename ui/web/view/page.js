// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The page as a whole: which of its two views is shown, the window's title, and the part of the
 * screen that the on-screen keyboard leaves.
 */

import { fill, strings } from '../strings.js';
import { ChatView } from './chat.js';
import { isFocusLost } from './dom.js';
import { JoinView } from './join.js';

/** @typedef {import('../model/types.js').State} State */

/** A hidden page draws no frames, and timers are slow there: good enough for a title. */
const HIDDEN_MS = 250;

export class Page {
  /** @param {import('../io/session.js').Session} session @param {HTMLElement} root */
  constructor(session, root) {
    this.root = root;
    this.join = new JoinView(session);
    this.chat = new ChatView(session);
    this.frame = 0;
    this.timer = 0;
    /** @type {State | null} */
    this.state = null;
    /** @type {JoinView | ChatView | null} */
    this.shown = null;
    this.followKeyboard();
  }

  /** Draws soon, once for all that changes until then. @param {State} state */
  show(state) {
    this.state = state;
    // A frame asked for before the page was hidden does not come, so both may be pending.
    if (document.hidden) this.timer = this.timer || window.setTimeout(() => this.draw(), HIDDEN_MS);
    else this.frame = this.frame || requestAnimationFrame(() => this.draw());
  }

  draw() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = 0;
    this.timer = 0;
    const { state } = this;
    if (!state) return;
    const view = state.stage === 'chat' ? this.chat : this.join;
    const isNew = view !== this.shown;
    const isFirst = this.shown === null;
    const focused = document.activeElement;
    if (isNew) {
      if (this.shown === this.chat) this.chat.hide();
      this.shown = view;
      this.root.replaceChildren(view.element);
    }
    view.update(state);
    // Nobody's focus may fall out of what changed.
    const { activeElement: now, body } = document;
    const isGone = focused !== body && (!now || now === body || isFocusLost(now));
    const isLost = isNew ? !view.element.contains(now) : isGone;
    if (isLost) view.focus(isFirst);
    const name = state.room.name || strings.product;
    const { unread } = state;
    const title = unread > 0 ? `${fill('({unread})', { unread })} ${name}` : name;
    if (document.title !== title) document.title = title;
  }

  /** Where the keyboard covers the page instead of shrinking it, the page shrinks itself. */
  followKeyboard() {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const follow = () => {
      if (viewport.scale !== 1) return;
      document.documentElement.style.setProperty('--height', `${viewport.height}px`);
      if (viewport.height < window.innerHeight) window.scrollTo(0, 0);
    };
    viewport.addEventListener('resize', follow);
    follow();
  }
}
