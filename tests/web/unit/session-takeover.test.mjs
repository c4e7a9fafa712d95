// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  beginPage,
  close,
  joinedPage,
  last,
  newBrowser,
  openPage,
  reconnect,
  said,
  texts,
  welcome,
} from './pages.mjs';
import { FakeStorage, settle } from './world.mjs';

const BEN = { id: 2, name: 'Ben' };
const kinds = (page) => page.store.state.entries.map((entry) => entry.text || entry.kind);
const hear = (page, id, text) => page.net.last.give({ type: 'said', id, from: BEN, text, at: 1 });

/** Two tabs of one browser: the seat of the first has gone to the second. */
async function takenAway() {
  const browser = newBrowser();
  const first = await joinedPage(browser);
  hear(first, 1, 'old');
  const second = await openPage(browser);
  await second.chat.useHere();
  await settle();
  second.net.last.events.opened('websocket');
  assert.equal(first.store.state.ended, 'elsewhere');
  return { browser, first, second };
}

async function takeBack(page) {
  await page.chat.useHere();
  await settle();
  page.net.last.events.opened('websocket');
}

test('Use Here after a restart keeps the messages that are only on this page', async () => {
  const { first, second } = await takenAway();
  // The second tab is in the room of the new start when the first one takes the seat again.
  welcome(second, { roomId: 'c'.repeat(32), you: { id: 9, name: 'Ana' }, token: 'e'.repeat(32) });
  await takeBack(first);
  const { token, room_id: roomId, last_seen: lastSeen } = last(first);
  assert.deepEqual([token, roomId, lastSeen], ['e'.repeat(32), 'c'.repeat(32), undefined]);
  welcome(first, { roomId: 'c'.repeat(32), you: { id: 9, name: 'Ana' }, last_id: 1, replayed: 1 });
  hear(first, 1, 'new');
  assert.deepEqual(kinds(first), ['old', 'restarted', 'new']);
});

test('Use Here before the other tab knows of the restart says so as well', async () => {
  const { first, second } = await takenAway();
  welcome(second, { token: 'e'.repeat(32), replayed: 0, last_id: 1 });
  await takeBack(first);
  welcome(first, { roomId: 'c'.repeat(32), you: { id: 9, name: 'Ana' } });
  assert.deepEqual(kinds(first), ['old', 'restarted']);
});

test('Use Here in the same room brings what was missed, once', async () => {
  const { first, second } = await takenAway();
  welcome(second, { token: 'e'.repeat(32), replayed: 1, last_id: 1 });
  await takeBack(first);
  assert.equal(last(first).last_seen, 1);
  welcome(first, { token: 'f'.repeat(32), replayed: 1, last_id: 2 });
  hear(first, 2, 'missed');
  assert.deepEqual(kinds(first), ['old', 'missed']);
});

test('Use Here of a seat under another name: what only that tab heard is a gap', async () => {
  const { first, second } = await takenAway();
  welcome(second, { you: { id: 5, name: 'Anna' }, token: 'e'.repeat(32), last_id: 4 });
  await takeBack(first);
  // The host replays what came after that seat began.
  welcome(first, { you: { id: 5, name: 'Anna' }, token: 'f'.repeat(32), last_id: 6, replayed: 2 });
  for (const id of [5, 6]) hear(first, id, `${id}`);
  assert.deepEqual(kinds(first), ['old', 'gap', '5', '6']);
});

test('Use Here of a seat that is gone: a name is asked for, the messages stay', async () => {
  const { first, second } = await takenAway();
  second.net.last.give({ type: 'refused', what: 'hello', code: 'code' });
  await takeBack(first);
  const { stage, ended } = first.store.state;
  assert.deepEqual([stage, ended, kinds(first)], ['join', null, ['old']]);
  first.chat.join('Ana', 'K7MQ2X');
  welcome(first, { roomId: 'c'.repeat(32) });
  assert.deepEqual(kinds(first), ['old', 'restarted']);
});

/** A browser with somebody in it, and the storage of a tab whose chat was ended with a word unsent. */
async function leftWords(browser, draft = '') {
  const page = await joinedPage(browser);
  page.chat.say('kept');
  page.chat.keepDraft(draft);
  page.net.last.give({ type: 'ended', why: 'stopped' });
  await close(page);
  return page.session;
}

