// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The conversation as rows to draw: messages grouped by author, runs of coming and going merged
 * into one notice, a line where the day changes. Pure.
 */

/** @typedef {import('./types.js').Entry} Entry */
/** @typedef {import('./types.js').Message} Message */
/** @typedef {import('./types.js').Presence} Presence */

/**
 * @typedef {{ type: 'day', key: string, at: number }} DayRow
 * @typedef {{ type: 'message', key: string, message: Message, first: boolean }} MessageRow
 * @typedef {{ type: 'presence', key: string, joined: string[], left: string[], visited: string[],
 *   returned: string[] }} PresenceRow
 * @typedef {{ type: 'note', key: string, note: import('./types.js').Note }} NoteRow
 * @typedef {DayRow | MessageRow | PresenceRow | NoteRow} Row
 * @typedef {{ key: string, rows: Row[] }} Block
 */

/** Messages of one author that are further apart than this begin a new group. */
const GROUP_MS = 5 * 60 * 1000;
/** Keys in one block of rows: small enough to be laid out at once, few enough blocks to watch. */
const BLOCK_KEYS = 32;

/** @param {Entry} entry @returns {entry is Presence} */
function isPresence(entry) {
  return entry.kind === 'joined' || entry.kind === 'left';
}

/** @param {Entry} entry @returns {entry is Message} */
function isMessage(entry) {
  return entry.kind === 'message';
}

/** @param {number} at @returns {{ start: number, end: number }} the local day with that moment */
function dayOf(at) {
  const date = new Date(at);
  const start = date.setHours(0, 0, 0, 0);
  return { start, end: date.setDate(date.getDate() + 1) };
}

/** @param {Message | null} previous @param {Message} message */
function beginsGroup(previous, message) {
  return (
    previous === null ||
    previous.fromId !== message.fromId ||
    previous.name !== message.name ||
    message.at - previous.at > GROUP_MS
  );
}

/**
 * One row out of a run of coming and going; each person once, by what came of it.
 * @param {Presence[]} run @returns {PresenceRow}
 */
function mergePresence(run) {
  /** @type {Map<number, { name: string, first: string, last: string }>} */
  const people = new Map();
  for (const entry of run) {
    const person = people.get(entry.id) || { name: '', first: entry.kind, last: '' };
    people.set(entry.id, { ...person, name: entry.name, last: entry.kind });
  }
  /** @param {string} first @param {string} last */
  const names = (first, last) =>
    [...people.values()]
      .filter((person) => person.first === first && person.last === last)
      .map((person) => person.name);
  return {
    type: 'presence',
    key: run[0].key,
    joined: names('joined', 'joined'),
    left: names('left', 'left'),
    visited: names('joined', 'left'),
    returned: names('left', 'joined'),
  };
}

/**
 * @param {Entry[]} entries
 * @returns {Row[]}
 */
export function timelineRows(entries) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {Presence[]} */
  let run = [];
  /** @type {Message | null} */
  let previous = null;
  /** @type {{ start: number, end: number } | null} */
  let day = null;

  const endRun = () => {
    if (run.length > 0) rows.push(mergePresence(run));
    run = [];
  };

  for (const entry of entries) {
    if (isPresence(entry)) {
      run.push(entry);
      previous = null;
      continue;
    }
    endRun();
    if (!isMessage(entry)) {
      rows.push({ type: 'note', key: entry.key, note: entry });
      previous = null;
      continue;
    }
    if (!day || entry.at < day.start || entry.at >= day.end) {
      if (day) rows.push({ type: 'day', key: `day-${entry.key}`, at: entry.at });
      day = dayOf(entry.at);
      previous = null;
    }
    rows.push({
      type: 'message',
      key: entry.key,
      message: entry,
      first: beginsGroup(previous, entry),
    });
    previous = entry;
  }
  endRun();
  return rows;
}

/** @param {string} key @returns {number} the serial that is in every key, 0 in the first note's */
function serialOf(key) {
  return Number(key.slice(key.lastIndexOf('-') + 2)) || 0;
}

/**
 * The rows in blocks that stay the same while others come and go at either end, so that a browser
 * can leave out what is far from the screen.
 * @param {Row[]} rows @returns {Block[]}
 */
export function rowBlocks(rows) {
  /** @type {Block[]} */
  const blocks = [];
  let last = -1;
  for (const row of rows) {
    // Words written long before they were said bring an old key: the block goes on.
    const number = Math.max(last, Math.floor(serialOf(row.key) / BLOCK_KEYS));
    if (number !== last) blocks.push({ key: `b${number}`, rows: [] });
    last = number;
    blocks[blocks.length - 1].rows.push(row);
  }
  return blocks;
}
