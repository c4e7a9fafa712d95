// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { Ways, carriers } from '../../../ui/web/io/carrier.js';
import { Session } from '../../../ui/web/io/session.js';
import { Slots } from '../../../ui/web/io/slots.js';
import { initialState, reduce } from '../../../ui/web/model/state.js';
import { Store } from '../../../ui/web/model/store.js';
import { newBrowser, said, welcome } from './pages.mjs';
import { FakeNet, FakeStorage, FakeWorld } from './world.mjs';

const hellos = (net) =>
  net.links.flatMap((link) => link.sent).filter((frame) => frame.type === 'hello');

/** A page with both ways to the host, each of which the test plays. */
async function openPage(browser = newBrowser(), session = new FakeStorage()) {
  const [sockets, posts, world] = [new FakeNet(), new FakeNet(), new FakeWorld()];
  const store = new Store(reduce, initialState());
  const slots = new Slots(browser.local, session, browser.locks, () => {});
  const ways = new Ways({ websocket: sockets.open, http: posts.open }, world, session);
  const chat = new Session(store, slots, carriers(ways), world);
  await chat.start();
  return { net: sockets, sockets, posts, world, store, chat, session };
}

/** The same page, for helpers that look at what carries it. */
const by = (net, page) => ({ ...page, net });

async function inByPost() {
  const page = await openPage();
  page.chat.join('Ana', '');
  page.sockets.last.events.closed(1006);
  page.posts.last.events.opened(null);
  welcome(by(page.posts, page));
  return page;
}

test('a WebSocket that hangs: Join goes by POST when its time is over', async () => {
  const page = await openPage();
  page.world.advance(1000);
  page.chat.join('Ana', '');
  page.world.advance(499);
  assert.equal(page.posts.links.length, 0);
  page.world.advance(1);
  page.posts.last.events.opened(null);
  assert.equal(hellos(page.posts).length, 1);
  assert.equal(page.sockets.last.isClosed, true);
  welcome(by(page.posts, page));
  const { link, linkKind } = page.store.state;
  assert.deepEqual([link, linkKind], ['joined', 'http']);
});

test('Join long after the WebSocket began to hang goes at once', async () => {
  const page = await openPage();
  page.world.advance(3000);
  assert.equal(page.posts.links.length, 0);
  page.chat.join('Ana', '');
  assert.equal(page.posts.links.length, 1);
});

test('whichever way dies: one join, whatever it takes', async () => {
  const page = await openPage();
  page.chat.join('Ana', '');
  page.sockets.last.events.opened(null);
  page.sockets.last.events.closed(1006);
  page.world.advance(1000);
  page.posts.last.events.opened(null);
  page.posts.last.events.closed(0);
  page.world.advance(2000);
  page.sockets.last.events.closed(1006);
  page.posts.last.events.opened(null);
  const all = [...hellos(page.sockets), ...hellos(page.posts)];
  assert.equal(all.length, 3);
  assert.equal(new Set(all.map((frame) => frame.join)).size, 1);
  assert.deepEqual(
    all.map((frame) => 'token' in frame),
    [false, false, false],
  );
});

test('a refused name by POST: the next one on another stream of the same link', async () => {
  const page = await openPage();
  page.chat.join('Ana', '');
  page.sockets.last.events.closed(1006);
  page.posts.last.events.opened(null);
  page.posts.last.give({ type: 'refused', what: 'hello', code: 'name-taken', suggestion: 'Ana 2' });
  page.chat.join('Ana 2', '');
  assert.deepEqual(
    hellos(page.posts).map((frame) => frame.name),
    ['Ana', 'Ana 2'],
  );
  assert.equal(page.posts.links.length, 1);
});

test('midway from WebSocket to POST: the seat, and what is in doubt once', async () => {
  const page = await openPage();
  page.chat.join('Ana', '');
  page.sockets.last.events.opened(null);
  welcome(page);
  page.chat.say('one');
  page.chat.say('two');
  page.sockets.last.events.closed(1006);
  page.world.advance(1000);
  page.sockets.last.events.closed(1006);
  page.posts.last.events.opened(null);
  assert.equal(hellos(page.posts)[0].token, 'a'.repeat(32));
  welcome(by(page.posts, page), { last_id: 1, replayed: 1, token: 'c'.repeat(32) });
  assert.deepEqual(said(by(page.posts, page)), [{ type: 'say', ref: 1, text: 'one' }]);
  page.posts.last.give({ type: 'said', id: 1, from: { id: 1, name: 'Ana' }, text: 'one', at: 1 });
  page.posts.last.give({ type: 'accepted', ref: 1, id: 1 });
  assert.equal(said(by(page.posts, page))[1].ref, 2);
  assert.equal(page.store.state.entries.length, 1);
});

test('a WebSocket that works again takes the seat over, without a word', async () => {
  const page = await inByPost();
  page.chat.say('under way');
  for (let line = 0; line < 40; line += 1) {
    page.posts.last.events.alive();
    page.world.advance(15000);
  }
  assert.equal(page.store.state.link, 'joined', 'while it opens the chat goes on');
  page.sockets.last.events.opened(null);
  const [hello] = page.sockets.last.sent;
  assert.deepEqual([hello.type, hello.token], ['hello', 'a'.repeat(32)]);
  page.chat.say('in between');
  welcome(page, { token: 'c'.repeat(32), replayed: 0 });
  assert.deepEqual(said(page), [{ type: 'say', ref: 1, text: 'under way' }]);
  page.sockets.last.give({ type: 'accepted', ref: 1, id: 1 });
  assert.equal(said(page)[1].text, 'in between');
  const { entries, linkKind, ended } = page.store.state;
  assert.deepEqual([entries, linkKind, ended], [[], 'websocket', null]);
});

test('the end by POST is final too', async () => {
  for (const why of ['stopped', 'removed', 'elsewhere']) {
    const page = await inByPost();
    page.posts.last.give({ type: 'ended', why });
    page.world.advance(1200000);
    assert.equal(page.store.state.ended, why);
    assert.deepEqual([page.sockets.links.length, page.posts.links.length], [1, 1]);
    assert.equal(page.posts.last.isClosed, true);
  }
});

test('a new certificate: neither way opens any more, and the page says what to do', async () => {
  const page = await inByPost();
  page.posts.last.events.closed(0);
  page.chat.say('kept');
  for (let failure = 0; failure < 3; failure += 1) {
    assert.equal(page.store.state.unreachable, false);
    page.world.advance(2000);
    if (failure > 0) page.sockets.last.events.closed(1006);
    page.posts.last.events.closed(0);
  }
  assert.equal(page.store.state.unreachable, true);
  assert.equal(page.store.state.outbox[0].text, 'kept');
});

test('nobody joins and WebSocket is refused: the host is there all the same', async () => {
  const page = await openPage();
  page.sockets.last.events.closed(1006);
  page.posts.last.events.opened(null);
  page.world.advance(60000);
  assert.equal(page.store.state.link, 'connecting', 'nothing answered the pings');
  const other = await openPage();
  other.sockets.last.events.closed(1006);
  other.posts.last.events.opened(null);
  for (let second = 0; second < 60; second += 1) {
    other.world.advance(1000);
    if (other.posts.last.sent.length > 0) other.posts.last.events.alive();
  }
  const { link, unreachable } = other.store.state;
  assert.deepEqual([link, unreachable, hellos(other.posts)], ['open', false, []]);
});
