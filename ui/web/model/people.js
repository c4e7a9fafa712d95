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
  const gone = new Set([...change.left, ...change.joined].map((guest) => guest.id));
  const away = new Map([
    ...change.back.map((guest) => /** @type {const} */ ([guest.id, false])),
    ...change.away.map((guest) => /** @type {const} */ ([guest.id, true])),
  ]);
  const next = people
    .filter((person) => !gone.has(person.id))
    .map((person) => ({ ...person, away: away.get(person.id) ?? person.away }))
    .concat(change.joined.map((guest) => ({ ...guest, away: false })));
  return next.length === change.count ? next : null;
}

/**
 * @param {Person[] | null} so far, from the pages before
 * @param {import('./protocol.js').Guests} answer
 * @returns {Person[]}
 */
export function applyPage(so, answer) {
  const before = answer.page === 0 || so === null ? [] : so;
  const known = new Set(before.map((person) => person.id));
  return before.concat(answer.guests.filter((person) => !known.has(person.id)));
}
