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

const SECRET = /^[0-9a-f]{32}$/;

test('nothing is said before somebody wants to join', async () => {
  const page = await openPage(newBrowser());
  assert.deepEqual(page.net.last.sent, []);
  page.chat.join('Ana', 'K7');
  const { type, name, code, join } = last(page);
  assert.deepEqual([type, name, code], ['hello', 'Ana', 'K7']);
  assert.match(join, SECRET);
});

test('a lost welcome never makes two guests', async () => {
  const page = await openPage(newBrowser());
  page.chat.join('Ana', '');
  const { join } = last(page);
  reconnect(page);
  assert.equal(last(page).join, join);
});

test('another name is another join', async () => {
  const page = await openPage(newBrowser());
  page.chat.join('Ana', '');
  const { join } = last(page);
  page.net.last.give({ type: 'refused', what: 'hello', code: 'name-taken', suggestion: 'Ana 2' });
  assert.equal(page.store.state.join.refusal.suggestion, 'Ana 2');
  page.chat.join('Ana 2', '');
  assert.notEqual(last(page).join, join);
});

test('coming back: the newest token, the room and what was last seen', async () => {
  const page = await joinedPage();
  page.net.last.give({ type: 'said', id: 7, from: { id: 2, name: 'B' }, text: 'x', at: 1 });
  reconnect(page);
  const { token, room_id: roomId, last_seen: lastSeen } = last(page);
  assert.deepEqual([token, roomId, lastSeen], ['a'.repeat(32), 'b'.repeat(32), 7]);
  welcome(page, { token: 'c'.repeat(32), replayed: 0 });
  reconnect(page);
  assert.equal(last(page).token, 'c'.repeat(32));
});

test('what is written offline is sent once, in order, when back', async () => {
  const page = await joinedPage();
  page.net.last.events.closed(1006);
  page.chat.say('one');
  page.chat.say('two');
  page.world.advance(1000);
  page.net.last.events.opened('websocket');
  welcome(page, { replayed: 0 });
  assert.deepEqual(said(page), [{ type: 'say', ref: 1, text: 'one' }]);
  page.net.last.give({ type: 'accepted', ref: 1, id: 1 });
  assert.deepEqual(last(page), { type: 'say', ref: 2, text: 'two' });
});

test('what is in doubt goes again with its ref, and settles', async () => {
  const page = await joinedPage();
  page.chat.say('hello');
  reconnect(page);
  welcome(page, { last_id: 1, replayed: 1 });
  assert.deepEqual(said(page), [{ type: 'say', ref: 1, text: 'hello' }]);
  page.net.last.give({ type: 'said', id: 1, from: { id: 1, name: 'Ana' }, text: 'hello', at: 1 });
  page.net.last.give({ type: 'accepted', ref: 1, id: 1 });
  assert.deepEqual(texts(page), []);
  assert.equal(page.store.state.entries.length, 1);
});

test('too fast: by itself, later, with a higher ref', async () => {
  const page = await joinedPage();
  page.chat.say('hello');
  page.net.last.give({ type: 'refused', what: 'say', ref: 1, code: 'too-fast', retry_after: 800 });
  page.world.advance(799);
  assert.equal(said(page).length, 1);
  page.world.advance(1);
  assert.deepEqual(last(page), { type: 'say', ref: 2, text: 'hello' });
});

test('too fast: the time of day may be set meanwhile', async () => {
  for (const shift of [-86400000, 86400000]) {
    const page = await joinedPage();
    page.chat.say('hello');
    page.world.shift = shift;
    page.net.last.give({
      ...{ type: 'refused', what: 'say', ref: 1, code: 'too-fast' },
      retry_after: 800,
    });
    page.world.shift = -shift;
    page.world.advance(799);
    assert.equal(said(page).length, 1);
    page.world.advance(1);
    assert.equal(said(page).length, 2);
  }
});

test('not sent: Retry and Discard', async () => {
  const page = await joinedPage();
  page.chat.say('hello');
  page.net.last.give({ type: 'refused', what: 'say', ref: 1, code: 'too-long' });
  assert.equal(page.store.state.outbox[0].status, 'failed');
  page.chat.retry(page.store.state.outbox[0].key);
  assert.deepEqual(last(page), { type: 'say', ref: 2, text: 'hello' });
  page.net.last.give({ type: 'refused', what: 'say', ref: 2, code: 'too-long' });
  page.chat.discard(page.store.state.outbox[0].key);
  assert.deepEqual(texts(page), []);
});

test('a reloaded page has its seat, draft and unsent words', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  page.net.last.events.closed(1006);
  page.chat.say('unsent');
  page.chat.keepDraft('dra');
  await close(page);
  const again = await openPage(browser, page.session);
  assert.equal(again.store.state.draft, 'dra');
  assert.equal(last(again).token, 'a'.repeat(32));
  assert.equal('last_seen' in last(again), false, 'it has none of the messages');
  welcome(again, { replayed: 0 });
  assert.deepEqual(said(again), [{ type: 'say', ref: 1, text: 'unsent' }]);
});

