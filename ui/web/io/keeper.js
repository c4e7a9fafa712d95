// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What of a page outlives it, written into its slot whenever that has become something else.
 */

import { toSave } from '../model/state.js';

/** @typedef {import('../model/types.js').State} State */
/** What says hello: see Session. @typedef {{ join: string, token: string }} Seat */

export class Keeper {
  /** @param {import('./slots.js').Slots} slots */
  constructor(slots) {
    this.slots = slots;
    /** Of what was last written: the state shares with the one before it all that is the same.
     * @type {unknown[]} */
    this.parts = [];
  }

  /** As often as the host says something, which mostly changes none of it.
   * @param {State} state @param {Seat} seat */
  keep(state, seat) {
    const { slots } = this;
    const { draft, nextRef, outbox, me, room, join } = state;
    const parts = [
      seat,
      draft,
      nextRef,
      outbox,
      me,
      room.id,
      join.name,
      slots.number,
      slots.isOwned,
    ];
    if (this.parts.length > 0 && parts.every((part, index) => part === this.parts[index])) return;
    this.parts = parts;
    const words = toSave(state);
    // Those that a chat never got wait for the next one, without a seat.
    const isAny = seat.join !== '' || words.outbox.length > 0 || words.draft !== '';
    if (!isAny) {
      slots.clear();
      return;
    }
    slots.save({
      ...words,
      name: join.name,
      join: seat.join,
      token: seat.token,
      roomId: seat.token ? room.id : '',
      guestId: me ? me.id : 0,
    });
  }
}
