// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Where messages are written. What is typed is kept as a draft with every key.
 */

import { charsLeft } from '../model/text.js';
import { cleanText } from '../model/outbox.js';
import { peopleToCall } from '../model/people.js';
import { fill, fillCount, strings } from '../strings.js';
import { Completion } from './completion.js';
import { button, h, icon, isForKeys, setShown, setText } from './dom.js';

/** @typedef {import('../model/types.js').State} State */

/** keyCode of a key that belongs to an input method, where isComposing comes too late. */
const IME_KEY = 229;
const NOTE_MS = 4000;
const COUNTDOWN_MS = 500;

/** @param {KeyboardEvent} event @returns {boolean} whether it sends */
export function isSendKey(event) {
  if (event.key !== 'Enter') return false;
  if (event.ctrlKey || event.metaKey) return true;
  return isForKeys() && !event.shiftKey && !event.altKey;
}

export class ComposerView {
  /**
   * @param {import('../io/session.js').Session} session
   * @param {() => void} onSent
   */
  constructor(session, onSent) {
    this.session = session;
    this.onSent = onSent;
    this.max = 0;
    this.noteTimer = 0;
    this.countdown = 0;
    /** What waits because it came too fast, in the order in which it goes. */
    this.queue = { retryAt: 0, count: 0 };
    this.input = h('textarea', {
      id: 'message',
      class: 'field',
      rows: '1',
      dir: 'auto',
      placeholder: strings.composerHint,
      'aria-label': strings.composerLabel,
      'aria-describedby': 'message-count',
      enterkeyhint: 'enter',
    });
    // What is around the text belongs to it, also for a press; it is named by itself.
    this.paper = h('label', { class: 'paper' }, this.input);
    this.people = /** @type {State['people']} */ (null);
    this.completion = new Completion(
      this.input,
      () => this.whoToCall(),
      () => this.onInput(),
    );
    this.send = button(strings.send, 'send', () => this.submit(), icon('send'));
    this.counter = h('p', { id: 'message-count', class: 'counter', hidden: true });
    this.note = h('p', { class: 'counter', role: 'status', hidden: true });
    this.slow = h('p', { class: 'counter slow', role: 'status', hidden: true });
    this.element = h(
      'form',
      { class: 'composer' },
      this.completion.element,
      this.slow,
      this.counter,
      this.note,
      h('div', { class: 'composer-row' }, this.paper, this.send),
    );
    this.listen();
  }

  listen() {
    // A press must not take the focus: the on-screen keyboard would close.
    this.send.addEventListener('pointerdown', (event) => event.preventDefault());
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.input.addEventListener('keydown', (event) => {
      // Keys that an input method composes a character with are its own.
      if (event.isComposing || event.keyCode === IME_KEY) return;
      const isTaken = this.completion.takeKey(event);
      if (!isTaken && !isSendKey(event)) return;
      event.preventDefault();
      if (!isTaken) this.submit();
    });
    this.input.addEventListener('input', () => this.onInput());
    this.input.addEventListener('paste', (event) => {
      const data = event.clipboardData;
      if (data && data.files.length > 0 && !data.types.includes('text/plain'))
        this.refuseFiles(event);
    });
    // A dropped file would replace the page. A text may go where texts go, the browser puts it there.
    document.addEventListener('dragover', (event) => {
      const isText = event.dataTransfer && !event.dataTransfer.types.includes('Files');
      if (!isText || event.target !== this.input) event.preventDefault();
    });
    document.addEventListener('drop', (event) => {
      if (event.dataTransfer && event.dataTransfer.files.length > 0) this.refuseFiles(event);
    });
  }

  whoToCall() {
    this.session.lookForNames();
    const { state } = this.session.store;
    return { people: peopleToCall(state), meId: state.me ? state.me.id : 0 };
  }

  onInput() {
    this.session.keepDraft(this.input.value);
    this.refresh();
    this.completion.refresh();
  }

