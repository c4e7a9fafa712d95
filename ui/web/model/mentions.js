// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Calling somebody by name: "@Ana". Which names may be meant while it is typed, and whether a
 * message means me. Names may hold spaces, so the list of people says where one ends. Pure.
 */

/** @typedef {import('./types.js').Person} Person */
/** @typedef {{ from: number, prefix: string }} Query  from: where the @ stands */
/** @typedef {{ start: number, end: number }} Span  in UTF-16 units, the @ included */

/** As many rows as there are to choose from. */
export const MAX_SUGGESTIONS = 8;
/** A name's greatest length, in the units of a string (32 characters, two units each). */
const MAX_PREFIX = 64;

/** What a word goes on with: after it, a name is part of another word. */
const WORD = /[\p{L}\p{M}\p{N}_]/u;
/** In front of an @ that calls nobody: an address of mail, a path. */
const BEFORE = /[\p{L}\p{M}\p{N}_@/.]$/u;

/** @param {string} text @returns {string} for comparing, of the same length wherever possible */
function fold(text) {
  return text.toLocaleLowerCase();
}

/** Without the accents that phones hide behind a long press; vowel signs of other scripts stay.
 * @param {string} text @returns {string} */
function plain(text) {
  return fold(text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')).normalize('NFC');
}

/**
 * The name that is being typed at the caret.
 * @param {string} text @param {number} caret @returns {Query | null}
 */
export function mentionQuery(text, caret) {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || caret <= from) return null;
  const prefix = text.slice(from + 1, caret);
  const isName = prefix.length <= MAX_PREFIX && !/[\n:]/.test(prefix) && !/^\s/.test(prefix);
  return isName && !BEFORE.test(text.slice(Math.max(0, from - 2), from)) ? { from, prefix } : null;
}

/**
 * Whose names begin like what was typed, in the order of the alphabet. "Jose" may be José, whoever
 * types an accent means it. Nobody, if it is all there and there is nothing to choose.
 * @param {Person[] | null} people @param {number} meId @param {string} prefix
 * @returns {Person[]}
 */
export function suggestPeople(people, meId, prefix) {
  const start = fold(prefix.normalize('NFC'));
  const isBegun = (/** @type {string} */ name) => name.startsWith(start);
  const found = (people || [])
    .filter(({ id, name }) => id !== meId && [fold(name), plain(name)].some(isBegun))
    .sort((a, b) => a.name.localeCompare(b.name));
  const isDone = found.length === 1 && fold(found[0].name) === start;
  return isDone ? [] : found.slice(0, MAX_SUGGESTIONS);
}

/**
 * The text with the name in place of what was typed of it, and where the caret goes.
 * @param {string} text @param {Query} query @param {string} name
 */
export function completeMention(text, query, name) {
  const rest = text.slice(query.from + 1 + query.prefix.length);
  const gap = /^[\s\p{P}]/u.test(rest) ? '' : ' ';
  const head = `${text.slice(0, query.from)}@${name}${gap}`;
  return { text: head + rest, caret: head.length + (rest.startsWith(' ') ? 1 : 0) };
}

/** @param {string} text @param {string} name both folded @param {number} at @returns {boolean} */
function isNameAt(text, name, at) {
  return (
    text.startsWith(name, at) &&
    !WORD.test(String.fromCodePoint(text.codePointAt(at + name.length) || 32))
  );
}

/**
 * Where a text calls somebody by name. "@Ana 2" does not call Ana where there is an Ana 2.
 * @param {string} text @param {string} name @param {Person[] | null} people
 * @returns {Span[]}
 */
export function findMentions(text, name, people) {
  if (name === '' || !text.includes('@')) return [];
  const folded = fold(text);
  // Some capitals change their length: then nothing is where it was.
  const hay = folded.length === text.length ? folded : text;
  const needle = hay === folded ? fold(name) : name;
  const longer = (people || [])
    .map((person) => (hay === folded ? fold(person.name) : person.name))
    .filter((other) => other.length > needle.length && other.startsWith(needle));
  /** @type {Span[]} */
  const spans = [];
  for (let at = hay.indexOf('@'); at >= 0; at = hay.indexOf('@', at + 1)) {
    const isMine =
      isNameAt(hay, needle, at + 1) &&
      !BEFORE.test(hay.slice(Math.max(0, at - 2), at)) &&
      !longer.some((other) => isNameAt(hay, other, at + 1));
    if (isMine) spans.push({ start: at, end: at + 1 + needle.length });
  }
  return spans;
}
