// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What the join page says of the room stays true while somebody types: its name, the lock, whether
 * a code is asked for. Who is in hears of changes anyway, so nothing is asked then.
 */

import { readRoomInfo } from '../model/protocol.js';

/** Less than the host keeps an idle connection: no handshake for each look. */
const EVERY_MS = 15000;
const PATIENCE_MS = 5000;

/** @returns {Promise<unknown>} the body of GET /room */
export async function fetchRoom() {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch('room', { cache: 'no-store', signal: patience.signal });
    return answer.ok ? await answer.json() : null;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Who is in is not told when the host begins to ask for a code, or stops: asked when it matters.
 * @param {import('./session.js').ChatStore} store @param {() => Promise<unknown>} ask fetchRoom
 */
export async function learnCode(store, ask) {
  const info = readRoomInfo(await ask().catch(() => null));
  const { name, locked } = store.state.room;
  if (info) store.dispatch({ type: 'room-known', name, locked, code: info.code });
}

export class RoomWatch {
  /**
   * @param {import('./session.js').ChatStore} store
   * @param {import('./connector.js').World} world
   * @param {() => Promise<unknown>} ask fetchRoom
   */
  constructor(store, world, ask) {
    this.store = store;
    this.world = world;
    this.ask = ask;
    this.timer = 0;
    this.isAsking = false;
    this.isLost = false;
    this.isWatching = false;
    let { link } = store.state;
    store.subscribe((state) => {
      const isBack = link !== 'open' && state.link === 'open' && this.isLost;
      if (state.link !== link) this.isLost = state.link !== 'open';
      link = state.link;
      this.follow(isBack);
    });
  }

  /** Whoever is at the join page and looks at it. A chat that is over has no news. */
  isWanted() {
    const { stage, visible, ended } = this.store.state;
    return stage === 'join' && visible && ended === null;
  }

  /** @param {boolean} isBack at a host that may be another one by now */
  follow(isBack) {
    const isWanted = this.isWanted();
    if (isWanted && (isBack || !this.isWatching)) void this.look();
    if (!isWanted) this.world.clearTimeout(this.timer);
    this.isWatching = isWanted;
  }

  /** @returns {Promise<void>} once the room is known, or cannot be */
  async look() {
    if (this.isAsking) return;
    this.isAsking = true;
    this.isWatching = true;
    this.world.clearTimeout(this.timer);
    try {
      const info = readRoomInfo(await this.ask());
      if (info && this.store.state.stage === 'join')
        this.store.dispatch({ type: 'room-known', ...info });
    } catch {
      // Out of reach: the link to the chat tells, and this asks again.
    }
    this.isAsking = false;
    if (this.isWanted()) this.timer = this.world.setTimeout(() => void this.look(), EVERY_MS);
  }
}
