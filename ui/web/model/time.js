// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Times as this device's owner writes them. Times of messages were corrected for the host's clock
 * when they came.
 */

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** @param {number} at @returns {string} "14:05" */
export function formatTime(at) {
  return clock.format(at);
}

/** @param {number} at @returns {string} "Monday, 3 March" */
export function formatDay(at) {
  return weekday.format(at);
}

/** @param {number} at @returns {string} */
export function formatMoment(at) {
  return full.format(at);
}

/** @param {number} at @returns {string} for the datetime of a time element */
export function isoTime(at) {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
