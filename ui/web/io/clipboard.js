// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Copying a text, in the way this browser has.
 */

/** @param {string} text @returns {boolean} as it was done before there was a clipboard API */
function copyBySelection(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hearable';
  // Where a dialog is open, only what is inside can be selected.
  (document.querySelector('dialog[open]') || document.body).append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}

/** @param {string} text @returns {Promise<boolean>} whether it could be copied */
export async function copyText(text) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const isCopied = copyBySelection(text);
    if (focused) focused.focus();
    return isCopied;
  }
}
