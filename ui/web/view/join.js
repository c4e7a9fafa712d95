// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The first page: a name, a code where one is asked for, and why the host said no.
 */

import { isBadName } from '../model/text.js';
import { fill, strings } from '../strings.js';
import { button, h, setShown, setText } from './dom.js';

/** @typedef {import('../model/types.js').State} State */

/** Below this, "Connecting…" would only flicker. */
const BUSY_AFTER_MS = 400;

/** @type {Record<string, string>} */
const REFUSALS = {
  'name-bad': strings.nameBad,
  'name-reserved': strings.nameReserved,
  'name-taken': strings.nameTakenPlain,
  locked: strings.locked,
  full: strings.full,
  code: strings.codeWrong,
  removed: strings.removed,
};

/** @type {Record<string, string>} */
const SUGGESTIONS = {
  'name-taken': strings.nameTaken,
  'name-reserved': strings.nameReservedTry,
};

export class JoinView {
  /** @param {import('../io/session.js').Session} session */
  constructor(session) {
    this.session = session;
    /** @type {State['join']['refusal']} */
    this.refusal = null;
    this.isPrefilled = false;
    this.busyTimer = 0;

    this.title = h('h1', { class: 'title', dir: 'auto' });
    this.name = h('input', {
      id: 'name',
      class: 'field',
      name: 'nickname',
      autocomplete: 'nickname',
      autocapitalize: 'words',
      enterkeyhint: 'go',
      spellcheck: 'false',
      dir: 'auto',
      required: true,
      'aria-describedby': 'join-error',
    });
    this.code = h('input', {
      id: 'code',
      class: 'field code',
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: 'false',
      dir: 'ltr',
      'aria-describedby': 'join-error',
    });
    this.codeRow = h(
      'p',
      { class: 'row' },
      h('label', { for: 'code' }, strings.codeLabel),
      this.code,
    );
    this.error = h('p', { id: 'join-error', class: 'error', role: 'alert' });
    this.submit = h('button', { class: 'primary', type: 'submit' }, strings.joinButton);
    this.status = h('p', { class: 'status', role: 'status' });
    this.reload = button(strings.reload, 'plain', () => location.reload());
    this.useHere = button(strings.useHere, 'plain', () => void session.useHere());
    this.taken = h('p', { class: 'hint taken' }, `${strings.taken} `, this.useHere);
    const form = h(
      'form',
      { class: 'card', novalidate: true },
      h('img', { src: 'icon.svg', alt: '', width: '48', height: '48' }),
      this.title,
      this.taken,
      h('p', { class: 'row' }, h('label', { for: 'name' }, strings.nameLabel), this.name),
      this.codeRow,
      this.error,
      this.submit,
      this.status,
      this.reload,
      h('p', { class: 'hint' }, strings.joinHonesty),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.onSubmit();
    });
    this.element = h('main', { class: 'join' }, form);
  }

  /** Puts the cursor where typing may begin; on touch a keyboard would jump up, so not there. */
  focus() {
    if (matchMedia('(hover: hover) and (pointer: fine)').matches) this.name.focus();
  }

  onSubmit() {
    const max = this.limits ? this.limits.name : 0;
    const name = this.name.value.trim();
    if (isBadName(name, max)) {
      this.name.setAttribute('aria-invalid', 'true');
      setText(this.error, strings.nameBad);
      this.name.focus();
      return;
    }
    this.session.join(name, this.code.value.trim().toUpperCase());
  }

  /** @param {State} state */
  update(state) {
    const { join, room } = state;
    const roomName = room.name || strings.roomFallback;
    this.limits = state.limits;
    setText(this.title, fill(strings.joinTitle, { room: roomName }));
    if (!this.isPrefilled && join.name && !this.name.value) {
      this.name.value = join.name;
      this.isPrefilled = true;
    }
    if (join.code && !this.code.value) this.code.value = join.code;
    setShown(this.codeRow, room.code);
    setShown(this.taken, state.taken);
    this.submit.disabled = join.pending;
    this.updateRefusal(state);
    this.updateStatus(state, roomName);
  }

  /** @param {State} state */
  updateRefusal({ join, room }) {
    if (join.pending) {
      setText(this.error, '');
      this.name.removeAttribute('aria-invalid');
      this.code.removeAttribute('aria-invalid');
    }
    if (join.refusal === this.refusal) return;
    this.refusal = join.refusal;
    if (!this.refusal) return;
    const { code, suggestion, name } = this.refusal;
    const field = code === 'code' ? this.code : this.name;
    setShown(this.codeRow, room.code);
    if (code.startsWith('name-') || code === 'code') field.setAttribute('aria-invalid', 'true');
    if (SUGGESTIONS[code] && suggestion)
      this.suggest(fill(SUGGESTIONS[code], { name }), suggestion);
    else setText(this.error, fill(REFUSALS[code] || strings.outdated, { name }));
    field.focus();
  }

  /** The suggested name is a button in the middle of the sentence.
   * @param {string} sentence @param {string} suggestion */
  suggest(sentence, suggestion) {
    const [before, after] = sentence.split('{suggestion}');
    const take = button(suggestion, 'link', () => {
      this.name.value = suggestion;
      this.onSubmit();
    });
    take.dir = 'auto';
    this.error.replaceChildren(before, take, after);
  }

  /** @param {State} state @param {string} roomName */
  updateStatus(state, roomName) {
    setShown(this.reload, state.unreachable);
    const isBusy = state.join.pending && !state.unreachable;
    if (!isBusy) {
      clearTimeout(this.busyTimer);
      this.busyTimer = 0;
      const idle = state.room.locked && !this.refusal ? strings.locked : '';
      setText(
        this.status,
        state.unreachable ? fill(strings.unreachable, { room: roomName }) : idle,
      );
    } else if (this.busyTimer === 0) {
      this.busyTimer = window.setTimeout(
        () => setText(this.status, strings.connecting),
        BUSY_AFTER_MS,
      );
    }
  }
}
