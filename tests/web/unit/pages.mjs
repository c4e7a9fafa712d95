// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/* Pages of browsers without a browser: the client's session over a network that the test plays. */

import { Session } from '../../../ui/web/io/session.js';
import { Slots } from '../../../ui/web/io/slots.js';
import { initialState, reduce } from '../../../ui/web/model/state.js';
import { Store } from '../../../ui/web/model/store.js';
import { FakeLocks, FakeNet, FakeStorage, FakeWorld, settle } from './world.mjs';

/** A page of a browser whose storage and locks are given, and what it still looks for in them. */
export function beginPage(browser, session) {
  const net = new FakeNet();
  const world = new FakeWorld();
  const store = new Store(reduce, initialState());
  const slots = new Slots(browser.local, session, browser.locks, () => {});
  const chat = new Session(store, slots, net.open, world);
  const started = chat.start();
  net.last.events.opened('websocket');
  return { page: { net, world, store, slots, chat, session }, started };
}

export async function openPage(browser, session = new FakeStorage()) {
  const { page, started } = beginPage(browser, session);
  await started;
  return page;
}

export const newBrowser = () => ({ local: new FakeStorage(), locks: new FakeLocks() });

export function welcome(page, more = {}) {
  const { token = 'a'.repeat(32), roomId = 'b'.repeat(32), ...rest } = more;
  page.net.last.give({
    type: 'welcome',
    you: { id: 1, name: 'Ana' },
    token,
    room: { id: roomId, name: 'Attic', locked: false, urls: [] },
    guests: [],
    count: 0,
    last_id: 0,
    now: page.world.time,
    ...rest,
  });
}

export async function joinedPage(browser = newBrowser()) {
  const page = await openPage(browser);
  page.chat.join('Ana', '');
  welcome(page);
  return page;
}

export function reconnect(page) {
  page.net.last.events.closed(1006);
  page.world.advance(1000);
  page.net.last.events.opened('websocket');
}

export const close = async (page) => {
  page.slots.release();
  await settle();
};
export const last = (page) => page.net.last.sent[page.net.last.sent.length - 1];
export const said = (page) => page.net.last.sent.filter((frame) => frame.type === 'say');
export const texts = (page) => page.store.state.outbox.map((item) => item.text);
