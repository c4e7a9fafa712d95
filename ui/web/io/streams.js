// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Browsers open six connections to a host, for all their tabs together, and a chat by POST holds one
 * of them. The last has to stay free for what all of them say and load, so a tab takes one of five
 * locks first. A browser without Web Locks has one seat for all its tabs anyway.
 */

const MAX_STREAMS = 5;
/** A reloaded page's predecessor needs a moment to let its lock go. */
const HANDOVER_MS = 700;
const TRIES = 2;
const LOCK = 'hubbub.stream.';

/** Takes a stream; gives back what lets it go, or null where other tabs have them all.
 * @typedef {() => Promise<(() => void) | null>} TakeStream */

/** @param {LockManager} locks @param {string} name @returns {Promise<(() => void) | null>} */
function tryLock(locks, name) {
  return new Promise((resolve) => {
    /** @param {Lock | null} lock */
    const hold = (lock) => {
      if (lock) return new Promise((letGo) => resolve(() => letGo(undefined)));
      return resolve(null);
    };
    // Forbidden, as where a browser keeps nothing of this page: nobody counts.
    locks.request(name, { ifAvailable: true }, hold).catch(() => resolve(() => {}));
  });
}

/**
 * @param {LockManager | null} locks @param {import('./connector.js').World} world
 * @returns {TakeStream}
 */
export function countStreams(locks, world) {
  return async () => {
    if (!locks) return () => {};
    for (let tries = 1; ; tries += 1) {
      for (let number = 0; number < MAX_STREAMS; number += 1) {
        const letGo = await tryLock(locks, LOCK + number);
        if (letGo) return letGo;
      }
      if (tries === TRIES) return null;
      await new Promise((done) => world.setTimeout(() => done(undefined), HANDOVER_MS));
    }
  };
}
