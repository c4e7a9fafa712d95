// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The rows of the conversation as elements.
 */

import { findLinks } from '../model/links.js';
import { formatDay, formatTime, isoTime } from '../model/time.js';
import { fill, fillCount, fillNames, strings } from '../strings.js';
import { button, h, icon } from './dom.js';

/** @typedef {import('../model/types.js').Unsent} Unsent */
/** @typedef {import('../model/timeline.js').Row} Row */
/** @typedef {{ retry: (key: number) => void, discard: (key: number) => void }} UnsentActions */

/** Colours that tell authors apart, css/tokens.css. */
const HUES = 10;

/** @param {string} text @returns {HTMLElement} */
function bubble(text) {
  const element = h('p', { class: 'bubble', dir: 'auto' });
  for (const piece of findLinks(text)) {
    if (!piece.href) element.append(piece.text);
    else {
      const attributes = {
        href: piece.href,
        dir: 'ltr',
        target: '_blank',
        rel: 'noopener nofollow noreferrer',
      };
      element.append(h('a', attributes, piece.text));
    }
  }
  return element;
}

/** @param {Unsent} item @param {boolean} joined @param {number} now */
function unsentWords(item, joined, now) {
  if (item.status === 'failed') return { sign: 'alert', words: strings.notSent };
  if (item.status === 'held') return { sign: 'alert', words: strings.held };
  if (item.status === 'slow' && joined) {
    const seconds = Math.max(1, Math.ceil((item.retryAt - now) / 1000));
    return { sign: 'clock', words: fill(strings.slow, { count: seconds }) };
  }
  if (joined) return { sign: 'clock', words: '' };
  return item.ref > 0
    ? { sign: 'question', words: strings.checking }
    : { sign: 'clock', words: strings.waiting };
}

/**
 * A bubble that nobody else has seen yet, with what will become of it. What is on its way has only
 * a clock beside it, so that nothing moves once it is said.
 * @param {Unsent} item @param {boolean} joined @param {UnsentActions} actions
 * @returns {HTMLElement[]}
 */
function unsentBody(item, joined, actions) {
  const { sign, words } = unsentWords(item, joined, Date.now());
  if (!words) {
    const clock = { class: 'sending', role: 'img', 'aria-label': strings.sending };
    return [h('div', { class: 'line' }, h('span', clock, icon(sign)), bubble(item.text))];
  }
  const isPersons = item.status === 'failed' || item.status === 'held';
  const again = item.status === 'held' ? strings.sendHeld : strings.retry;
  const fate = h(
    'p',
    { class: isPersons ? 'fate bad' : 'fate' },
    icon(sign),
    h('span', {}, words),
    isPersons ? button(again, 'link', () => actions.retry(item.key)) : null,
    isPersons ? button(strings.discard, 'link', () => actions.discard(item.key)) : null,
  );
  return [bubble(item.text), fate];
}

/**
 * @param {import('../model/timeline.js').MessageRow} row @param {boolean} joined
 * @param {UnsentActions} actions
 */
function messageRow({ message, first }, joined, actions) {
  const classes = ['message', `hue-${message.fromId % HUES}`];
  if (message.own) classes.push('own');
  if (first) classes.push('first');
  if (message.unsent) classes.push('unsent');
  const name = message.own
    ? h('span', { class: 'hearable' }, strings.you)
    : h('bdi', { class: 'name' }, message.name);
  const time = h('time', { datetime: isoTime(message.at) }, formatTime(message.at));
  return h(
    'li',
    { class: classes.join(' ') },
    first ? h('p', { class: 'by' }, name, ' ', time) : null,
    ...(message.unsent ? unsentBody(message.unsent, joined, actions) : [bubble(message.text)]),
  );
}

/** @param {import('../model/timeline.js').PresenceRow} row */
function presenceWords(row) {
  const sentences = [];
  if (row.joined.length > 0) sentences.push(fillNames(strings.joined, row.joined));
  if (row.returned.length > 0) sentences.push(fillNames(strings.returned, row.returned));
  if (row.visited.length > 0) sentences.push(fillNames(strings.visited, row.visited));
  if (row.left.length > 0) sentences.push(fillNames(strings.left, row.left));
  return sentences.join(' · ');
}

/** @param {import('../model/types.js').Note} note */
function noteWords(note) {
  switch (note.kind) {
    case 'gap':
      return strings.gap;
    case 'restarted':
      return strings.restarted;
    case 'renamed':
      return fill(strings.renamed, { name: note.name || '' });
    default: {
      const minutes = note.minutes || 0;
      return note.messages
        ? fillCount(strings.awayMessages, note.messages, { minutes })
        : fill(strings.away, { minutes });
    }
  }
}

/** @param {string} words @param {string} className */
function noticeRow(words, className) {
  return h('li', { class: `notice ${className}` }, h('span', {}, words));
}

/**
 * What decides how a row looks; the same: the element may stay.
 * @param {Row} row @param {boolean} joined @returns {string}
 */
export function rowFace(row, joined) {
  if (row.type === 'presence')
    return JSON.stringify([row.joined, row.left, row.visited, row.returned]);
  const item = row.type === 'message' ? row.message.unsent : undefined;
  if (!item) return '';
  const { words } = unsentWords(item, joined, Date.now());
  return `${item.status} ${words}`;
}

/**
 * @param {Row} row @param {boolean} joined @param {UnsentActions} actions
 * @returns {HTMLElement}
 */
export function makeRow(row, joined, actions) {
  switch (row.type) {
    case 'message':
      return messageRow(row, joined, actions);
    case 'presence':
      return noticeRow(presenceWords(row), 'presence');
    case 'note':
      return noticeRow(noteWords(row.note), row.note.kind);
    default:
      return noticeRow(formatDay(row.at), 'day');
  }
}