test('words for another start of the host wait for the person', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  page.net.last.events.closed(1006);
  page.chat.say('for the old room');
  await close(page);
  const again = await openPage(browser, page.session);
  welcome(again, { roomId: 'd'.repeat(32) });
  assert.deepEqual(said(again), []);
  assert.equal(again.store.state.outbox[0].status, 'held');
  again.chat.retry(again.store.state.outbox[0].key);
  assert.deepEqual(said(again), [{ type: 'say', ref: 1, text: 'for the old room' }]);
});

test('words without a seat stay with the tab they were written in', async () => {
  const browser = newBrowser();
  const first = await joinedPage(browser);
  const second = await openPage(browser);
  second.chat.join('Ben', '');
  welcome(second, { token: 'e'.repeat(32), you: { id: 2, name: 'Ben' } });
  for (const [page, text] of [
    [first, 'of Ana'],
    [second, 'of Ben'],
  ]) {
    page.net.last.events.closed(1006);
    page.chat.say(text);
    page.world.advance(1000);
    page.net.last.events.opened('websocket');
    page.net.last.give({ type: 'refused', what: 'hello', code: 'code' });
  }
  await close(first);
  await close(second);
  const again = await openPage(browser, second.session);
  assert.deepEqual([again.store.state.stage, texts(again)], ['join', ['of Ben']]);
  again.chat.join('Ben', 'K7MQ2X');
  welcome(again, { roomId: 'd'.repeat(32) });
  assert.deepEqual([said(again), again.store.state.outbox[0].status], [[], 'held']);
  const other = await openPage(browser, first.session);
  assert.deepEqual(texts(other), ['of Ana']);
});

test('two tabs are two people; the second may take the first one away', async () => {
  const browser = newBrowser();
  const first = await joinedPage(browser);
  const second = await openPage(browser);
  assert.equal(second.store.state.taken, true);
  assert.deepEqual(second.net.last.sent, []);
  await second.chat.useHere();
  await settle();
  second.net.last.events.opened('websocket');
  assert.equal(last(second).token, 'a'.repeat(32));
  assert.equal(first.store.state.ended, 'elsewhere');
  first.chat.keepDraft('of the one that lost');
  welcome(second);
  assert.equal(second.store.state.draft, '');
  await close(second);
  const third = await openPage(browser, second.session);
  assert.equal(third.store.state.draft, '');
});

test('a duplicated tab gets a slot of its own', async () => {
  const browser = newBrowser();
  const first = await joinedPage(browser);
  const copy = new FakeStorage();
  copy.items = new Map(first.session.items);
  const second = await openPage(browser, copy);
  assert.equal(second.store.state.stage, 'join');
  second.chat.join('Ben', '');
  welcome(second, { token: 'e'.repeat(32), you: { id: 2, name: 'Ben' } });
  assert.notEqual(first.slots.number, second.slots.number);
  await close(second);
  const reloaded = await openPage(browser, copy);
  assert.equal(last(reloaded).token, 'e'.repeat(32), 'each finds its own again');
});

test('without locks one seat is shared, and the host says who has it', async () => {
  const browser = { local: new FakeStorage(), locks: null };
  const first = await joinedPage(browser);
  const second = await openPage(browser);
  assert.equal(last(second).token, 'a'.repeat(32));
  first.net.last.give({ type: 'ended', why: 'elsewhere' });
  assert.equal(first.store.state.ended, 'elsewhere');
  first.world.advance(600000);
  assert.equal(first.net.links.length, 1, 'it does not fight');
});

test('a list longer than a page is asked for page by page, as often as asked', async () => {
  const page = await joinedPage();
  const asked = () => page.net.last.sent.filter((frame) => frame.type === 'who');
  const give = (number) =>
    page.net.last.give({
      type: 'guests',
      page: number,
      pages: 2,
      guests: [{ id: number + 1, name: `g${number}`, away: false }],
    });
  give(1);
  assert.deepEqual(asked(), [], 'nobody asked');
  page.chat.askWho();
  give(0);
  give(1);
  assert.deepEqual(
    asked().map((frame) => frame.page),
    [0, 1],
  );
  assert.equal(page.store.state.people.length, 2);
});

test('leaving says bye and asks for a name again', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  const link = page.net.last;
  page.chat.leave();
  assert.deepEqual(link.sent[link.sent.length - 1], { type: 'bye' });
  assert.equal(page.store.state.stage, 'join');
  page.net.last.events.opened('websocket');
  assert.deepEqual(page.net.last.sent, []);
});

test('spoilt storage is as good as none', async () => {
  const spoilt = ['{', '7', 'null', '{"token":"x"}', '{"token":"x","outbox":[{}]}', '[]'];
  for (const json of spoilt) {
    const browser = newBrowser();
    browser.local.setItem('hubbub.slot.0', json);
    const page = await openPage(browser);
    assert.equal(page.store.state.stage, 'join', json);
  }
});

test('forbidden storage does not stop the chat', async () => {
  const page = await openPage({ local: null, locks: null }, null);
  page.chat.join('Ana', '');
  welcome(page);
  assert.equal(page.store.state.link, 'joined');
});

