// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What is told aloud of the messages that come: each of a few, the number of many. Pure: whoever
 * owns it brings the time.
 */

/** @typedef {import('./types.js').Message} Message */
/** @typedef {{ messages: Message[], count: number }} News  count: told only how many, else 0 */

/** More than so many within SPAN_MS are only counted. */
const MOST = 3;
const SPAN_MS = 2000;
/** What comes together is told together. */
const GATHER_MS = 250;

export class Herald {
  constructor() {
    /** @type {Message[]} */
    this.held = [];
    /** When messages came that were told one by one, ms. @type {number[]} */
    this.told = [];
    this.since = 0;
    /** They came too close to others to be told one by one. */
    this.isMany = false;
    /** When to take() next, ms; 0: there is nothing to tell. */
    this.due = 0;
  }

  /** @param {Message[]} messages @param {number} now ms */
  add(messages, now) {
    if (messages.length === 0) return;
    if (this.held.length === 0) this.since = now;
    this.held.push(...messages);
    this.due = this.due || now + GATHER_MS;
  }

  /** @param {number} now ms @returns {News | null} null: not yet */
  take(now) {
    if (this.due === 0 || now < this.due) return null;
    this.told = this.told.filter((at) => now - at < SPAN_MS);
    const end = (this.told.length > 0 ? this.told[0] : this.since) + SPAN_MS;
    if (!this.isMany && this.told.length + this.held.length > MOST) {
      this.isMany = true;
      this.due = Math.max(end, now);
      return null;
    }
    const { held: messages, isMany } = this;
    this.held = [];
    this.due = 0;
    this.isMany = false;
    if (isMany) return { messages: [], count: messages.length };
    this.told.push(...messages.map(() => now));
    return { messages, count: 0 };
  }
}

/**
 * Whether a sound is due: for what nobody looks at, and for my name.
 * @param {import('./types.js').State} state @param {Message[]} others since the last look
 */
export function isWorthASound(state, others) {
  if (!state.wishes.sound || state.stage !== 'chat') return false;
  return others.some(({ live, calls = [] }) => live && (!state.visible || calls.length > 0));
}
