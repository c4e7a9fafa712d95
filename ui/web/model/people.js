// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Who is here, as far as the host told. In a large room it tells only how many come and go: the
 * list is asked for, page by page, and is as old as the asking. Pure.
 */

/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./types.js').Roll} Roll */

/**
 * @param {Person[]} people
 * @param {import('./protocol.js').PresenceFrame} change
 * @returns {Person[]}
 */
export function applyPresence(people, change) {
  // A guest may be in two lists of one change; this is the order the contract gives.
  const byId = new Map(people.map((person) => [person.id, person]));
  for (const guest of change.joined) byId.set(guest.id, { ...guest, away: false });
  for (const guest of change.back) byId.set(guest.id, { ...guest, away: false });
  for (const guest of change.away) byId.set(guest.id, { ...guest, away: true });
  for (const guest of change.left) byId.delete(guest.id);
  return [...byId.values()];
}

/** Of whom spoke, so many may be called by name: more than anybody looks for. */
const MAX_SPEAKERS = 500;

/**
 * Who spoke lately, the last of them first, and was not told to have left.
 * @param {import('./types.js').Entry[]} entries @returns {Person[]}
 */
function speakers(entries) {
  /** @type {Map<number, Person | null>} */
  const byId = new Map();
  for (let index = entries.length - 1; index >= 0 && byId.size < MAX_SPEAKERS; index -= 1) {
    const entry = entries[index];
    // Before that, ids were those of others.
    if (entry.kind === 'restarted') break;
    if (entry.kind === 'left' && !byId.has(entry.id)) byId.set(entry.id, null);
    if (entry.kind === 'message' && !entry.own && !byId.has(entry.fromId))
      byId.set(entry.fromId, { id: entry.fromId, name: entry.name, away: false });
  }
  return [...byId.values()].filter((person) => person !== null);
}

/**
 * Who may be called by name: who is here, and where not all of them are known, who spoke.
 * @param {import('./types.js').State} state @returns {Person[]}
 */
export function peopleToCall({ people, isListOld, entries }) {
  if (people && !isListOld) return people;
  const known = new Set((people || []).map((person) => person.id));
  return (people || []).concat(speakers(entries).filter((person) => !known.has(person.id)));
}

/**
 * The next page of a list, or the first of another one. Nobody is in it twice: who is on one page
 * may be on the next when somebody before him left.
 * @param {Roll | null} roll  the pages before
 * @param {import('./protocol.js').Guests} answer
 * @returns {{ roll: Roll | null, people: Person[] | null }} people: null until the last page came
 */
export function applyPage(roll, answer) {
  const before = answer.page === 0 ? { people: [], next: 0 } : roll;
  if (!before || before.next !== answer.page) return { roll, people: null };
  const ids = new Set(before.people.map((person) => person.id));
  const people = before.people.concat(answer.guests.filter((person) => !ids.has(person.id)));
  const isLast = answer.page + 1 >= answer.pages;
  return isLast
    ? { roll: null, people }
    : { roll: { people, next: answer.page + 1 }, people: null };
}