test('Use Here brings the words along that wait on the page without a seat', async () => {
  const browser = newBrowser();
  const session = await leftWords(browser);
  const before = await openPage(browser, session);
  const other = await openPage(browser, new FakeStorage());
  other.chat.join('Ben', '');
  welcome(other, { token: 'e'.repeat(32), you: BEN });
  await close(before);
  const page = await openPage(browser, session);
  assert.deepEqual([page.store.state.taken, texts(page)], [true, ['kept']]);
  other.chat.keepDraft('half');
  await takeBack(page);
  welcome(page, { token: 'f'.repeat(32), you: BEN, replayed: 0 });
  const [item] = page.store.state.outbox;
  assert.deepEqual([item.text, item.status, said(page)], ['kept', 'held', []]);
  assert.equal(page.store.state.draft, 'half');
  await close(page);
  const again = await openPage(browser, page.session);
  assert.deepEqual(texts(again), ['kept']);
  const fresh = await openPage(browser, new FakeStorage());
  assert.deepEqual(texts(fresh), [], 'in one place only');
});

test('Use Here with a draft on either side keeps both', async () => {
  const browser = newBrowser();
  const session = await leftWords(browser, 'mine');
  const before = await openPage(browser, session);
  const other = await openPage(browser);
  other.chat.join('Ben', '');
  welcome(other, { token: 'e'.repeat(32), you: BEN });
  other.chat.keepDraft('half');
  await close(before);
  const page = await openPage(browser, session);
  await takeBack(page);
  welcome(page, { token: 'f'.repeat(32), you: BEN, replayed: 0 });
  const { outbox, draft } = page.store.state;
  assert.equal(draft, 'half');
  assert.deepEqual(
    outbox.map(({ text, status }) => [text, status]),
    [
      ['kept', 'held'],
      ['mine', 'held'],
    ],
  );
  assert.equal(new Set(outbox.map(({ key }) => key)).size, 2);
  assert.deepEqual(said(page), []);
});

test('a page that needs another slot leaves the words in others where they are', async () => {
  const browser = newBrowser();
  const kept = await leftWords(browser);
  const before = await openPage(browser, kept);
  const first = await joinedPage(browser);
  const second = await openPage(browser);
  await close(before);
  await second.chat.useHere();
  await settle();
  await first.chat.leave();
  first.chat.join('Cleo', '');
  welcome(first, { token: 'e'.repeat(32) });
  first.chat.keepDraft('of Cleo');
  const again = await openPage(browser, kept);
  assert.deepEqual(texts(again), ['kept']);
});

test('Join pressed before the slot was found keeps the words that wait in it', async () => {
  const browser = newBrowser();
  const session = await leftWords(browser);
  const { page, started } = beginPage(browser, session);
  page.chat.join('Ben', '');
  await started;
  assert.deepEqual([texts(page), last(page).name], [['kept'], 'Ben']);
  welcome(page, { roomId: 'd'.repeat(32) });
  assert.deepEqual([page.store.state.outbox[0].status, said(page)], ['held', []]);
  await close(page);
  const again = await openPage(browser, session);
  assert.deepEqual(texts(again), ['kept']);
});

test('what was taken is not called unsent because the seat is another one', async () => {
  for (const more of [{ you: { id: 7, name: 'Ana 2' } }, { roomId: 'c'.repeat(32) }]) {
    const page = await joinedPage();
    page.chat.say('mine');
    page.net.last.give({ type: 'accepted', ref: 1, id: 4 });
    reconnect(page);
    welcome(page, { last_id: 4, ...more });
    assert.deepEqual([texts(page), kinds(page)[0]], [[], 'mine']);
  }
});

test('a gap is told once, by whoever knows of it first', async () => {
  const page = await joinedPage();
  hear(page, 1, 'a');
  reconnect(page);
  welcome(page, { last_id: 1, replayed: 0 });
  assert.deepEqual(kinds(page), ['a']);
  reconnect(page);
  welcome(page, { last_id: 9, replayed: 2 });
  assert.deepEqual(kinds(page), ['a', 'gap']);
  page.net.last.give({ type: 'gap', missed: 6 });
  assert.deepEqual(kinds(page), ['a', 'gap']);
});
