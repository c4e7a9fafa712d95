// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Puts the client together. Everything else gets what it needs from here.
 */

import { initialState, reduce } from './model/state.js';
import { Store } from './model/store.js';
import { cleanCode } from './model/text.js';
import { tellTimesIn } from './model/time.js';
import { Ways, carriers } from './io/carrier.js';
import { makeClock } from './io/clock.js';
import { postLinks } from './io/post.js';
import { RoomWatch, fetchRoom } from './io/room-watch.js';
import { Session } from './io/session.js';
import { Signals } from './io/signals.js';
import { Slots } from './io/slots.js';
import { countStreams } from './io/streams.js';
import { chatUrl, webSocketLinks } from './io/websocket.js';
import { loadLanguage } from './io/words.js';
import { speak } from './strings.js';
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

/**
 * What the QR code carried, taken out of the address bar: who looks over a shoulder, or gets the
 * address passed on, does not get the code with it.
 * @param {import('./io/session.js').ChatStore} store
 */
function takeCode(store) {
  const fragment = location.hash.slice(1);
  if (!fragment) return;
  history.replaceState(history.state, '', location.pathname);
  if (/^[0-9A-Za-z]{1,16}$/.test(fragment))
    store.dispatch({ type: 'code-found', code: cleanCode(fragment) });
}

/** @param {import('./model/language.js').Language} language */
function speakIn(language) {
  const { documentElement } = document;
  documentElement.lang = language.catalogue.lang;
  documentElement.dir = language.catalogue.dir;
  tellTimesIn(language.locale);
  speak(language);
}

function main() {
  const store = new Store(reduce, initialState());
  takeCode(store);
  const locks = navigator.locks || null;
  const slots = new Slots(storageOf('localStorage'), storageOf('sessionStorage'), locks, () => {});
  const world = {
    now: () => Date.now(),
    clock: makeClock(
      () => performance.now(),
      () => Date.now(),
    ),
    random: () => Math.random(),
    secret: randomSecret,
    setTimeout: (/** @type {() => void} */ run, /** @type {number} */ ms) =>
      window.setTimeout(run, ms),
    clearTimeout: (/** @type {number} */ id) => window.clearTimeout(id),
  };
  const open = {
    websocket: webSocketLinks(chatUrl(location)),
    http: postLinks('', world, (...what) => fetch(...what), countStreams(locks, world)),
  };
  const ways = new Ways(open, world, storageOf('sessionStorage'));
  const session = new Session(store, slots, carriers(ways), world);
  const signals = new Signals(store);
  store.subscribe((state) => signals.update(state));
  const { languages = [navigator.language] } = navigator;
  const there = (document.documentElement.dataset.languages || '').split(' ');
  const words = loadLanguage(languages, there, (...request) => fetch(...request)).then(speakIn);

  // The page waits a moment for the room's name: a title that changes makes everything jump.
  /** @type {Page | null} */
  let page = null;
  const showPage = () => {
    page = page || new Page(session, document.getElementById('app') || document.body);
    page.show(store.state);
  };
  const patience = new Promise((done) => setTimeout(done, NAME_PATIENCE_MS));
  const name = new RoomWatch(store, world, fetchRoom).look();
  const chat = new Promise((done) =>
    store.subscribe((state) => {
      if (page) showPage();
      else if (state.stage === 'chat') done(undefined);
    }),
  );
  void words.then(() => Promise.race([name, patience, chat])).then(showPage);

  // Scanned again: browsers go to another fragment of the page they have open.
  window.addEventListener('hashchange', () => takeCode(store));
  document.addEventListener('visibilitychange', () => session.setVisible(!document.hidden, false));
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) session.setVisible(true, true);
  });
  window.addEventListener('online', () => session.setOnline());

  session.setVisible(!document.hidden, false);
  void session.start();
}

/** What no browser of the last years lacks; where one does, index.html's words stay. */
const isAble =
  'HTMLDialogElement' in window && 'ResizeObserver' in window && 'replaceChildren' in document;

if (isAble) main();
