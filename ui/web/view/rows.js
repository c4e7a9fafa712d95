// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The rows of the conversation as elements.
 */

import { findLinks } from '../model/links.js';
import { formatDay, formatTime, isoTime } from '../model/time.js';
import { fill, fillCount, fillNames, strings } from '../strings.js';
import { button, h, icon, setText } from './dom.js';

/** @typedef {import('../model/types.js').Unsent} Unsent */
/** @typedef {import('../model/timeline.js').Row} Row */
/**
 * @typedef {object} RowActions
 * @property {(key: number) => void} retry
 * @property {(key: number) => void} discard
 * @property {(message: import('../model/types.js').Message, anchor: HTMLElement) => void} menu
 */

/** Colours that tell authors apart, css/tokens.css. */
const HUES = 10;

/**
 * Plain text, with what calls me marked.
 * @param {string} text @param {number} from  where it begins in the message
 * @param {import('../model/mentions.js').Span[]} calls
 * @returns {(string | HTMLElement)[]}
 */
function markCalls(text, from, calls) {
  /** @type {(string | HTMLElement)[]} */
  const parts = [];
  let plain = 0;
  for (const { start, end } of calls) {
    if (start < from || end > from + text.length) continue;
    parts.push(text.slice(plain, start - from));
    parts.push(h('strong', { class: 'call' }, text.slice(start - from, end - from)));
    plain = end - from;
  }
  return [...parts, text.slice(plain)];
}

/** @param {import('../model/types.js').Message} message @returns {HTMLElement} */
function bubble({ text, calls = [] }) {
  const element = h('p', { class: 'bubble', dir: 'auto' });
  let at = 0;
  for (const piece of findLinks(text)) {
    if (!piece.href) element.append(...markCalls(piece.text, at, calls));
    else {
      const attributes = {
        href: piece.href,
        dir: 'ltr',
        target: '_blank',
        rel: 'noopener nofollow noreferrer',
      };
      element.append(h('a', attributes, piece.text));
    }
    at += piece.text.length;
  }
  return element;
}

/** @param {Unsent} item @param {boolean} joined */
function unsentWords(item, joined) {
  if (item.status === 'failed') return { sign: 'alert', words: strings.notSent };
  if (item.status === 'held') return { sign: 'alert', words: strings.held };
  // Its turn comes by itself; how long that takes is told above the composer.
  if (joined) return { sign: 'clock', words: '' };
  return item.ref > 0
    ? { sign: 'question', words: strings.checking }
    : { sign: 'clock', words: strings.waiting };
}

/** What has become of words that nobody else has seen yet, and what can be done about it.
 * @param {Unsent} item @param {{ sign: string, words: string }} look @param {RowActions} actions
 */
function fateOf(item, { sign, words }, actions) {
  const isPersons = item.status === 'failed' || item.status === 'held';
  const again = item.status === 'held' ? strings.sendHeld : strings.retry;
  return h(
    'p',
    { class: isPersons ? 'fate bad' : 'fate' },
    icon(sign),
    h('span', { class: 'words' }, words),
    isPersons
      ? h(
          'span',
          { class: 'choices' },
          button(again, 'link', () => actions.retry(item.key)),
          button(strings.discard, 'link', () => actions.discard(item.key)),
        )
      : null,
  );
}

/**
 * A message. Its bubble stays the same element from the moment it was written until it is said and
 * for ever after, so that nothing moves and no screen reader tells it twice; what stands around it
 * comes and goes.
 */
class MessageRow {
  /** @param {import('../model/types.js').Message} message @param {RowActions} actions */
  constructor(message, actions) {
    this.actions = actions;
    this.message = message;
    this.bubble = bubble(message);
    this.more = moreButton(message, actions);
    const isForMe = message.calls && message.calls.length > 0;
    const forMe = isForMe ? h('span', { class: 'hearable' }, strings.callsYou) : null;
    this.line = h('div', { class: 'line' }, forMe, this.bubble, this.more);
    this.element = h('li', {}, this.line);
    /** @type {HTMLElement | null} */
    this.by = null;
    /** @type {HTMLElement | null} */
    this.sending = null;
    /** @type {HTMLElement | null} */
    this.fate = null;
    /** What decides how that looks: a button somebody is at stays the same. */
    this.fateFace = '';
  }

