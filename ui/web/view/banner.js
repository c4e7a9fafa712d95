// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What is wrong with the connection, below the header: one sentence and at most one thing to do.
 */

import { saveCopy } from '../io/save.js';
import { hasWords } from '../model/state.js';
import { fill, strings } from '../strings.js';
import { button, h, icon, isFocusLost, setShown, setText } from './dom.js';

/** @typedef {import('../model/types.js').State} State */

/** Most reconnects are shorter: saying so would only flicker. */
const PATIENCE_MS = 400;

/** @param {State} state @returns {'' | 'reconnecting' | 'unreachable' | NonNullable<State['ended']>} */
function trouble(state) {
  if (state.ended) return state.ended;
  if (state.link === 'joined') return '';
  if (state.unreachable) return 'unreachable';
  return state.entries.length > 0 || state.link === 'lost' ? 'reconnecting' : '';
}

export class BannerView {
  /**
   * @param {import('../io/session.js').Session} session
   * @param {() => void} onFocusLost  the button that had it is not offered any more
   */
  constructor(session, onFocusLost) {
    this.onFocusLost = onFocusLost;
    this.trouble = '';
    this.hasWords = false;
    this.timer = 0;
    /** @type {State | null} */
    this.state = null;
    this.text = h('span');
    this.buttons = {
      reload: button(strings.reload, 'plain', () => location.reload()),
      useHere: button(strings.useHere, 'plain', () => void session.useHere()),
      reconnect: button(strings.reconnect, 'plain', () => session.goOn()),
      save: button(strings.saveCopy, 'plain', () => {
        if (this.state) void saveCopy(this.state);
      }),
    };
    this.body = h('div', { class: 'banner', hidden: true }, icon('unlink'), this.text);
    this.body.append(...Object.values(this.buttons));
    this.element = h('div', { role: 'status' }, this.body);
  }

  /** @param {State} state */
  update(state) {
    this.state = state;
    const now = trouble(state);
    if (now === this.trouble && this.hasWords === hasWords(state)) return;
    this.trouble = now;
    this.hasWords = hasWords(state);
    clearTimeout(this.timer);
    if (now === 'reconnecting') this.timer = window.setTimeout(() => this.draw(), PATIENCE_MS);
    else this.draw();
  }

  draw() {
    const room = (this.state && this.state.room.name) || strings.roomFallback;
    /** @type {Record<string, [string, string]>} */
    const troubles = {
      reconnecting: [strings.reconnecting, ''],
      unreachable: [fill(strings.unreachable, { room }), 'reload'],
      stopped: this.hasWords ? [strings.endedCopy, 'save'] : [strings.ended, ''],
      elsewhere: [strings.taken, 'useHere'],
      removed: [strings.removed, this.hasWords ? 'save' : ''],
      paused: [strings.paused, 'reconnect'],
      crowded: [strings.crowded, 'reconnect'],
      mistake: [strings.mistake, 'reload'],
    };
    const [words, offer] = troubles[this.trouble] || ['', ''];
    const focused = document.activeElement;
    const isHere = focused !== null && this.body.contains(focused);
    setText(this.text, words);
    for (const [name, element] of Object.entries(this.buttons)) setShown(element, name === offer);
    setShown(this.body, this.trouble !== '');
    if (isHere && isFocusLost(focused)) this.onFocusLost();
  }
}