  /** Calls somebody by name, where the caret is. @param {string} name */
  mention(name) {
    const { input } = this;
    const { selectionStart: at, value } = input;
    const isApart = at === 0 || /\s/.test(value[at - 1]);
    input.focus();
    input.setRangeText(`${isApart ? '' : ' '}@${name} `, at, input.selectionEnd, 'end');
    this.onInput();
    this.completion.close();
  }

  /** @param {Event} event */
  refuseFiles(event) {
    event.preventDefault();
    this.tell(strings.noFiles);
  }

  /** Says something for a moment. @param {string} words */
  tell(words) {
    setText(this.note, words);
    setShown(this.note, true);
    clearTimeout(this.noteTimer);
    this.noteTimer = window.setTimeout(() => setShown(this.note, false), NOTE_MS);
  }

  submit() {
    if (this.input.readOnly) return;
    const text = cleanText(this.input.value);
    const left = charsLeft(text, this.max);
    if (text === '' || (left !== null && left < 0)) return;
    this.input.value = '';
    this.session.say(text);
    this.refresh();
    this.completion.close();
    this.input.focus();
    this.onSent();
  }

  /** Height, counter and button follow what is typed. */
  refresh() {
    const { input, paper } = this;
    // Measured while what is around it keeps its height: the conversation would be moved.
    paper.style.height = `${paper.offsetHeight}px`;
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
    paper.style.height = '';
    const text = cleanText(input.value);
    const left = charsLeft(text, this.max);
    setShown(this.counter, left !== null);
    this.counter.classList.toggle('bad', left !== null && left < 0);
    if (left !== null)
      setText(
        this.counter,
        left >= 0 ? fillCount(strings.charsLeft, left) : fillCount(strings.charsOver, -left),
      );
    this.send.disabled = input.readOnly || text === '' || (left !== null && left < 0);
  }

  /**
   * Too fast: told here, where the eyes are, and until all of it is out: the host takes one, refuses
   * the next, and so on.
   * @param {State} state
   */
  updateSlow({ outbox, link }) {
    const isGoing = (/** @type {import('../model/types.js').Unsent} */ item) =>
      item.id === 0 && item.status !== 'failed' && item.status !== 'held';
    const slow = outbox.find((item) => item.status === 'slow');
    const retryAt = slow ? slow.retryAt : this.queue.retryAt;
    const count = link === 'joined' ? outbox.filter(isGoing).length : 0;
    this.queue = { retryAt: count > 0 ? retryAt : 0, count };
    this.drawSlow();
  }

  drawSlow() {
    const { retryAt, count } = this.queue;
    clearTimeout(this.countdown);
    // Read out when it begins; how it goes on is for the eyes.
    this.slow.setAttribute('aria-live', this.slow.hidden ? 'polite' : 'off');
    setShown(this.slow, retryAt > 0);
    if (retryAt === 0) return;
    const seconds = Math.max(1, Math.ceil(this.session.msUntil(retryAt) / 1000));
    setText(this.slow, fill(count > 1 ? strings.slowQueue : strings.slow, { seconds, count }));
    this.countdown = window.setTimeout(() => this.drawSlow(), COUNTDOWN_MS);
  }

  /** @param {State} state */
  update(state) {
    this.updateSlow(state);
    const isOver = state.ended !== null && !['paused', 'crowded'].includes(state.ended);
    const isOther = this.max !== state.limits.text || this.input.readOnly !== isOver;
    this.max = state.limits.text;
    // What was not sent can still be copied.
    this.input.readOnly = isOver;
    // One space: with none, style sheets could not tell that the field is empty.
    this.input.placeholder = isOver ? ' ' : strings.composerHint;
    // The state leads only where the page did not type it: a draft that came back.
    const isRestored = this.input.value !== state.draft && document.activeElement !== this.input;
    if (isRestored) this.input.value = state.draft;
    if (isOther || isRestored) this.refresh();
    if (this.people !== state.people) this.completion.refresh();
    this.people = state.people;
  }
}
