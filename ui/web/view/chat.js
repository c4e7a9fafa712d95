// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The chat: header, conversation, composer, people.
 */

import { copyText } from '../io/clipboard.js';
import { saveCopy } from '../io/save.js';
import { canKeepAwake, canSound } from '../io/signals.js';
import { hasWords } from '../model/state.js';
import { fill, fillCount, strings } from '../strings.js';
import { BannerView } from './banner.js';
import { ComposerView } from './composer.js';
import { button, h, icon, isForKeys, setShown, setText } from './dom.js';
import { LogView } from './log.js';
import { Menu } from './menu.js';
import { PeopleView } from './people.js';
import { RenameView } from './rename.js';
import { ShareView } from './share.js';

/** @typedef {import('../model/types.js').State} State */
/** @typedef {import('../model/types.js').Message} Message */

export class ChatView {
  /** @param {import('../io/session.js').Session} session */
  constructor(session) {
    this.session = session;
    this.people = new PeopleView(session);
    this.banner = new BannerView(session, () => this.focus());
    this.log = new LogView({
      retry: (key) => session.retry(key),
      discard: (key) => session.discard(key),
      menu: (message, anchor) => this.openActions(message, anchor),
    });
    this.menu = new Menu();
    this.rename = new RenameView(session);
    this.share = new ShareView(session);
    this.composer = new ComposerView(session, () => this.log.toEnd());
    this.title = h('h1', { class: 'title', dir: 'auto', tabindex: '-1' });
    this.status = h('p', { class: 'state' });
    this.leaveLocked = h('p', {}, strings.leaveLocked);
    this.confirm = this.makeConfirm();
    this.menuButton = button(strings.menu, 'tool', () => this.openMenu(), icon('more'));
    this.menuButton.setAttribute('aria-haspopup', 'menu');
    this.menuButton.setAttribute('aria-expanded', 'false');
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
          this.people.opener,
          this.menuButton,
        ),
        this.banner.element,
      ),
      h('main', { class: 'middle' }, this.log.element, this.composer.element, this.menu.element),
      this.people.aside,
      this.people.sheet,
      this.confirm,
      this.rename.element,
      this.share.element,
    );
  }

  openMenu() {
    const { store } = this.session;
    const { state } = store;
    const { awake, sound } = state.wishes;
    /** @param {Partial<State['wishes']>} wishes */
    const wish = (wishes) => () => store.dispatch({ type: 'wish', wishes });
    /** @type {[boolean, import('./menu.js').Item][]} */
    const items = [
      [
        canKeepAwake(),
        {
          label: strings.keepAwake,
          sign: 'screen',
          checked: awake,
          run: wish({ awake: !awake }),
        },
      ],
      [
        canSound(),
        { label: strings.sound, sign: 'sound', checked: sound, run: wish({ sound: !sound }) },
      ],
      [
        RenameView.isOffered(state),
        { label: strings.changeName, sign: 'pencil', run: () => this.rename.open(store.state) },
      ],
      [
        !state.ended,
        { label: strings.share, sign: 'share', run: () => this.share.open(store.state) },
      ],
      [
        hasWords(state),
        { label: strings.saveCopy, sign: 'save', run: () => void saveCopy(store.state) },
      ],
      [true, { label: strings.leave, sign: 'leave', run: () => this.onLeave() }],
    ];
    const offered = items.filter(([isOffered]) => isOffered).map(([, item]) => item);
    this.menu.toggle(this.menuButton, strings.menu, offered);
  }

  /** What can be done with a message. @param {Message} message @param {HTMLElement} anchor */
  openActions(message, anchor) {
    const { name, own, text } = message;
    const copy = async () => {
      if (await copyText(text)) this.composer.tell(strings.copied);
    };
    /** @type {import('./menu.js').Item[]} */
    const items = [{ label: strings.copyMessage, sign: 'copy', run: () => void copy() }];
    if (!own && !this.session.store.state.ended)
      items.push({
        label: fill(strings.mentionName, { name }),
        sign: 'at',
        run: () => this.composer.mention(name),
      });
    this.menu.toggle(anchor, anchor.getAttribute('aria-label') || '', items);
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

  /** Where writing goes on; on touch, where reading begins. */
  focus() {
    if (isForKeys()) this.composer.input.focus();
    else this.title.focus();
  }

  /** Before it goes out of the document: an open dialog would come back without being one. */
  hide() {
    this.menu.close(false);
    for (const dialog of [this.people.sheet, this.confirm, this.rename.element, this.share.element])
      dialog.close();
  }

  /** @param {State} state */
  update(state) {
    setText(this.title, state.room.name || strings.product);
    const isKnown = state.count > 0;
    const count = isKnown ? fillCount(strings.peopleCount, state.count) : '';
    const people = state.room.locked ? fill(strings.peopleLocked, { people: count }) : count;
    const without = state.ended ? strings.notConnected : strings.connecting;
    setText(this.status, isKnown && !state.ended ? people : without);
    const label = isKnown
      ? `${strings.peopleOpen} ${fill('({count})', { count: state.count })}`
      : strings.peopleOpen;
    this.people.opener.setAttribute('aria-label', label);
    // Before the banner, which may give it the focus: a draft that comes with a seat is shown first.
    this.composer.update(state);
    this.banner.update(state);
    this.log.update(state);
    this.people.update(state);
    this.rename.update(state);
    this.share.update(state);
  }
}
