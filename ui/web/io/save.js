// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Save a Copy: the conversation as a text file. A plain download link is cancelled under an
 * untrusted certificate, a blob is not; where files can be shared that way keeps more of a phone's
 * choices.
 */

import { indented, messageLine } from '../model/copy.js';
import { allEntries } from '../model/state.js';
import { dayName } from '../model/time.js';
import { fill, strings } from '../strings.js';

/** Where the copy would else look whole. @returns {Record<string, string>} */
const notes = () => ({
  earlier: strings.earlier,
  gap: strings.gap,
  restarted: strings.restarted,
});

/** @param {string} sentence @param {Record<string, string>} values */
function fillPlain(sentence, values) {
  return fill(sentence, values).replace(/[\u2068\u2069]/g, '');
}

/** @param {import('../model/types.js').State} state @returns {string} what was written here and not
 * sent included */
export function transcript(state) {
  const lines = [state.room.name, ''];
  for (const entry of allEntries(state)) {
    if (entry.kind === 'message') {
      const line = messageLine(entry, entry.text);
      lines.push(entry.unsent ? fillPlain(strings.notSentLine, { line }) : line);
    } else if (notes()[entry.kind]) lines.push(notes()[entry.kind]);
  }
  const draft = state.draft.trim();
  if (draft) lines.push('', fillPlain(strings.notSentLine, { line: indented(draft) }));
  return `${lines.join('\n')}\n`;
}

/** @param {number} now @returns {string} */
export function copyName(now) {
  return fillPlain(strings.copyName, { date: dayName(now) });
}

/** @param {import('../model/types.js').State} state */
export async function saveCopy(state) {
  const name = copyName(Date.now());
  const file = new File([transcript(state)], name, { type: 'text/plain' });
  const isTouch = matchMedia('(pointer: coarse)').matches;
  if (isTouch && navigator.canShare && navigator.canShare({ files: [file] })) {
    await navigator.share({ files: [file] }).catch(() => {});
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
