// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Passing the chat on: the address as text and as a QR code, and what this browser has for sharing.
 * The code is never passed on with it: it is on the host's screen, for those in the room.
 */

import { copyText } from '../io/clipboard.js';
import { fetchRoom, learnCode } from '../io/room-watch.js';
import { strings } from '../strings.js';
import { button, h, setShown, setText } from './dom.js';

/** @typedef {import('../model/types.js').State} State */

/** As the picture has it: by which this page was reached, unless that is one of this computer for
 * itself. @param {State} state */
function addressOf({ room }) {
  const isHere = /^(?:localhost|127[.]|\[::1\])/.test(location.hostname);
  return (isHere && room.urls[0]) || `${location.origin}/`;
}

export class ShareView {
  /** @param {import('../io/session.js').Session} session */
  constructor(session) {
    this.session = session;
    this.address = h('p', { class: 'address', dir: 'ltr', tabindex: '0' });
    this.picture = h('img', {
      class: 'qr',
      alt: strings.shareCodePicture,
      width: '240',
      height: '240',
      hidden: true,
    });
    this.picture.addEventListener('load', () => setShown(this.picture, true));
    this.code = h('p', {}, strings.shareCode);
    this.told = h('p', { class: 'hint', role: 'status' });
    const close = button(strings.close, 'plain', () => this.element.close());
    const copy = button(strings.copyAddress, 'plain', () => void this.copy());
    const share = button(strings.share, 'primary', () => void this.share());
    share.hidden = !('share' in navigator);
    this.element = h(
      'dialog',
      { class: 'confirm share', 'aria-labelledby': 'share-title' },
      h('h2', { class: 'title', id: 'share-title' }, strings.shareTitle),
      h('p', {}, strings.shareText),
      this.picture,
      this.address,
      this.code,
      this.told,
      h('div', { class: 'buttons' }, close, copy, share),
    );
  }

  /** @param {State} state */
  open(state) {
    setText(this.address, addressOf(state));
    setText(this.told, '');
    this.update(state);
    void learnCode(this.session.store, fetchRoom);
    // Asked for only now, and anew: the host's address changes with its network.
    setShown(this.picture, false);
    this.picture.src = `qr.svg?${encodeURIComponent(this.address.textContent || '')}`;
    this.element.showModal();
  }

  /** @param {State} state */
  update(state) {
    setShown(this.code, state.room.code);
  }

  async share() {
    const url = this.address.textContent || '';
    try {
      await navigator.share({ url });
    } catch (error) {
      // Thinking better of it is no reason to copy.
      if (!(error instanceof DOMException && error.name === 'AbortError')) await this.copy();
    }
  }

  async copy() {
    if (await copyText(this.address.textContent || '')) return setText(this.told, strings.copied);
    const selection = document.getSelection();
    if (selection) selection.selectAllChildren(this.address);
    setText(this.told, strings.copyYourself);
  }
}
