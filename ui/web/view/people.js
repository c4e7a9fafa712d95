// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Who is here: a sidebar where there is room, else a sheet from the bottom that keeps the focus
 * until it is closed by its button, Esc, a press outside, or Back.
 */

import { fillCount, strings } from '../strings.js';
import { button, h, icon, initialOf, setShown, setText } from './dom.js';

/** @typedef {import('../model/types.js').State} State */

export const WIDE = '(min-width: 900px)';

export class PeopleView {
  /** @param {import('../io/session.js').Session} session */
  constructor(session) {
    /** @type {State['people']} */
    this.people = null;
    this.meId = 0;
    this.hasFocus = false;
    this.title = h('h2', { class: 'title', id: 'people-title' }, strings.peopleTitle);
    this.list = h('ul', { class: 'persons', tabindex: '0', 'aria-labelledby': 'people-title' });
    this.all = button(strings.peopleAll, 'plain', () => {
      if (session.store.state.roll === null) session.askWho();
    });
    this.count = h('p', { class: 'hint' });
    this.kind = h('p', { class: 'hint kind' });
    this.opener = button(strings.peopleOpen, 'tool people-open', () => this.open(), icon('people'));
    const close = button(strings.close, 'tool close', () => this.close(), icon('close'));
    this.panel = h(
      'section',
      { class: 'people', 'aria-labelledby': 'people-title' },
      h('div', { class: 'people-head' }, this.title, this.count, close),
      this.list,
      this.all,
      this.kind,
    );
    this.aside = h('aside', { class: 'sidebar' });
    this.sheet = h('dialog', { class: 'sheet', 'aria-labelledby': 'people-title' });
    this.listen();
    this.place();
  }

  listen() {
    this.wide = matchMedia(WIDE);
    this.wide.addEventListener('change', () => this.place());
    // What a style sheet hides has lost the focus by the time that this is told, to nothing.
    this.panel.addEventListener('focusin', () => {
      this.hasFocus = true;
    });
    this.panel.addEventListener('focusout', (event) => {
      if (event.relatedTarget) this.hasFocus = false;
    });
    this.sheet.addEventListener('click', (event) => {
      if (event.target === this.sheet) this.close();
    });
    this.sheet.addEventListener('close', () => {
      if (history.state && history.state.sheet) history.back();
    });
    window.addEventListener('popstate', () => {
      if (this.sheet.open) this.sheet.close();
    });
  }

  place() {
    const isWide = this.wide ? this.wide.matches : false;
    const { activeElement } = document;
    const isLost = this.hasFocus && activeElement === document.body;
    const isHere = this.sheet.open || isLost || this.panel.contains(activeElement);
    if (isWide && this.sheet.open) this.close();
    (isWide ? this.aside : this.sheet).append(this.panel);
    if (isHere) (isWide ? this.list : this.opener).focus();
  }

  open() {
    if (this.sheet.open || (this.wide && this.wide.matches)) return;
    history.pushState({ sheet: true }, '');
    this.sheet.showModal();
  }

  close() {
    if (this.sheet.open) this.sheet.close();
  }

  /** @param {State} state */
  update(state) {
    const meId = state.me ? state.me.id : 0;
    setText(this.count, fillCount(strings.peopleCount, state.count));
    // In a large room the host tells how many there are, not who: the list is as old as the asking.
    const isOffered = state.isListOld && state.link === 'joined';
    if (!isOffered && document.activeElement === this.all) this.list.focus();
    setShown(this.all, isOffered);
    this.all.setAttribute('aria-disabled', String(state.roll !== null));
    setShown(this.kind, state.link === 'joined');
    setText(this.kind, state.linkKind === 'http' ? strings.linkKindHttp : strings.linkKind);
    if (this.people === state.people && this.meId === meId) return;
    this.people = state.people;
    this.meId = meId;
    const persons = [...(state.people || [])].sort((a, b) => a.name.localeCompare(b.name));
    const rows = persons.map((person) => this.row(person, person.id === meId));
    this.list.replaceChildren(...rows);
  }

  /** @param {import('../model/types.js').Person} person @param {boolean} isMe */
  row(person, isMe) {
    const name = h('bdi', { class: 'name', title: person.name }, person.name);
    // The sentence around the name, which is an element of its own.
    const [before, after] = isMe ? strings.peopleYou.split('{name}') : ['', ''];
    return h(
      'li',
      { class: person.away ? `person away hue-${person.id % 10}` : `person hue-${person.id % 10}` },
      h('span', { class: 'avatar', 'aria-hidden': 'true' }, initialOf(person.name)),
      h('span', { class: 'who' }, before, name, after),
      person.away ? h('span', { class: 'hint' }, strings.peopleAway) : null,
    );
  }
}