test('a long list of people is asked for page by page', async () => {
  const page = await joinedPage();
  page.chat.askWho();
  assert.deepEqual(last(page), { type: 'who', page: 0 });
  page.net.last.give({ type: 'guests', page: 0, pages: 2, guests: [] });
  assert.deepEqual(last(page), { type: 'who', page: 1 });
  page.net.last.give({ type: 'guests', page: 1, pages: 2, guests: [] });
  assert.equal(last(page).page, 1);
});

test('a list that is asked for too fast goes on where it stopped', async () => {
  const page = await joinedPage();
  const asked = () => page.net.last.sent.filter((frame) => frame.type === 'who');
  const refused = { type: 'refused', what: 'who', code: 'too-fast', retry_after: 200 };
  page.chat.askWho();
  page.net.last.give({ type: 'guests', page: 0, pages: 2, guests: [] });
  page.net.last.give(refused);
  page.world.advance(199);
  assert.equal(asked().length, 2);
  page.world.advance(1);
  assert.deepEqual(
    asked().map((frame) => frame.page),
    [0, 1, 1],
  );
  // A connection that is lost meanwhile begins anew.
  page.net.last.give(refused);
  page.net.last.events.closed(1006);
  page.world.advance(200);
  assert.equal(asked().length, 3);
});

const hellos = (page) => page.net.last.sent.filter((frame) => frame.type === 'hello');

test('a second press on Join does not say hello again', async () => {
  const page = await openPage(newBrowser());
  page.chat.join('Ana', '');
  page.chat.join('Ana', '');
  page.chat.sayHello();
  assert.equal(hellos(page).length, 1);
});

test('a full room keeps a place asked for, each time later, one hello at a time', async () => {
  const page = await joinedPage();
  reconnect(page);
  const full = { type: 'refused', what: 'hello', code: 'full' };
  const waits = [];
  for (let round = 1; round < 5; round += 1) {
    page.net.last.give(full);
    const since = page.world.time;
    while (hellos(page).length === round) page.world.advance(50);
    waits.push(page.world.time - since);
    assert.equal(hellos(page).length, round + 1);
    page.net.last.give({ type: 'pong' });
  }
  for (let index = 1; index < waits.length; index += 1) assert.ok(waits[index] > waits[index - 1]);
  page.net.last.give(full);
  page.chat.join('Ana', '');
  const asked = hellos(page).length;
  page.world.advance(4000);
  assert.equal(hellos(page).length, asked, 'the one of the timer is not said on top');
  welcome(page);
  assert.equal(page.store.state.stage, 'chat');
});

test('a resumed page does not lose a word it said before in the same words', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  page.net.last.events.closed(1006);
  page.chat.say('ok');
  await close(page);
  const again = await openPage(browser, page.session);
  welcome(again, { last_id: 5, replayed: 1 });
  again.net.last.give({ type: 'said', id: 5, from: { id: 1, name: 'Ana' }, text: 'ok', at: 1 });
  assert.deepEqual(texts(again), ['ok'], 'that was another one');
  reconnect(again);
  welcome(again, { last_id: 5, replayed: 0 });
  assert.deepEqual(said(again), [{ type: 'say', ref: 1, text: 'ok' }]);
});

test('who leaves a chat that went to another tab has a slot for the next one', async () => {
  const browser = newBrowser();
  const first = await joinedPage(browser);
  const second = await openPage(browser);
  await second.chat.useHere();
  await settle();
  assert.equal(first.store.state.ended, 'elsewhere');
  await first.chat.leave();
  first.net.last.events.opened('websocket');
  assert.deepEqual(hellos(first), [], 'left, not back');
  first.chat.join('Ben', '');
  welcome(first, { token: 'e'.repeat(32), you: { id: 2, name: 'Ben' } });
  await close(first);
  const reloaded = await openPage(browser, first.session);
  assert.equal(last(reloaded).token, 'e'.repeat(32));
});

test('Use Here of a seat that was left meanwhile asks for a name, and keeps the next seat', async () => {
  const browser = newBrowser();
  const first = await joinedPage(browser);
  const second = await openPage(browser);
  await second.chat.useHere();
  second.net.last.events.opened('websocket');
  welcome(second);
  await second.chat.leave();
  await first.chat.useHere();
  first.net.last.events.opened('websocket');
  assert.equal(first.store.state.stage, 'join');
  first.chat.join('Ana', '');
  welcome(first, { token: 'e'.repeat(32) });
  await close(first);
  const reloaded = await openPage(browser, first.session);
  assert.equal(last(reloaded).token, 'e'.repeat(32));
});

test('Join pressed before the slot was found keeps its name', async () => {
  const browser = newBrowser();
  const page = await openPage(browser);
  page.chat.join('Ana', '');
  await close(page);
  const { page: again, started } = beginPage(browser, page.session);
  again.chat.join('Ben', '');
  await started;
  assert.deepEqual(
    again.net.last.sent.map((frame) => frame.name),
    ['Ben'],
  );
  assert.equal(again.slots.read(again.slots.number).name, 'Ben');
});
