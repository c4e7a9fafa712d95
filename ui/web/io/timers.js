// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * The named timers of one owner, each running or not: setting one that runs starts it anew.
 * @template {string} Name
 */
export class Timers {
  /** @param {import('./connector.js').World} world */
  constructor(world) {
    this.world = world;
    /** @type {Map<Name, number>} */
    this.running = new Map();
  }

  /** @param {Name} name @param {number} ms @param {() => void} run */
  set(name, ms, run) {
    this.unset(name);
    const id = this.world.setTimeout(() => {
      this.running.delete(name);
      run();
    }, ms);
    this.running.set(name, id);
  }

  /** @param {Name} name */
  unset(name) {
    const id = this.running.get(name);
    if (id !== undefined) this.world.clearTimeout(id);
    this.running.delete(name);
  }

  unsetAll() {
    for (const name of [...this.running.keys()]) this.unset(name);
  }

  /** @param {Name} name */
  isSet(name) {
    return this.running.has(name);
  }
}
