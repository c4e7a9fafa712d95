// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Times as the page's readers write them. Times of messages were corrected for the host's clock
 * when they came.
 */

/** @param {string} [locale] */
function makeFormats(locale) {
  return {
    clock: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
    weekday: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }),
    full: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
  };
}

let formats = makeFormats();

/** Before anything is drawn. @param {string} locale */
export function tellTimesIn(locale) {
  formats = makeFormats(locale);
}

/** @param {number} at @returns {string} "14:05" */
export function formatTime(at) {
  return formats.clock.format(at);
}

/** @param {number} at @returns {string} "Monday, 3 March" */
export function formatDay(at) {
  return formats.weekday.format(at);
}

/** @param {number} at @returns {string} */
export function formatMoment(at) {
  return formats.full.format(at);
}

/** @param {number} at @returns {string} the day it is here, as names of files have it: "2026-03-03" */
export function dayName(at) {
  const date = new Date(at);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** @param {number} at @returns {string} for the datetime of a time element */
export function isoTime(at) {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
