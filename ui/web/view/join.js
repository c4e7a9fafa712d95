// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The first page: a name, a code where one is asked for, and why the host said no.
 */

import { saveCopy } from '../io/save.js';
import { hasWords } from '../model/state.js';
import { cleanCode, isBadName } from '../model/text.js';
import { fill, fillCount, strings } from '../strings.js';
import { button, h, icon, isForKeys, setShown, setText } from './dom.js';
import { drawRefusal, isAboutCode, refusalWords } from './refusal.js';

/** @typedef {import('../model/types.js').State} State */

/** Below this, "Connecting…" would only flicker. */
const BUSY_AFTER_MS = 400;
const COUNTDOWN_MS = 1000;

/** That it is open elsewhere is said beside Use Here. @returns {Record<string, string>} */
const endings = () => ({
  stopped: strings.ended,
  removed: strings.removed,
  paused: strings.paused,
  crowded: strings.crowded,
  mistake: strings.mistake,
});

export class JoinView {
  /** @param {import('../io/session.js').Session} session */
  constructor(session) {
    this.session = session;
    /** @type {State['join']['refusal']} */
    this.refusal = null;
    this.isPrefilled = false;
    this.scans = 0;
    this.busyTimer = 0;
    this.countdown = 0;
    /** @type {State | null} */
    this.state = null;

    this.title = h('h1', { class: 'title', dir: 'auto', tabindex: '-1' });
    this.name = h('input', {
      id: 'name',
      class: 'field',
      name: 'nickname',
      autocomplete: 'nickname',
      autocapitalize: 'words',
      enterkeyhint: 'go',
      spellcheck: 'false',
      dir: 'auto',
      // Not seen; with none, style sheets cannot tell that the field is empty.
      placeholder: ' ',
      required: true,
      'aria-describedby': 'join-error',
    });
    this.code = h('input', {
      id: 'code',
      class: 'field code',
      autocomplete: 'off',
      autocapitalize: 'characters',
      enterkeyhint: 'go',
      maxlength: '16',
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
    this.noticeText = h('span');
    this.signs = { lock: icon('lock'), unlink: icon('unlink') };
    this.notice = h(
      'p',
      { class: 'room-state', hidden: true },
      ...Object.values(this.signs),
      this.noticeText,
    );
    this.reload = button(strings.reload, 'plain', () => location.reload());
    this.save = button(strings.saveCopy, 'plain', () => {
      if (this.state) void saveCopy(this.state);
    });
    this.useHere = button(strings.useHere, 'plain', () => void session.useHere());
    this.taken = h('p', { class: 'hint taken' }, `${strings.taken} `, this.useHere);
    const form = h(
      'form',
      { class: 'card', novalidate: true },
      h('img', { src: 'icon.svg', alt: '', width: '48', height: '48' }),
      h('div', {}, this.title, h('div', { role: 'status' }, this.notice)),
      this.taken,
      h('p', { class: 'row' }, h('label', { for: 'name' }, strings.nameLabel), this.name),
      this.codeRow,
      this.error,
      this.submit,
      this.status,
      this.reload,
      this.save,
      h('p', { class: 'hint' }, strings.joinHonesty),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.onSubmit();
    });
    this.element = h('main', { class: 'join' }, form);
  }

  /** Puts the cursor where typing may begin, or the focus where reading does; there it is anyway when
   * the page was just loaded. @param {boolean} isFirst */
  focus(isFirst) {
    if (!isForKeys()) {
      if (!isFirst) this.title.focus();
      return;
    }
    const isCodeNext = this.name.value !== '' && this.code.value === '' && !this.codeRow.hidden;
    (isCodeNext ? this.code : this.name).focus();
  }

  onSubmit() {
    // Not disabled, which would take the focus away.
    if (this.submit.getAttribute('aria-disabled') === 'true') return;
    const max = this.limits ? this.limits.name : 0;
    const name = this.name.value.trim();
    const code = cleanCode(this.code.value);
    if (isBadName(name, max)) this.complain(this.name, strings.nameBad);
    else if (!this.codeRow.hidden && code === '') this.complain(this.code, strings.codeMissing);
    else this.session.join(name, code);
  }

  /** @param {HTMLInputElement} field @param {string} words */
  complain(field, words) {
    for (const each of [this.name, this.code]) each.removeAttribute('aria-invalid');
    field.setAttribute('aria-invalid', 'true');
    setText(this.error, words);
    field.focus();
  }

  /** @param {State} state */
  update(state) {
    const { join, room } = state;
    this.state = state;
    const roomName = room.name || strings.roomFallback;
    this.limits = state.limits;
    setText(this.title, fill(strings.joinTitle, { room: roomName }));
    if (!this.isPrefilled && join.name && !this.name.value) {
      this.name.value = join.name;
      this.isPrefilled = true;
    }
    // Once for each scan: a field that somebody cleared stays so.
    if (this.scans !== join.scans) this.code.value = join.found;
    this.scans = join.scans;
    setShown(this.codeRow, room.code);
    setShown(this.taken, state.taken || state.ended === 'elsewhere');
    setShown(this.save, hasWords(state));
    this.updateRefusal(state);
    this.updateNotice(state, roomName);
    this.updateStatus(state);
  }

  /** @param {State} state */
  updateRefusal({ join }) {
    if (join.pending) {
      setText(this.error, '');
      this.name.removeAttribute('aria-invalid');
      this.code.removeAttribute('aria-invalid');
    }
    if (join.refusal === this.refusal) return;
    this.refusal = join.refusal;
    if (!this.refusal) {
      setText(this.error, '');
      return;
    }
    const isCode = isAboutCode(this.refusal);
    if (isCode || this.refusal.code.startsWith('name-'))
      this.complain(isCode ? this.code : this.name, refusalWords(this.refusal));
    drawRefusal(this.error, this.refusal, (suggestion) => {
      this.name.value = suggestion;
      // It goes with the sentence.
      this.submit.focus();
      this.onSubmit();
    });
  }

  /** What is so without anybody having asked. @param {State} state @param {string} roomName */
  updateNotice({ room, ended, unreachable }, roomName) {
    let words = room.locked && !this.refusal ? strings.locked : '';
    const isLock = words !== '' && !ended && !unreachable;
    if (unreachable) words = fill(strings.unreachable, { room: roomName });
    if (ended) words = endings()[ended] || '';
    setText(this.noticeText, words);
    setShown(this.notice, words !== '');
    this.signs.lock.toggleAttribute('hidden', !isLock);
    this.signs.unlink.toggleAttribute('hidden', isLock);
    setShown(this.reload, unreachable || ended === 'mistake');
  }

  /** What comes of Join, below it. @param {State} state */
  updateStatus(state) {
    const { join } = state;
    const wait = this.session.msUntil(join.retryAt);
    const isPutOff = join.pending ? join.retryAt > 0 : wait > 0;
    const forms = join.pending ? strings.tooOften : strings.tooOftenCode;
    const isTold = isPutOff && !state.unreachable;
    const words = isTold ? fillCount(forms, Math.max(1, Math.ceil(wait / 1000))) : '';
    this.submit.setAttribute('aria-disabled', String(join.pending !== isPutOff));
    clearTimeout(this.countdown);
    if (isPutOff)
      this.countdown = window.setTimeout(() => {
        // Read out once, not every second.
        this.status.setAttribute('aria-live', 'off');
        this.updateStatus(state);
      }, COUNTDOWN_MS);
    else this.status.setAttribute('aria-live', 'polite');
    if (words !== '' || !join.pending || state.unreachable) {
      clearTimeout(this.busyTimer);
      this.busyTimer = 0;
      setText(this.status, words);
    } else if (this.busyTimer === 0) {
      this.busyTimer = window.setTimeout(
        () => setText(this.status, strings.connecting),
        BUSY_AFTER_MS,
      );
    }
  }
}
