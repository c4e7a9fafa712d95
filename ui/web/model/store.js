// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Holds a state and tells whoever listens that it changed.
 */

/**
 * @template S, A
 */
export class Store {
  /** @param {(state: S, action: A) => S} reduce @param {S} state */
  constructor(reduce, state) {
    this.reduce = reduce;
    this.state = state;
    /** @type {((state: S) => void)[]} */
    this.listeners = [];
  }

  /** @param {A} action */
  dispatch(action) {
    const next = this.reduce(this.state, action);
    if (next === this.state) return;
    this.state = next;
    for (const listener of this.listeners) listener(next);
  }

  /** @param {(state: S) => void} listener */
  subscribe(listener) {
    this.listeners.push(listener);
  }
}
