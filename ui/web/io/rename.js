// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Change Name: another link asks for a seat under the new name, and only with that in hand is the
 * old one given up. Whatever the host says, nobody loses a seat over it, and no message is left in
 * doubt: what is under way is waited for first.
 */

import { BYE_FRAME, CROWDED_CLOSE, helloFrame, readFrame } from '../model/protocol.js';
import { CATCH_UP_MS, RENAME_PATIENCE_MS } from '../model/pace.js';
import { Timers } from './timers.js';

/** @typedef {import('./websocket.js').Link} Link */
/** @typedef {import('./websocket.js').LinkEvents} LinkEvents */
/** @typedef {import('../model/types.js').LinkKind} LinkKind */
/** @typedef {import('../model/types.js').NameRefusal} NameRefusal */
/** @typedef {{ name: string, code: string, join: string }} Asked */

/**
 * The new seat: its link, what came over it, and who is told what comes from now on.
 * @typedef {{ link: Link, kind: LinkKind, frames: string[],
 *   listen: (events: LinkEvents) => void }} Arrival
 *
 * isCalm: nothing is under way over the old link; isCaughtUp: it brought all up to that message.
 * @typedef {{ isCalm: () => boolean, isCaughtUp: (lastId: number) => boolean,
 *   arrived: (arrival: Arrival) => void }} OldSeat
 */

export class Rename {
  /**
   * @param {import('./websocket.js').OpenLink} openLink
   * @param {import('./connector.js').World} world
   * @param {Asked} asked
   * @param {OldSeat} old
   */
  constructor(openLink, world, asked, old) {
    this.openLink = openLink;
    this.asked = asked;
    this.old = old;
    /** @type {(refusal: NameRefusal | null) => void} */
    this.done = () => {};
    /** @type {Link | null} */
    this.link = null;
    this.isOpen = false;
    this.isOver = false;
    /** @type {LinkKind} */
    this.kind = 'websocket';
    /** From the welcome on. @type {string[]} */
    this.frames = [];
    this.lastId = 0;
    /** @type {Timers<'patience' | 'behind'>} */
    this.timers = new Timers(world);
    /** @type {LinkEvents} */
    this.events = {
      opened: (kind) => this.onOpened(kind),
      frame: (text) => this.onFrame(text),
      alive: () => {},
      closed: (code) => this.onClosed(code),
      isAwaited: () => true,
    };
    this.timers.set('patience', RENAME_PATIENCE_MS, () => this.events.closed(0));
  }

  /** @returns {Promise<NameRefusal | null>} null: done, or not wanted any more */
  run() {
    return new Promise((done) => {
      this.done = done;
      this.go();
    });
  }

  /** What it waits for may be so now. */
  go() {
    if (this.isOver) return;
    if (this.frames.length > 0 && this.old.isCaughtUp(this.lastId)) this.arrive();
    else if (!this.link && this.old.isCalm())
      this.link = this.openLink({
        opened: (kind) => this.events.opened(kind),
        frame: (text) => this.events.frame(text),
        alive: () => this.events.alive(),
        closed: (code) => this.events.closed(code),
        isAwaited: () => this.events.isAwaited(),
      });
  }

  /** @param {LinkKind} kind */
  onOpened(kind) {
    this.kind = kind;
    this.isOpen = true;
    const seat = { ...this.asked, token: '', roomId: '', lastSeen: 0 };
    if (this.link) this.link.send(helloFrame(seat));
  }

  /** @param {string} text */
  onFrame(text) {
    if (this.frames.length > 0) return void this.frames.push(text);
    const frame = readFrame(text);
    if (!frame) return;
    if (frame.type === 'refused' && frame.what === 'hello') this.giveUp(frame);
    if (frame.type !== 'welcome') return;
    this.frames.push(text);
    this.lastId = frame.lastId;
    this.timers.unset('patience');
    this.timers.set('behind', CATCH_UP_MS, () => this.arrive());
    this.go();
  }

  /** @param {number} code */
  onClosed(code) {
    const why = code === CROWDED_CLOSE ? 'crowded' : 'unreachable';
    this.giveUp({ code: why, suggestion: '', retryAfter: 0 });
  }

  arrive() {
    const { link, kind, frames } = this;
    if (this.isOver || !link) return;
    this.finish();
    const listen = (/** @type {LinkEvents} */ events) => {
      this.events = events;
    };
    this.old.arrived({ link, kind, frames, listen });
    this.done(null);
  }

  /** Nothing comes of it; null: not asked for any more. @param {NameRefusal | null} refusal */
  giveUp(refusal) {
    if (this.isOver) return;
    this.finish();
    // A seat that was given meanwhile is not to stay as somebody who is away.
    if (this.link && this.isOpen) this.link.send(BYE_FRAME);
    if (this.link) this.link.close();
    this.done(refusal);
  }

  finish() {
    this.isOver = true;
    this.timers.unsetAll();
  }
}
