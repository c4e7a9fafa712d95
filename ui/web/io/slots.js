// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Seats this browser holds, in numbered slots of its storage. Each slot belongs to the living page
 * that holds its lock: a reloaded page finds its seat again, two tabs are two people, and a
 * duplicated tab never fights with the first. Without locks there is one slot for all, and the
 * host's `elsewhere` settles who has it.
 */

/** @typedef {import('../model/types.js').Saved} Saved */

const SLOT = 'hubbub.slot.';
const NAME = 'hubbub.name';
const HINT = 'hubbub.slot';
const MAX_SLOTS = 16;
/** A reloaded page's predecessor needs a moment to let its lock go. */
const HANDOVER_MS = 600;

/** @param {unknown} value @returns {Saved | null} what was kept, if it still makes sense */
function asSaved(value) {
  const saved = /** @type {Saved | null} */ (value);
  if (typeof saved !== 'object' || saved === null || !Array.isArray(saved.outbox)) return null;
  const texts = [saved.name, saved.join, saved.token, saved.roomId, saved.draft];
  const isWhole =
    texts.every((text) => typeof text === 'string') &&
    Number.isSafeInteger(saved.guestId) &&
    Number.isSafeInteger(saved.nextRef) &&
    saved.outbox.every((item) => typeof item.text === 'string' && Number.isSafeInteger(item.ref));
  return isWhole ? saved : null;
}

export class Slots {
  /**
   * @param {Storage | null} local null where the browser forbids it: nothing outlives the page
   * @param {Storage | null} session
   * @param {LockManager | null} locks
   * @param {() => void} onStolen another tab said Use Here
   */
  constructor(local, session, locks, onStolen) {
    this.local = local;
    this.session = session;
    this.locks = locks;
    this.onStolen = onStolen;
    this.number = -1;
    this.isOwned = false;
    /** @type {() => void} */
    this.letGo = () => {};
  }

  /**
   * Takes the slot whose seat this page may have, else an unused one.
   * @returns {Promise<{ saved: Saved | null, taken: boolean }>} taken: there are seats, and living
   *   tabs hold them all
   */
  async claim() {
    const seats = this.seatNumbers();
    const hint = this.hint();
    if (seats.includes(hint) && (await this.acquire(hint, 'wait'))) return this.owned(false);
    for (const number of seats) if (await this.acquire(number, 'try')) return this.owned(false);
    const taken = seats.length > 0;
    return (await this.claimUnused(true)) ? this.owned(taken) : { saved: null, taken };
  }

  /**
   * A slot for a seat to come: the one of this tab, where words may wait without a seat, or any.
   * @param {boolean} isForWords whether the page shows those that wait, instead of writing over them
   * @returns {Promise<boolean>}
   */
  async claimUnused(isForWords) {
    const all = Array.from({ length: MAX_SLOTS }, (_, number) => number);
    const hint = this.hint();
    for (const number of all.includes(hint) ? [hint, ...all] : all) {
      const kept = this.read(number);
      const isUnused = kept === null || (isForWords && kept.token === '');
      if (isUnused && (await this.acquire(number, 'try'))) {
        this.set(this.session, HINT, String(number));
        return true;
      }
    }
    return false;
  }

  /**
   * Use Here: takes the seat away from the tab that has it. What this page's own slot holds is for
   * the caller to keep with that.
   * @returns {Promise<Saved | null>}
   */
  async take() {
    const seats = this.seatNumbers();
    const number = seats.includes(this.number) ? this.number : seats[0];
    if (number === undefined) return null;
    const before = this.isOwned ? this.number : number;
    this.release();
    if (!(await this.acquire(number, 'steal'))) return null;
    if (before !== number) this.remove(SLOT + before);
    return this.owned(false).saved;
  }

  /** @param {Saved} saved */
  save(saved) {
    if (this.isOwned) this.set(this.local, SLOT + this.number, JSON.stringify(saved));
  }

  /** The seat is no more. */
  clear() {
    if (this.isOwned) this.remove(SLOT + this.number);
  }

  /** Somebody else has the seat now: nothing of this page may overwrite what they keep. */
  release() {
    this.isOwned = false;
    this.letGo();
  }

  /** @returns {number} the slot that this tab had last, -1 for none */
  hint() {
    return Number(this.get(this.session, HINT) ?? -1);
  }

  getName() {
    return this.get(this.local, NAME) ?? '';
  }

  /** @param {string} name */
  rememberName(name) {
    this.set(this.local, NAME, name);
  }

  /** @param {boolean} taken */
  owned(taken) {
    this.set(this.session, HINT, String(this.number));
    return { saved: this.read(this.number), taken };
  }

  /** @returns {number[]} slots that hold a seat */
  seatNumbers() {
    const numbers = [];
    for (let number = 0; number < MAX_SLOTS; number += 1)
      if (this.read(number)?.token) numbers.push(number);
    return numbers;
  }

  /** @param {number} number @returns {Saved | null} */
  read(number) {
    try {
      return asSaved(JSON.parse(this.get(this.local, SLOT + number) ?? 'null'));
    } catch {
      return null;
    }
  }

  /** @param {number} number @param {'try' | 'wait' | 'steal'} how @returns {Promise<boolean>} */
  acquire(number, how) {
    const { locks } = this;
    if (!locks) {
      this.number = number;
      this.isOwned = true;
      return Promise.resolve(true);
    }
    const patience = new AbortController();
    /** @type {LockOptions} */
    const options =
      how === 'wait'
        ? { signal: patience.signal }
        : { [how === 'try' ? 'ifAvailable' : 'steal']: true };
    return new Promise((resolve) => {
      const timer = setTimeout(() => patience.abort(), HANDOVER_MS);
      let isHeld = false;
      /** @param {Lock | null} lock */
      const hold = (lock) => {
        clearTimeout(timer);
        isHeld = lock !== null;
        resolve(isHeld);
        if (!isHeld) return undefined;
        this.number = number;
        this.isOwned = true;
        return new Promise((letGo) => {
          this.letGo = () => letGo(undefined);
        });
      };
      locks.request(SLOT + number, options, hold).catch(() => {
        clearTimeout(timer);
        resolve(false);
        if (!isHeld || !this.isOwned || this.number !== number) return;
        this.isOwned = false;
        this.onStolen();
      });
    });
  }

  /** @param {Storage | null} storage @param {string} key */
  get(storage, key) {
    return storage ? storage.getItem(key) : null;
  }

  /** @param {Storage | null} storage @param {string} key @param {string} value */
  set(storage, key, value) {
    try {
      if (storage) storage.setItem(key, value);
    } catch {
      // Full or forbidden: the chat works, it only does not outlive the page.
    }
  }

  /** @param {string} key */
  remove(key) {
    if (this.local) this.local.removeItem(key);
  }
}
