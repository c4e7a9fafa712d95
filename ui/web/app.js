// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Puts the client together. Everything else gets what it needs from here.
 */

import { initialState, reduce } from './model/state.js';
import { Store } from './model/store.js';
import { readRoomInfo } from './model/protocol.js';
import { Session } from './io/session.js';
import { Slots } from './io/slots.js';
import { chatUrl, webSocketLinks } from './io/websocket.js';
import { Page } from './view/page.js';

const NAME_PATIENCE_MS = 1000;

/** @param {'localStorage' | 'sessionStorage'} name @returns {Storage | null} */
function storageOf(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

/** @returns {string} */
function randomSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the QR code carried, taken out of the address bar. @returns {string} */
function takeCode() {
  const code = location.hash.slice(1);
  if (code) history.replaceState(null, '', location.pathname);
  return /^[0-9A-Za-z]{1,16}$/.test(code) ? code.toUpperCase() : '';
}

/** @param {import('./io/session.js').ChatStore} store */
async function learnRoom(store) {
  try {
    const answer = await fetch('room', { cache: 'no-store' });
    const info = answer.ok ? readRoomInfo(await answer.json()) : null;
    if (info && store.state.stage === 'join') store.dispatch({ type: 'room-known', ...info });
  } catch {
    // Out of reach: the link to the chat tells, and asks again when it is back.
  }
}

function main() {
  const store = new Store(reduce, initialState());
  const slots = new Slots(
    storageOf('localStorage'),
    storageOf('sessionStorage'),
    navigator.locks || null,
    () => {},
  );
  const session = new Session(store, slots, webSocketLinks(chatUrl(location)), {
    now: () => Date.now(),
    random: () => Math.random(),
    secret: randomSecret,
    setTimeout: (run, ms) => window.setTimeout(run, ms),
    clearTimeout: (id) => window.clearTimeout(id),
  });
  const page = new Page(session, document.getElementById('app') || document.body);

  // The page waits a moment for the room's name: a title that changes makes everything jump.
  let isShown = false;
  const showPage = () => {
    isShown = true;
    page.show(store.state);
  };
  setTimeout(showPage, NAME_PATIENCE_MS);
  void learnRoom(store).then(showPage);

  let { link } = store.state;
  let isLost = false;
  store.subscribe((state) => {
    if (isShown || state.stage === 'chat') showPage();
    if (state.link === link) return;
    link = state.link;
    // Back at a host that may be another one by now.
    if (link === 'open' && isLost && state.stage === 'join') void learnRoom(store);
    isLost = link !== 'open';
  });
  const code = takeCode();
  if (code) store.dispatch({ type: 'code-found', code });

  document.addEventListener('visibilitychange', () => session.setVisible(!document.hidden, false));
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) session.setVisible(true, true);
  });
  window.addEventListener('online', () => session.setVisible(!document.hidden, false));

  session.setVisible(!document.hidden, false);
  void session.start();
}

/** What no browser of the last years lacks; where one does, index.html's words stay. */
const isAble =
  'HTMLDialogElement' in window && 'ResizeObserver' in window && 'replaceChildren' in document;

if (isAble) main();
