// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What is copied of the conversation: of several messages each with its name and time, which the
 * page shows once for a whole group.
 */

import { messageLine } from '../model/copy.js';

/** @typedef {{ message: import('../model/types.js').Message, bubble: HTMLElement }} Place */

/** @param {Range} range @param {HTMLElement} bubble @returns {string} of its text what is selected */
function selectedText(range, bubble) {
  const part = document.createRange();
  part.selectNodeContents(bubble);
  if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0)
    part.setStart(range.startContainer, range.startOffset);
  if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0)
    part.setEnd(range.endContainer, range.endOffset);
  return part.toString();
}

/** @param {ClipboardEvent} event @param {Place[]} places in their order */
export function copySelection(event, places) {
  const selection = document.getSelection();
  if (!selection || !selection.rangeCount || !event.clipboardData) return;
  const range = selection.getRangeAt(0);
  const chosen = places.filter(({ bubble }) => range.intersectsNode(bubble));
  // A part of one message is just that text, as everywhere.
  if (chosen.length < 2) return;
  const lines = chosen
    .map(({ message, bubble }) => ({ message, text: selectedText(range, bubble) }))
    .filter(({ text }) => text !== '')
    .map(({ message, text }) => messageLine(message, text));
  event.clipboardData.setData('text/plain', lines.join('\n'));
  event.preventDefault();
}
