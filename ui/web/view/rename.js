// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Change Name: leaving and coming back under another one. What can be known before is said here; what
 * the host refuses then, the join page says.
 */

import { cleanCode, isBadName } from '../model/text.js';
import { fill, strings } from '../strings.js';
import { button, h, setShown, setText } from './dom.js';

/** @typedef {import('../model/types.js').State} State */

export class RenameView {
  /** @param {import('../io/session.js').Session} session */
  constructor(session) {
    this.session = session;
    const field = { class: 'field', autocomplete: 'off', spellcheck: 'false' };
    this.name = h('input', { ...field, id: 'new-name', dir: 'auto' });
    this.name.setAttribute('aria-describedby', 'new-name-error');
    this.code = h('input', { ...field, id: 'again-code', class: 'field code', dir: 'ltr' });
    this.codeRow = h(
      'div',
      { class: 'row' },
      h('label', { for: 'again-code' }, strings.codeLabel),
      this.code,
    );
    this.error = h('p', { class: 'error', id: 'new-name-error', role: 'alert' });
    const cancel = button(strings.cancel, 'plain', () => this.element.close());
    const form = h(
      'form',
      { class: 'rename' },
      h('h2', { class: 'title', id: 'rename-title' }, strings.changeNameTitle),
      h('p', {}, strings.changeNameText),
      h('div', { class: 'row' }, h('label', { for: 'new-name' }, strings.nameLabel), this.name),
      this.error,
      this.codeRow,
      h(
        'div',
        { class: 'buttons' },
        cancel,
        h('button', { type: 'submit', class: 'primary' }, strings.changeName),
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.element = h('dialog', { class: 'confirm', 'aria-labelledby': 'rename-title' }, form);
  }

  /** @param {State} state */
  open(state) {
    this.name.value = state.me ? state.me.name : '';
    this.code.value = state.join.found;
    setShown(this.codeRow, state.room.code);
    this.refuse('');
    this.element.showModal();
    this.name.select();
  }

  /** @param {string} words '': nothing is wrong */
  refuse(words) {
    setText(this.error, words);
    if (words) this.name.setAttribute('aria-invalid', 'true');
    else this.name.removeAttribute('aria-invalid');
  }

  submit() {
    const { state } = this.session.store;
    const name = this.name.value.trim();
    const isTaken = (state.people || []).some(
      (person) => person.name === name && (!state.me || person.id !== state.me.id),
    );
    if (isTaken) return this.refuse(fill(strings.nameTakenPlain, { name }));
    if (isBadName(name, state.limits.name)) return this.refuse(strings.nameBad);
    this.element.close();
    if (state.me && state.me.name === name) return undefined;
    return void this.session.changeName(name, state.room.code ? cleanCode(this.code.value) : '');
  }

  /** Not where coming back may be refused. @param {State} state */
  static isOffered(state) {
    return state.link === 'joined' && !state.room.locked && !state.ended;
  }
}