  /** @param {Row} row @param {boolean} joined */
  update(row, joined) {
    if (row.type !== 'message') return;
    const { message, first } = row;
    this.message = message;
    const look = message.unsent ? unsentWords(message.unsent, joined) : null;
    const classes = ['message', `hue-${message.fromId % HUES}`];
    if (message.own) classes.push('own');
    if (first) classes.push('first');
    if (message.calls && message.calls.length > 0) classes.push('calling');
    if (look) classes.push('unsent');
    if (look && look.words) classes.push('waiting');
    this.element.className = classes.join(' ');

    if (this.by) this.by.remove();
    this.by = first ? byline(message) : null;
    if (this.by) this.element.prepend(this.by);

    const isQuiet = look !== null && look.words === '';
    if (this.sending && !isQuiet) this.sending.remove();
    if (!isQuiet) this.sending = null;
    else if (!this.sending) this.line.prepend((this.sending = clock()));

    this.drawFate(message.unsent, look);
  }

  /** @param {Unsent | undefined} unsent @param {{ sign: string, words: string } | null} look */
  drawFate(unsent, look) {
    const face = unsent && look && look.words ? `${unsent.status} ${look.words}` : '';
    if (face === this.fateFace) return;
    this.fateFace = face;
    if (this.fate) this.fate.remove();
    this.fate = unsent && look && face ? fateOf(unsent, look, this.actions) : null;
    if (this.fate) this.element.append(this.fate);
  }
}

/**
 * What can be done with a message. Of all these buttons Tab reaches one, arrows the others: log.js.
 * @param {import('../model/types.js').Message} message @param {RowActions} actions
 */
function moreButton(message, actions) {
  const { name, own } = message;
  const label = own ? strings.messageActionsOwn : fill(strings.messageActions, { name });
  const attributes = {
    type: 'button',
    class: 'more',
    tabindex: '-1',
    'aria-label': label,
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
  };
  const element = h('button', attributes, icon('more'));
  element.addEventListener('click', () => actions.menu(message, element));
  return element;
}

/** On its way: only a clock, so that nothing moves once it is said. */
function clock() {
  const attributes = { class: 'sending', role: 'img', 'aria-label': strings.sending };
  return h('span', attributes, icon('clock'));
}

/** @param {import('../model/types.js').Message} message */
function byline(message) {
  const name = message.own
    ? h('span', { class: 'hearable' }, strings.you)
    : h('bdi', { class: 'name' }, message.name);
  const time = h('time', { datetime: isoTime(message.at) }, formatTime(message.at));
  return h('p', { class: 'by' }, name, ' ', time);
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
    case 'earlier':
      return strings.earlier;
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

/** A line that is not a message: made anew when it says something else. */
class NoticeRow {
  constructor() {
    this.words = h('span');
    this.element = h('li', {}, this.words);
  }

  /** @param {Row} row */
  update(row) {
    const [words, kind] = noticeOf(row);
    this.element.className = `notice ${kind}`;
    setText(this.words, words);
  }
}

/** @param {Row} row @returns {[string, string]} its words and its kind */
function noticeOf(row) {
  if (row.type === 'presence') return [presenceWords(row), 'presence'];
  if (row.type === 'note') return [noteWords(row.note), row.note.kind];
  return [row.type === 'day' ? formatDay(row.at) : '', 'day'];
}

/**
 * What decides how a row looks; the same: nothing to update.
 * @param {Row} row @param {boolean} joined @returns {string}
 */
export function rowFace(row, joined) {
  if (row.type === 'presence')
    return JSON.stringify([row.joined, row.left, row.visited, row.returned]);
  if (row.type !== 'message') return '';
  const { first, message } = row;
  if (!message.unsent) return String(first);
  return `${first} ${message.unsent.status} ${unsentWords(message.unsent, joined).words}`;
}

/**
 * @param {Row} row @param {RowActions} actions
 * @returns {MessageRow | NoticeRow} still without what update() gives it
 */
export function makeRow(row, actions) {
  return row.type === 'message' ? new MessageRow(row.message, actions) : new NoticeRow();
}
