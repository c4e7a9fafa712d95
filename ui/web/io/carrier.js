// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Chooses what carries a link: a WebSocket where that works, else two POSTs. Browsers that load the
 * page may still refuse its WebSocket, or leave it hanging, under a certificate that they do not
 * trust. A link that both ways fail to open is closed; what closes once it was open is not opened
 * again here.
 */

import { closeReason, isHello, readFrame } from '../model/protocol.js';
import {
  ANSWER_TIMEOUT_MS,
  OPEN_TIMEOUT_MS,
  SOCKET_PATIENCE_MS,
  UPGRADE_EVERY_MS,
  UPGRADE_SOON_MS,
} from '../model/pace.js';
import { Timers } from './timers.js';

/** @typedef {import('./websocket.js').Link} Link */
/** @typedef {import('./websocket.js').LinkEvents} LinkEvents */
/** @typedef {import('./websocket.js').OpenLink} OpenLink */
/** @typedef {import('../model/types.js').LinkKind} LinkKind */

const MEMORY = 'hubbub.transport';

/** What the page has learnt of the two ways: outlives each link, the choice the page too. */
export class Ways {
  /**
   * @param {{ websocket: OpenLink, http: OpenLink }} open
   * @param {import('./connector.js').World} world
   * @param {Storage | null} session of this tab
   */
  constructor(open, world, session) {
    this.open = open;
    this.world = world;
    this.session = session;
    this.isHttp = session !== null && session.getItem(MEMORY) === 'http';
    /** The WebSocket opened, took a hello and said nothing: the other way first, next time. */
    this.isDoubted = false;
    /** POST did not work just now, whatever did before. */
    this.isHttpLost = false;
    /** A WebSocket was good here, and has not been tried beside POST since. */
    this.isProven = false;
  }

  /** @returns {LinkKind} what to try first */
  first() {
    return this.isDoubted || (this.isHttp && !this.isHttpLost) ? 'http' : 'websocket';
  }

  /** @returns {number} ms until a WebSocket is tried beside POST: where one was good it was only slow
   * to open, as on a phone that wakes */
  upgradeAfter() {
    return this.isProven ? UPGRADE_SOON_MS : UPGRADE_EVERY_MS;
  }

  /** @param {LinkKind} kind */
  onFailed(kind) {
    this.isDoubted = kind === 'websocket';
    this.isHttpLost = kind === 'http';
  }

  /** Let in: this way works. @param {LinkKind} kind */
  onWelcome(kind) {
    this.isDoubted = false;
    this.isHttpLost = false;
    this.isHttp = kind === 'http';
    if (kind === 'websocket') this.isProven = true;
    try {
      if (this.session) this.session.setItem(MEMORY, kind);
    } catch {
      // Full or forbidden: a page that is loaded again finds it out again.
    }
  }
}

/** @param {Ways} ways @returns {OpenLink} */
export function carriers(ways) {
  return (events) => new Carrier(ways, events);
}

class Carrier {
  /** @param {Ways} ways @param {LinkEvents} events */
  constructor(ways, events) {
    this.ways = ways;
    this.world = ways.world;
    this.events = events;
    /** @type {Link | null} */
    this.link = null;
    /** A WebSocket that may take over. @type {Link | null} */
    this.next = null;
    /** @type {LinkKind} */
    this.kind = ways.first();
    this.isOpen = false;
    this.isLate = false;
    this.isAsking = false;
    this.isIn = false;
    /** @type {Timers<'late' | 'open' | 'answer' | 'upgrade' | 'next'>} */
    this.timers = new Timers(this.world);
    if (this.kind === 'http') this.useHttp();
    else this.useWebSocket();
  }

  /** @param {string} text */
  send(text) {
    if (isHello(text)) {
      this.isAsking = true;
      this.timers.set('answer', ANSWER_TIMEOUT_MS, () => this.onClosed(0));
    }
    if (this.link) this.link.send(text);
  }

  close() {
    this.timers.unsetAll();
    this.drop();
    this.dropNext();
  }

  /** Nobody waits for a WebSocket that hangs. */
  hurry() {
    const isHanging = this.kind === 'websocket' && !this.isOpen && this.isLate;
    if (isHanging && this.events.isAwaited()) this.useHttp();
  }

  useWebSocket() {
    this.timers.set('late', SOCKET_PATIENCE_MS, () => {
      this.isLate = true;
      this.hurry();
    });
    this.timers.set('open', OPEN_TIMEOUT_MS, () => this.useHttp());
    try {
      this.link = this.ways.open.websocket(this.listener('websocket'));
    } catch {
      this.useHttp();
    }
  }

  useHttp() {
    this.timers.unset('late');
    this.drop();
    this.kind = 'http';
    this.timers.set('open', OPEN_TIMEOUT_MS, () => this.onClosed(0));
    this.link = this.ways.open.http(this.listener('http'));
  }

  /** @param {LinkKind} kind @returns {LinkEvents} */
  listener(kind) {
    return {
      ...this.events,
      opened: () => this.onOpened(kind),
      frame: (text) => this.onFrame(text),
      closed: (code) => this.onClosed(code),
    };
  }

  /** @param {LinkKind} kind */
  onOpened(kind) {
    this.timers.unset('late');
    this.timers.unset('open');
    this.isOpen = true;
    if (kind === 'http') this.upgradeLater();
    this.events.opened(kind);
  }

  /** @param {string} text */
  onFrame(text) {
    this.isAsking = false;
    this.timers.unset('answer');
    if (!this.isIn) {
      const frame = readFrame(text);
      this.isIn = frame !== null && frame.type === 'welcome';
      if (this.isIn) this.ways.onWelcome(this.kind);
    }
    this.events.frame(text);
  }

  /** @param {number} code 0 where it is given up here */
  onClosed(code) {
    if (!this.isOpen && this.kind === 'websocket') {
      this.useHttp();
      return;
    }
    // What the host ends on purpose says nothing against the way it came.
    const isDead = closeReason(code) === null && (!this.isOpen || this.isAsking);
    if (isDead) this.ways.onFailed(this.kind);
    this.close();
    this.events.closed(code);
  }

  upgradeLater() {
    this.timers.set('upgrade', this.ways.upgradeAfter(), () => this.tryWebSocket());
  }

  /** Beside what works: only once it is open does it take over, and asks for its seat again. */
  tryWebSocket() {
    this.ways.isProven = false;
    const again = () => {
      this.dropNext();
      this.upgradeLater();
    };
    this.timers.set('next', OPEN_TIMEOUT_MS, again);
    try {
      this.next = this.ways.open.websocket({
        ...this.listener('websocket'),
        opened: () => this.takeOver(),
        closed: (code) => (this.kind === 'websocket' ? this.onClosed(code) : again()),
      });
    } catch {
      again();
    }
  }

  takeOver() {
    this.timers.unset('next');
    this.timers.unset('answer');
    const { next } = this;
    this.next = null;
    this.drop();
    this.link = next;
    this.kind = 'websocket';
    this.isAsking = false;
    this.isIn = false;
    this.onOpened('websocket');
  }

  drop() {
    const { link } = this;
    this.link = null;
    this.isOpen = false;
    if (link) link.close();
  }

  dropNext() {
    const { next } = this;
    this.next = null;
    this.timers.unset('next');
    if (next) next.close();
  }
}
