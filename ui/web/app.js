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

/** @param {'localStorage' | 'sessionStorage'} name @returns {Storage | null} */
function storageOf(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
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
    setTimeout: (run, ms) => window.setTimeout(run, ms),
    clearTimeout: (id) => window.clearTimeout(id),
  });
  const page = new Page(session, document.getElementById('app') || document.body);

  let { link } = store.state;
  store.subscribe((state) => {
    if (state.link === 'open' && link !== 'open' && state.stage === 'join') void learnRoom(store);
    link = state.link;
    page.show(state);
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
  page.show(store.state);
}

main();
