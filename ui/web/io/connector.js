// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Keeps one link to the host open: opens it, doubts it, replaces it. Knows nothing of what is said
 * over it but the ping.
 */

import { PING_FRAME } from '../model/protocol.js';
import {
  OPEN_TIMEOUT_MS,
  PONG_TIMEOUT_MS,
  QUIET_MS,
  STABLE_MS,
  UNREACHABLE_MS,
  judgeWake,
  retryDelay,
} from '../model/pace.js';

/**
 * Time and chance, so that tests can bring their own. random: from 0 to 1; secret: 128 bits as 32
 * lower-case hex digits.
 * @typedef {{ now: () => number, random: () => number, secret: () => string,
 *   setTimeout: (run: () => void, ms: number) => number, clearTimeout: (id: number) => void }} World
 * @typedef {{ opened: () => void, frame: (text: string) => void, lost: (code: number) => void,
 *   unreachable: () => void }} ConnectorEvents
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
    this.lastFrameAt = 0;
    this.hiddenAt = 0;
    /** @type {Record<'open' | 'retry' | 'pong' | 'quiet' | 'stable' | 'unreachable', number>} */
    this.timers = { open: 0, retry: 0, pong: 0, quiet: 0, stable: 0, unreachable: 0 };
  }

  start() {
    if (this.isRunning) return;
    this.isRunning = true;
    this.attempt = 0;
    this.expectWithin();
    this.connect();
  }

  /** For good, until start(). */
  stop() {
    this.isRunning = false;
    for (const name of /** @type {(keyof Connector['timers'])[]} */ (Object.keys(this.timers)))
      this.unset(name);
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
    this.set('stable', STABLE_MS, () => {
      this.attempt = 0;
    });
  }

  /** Somebody waits for the link: do not sit out a delay. */
  hurry() {
    if (this.isRunning && !this.link) this.connect();
  }

  hide() {
    this.hiddenAt = this.hiddenAt || this.world.now();
    this.unset('quiet');
  }

  /** The page is visible, or shown again. @param {boolean} restored */
  wake(restored) {
    const { hiddenAt } = this;
    this.hiddenAt = 0;
    if (!this.isRunning) return;
    this.watchQuiet();
    if (!this.isOpen && restored) this.dropLink();
    this.judge(hiddenAt, restored);
  }

  /** Something happened to the network, whether or not anybody looks at the page. */
  doubt() {
    if (this.isRunning) this.judge(this.hiddenAt, false);
  }

  /** @param {number} hiddenAt 0: it was not @param {boolean} restored */
  judge(hiddenAt, restored) {
    if (!this.isOpen) {
      this.hurry();
      return;
    }
    const now = this.world.now();
    const hiddenFor = hiddenAt > 0 ? now - hiddenAt : 0;
    const verdict = judgeWake({ hiddenFor, quietFor: now - this.lastFrameAt, restored });
    if (verdict === 'ask') this.ask();
    if (verdict === 'reconnect') this.replace();
  }

  connect() {
    this.unset('retry');
    this.set('open', OPEN_TIMEOUT_MS, () => {
      this.dropLink();
      this.onLost(0);
    });
    this.link = this.openLink({
      opened: () => this.onOpened(),
      frame: (text) => this.onFrame(text),
      closed: (code) => {
        this.link = null;
        this.onLost(code);
      },
    });
  }

  onOpened() {
    this.unset('open');
    this.unset('unreachable');
    this.isOpen = true;
    this.lastFrameAt = this.world.now();
    this.watchQuiet();
    this.events.opened();
  }

  /** @param {string} text */
  onFrame(text) {
    this.lastFrameAt = this.world.now();
    this.unset('pong');
    this.events.frame(text);
  }

  /** @param {number} code of the close, 0 if there was none */
  onLost(code) {
    const wasOpen = this.isOpen;
    this.isOpen = false;
    this.unset('open');
    this.unset('pong');
    this.unset('quiet');
    this.unset('stable');
    if (wasOpen) this.expectWithin();
    this.events.lost(code);
    if (!this.isRunning) return;
    this.set('retry', retryDelay(this.attempt, this.world.random()), () => this.connect());
    this.attempt += 1;
  }

  expectWithin() {
    this.set('unreachable', UNREACHABLE_MS, () => this.events.unreachable());
  }

  /** A page that is looked at asks when the host has been quiet for long. */
  watchQuiet() {
    if (!this.isOpen || this.hiddenAt > 0) return;
    const quietFor = this.world.now() - this.lastFrameAt;
    this.set('quiet', Math.max(0, QUIET_MS - quietFor), () => {
      if (this.world.now() - this.lastFrameAt >= QUIET_MS) this.ask();
      else this.watchQuiet();
    });
  }

  ask() {
    if (this.timers.pong !== 0) return;
    this.send(PING_FRAME);
    this.set('pong', PONG_TIMEOUT_MS, () => this.replace());
    this.set('quiet', QUIET_MS, () => this.watchQuiet());
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

  /** @param {keyof Connector['timers']} name @param {number} ms @param {() => void} run */
  set(name, ms, run) {
    this.unset(name);
    this.timers[name] = this.world.setTimeout(() => {
      this.timers[name] = 0;
      run();
    }, ms);
  }

  /** @param {keyof Connector['timers']} name */
  unset(name) {
    if (this.timers[name] !== 0) this.world.clearTimeout(this.timers[name]);
    this.timers[name] = 0;
  }
}
