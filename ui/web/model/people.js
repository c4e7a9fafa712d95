// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Who is here, as far as the host told: the whole list, or only how many. Pure.
 */

/** @typedef {import('./types.js').Person} Person */

/**
 * @param {Person[] | null} people
 * @param {import('./protocol.js').PresenceFrame} change
 * @returns {Person[] | null} null once the list cannot be followed any more
 */
export function applyPresence(people, change) {
  if (people === null) return null;
  // A guest may be in two lists of one change; this is the order the contract gives.
  const byId = new Map(people.map((person) => [person.id, person]));
  for (const guest of change.joined) byId.set(guest.id, { ...guest, away: false });
  for (const guest of change.back) byId.set(guest.id, { ...guest, away: false });
  for (const guest of change.away) byId.set(guest.id, { ...guest, away: true });
  for (const guest of change.left) byId.delete(guest.id);
  return byId.size === change.count ? [...byId.values()] : null;
}

/**
 * @param {Person[] | null} known  from the pages before
 * @param {import('./protocol.js').Guests} answer
 * @returns {Person[]}
 */
export function applyPage(known, answer) {
  const before = answer.page === 0 || known === null ? [] : known;
  const ids = new Set(before.map((person) => person.id));
  return before.concat(answer.guests.filter((person) => !ids.has(person.id)));
}
