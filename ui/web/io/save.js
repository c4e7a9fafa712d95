// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Save a Copy: the conversation as a text file. A plain download link is cancelled under an
 * untrusted certificate, a blob is not; where files can be shared that way keeps more of a phone's
 * choices.
 */

import { formatMoment } from '../model/time.js';
import { fill, strings } from '../strings.js';

/** @param {import('../model/types.js').State} state @returns {string} */
function transcript(state) {
  const lines = [state.room.name, ''];
  for (const entry of state.entries)
    if (entry.kind === 'message')
      lines.push(`[${formatMoment(entry.at)}] ${entry.name}: ${entry.text.replace(/\n/g, '\n\t')}`);
  return `${lines.join('\n')}\n`;
}

/** @param {import('../model/types.js').State} state */
export async function saveCopy(state) {
  const date = new Date().toISOString().slice(0, 10);
  const name = fill(strings.copyName, { date }).replace(/[\u2068\u2069]/g, '');
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
