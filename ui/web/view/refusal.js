// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Why the host says no to a name, and what it would say yes to.
 */

import { fill, fillCount, strings } from '../strings.js';
import { button, setText } from './dom.js';

/** retryAfter: ms, where it came too fast. room: what the chat is called.
 * @typedef {{ code: string, name: string, suggestion?: string, retryAfter?: number, room?: string }}
 *   NoToName */

/** @returns {Record<string, string>} by the host's code */
const refusals = () => ({
  'name-bad': strings.nameBad,
  'name-reserved': strings.nameReserved,
  'name-taken': strings.nameTakenPlain,
  locked: strings.locked,
  full: strings.full,
  code: strings.codeWrong,
  'code-missing': strings.codeMissing,
  removed: strings.removed,
  unreachable: strings.unreachable,
  crowded: strings.crowded,
});

/** @returns {Record<string, string>} */
const suggestions = () => ({
  'name-taken': strings.nameTaken,
  'name-reserved': strings.nameReservedTry,
});

/** @param {NoToName} refusal */
export function isAboutCode({ code }) {
  return code.startsWith('code');
}

/** @param {NoToName} refusal @returns {string} */
export function refusalWords({ code, name, retryAfter = 0, room = strings.roomFallback }) {
  if (code === 'too-fast')
    return fillCount(strings.tooOftenCode, Math.max(1, Math.ceil(retryAfter / 1000)));
  return fill(refusals()[code] || strings.outdated, { name, room });
}

/**
 * The suggested name is a button in the middle of the sentence.
 * @param {HTMLElement} element @param {NoToName} refusal @param {(name: string) => void} onTake
 */
export function drawRefusal(element, refusal, onTake) {
  const { code, name, suggestion } = refusal;
  const offer = suggestions()[code] || '';
  if (!suggestion || !offer) return setText(element, refusalWords(refusal));
  // Taken apart before it is filled: the name is anything.
  const [before, after = ''] = offer.split('{suggestion}');
  const take = button(suggestion, 'link', () => onTake(suggestion));
  take.dir = 'auto';
  return element.replaceChildren(fill(before, { name }), take, fill(after, { name }));
}
