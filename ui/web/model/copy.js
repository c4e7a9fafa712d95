// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Messages as lines of a plain text: who, when, what. Pure.
 */

import { formatMoment } from './time.js';

/**
 * @param {{ name: string, at: number }} message @param {string} text all of it, or a part
 * @returns {string} one line, and lines that begin with a tab: none can be taken for another message
 */
export function messageLine({ name, at }, text) {
  return `[${formatMoment(at)}] ${name}: ${indented(text)}`;
}

/** @param {string} text @returns {string} */
export function indented(text) {
  return text.replace(/\n/g, '\n\t');
}
