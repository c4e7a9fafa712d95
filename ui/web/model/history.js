// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How much of a conversation a page keeps: a chat of a whole day must not fill a phone. Pure.
 */

/** @typedef {import('./types.js').Entry} Entry */

/** What the host keeps to replay, too (src/wire/README.md). */
export const MAX_MESSAGES = 2000;
/** Coming and going included: a crowd at the door is no reason to grow. */
const MAX_ENTRIES = 2 * MAX_MESSAGES;
/** Dropped so many at once: what is at the top does not move with every message. */
const STEP = 100;

/** @param {Entry[]} entries @returns {number} where the last MAX_MESSAGES messages begin */
function firstKept(entries) {
  let count = 0;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    if (entries[index].kind === 'message') count += 1;
    if (count === MAX_MESSAGES || entries.length - index === MAX_ENTRIES) return index;
  }
  return 0;
}

/**
 * @param {Entry[]} entries @param {Entry[]} added
 * @returns {Entry[]} the newest of all, below a note where older ones were let go
 */
export function appendEntries(entries, added) {
  const all = entries.concat(added);
  const from = all.length <= MAX_MESSAGES ? 0 : firstKept(all);
  return from < STEP ? all : [{ kind: 'earlier', key: 'earlier' }, ...all.slice(from)];
}
