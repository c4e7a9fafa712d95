// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What the page can say about a name or a text before the host does. Hints only: the host decides,
 * by the rule in src/wire/README.md.
 */

/** Share of the limit from which the composer counts. */
const COUNT_FROM = 0.8;

/** @param {string} string @returns {number} Unicode scalar values */
export function countChars(string) {
  let count = 0;
  for (const _ of string) count += 1;
  return count;
}

/**
 * A code as the host shows it, whatever people put between its characters.
 * @param {string} typed
 */
export function cleanCode(typed) {
  return typed.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
}

/**
 * Whether a name breaks the part of the rule that its hint tells people.
 * @param {string} name @param {number} max
 */
export function isBadName(name, max) {
  const trimmed = name.trim().replace(/\s+/g, ' ').normalize('NFC');
  const length = countChars(trimmed);
  return length < 1 || length > max || /^[*!]|:/.test(trimmed);
}

/**
 * Whether the host may take two names for the same, as it does where only case or width differ.
 * @param {string} name @param {string} other
 */
export function isAlike(name, other) {
  const fold = (/** @type {string} */ each) => each.normalize('NFKC').toLowerCase();
  return fold(name) === fold(other);
}

/**
 * Characters left for a text, once that is worth telling.
 * @param {string} text @param {number} max @returns {number | null}
 */
export function charsLeft(text, max) {
  const count = countChars(text);
  return count >= max * COUNT_FROM ? max - count : null;
}
