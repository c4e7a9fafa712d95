// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Tells screen readers of messages that come: those of others, as they are said. The conversation
 * itself is a quiet log: it would tell of replays, of earlier messages being shown, of who comes and
 * goes, and a busy room would never stop talking.
 */

import { Herald } from '../model/herald.js';
import { fill, fillCount, strings } from '../strings.js';
import { h } from './dom.js';

/** @typedef {import('../model/types.js').Message} Message */

/** What was told stays so long: some readers look only later. */
const KEPT_MS = 5000;

export class Announcer {
  constructor() {
    this.herald = new Herald();
    this.timer = 0;
    this.element = h('div', { class: 'hearable', 'aria-live': 'polite' });
  }

  /** @param {Message[]} messages */
  add(messages) {
    this.herald.add(messages, performance.now());
    this.wait();
  }

  wait() {
    if (this.timer || this.herald.due === 0) return;
    const ms = Math.max(0, this.herald.due - performance.now());
    this.timer = window.setTimeout(() => this.tell(), ms);
  }

  tell() {
    this.timer = 0;
    const news = this.herald.take(performance.now());
    if (news && news.count > 0) this.say(fillCount(strings.heardMany, news.count));
    else if (news) for (const message of news.messages) this.say(wordsOf(message));
    this.wait();
  }

  /** @param {string} words */
  say(words) {
    const line = h('p', {}, words);
    this.element.append(line);
    setTimeout(() => line.remove(), KEPT_MS);
  }
}

/** @param {Message} message */
function wordsOf({ name, text, calls }) {
  const words = fill(strings.heard, { name, text });
  return calls && calls.length > 0 ? `${strings.callsYou}. ${words}` : words;
}
