// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { CROWDED_CLOSE } from '../../../ui/web/model/protocol.js';
import { joinedPage, last, newBrowser, openPage, reconnect, texts, welcome } from './pages.mjs';
import { settle } from './world.mjs';

const ANNA = { you: { id: 2, name: 'Anna' }, token: 'c'.repeat(32) };
const BEN = { id: 9, name: 'Ben' };
const types = (link) => link.sent.map((frame) => frame.type);
const kinds = (page) => page.store.state.entries.map((entry) => entry.text || entry.kind);

/** Asks for a name: what comes of it, and the link over which the host is asked. */
function askFor(page, name, code = '') {
  const outcome = page.chat.changeName(name, code);
  return { outcome, link: page.net.last };
}

const refuse = (page, code, more) =>
  page.net.last.give({ type: 'refused', what: 'hello', code, ...more });

test('another name: a hello for a new seat, and good-bye from the old one after its welcome', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  const [{ join: before }] = page.net.last.sent;
  page.chat.keepDraft('half a sentence');
  const old = page.net.last;
  const { outcome } = askFor(page, 'Anna', 'K7');
  assert.notEqual(page.net.last, old);
  page.net.last.events.opened('http');
  const hello = last(page);
  assert.deepEqual([hello.type, hello.name, hello.code], ['hello', 'Anna', 'K7']);
  assert.deepEqual([hello.token, hello.last_seen], [undefined, undefined]);
  assert.notEqual(hello.join, before);
  assert.deepEqual([types(old), old.isClosed], [['hello'], false]);
  welcome(page, ANNA);
  assert.equal(await outcome, null);
  assert.deepEqual([types(old), old.isClosed], [['hello', 'bye'], true]);
  const { draft, me, link, linkKind } = page.store.state;
  assert.deepEqual([draft, me, link, linkKind], ['half a sentence', ANNA.you, 'joined', 'http']);

  // That one leaves is no news for this page, that others do is.
  const left = [{ id: 1, name: 'Ana' }, BEN];
  page.net.last.give({ type: 'presence', left, count: 1 });
  assert.deepEqual(kinds(page), ['left']);

  // The link is like any other now: doubted, replaced, and the seat comes back with it.
  reconnect(page);
  assert.equal(last(page).token, ANNA.token);
  page.slots.release();
  const again = await openPage(browser);
  assert.equal(last(again).token, ANNA.token);
  assert.equal(again.store.state.draft, 'half a sentence');
});

test('whatever the host refuses, the seat stays', async () => {
  const codes = ['name-taken', 'name-reserved', 'code', 'locked', 'full', 'too-fast', 'removed'];
  for (const code of codes) {
    const page = await joinedPage();
    const old = page.net.last;
    const { outcome, link } = askFor(page, 'Ben', 'WRONG2');
    link.events.opened('websocket');
    refuse(page, code, { suggestion: 'Ben 2', retry_after: 9000 });
    const refusal = await outcome;
    assert.deepEqual([refusal.code, refusal.retryAfter], [code, 9000]);
    assert.deepEqual([types(old), link.isClosed], [['hello'], true]);
    const { stage, me, join } = page.store.state;
    assert.deepEqual([stage, me.name, join.refusal], ['chat', 'Ana', null]);
    assert.equal(page.store.state.room.code, code === 'code');
    page.chat.say('still here');
    assert.equal(old.sent[1].text, 'still here');
  }
});

test('a host that cannot be asked in time leaves the name as it is', async () => {
  for (const isOpen of [false, true]) {
    const page = await joinedPage();
    const { outcome, link } = askFor(page, 'Anna');
    if (isOpen) link.events.opened('websocket');
    page.world.advance(10000);
    assert.equal((await outcome).code, 'unreachable');
    assert.equal(link.isClosed, true);
    // Should it have given a seat, nobody is to see it as somebody who is away.
    assert.deepEqual(types(link), isOpen ? ['hello', 'bye'] : []);
    assert.equal(page.store.state.me.name, 'Ana');
  }
});

