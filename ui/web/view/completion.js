// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The names to choose from while one is typed after an @. The focus stays in the field, which names
 * the chosen row to screen readers (aria-activedescendant); it has no role of its own, since HTML
 * gives a textarea none but its native one.
 */

import { completeMention, mentionQuery, suggestPeople } from '../model/mentions.js';
import { fillCount, strings } from '../strings.js';
import { h, initialOf, setShown, setText } from './dom.js';

/** @typedef {import('../model/types.js').Person} Person */

export class Completion {
  /**
   * @param {HTMLTextAreaElement} input
   * @param {() => { people: Person[], meId: number }} who  asked while a name is typed
   * @param {() => void} onChanged the text is another
   */
  constructor(input, who, onChanged) {
    this.input = input;
    this.who = who;
    this.onChanged = onChanged;
    /** @type {import('../model/mentions.js').Query | null} */
    this.query = null;
    /** @type {Person[]} */
    this.found = [];
    this.index = 0;
    /** Where the @ stands for which the person wanted no list. */
    this.dismissed = -1;
    this.list = h('ul', {
      id: 'mentions',
      class: 'mentions',
      role: 'listbox',
      'aria-label': strings.mentionList,
      hidden: true,
    });
    this.words = h('p', { class: 'hearable', role: 'status' });
    this.element = h('div', { class: 'mentions-place' }, this.list, this.words);
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', 'mentions');
    input.addEventListener('blur', () => this.close());
    input.addEventListener('keyup', () => this.refresh());
    input.addEventListener('click', () => this.refresh());
  }

  get isOpen() {
    return this.found.length > 0;
  }

  refresh() {
    const { selectionStart: caret, selectionEnd, value } = this.input;
    const isFree = !this.input.readOnly && document.activeElement === this.input;
    const isCaret = isFree && caret === selectionEnd;
    const query = isCaret ? mentionQuery(value, caret) : null;
    if (!query || query.from !== this.dismissed) this.dismissed = -1;
    const isWanted = query !== null && this.dismissed < 0;
    const found = isWanted ? this.suggest(query.prefix) : [];
    const isSame =
      found.length === this.found.length && found.every((each, i) => each.id === this.found[i].id);
    const isOther = !query || !this.query || query.prefix !== this.query.prefix;
    this.query = query;
    if (isSame) return;
    const chosen = this.found[this.index];
    this.found = found;
    // Names that come meanwhile take nobody's choice.
    const index = chosen ? found.findIndex((each) => each.id === chosen.id) : -1;
    this.index = isOther ? 0 : Math.max(0, index);
    this.draw();
  }

  /** @param {string} prefix */
  suggest(prefix) {
    const { people, meId } = this.who();
    return suggestPeople(people, meId, prefix);
  }

  close() {
    if (!this.isOpen) return;
    this.found = [];
    this.draw();
  }

  draw() {
    const rows = this.found.map((person, index) => this.row(person, index));
    this.list.replaceChildren(...rows);
    setShown(this.list, this.isOpen);
    setText(this.words, this.isOpen ? fillCount(strings.mentionCount, rows.length) : '');
    this.mark();
  }

  /** @param {Person} person @param {number} index */
  row(person, index) {
    const attributes = { id: `mention-${index}`, class: `mention hue-${person.id % 10}` };
    const row = h(
      'li',
      { ...attributes, role: 'option' },
      h('span', { class: 'avatar', 'aria-hidden': 'true' }, initialOf(person.name)),
      h('span', { class: 'who' }, h('bdi', {}, person.name)),
    );
    // A press must not take the focus: the on-screen keyboard would close.
    row.addEventListener('pointerdown', (event) => event.preventDefault());
    row.addEventListener('mousedown', (event) => event.preventDefault());
    row.addEventListener('click', () => this.choose(index));
    return row;
  }

  mark() {
    [...this.list.children].forEach((row, index) => {
      row.setAttribute('aria-selected', String(index === this.index));
      if (index === this.index) row.scrollIntoView({ block: 'nearest' });
    });
    if (this.isOpen) this.input.setAttribute('aria-activedescendant', `mention-${this.index}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  /** @param {number} index */
  choose(index) {
    const person = this.found[index];
    if (!person || !this.query) return;
    const { text, caret } = completeMention(this.input.value, this.query, person.name);
    this.close();
    this.input.value = text;
    this.input.setSelectionRange(caret, caret);
    this.onChanged();
  }

  /** @param {KeyboardEvent} event not of an input method @returns {boolean} whether it was for this */
  takeKey(event) {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey) return false;
    const last = this.found.length - 1;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.go(this.index === last ? 0 : this.index + 1),
      ArrowUp: () => this.go(this.index === 0 ? last : this.index - 1),
      Enter: () => this.choose(this.index),
      Tab: () => this.choose(this.index),
      Escape: () => this.dismiss(),
    };
    const run = event.shiftKey ? undefined : keys[event.key];
    if (!run) return false;
    run();
    return true;
  }

  /** @param {number} index */
  go(index) {
    this.index = index;
    this.mark();
  }

  dismiss() {
    this.dismissed = this.query ? this.query.from : -1;
    this.close();
  }
}
