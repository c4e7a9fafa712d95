// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Keeps one link to the host open: opens it, doubts it, replaces it. Knows nothing of what is said
 * over it but the ping.
 */

import { PING_FRAME } from '../model/protocol.js';
import {
  PONG_TIMEOUT_MS,
  QUIET_MS,
  STABLE_MS,
  UNREACHABLE_MS,
  UNREACHABLE_TRIES,
  judgeWake,
  retryDelay,
} from '../model/pace.js';
import { Timers } from './timers.js';

/**
 * Time and chance, so that tests can bring their own. now: the time of day, for what is shown;
 * clock: see clock.js, for how long something takes; random: from 0 to 1; secret: 128 bits as 32
 * lower-case hex digits.
 * @typedef {{ now: () => number, clock: () => number, random: () => number, secret: () => string,
 *   setTimeout: (run: () => void, ms: number) => number, clearTimeout: (id: number) => void }} World
 * @typedef {{ opened: (kind: import('../model/types.js').LinkKind) => void,
 *   frame: (text: string) => void, lost: (code: number) => void, unreachable: () => void,
 *   isAwaited: () => boolean }} ConnectorEvents
 */

export class Connector {
  /**
   * @param {import('./websocket.js').OpenLink} openLink
   * @param {World} world
   * @param {ConnectorEvents} events
   */
  constructor(openLink, world, events) {
    this.openLink = openLink;
    this.world = world;
    this.events = events;
    /** @type {import('./websocket.js').Link | null} */
    this.link = null;
    this.isOpen = false;
    this.isRunning = false;
    this.attempt = 0;
    /** Links in a row that brought nothing to who waited for them. */
    this.failures = 0;
    this.isHeard = false;
    this.isToldUnreachable = false;
    this.lastSignAt = 0;
    /** @type {number | null} */
    this.hiddenAt = null;
    /** @type {Timers<'retry' | 'pong' | 'quiet' | 'stable' | 'unreachable'>} */
    this.timers = new Timers(world);
  }

  start() {
    if (this.isRunning) return;
    this.isRunning = true;
    this.attempt = 0;
    this.failures = 0;
    this.expectWithin();
    this.connect();
  }

  /** For good, until start(). */
  stop() {
    this.isRunning = false;
    this.timers.unsetAll();
    this.dropLink();
  }

  /** @param {string} frame @returns {boolean} whether there was a link to give it to */
  send(frame) {
    if (!this.isOpen || !this.link) return false;
    this.link.send(frame);
    return true;
  }

  /** The host answered as it should: if that lasts, failures before do not count any more. */
  settle() {
    this.timers.set('stable', STABLE_MS, () => {
      this.attempt = 0;
    });
  }

  /** Somebody waits for the link: do not sit out a delay. */
  hurry() {
    if (!this.isRunning || this.isOpen) return;
    if (!this.link) this.connect();
    else if (this.link.hurry) this.link.hurry();
  }

  hide() {
    if (this.hiddenAt === null) this.hiddenAt = this.world.clock();
    this.timers.unset('quiet');
  }

  /** The page is visible, or shown again. @param {boolean} restored */
  wake(restored) {
    const { hiddenAt } = this;
    this.hiddenAt = null;
    if (!this.isRunning) return;
    this.watchQuiet();
    if (!this.isOpen && restored) this.dropLink();
    this.judge(hiddenAt, restored);
  }

  /** Something happened to the network, whether or not anybody looks at the page. */
  doubt() {
    if (!this.isRunning) return;
    // What has not opened yet was begun on the network before.
    if (!this.isOpen) this.dropLink();
    this.judge(this.hiddenAt, false);
  }

  /** @param {number | null} hiddenAt null: it was not @param {boolean} restored */
  judge(hiddenAt, restored) {
    if (!this.isOpen) {
      this.hurry();
      return;
    }
    const now = this.world.clock();
    const hiddenFor = hiddenAt === null ? 0 : now - hiddenAt;
    const verdict = judgeWake({ hiddenFor, quietFor: now - this.lastSignAt, restored });
    if (verdict === 'ask') this.ask();
    if (verdict === 'reconnect') this.replace();
  }

  connect() {
    this.timers.unset('retry');
    this.isHeard = false;
    this.link = this.openLink(this.listener());
  }

  /**
   * Another link takes over that is open already, and let in.
   * @param {import('./websocket.js').Link} link
   * @returns {import('./websocket.js').LinkEvents} what it tells from now on
   */
  adopt(link) {
    this.dropLink();
    this.timers.unsetAll();
    this.isRunning = true;
    this.link = link;
    this.isOpen = true;
    this.onSign();
    this.watchQuiet();
    return this.listener();
  }

  /** @returns {import('./websocket.js').LinkEvents} */
  listener() {
    return {
      opened: (kind) => this.onOpened(kind),
      frame: (text) => this.onFrame(text),
      alive: () => this.onSign(),
      closed: (code) => {
        this.link = null;
        this.onLost(code);
      },
      isAwaited: () => this.events.isAwaited(),
    };
  }

  /** @param {import('../model/types.js').LinkKind} kind */
  onOpened(kind) {
    this.timers.unset('unreachable');
    this.isOpen = true;
    if (!this.events.isAwaited()) this.failures = 0;
    this.onSign();
    this.watchQuiet();
    this.events.opened(kind);
  }

  /** @param {string} text */
  onFrame(text) {
    this.failures = 0;
    this.isHeard = true;
    this.onSign();
    this.events.frame(text);
  }

  onSign() {
    this.lastSignAt = this.world.clock();
    this.timers.unset('pong');
  }

  /** @param {number} code of the close, 0 if there was none */
  onLost(code) {
    const wasOpen = this.isOpen;
    this.isOpen = false;
    this.timers.unset('pong');
    this.timers.unset('quiet');
    this.timers.unset('stable');
    if (wasOpen) this.expectWithin();
    this.events.lost(code);
    if (!this.isRunning) return;
    if (!this.isHeard && (!wasOpen || this.events.isAwaited())) this.failures += 1;
    if (this.failures >= UNREACHABLE_TRIES) this.tellUnreachable();
    this.timers.set('retry', retryDelay(this.attempt, this.world.random()), () => this.connect());
    this.attempt += 1;
  }

  expectWithin() {
    this.isToldUnreachable = false;
    this.timers.set('unreachable', UNREACHABLE_MS, () => this.tellUnreachable());
  }

  /** Once for each time that the host is lost. */
  tellUnreachable() {
    this.timers.unset('unreachable');
    if (!this.isToldUnreachable) this.events.unreachable();
    this.isToldUnreachable = true;
  }

  /** A page that is looked at asks when the host has been quiet for long. */
  watchQuiet() {
    if (!this.isOpen || this.hiddenAt !== null) return;
    const quietFor = this.world.clock() - this.lastSignAt;
    this.timers.set('quiet', Math.max(0, QUIET_MS - quietFor), () => {
      if (this.world.clock() - this.lastSignAt >= QUIET_MS) this.ask();
      else this.watchQuiet();
    });
  }

  ask() {
    if (this.timers.isSet('pong')) return;
    this.send(PING_FRAME);
    this.timers.set('pong', PONG_TIMEOUT_MS, () => this.replace());
    this.timers.set('quiet', QUIET_MS, () => this.watchQuiet());
  }

  /** The link is dead whatever it says: another one, at once. */
  replace() {
    this.dropLink();
    this.attempt = 0;
    this.expectWithin();
    this.onLost(0);
    this.hurry();
  }

  dropLink() {
    const link = this.link;
    this.link = null;
    this.isOpen = false;
    if (link) link.close();
  }
}