test('too many tabs chat by POST for another link: told, and the name stays', async () => {
  const page = await joinedPage();
  const { outcome, link } = askFor(page, 'Anna');
  link.events.opened('http');
  link.events.closed(CROWDED_CLOSE);
  assert.equal((await outcome).code, 'crowded');
  const { ended, me } = page.store.state;
  assert.deepEqual([ended, me.name], [null, 'Ana']);
});

test('not wanted any more: nothing comes of it', async () => {
  const page = await joinedPage();
  const first = askFor(page, 'Anna');
  first.link.events.opened('websocket');
  const second = askFor(page, 'Bea');
  assert.equal(await first.outcome, null);
  assert.equal(first.link.isClosed, true);
  second.link.events.opened('websocket');
  welcome(page, { you: { id: 3, name: 'Bea' } });
  assert.equal(await second.outcome, null);
  const third = askFor(page, 'Cleo');
  page.chat.keepName();
  assert.equal(await third.outcome, null);
  assert.equal(page.store.state.me.name, 'Bea');
});

test('a message under way is waited for, and what is written meanwhile goes under the new name', async () => {
  const page = await joinedPage();
  const old = page.net.last;
  page.chat.say('under way');
  const outcome = page.chat.changeName('Anna', '');
  page.chat.say('later');
  assert.deepEqual([page.net.links.length, types(old)], [1, ['hello', 'say']]);
  old.give({ type: 'accepted', ref: 1, id: 1 });
  assert.equal(page.net.links.length, 1, 'it is not on this page yet');
  old.give({ type: 'said', id: 1, from: { id: 1, name: 'Ana' }, text: 'under way', at: 1 });
  page.net.last.events.opened('websocket');
  assert.equal(last(page).type, 'hello');
  welcome(page, { ...ANNA, last_id: 1 });
  await outcome;
  assert.deepEqual([kinds(page), texts(page)], [['under way'], ['later']]);
  assert.deepEqual(last(page), { type: 'say', ref: 1, text: 'later' });
});

test('a message that the host does not answer keeps the name, and stays in doubt', async () => {
  const page = await joinedPage();
  page.chat.say('under way');
  const outcome = page.chat.changeName('Anna', '');
  page.world.advance(10000);
  assert.equal((await outcome).code, 'unreachable');
  assert.deepEqual(
    page.store.state.outbox.map(({ text, status, ref }) => [text, status, ref]),
    [['under way', 'sent', 1]],
  );
});

test('what is said while one seat gives way to the other is heard once', async () => {
  const page = await joinedPage();
  const [old, hear] = [page.net.last, (link, id) => link.give({ ...SAID, id, text: `${id}` })];
  const { outcome, link } = askFor(page, 'Anna');
  link.events.opened('websocket');
  welcome(page, { ...ANNA, last_id: 2 });
  hear(link, 3);
  hear(old, 1);
  assert.equal(page.store.state.me.name, 'Ana', 'one is still on its way to the old seat');
  hear(old, 2);
  assert.equal(await outcome, null);
  assert.deepEqual(kinds(page), ['1', '2', '3']);
});

test('what waits for the new name is said once, when the old seat hears the last', async () => {
  const page = await joinedPage();
  page.chat.say('before');
  const old = page.net.last;
  old.give({ type: 'accepted', ref: 1, id: 1 });
  old.give({ type: 'said', id: 1, from: { id: 1, name: 'Ana' }, text: 'before', at: 1 });
  const { outcome, link } = askFor(page, 'Anna');
  link.events.opened('websocket');
  page.chat.say('waits');
  welcome(page, { ...ANNA, last_id: 2 });
  old.give({ ...SAID, id: 2, text: '2' });
  assert.equal(await outcome, null);
  assert.deepEqual(link.sent.slice(1), [{ type: 'say', ref: 1, text: 'waits' }]);
});

