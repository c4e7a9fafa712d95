// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How much of a conversation a page keeps, and how much of that stands in its document: a chat of a
 * whole day must not fill a phone. Pure.
 */

/** @typedef {import('./types.js').Entry} Entry */
/** @typedef {import('./types.js').Message} Message */

/** More than the host keeps to replay (src/wire/README.md). */
export const MAX_MESSAGES = 10000;
/** In the document: what can be scrolled to, found and selected without asking for more. */
export const SHOWN_MESSAGES = 2000;
/** Coming and going included: a crowd at the door is no reason to grow. */
const MAX_ENTRIES = 2 * MAX_MESSAGES;
const SHOWN_ENTRIES = 2 * SHOWN_MESSAGES;
/** Dropped so many at once: what is at the top does not move with every message. */
const STEP = 100;
/** Messages that come at once where somebody goes on, further up or back down. */
const PORTION = 500;
/** In the document while somebody reads further up and the conversation goes on below. */
const READ_MESSAGES = SHOWN_MESSAGES + PORTION;

/**
 * Where the last of them begin, counted from @end backwards.
 * @param {Entry[]} entries @param {number} end @param {number} messages @param {number} most
 * @returns {number}
 */
function lastOf(entries, end, messages, most) {
  let count = 0;
  for (let index = end - 1; index >= 0; index -= 1) {
    if (entries[index].kind === 'message') count += 1;
    if (count === messages || end - index === most) return index;
  }
  return 0;
}

/**
 * Where the next of them end, counted from @from on. What nobody said after the last of them is
 * with them.
 * @param {Entry[]} entries @param {number} from @param {number} messages @param {number} most
 * @returns {number}
 */
function endOf(entries, from, messages, most) {
  const end = Math.min(entries.length, from + most);
  let count = 0;
  for (let index = from; index < end; index += 1) {
    if (entries[index].kind === 'message') count += 1;
    if (count > messages) return index;
  }
  return end;
}

/**
 * @param {Entry[]} entries @param {Entry[]} added
 * @returns {Entry[]} the newest of all, below a note where older ones were let go
 */
export function appendEntries(entries, added) {
  const all = entries.concat(added);
  const from = all.length <= MAX_MESSAGES ? 0 : lastOf(all, all.length, MAX_MESSAGES, MAX_ENTRIES);
  return from < STEP ? all : [{ kind: 'earlier', key: 'earlier' }, ...all.slice(from)];
}

/**
 * @param {import('./types.js').State} state
 * @param {((key: string) => Entry)[]} makers each given a key of its own
 * @returns {import('./types.js').State}
 */
export function append(state, makers) {
  if (makers.length === 0) return state;
  const added = makers.map((make, index) => make(`e${state.serial + index}`));
  return {
    ...state,
    entries: appendEntries(state.entries, added),
    serial: state.serial + added.length,
  };
}

/**
 * Where the part that stands in the document begins. While somebody follows the conversation it
 * moves on, some messages at a time; while somebody reads further up it stays where it is.
 * @param {Entry[]} entries @param {string} first  key of the entry at which it began
 * @param {boolean} isFollowing
 * @returns {number}
 */
export function shownFrom(entries, first, isFollowing) {
  const before = first === '' ? -1 : entries.findIndex((entry) => entry.key === first);
  if (!isFollowing && first !== '') return Math.max(before, 0);
  const from =
    entries.length <= SHOWN_MESSAGES
      ? 0
      : lastOf(entries, entries.length, SHOWN_MESSAGES, SHOWN_ENTRIES);
  return before >= 0 && before <= from && from - before < STEP ? before : from;
}

/** @param {Entry[]} entries @param {number} from @returns {number} where it begins with more */
export function earlierFrom(entries, from) {
  return lastOf(entries, from, PORTION, 2 * PORTION);
}

/**
 * Where the part that stands in the document ends: for whoever follows, where the conversation does.
 * For whoever reads further up it does not grow for ever.
 * @param {Entry[]} entries @param {number} from @param {boolean} isFollowing @returns {number}
 */
export function shownUntil(entries, from, isFollowing) {
  return isFollowing ? entries.length : endOf(entries, from, READ_MESSAGES, 2 * READ_MESSAGES);
}

/** @param {Entry[]} entries @param {number} until
 * @returns {number} where it begins for whoever has come down to where it ended */
export function laterFrom(entries, until) {
  const end = endOf(entries, until, PORTION, 2 * PORTION);
  return lastOf(entries, end, READ_MESSAGES, 2 * READ_MESSAGES);
}

/**
 * What others said that came after @serial, replays included.
 * @param {Entry[]} entries @param {number} serial  State.serial at the last look
 * @returns {Message[]}
 */
export function othersSince(entries, serial) {
  /** @type {Message[]} */
  const found = [];
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    // My own words keep the key from when they were written: they say nothing about the order.
    const isOwn = entry.kind === 'message' && entry.own;
    if (!isOwn && Number(entry.key.slice(1)) < serial) break;
    if (entry.kind === 'message' && !entry.own) found.push(entry);
  }
  return found.reverse();
}
