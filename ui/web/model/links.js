// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Which parts of a text are links. Pure: the view makes the elements.
 *
 * Only what is written out as http:// or https:// is one, shown exactly as it was written. An
 * address with a user name is none ("https://bank.example@evil.example"), and a link ends at any
 * control of the writing direction, so that it cannot read as another address.
 */

/** @typedef {{ text: string, href: string }} Piece  href empty: plain text */

const CANDIDATE = /\bhttps?:\/\/[^\s<>"\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069]+/giu;
const TRAILING = /[.,:;!?'"”’»…*_~]$/;
const BRACKETS = /** @type {Record<string, string>} */ ({ ')': '(', ']': '[', '}': '{' });

/** A sentence's punctuation is not part of the link it ends with. @param {string} candidate */
function trimEnd(candidate) {
  // Counted once: a text may be made of brackets only.
  /** @type {Record<string, number>} */
  const counts = {};
  for (const char of candidate) counts[char] = (counts[char] || 0) + 1;
  let end = candidate.length;
  for (; end > 0; end -= 1) {
    const last = candidate[end - 1];
    const open = BRACKETS[last];
    const unbalanced = open !== undefined && counts[last] > (counts[open] || 0);
    if (!unbalanced && !TRAILING.test(last)) break;
    counts[last] -= 1;
  }
  return candidate.slice(0, end);
}

/** @param {string} link @returns {string} the address to open, '' if this is no link */
function hrefOf(link) {
  try {
    const url = new URL(link);
    const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
    return isWeb && url.hostname && !url.username && !url.password ? url.href : '';
  } catch {
    return '';
  }
}

/** @param {string} text @returns {Piece[]} */
export function findLinks(text) {
  /** @type {Piece[]} */
  const pieces = [];
  let plain = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const link = trimEnd(match[0]);
    const href = hrefOf(link);
    if (!href) continue;
    const start = match.index || 0;
    if (start > plain) pieces.push({ text: text.slice(plain, start), href: '' });
    pieces.push({ text: link, href });
    plain = start + link.length;
  }
  if (plain < text.length) pieces.push({ text: text.slice(plain), href: '' });
  return pieces;
}