test('what both seats hear is heard once', async () => {
  const page = await joinedPage();
  const old = page.net.last;
  const { outcome, link } = askFor(page, 'Anna');
  link.events.opened('websocket');
  old.give({ ...SAID, id: 1, text: '1' });
  old.give({ ...SAID, id: 2, text: '2' });
  welcome(page, { ...ANNA, last_id: 1 });
  link.give({ ...SAID, id: 2, text: '2' });
  link.give({ ...SAID, id: 3, text: '3' });
  assert.equal(await outcome, null);
  assert.deepEqual(kinds(page), ['1', '2', '3']);
});

test('a name that was perhaps given is asked for with the same secret', async () => {
  const page = await joinedPage();
  const first = askFor(page, 'Anna');
  first.link.events.opened('websocket');
  first.link.events.closed(1006);
  assert.equal((await first.outcome).code, 'unreachable');
  const second = askFor(page, 'Anna');
  second.link.events.opened('websocket');
  assert.equal(second.link.sent[0].join, first.link.sent[0].join);
  page.chat.keepName();
  const third = askFor(page, 'Bea');
  third.link.events.opened('websocket');
  assert.notEqual(third.link.sent[0].join, first.link.sent[0].join);
});

test('in the room of a new start the former number is somebody else', async () => {
  const page = await joinedPage();
  const { outcome, link } = askFor(page, 'Anna');
  link.events.opened('websocket');
  welcome(page, ANNA);
  await outcome;
  reconnect(page);
  welcome(page, { ...ANNA, roomId: 'd'.repeat(32) });
  page.net.last.give({ type: 'presence', joined: [{ id: 1, name: 'Dora' }], count: 2 });
  assert.deepEqual(kinds(page), ['joined']);
});

test('what does not come in time is a gap', async () => {
  const page = await joinedPage();
  const { outcome, link } = askFor(page, 'Anna');
  link.events.opened('websocket');
  page.net.links[0].give({ ...SAID, id: 1, text: '1' });
  welcome(page, { ...ANNA, last_id: 2 });
  page.world.advance(1000);
  assert.equal(await outcome, null);
  assert.deepEqual(kinds(page), ['1', 'gap']);
});

const SAID = { type: 'said', from: BEN, at: 1 };

test('another spelling of the own name: that seat has to go first, and the words stay', async () => {
  const page = await joinedPage();
  page.net.last.give({ ...SAID, id: 1, text: 'x' });
  const old = page.net.last;
  const { outcome, link } = askFor(page, 'ANA', 'K7');
  link.events.opened('websocket');
  page.chat.say('meanwhile');
  refuse(page, 'name-taken', { suggestion: 'ANA 2' });
  assert.equal(await outcome, null);
  assert.deepEqual(types(old), ['hello', 'bye'], 'nothing was begun that could not be answered');
  page.net.last.events.opened('websocket');
  assert.deepEqual([last(page).name, last(page).code], ['ANA', 'K7']);
  // Somebody was quicker: a name is asked for on the way back in.
  refuse(page, 'name-taken', { suggestion: 'ANA 2' });
  assert.equal(page.store.state.join.refusal.suggestion, 'ANA 2');
  page.chat.join('ANA 2', 'K7');
  welcome(page, { you: { id: 3, name: 'ANA 2' }, last_id: 1 });
  assert.deepEqual([kinds(page), last(page).text], [['x'], 'meanwhile']);
});

test('the end of the chat is the end of it', async () => {
  const page = await joinedPage();
  const { outcome, link } = askFor(page, 'Anna');
  link.events.opened('websocket');
  page.net.links[0].give({ type: 'ended', why: 'stopped' });
  assert.equal(await outcome, null);
  await settle();
  assert.deepEqual([link.isClosed, page.store.state.ended], [true, 'stopped']);
});
