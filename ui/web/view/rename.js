// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Change Name: what can be known before is said here at once, and so is what the host refuses then:
 * until it says yes, nobody has left.
 */

import { fetchRoom, learnCode } from '../io/room-watch.js';
import { cleanCode, isBadName } from '../model/text.js';
import { strings } from '../strings.js';
import { button, h, setShown, setText } from './dom.js';
import { drawRefusal, isAboutCode } from './refusal.js';

/** @typedef {import('../model/types.js').State} State */
/** @typedef {import('./refusal.js').NoToName} NoToName */

/** Below this, "Connecting…" would only flicker. */
const BUSY_AFTER_MS = 400;

export class RenameView {
  /** @param {import('../io/session.js').Session} session */
  constructor(session) {
    this.session = session;
    this.busyTimer = 0;
    const field = { class: 'field', autocomplete: 'off', spellcheck: 'false' };
    const described = { 'aria-describedby': 'new-name-error' };
    this.name = h('input', { ...field, ...described, id: 'new-name', dir: 'auto' });
    this.code = h('input', {
      ...{ ...field, ...described, id: 'again-code', class: 'field code', dir: 'ltr' },
      autocapitalize: 'characters',
    });
    this.codeRow = h(
      'div',
      { class: 'row' },
      h('label', { for: 'again-code' }, strings.codeLabel),
      this.code,
    );
    this.error = h('p', { class: 'error', id: 'new-name-error', role: 'alert' });
    this.status = h('p', { class: 'status', role: 'status' });
    this.change = h('button', { type: 'submit', class: 'primary' }, strings.changeName);
    const form = h(
      'form',
      { class: 'rename', novalidate: true },
      h('h2', { class: 'title', id: 'rename-title' }, strings.changeNameTitle),
      h('p', {}, strings.changeNameText),
      h('div', { class: 'row' }, h('label', { for: 'new-name' }, strings.nameLabel), this.name),
      this.codeRow,
      this.error,
      this.status,
      h(
        'div',
        { class: 'buttons' },
        button(strings.cancel, 'plain', () => this.element.close()),
        this.change,
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.submit();
    });
    this.element = h('dialog', { class: 'confirm', 'aria-labelledby': 'rename-title' }, form);
    // However it is closed.
    this.element.addEventListener('close', () => this.session.keepName());
  }

  /** @param {State} state */
  open(state) {
    this.name.value = state.me ? state.me.name : '';
    this.code.value = state.join.found;
    this.update(state);
    this.refuse(null);
    this.element.showModal();
    this.name.select();
    void learnCode(this.session.store, fetchRoom);
  }

  /** @param {State} state */
  update(state) {
    setShown(this.codeRow, state.room.code);
  }

  /** @param {NoToName | null} refusal null: nothing is wrong */
  refuse(refusal) {
    for (const each of [this.name, this.code]) each.removeAttribute('aria-invalid');
    if (!refusal) return setText(this.error, '');
    const wrong = isAboutCode(refusal) ? this.code : this.name;
    if (wrong === this.code) setShown(this.codeRow, true);
    wrong.setAttribute('aria-invalid', 'true');
    drawRefusal(this.error, refusal, (suggestion) => {
      this.name.value = suggestion;
      void this.submit();
    });
    return wrong.focus();
  }

  /** @param {boolean} isBusy */
  setBusy(isBusy) {
    // Not disabled, which would take the focus away.
    this.change.setAttribute('aria-disabled', String(isBusy));
    clearTimeout(this.busyTimer);
    setText(this.status, '');
    if (!isBusy) return;
    const tell = () => setText(this.status, strings.connecting);
    this.busyTimer = window.setTimeout(tell, BUSY_AFTER_MS);
  }

  async submit() {
    if (this.change.getAttribute('aria-disabled') === 'true') return undefined;
    const { state } = this.session.store;
    const name = this.name.value.trim();
    const code = this.codeRow.hidden ? '' : cleanCode(this.code.value);
    const isTaken = (state.people || []).some(
      (person) => person.name === name && (!state.me || person.id !== state.me.id),
    );
    if (isTaken) return this.refuse({ code: 'name-taken', name });
    if (isBadName(name, state.limits.name)) return this.refuse({ code: 'name-bad', name });
    if (!this.codeRow.hidden && code === '') return this.refuse({ code: 'code-missing', name });
    if (state.me && state.me.name === name) return this.element.close();
    this.refuse(null);
    this.setBusy(true);
    const refusal = await this.session.changeName(name, code);
    this.setBusy(false);
    if (!refusal) return this.element.close();
    // Who was not asked for a code has not typed a wrong one.
    const isMissing = refusal.code === 'code' && code === '';
    const room = state.room.name || strings.roomFallback;
    return this.refuse({ ...refusal, code: isMissing ? 'code-missing' : refusal.code, name, room });
  }

  /** Not where coming back may be refused. @param {State} state */
  static isOffered(state) {
    return state.link === 'joined' && !state.room.locked && !state.ended;
  }
}
