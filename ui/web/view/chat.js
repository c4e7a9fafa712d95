// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The chat: header, conversation, composer, people.
 */

import { hasWords } from '../model/state.js';
import { fill, fillCount, strings } from '../strings.js';
import { BannerView } from './banner.js';
import { ComposerView } from './composer.js';
import { button, h, icon, setShown, setText } from './dom.js';
import { LogView } from './log.js';
import { PeopleView } from './people.js';

/** @typedef {import('../model/types.js').State} State */

export class ChatView {
  /** @param {import('../io/session.js').Session} session */
  constructor(session) {
    this.session = session;
    this.people = new PeopleView(session);
    this.banner = new BannerView(session);
    this.log = new LogView({
      retry: (key) => session.retry(key),
      discard: (key) => session.discard(key),
    });
    this.composer = new ComposerView(session, () => this.log.toEnd());
    this.title = h('h1', { class: 'title', dir: 'auto' });
    this.status = h('p', { class: 'state' });
    this.peopleButton = button(
      strings.peopleOpen,
      'tool people-open',
      () => this.people.open(),
      icon('people'),
    );
    this.leaveLocked = h('p', {}, strings.leaveLocked);
    this.confirm = this.makeConfirm();
    const leave = button(strings.leave, 'tool', () => this.onLeave(), icon('leave'));
    this.element = h(
      'div',
      { class: 'chat' },
      h(
        'header',
        { class: 'top' },
        h(
          'div',
          { class: 'bar' },
          h('div', { class: 'heading' }, this.title, this.status),
          this.peopleButton,
          leave,
        ),
        this.banner.element,
      ),
      h('main', { class: 'middle' }, this.log.element, this.composer.element),
      this.people.aside,
      this.people.sheet,
      this.confirm,
    );
  }

  makeConfirm() {
    const leave = button(strings.leave, 'danger', () => {
      this.confirm.close();
      void this.session.leave();
    });
    const cancel = button(strings.cancel, 'plain', () => this.confirm.close());
    return h(
      'dialog',
      { class: 'confirm', 'aria-labelledby': 'leave-title' },
      h('h2', { class: 'title', id: 'leave-title' }, strings.leaveTitle),
      h('p', {}, strings.leaveText),
      this.leaveLocked,
      h('div', { class: 'buttons' }, cancel, leave),
    );
  }

  onLeave() {
    const { state } = this.session.store;
    // There is nothing to lose where nothing was said, and somebody else has the seat.
    const isLost = state.ended === 'elsewhere' || (state.ended && !hasWords(state));
    setShown(this.leaveLocked, state.room.locked && !state.ended);
    if (isLost) void this.session.leave();
    else this.confirm.showModal();
  }

  focus() {
    this.composer.focus();
  }

  /** @param {State} state */
  update(state) {
    setText(this.title, state.room.name || strings.product);
    const isKnown = state.count > 0;
    const count = isKnown ? fillCount(strings.peopleCount, state.count) : '';
    const people = state.room.locked ? fill(strings.peopleLocked, { people: count }) : count;
    const without = state.ended ? strings.notConnected : strings.connecting;
    setText(this.status, isKnown && !state.ended ? people : without);
    const label = isKnown ? `${strings.peopleOpen} (${state.count})` : strings.peopleOpen;
    this.peopleButton.setAttribute('aria-label', label);
    this.banner.update(state);
    this.log.update(state);
    this.composer.update(state);
    this.people.update(state);
  }
}
