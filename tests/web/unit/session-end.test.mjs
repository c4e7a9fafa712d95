// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  close,
  joinedPage,
  last,
  newBrowser,
  openPage,
  reconnect,
  texts,
  welcome,
} from './pages.mjs';

test('ended and removed are final, and forget the seat', async () => {
  for (const why of ['stopped', 'removed']) {
    const browser = newBrowser();
    const page = await joinedPage(browser);
    page.net.last.give({ type: 'ended', why });
    page.world.advance(600000);
    assert.equal(page.net.links.length, 1);
    assert.equal(page.store.state.ended, why);
    await close(page);
    const again = await openPage(browser, page.session);
    assert.equal(again.store.state.stage, 'join');
    assert.equal(again.store.state.join.name, 'Ana');
  }
});

test('ended: what was typed and not sent waits for the next chat, and for the person', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  page.chat.say('too late');
  page.chat.say('not this');
  page.chat.keepDraft('half a wo');
  page.net.last.give({ type: 'ended', why: 'stopped' });
  page.chat.discard(page.store.state.outbox[1].key);
  await close(page);
  const again = await openPage(browser, page.session);
  assert.deepEqual(again.net.last.sent, [], 'there is no seat to come back to');
  again.chat.join('Ana', '');
  assert.equal(last(again).token, undefined);
  welcome(again, { roomId: 'c'.repeat(32) });
  assert.equal(last(again).type, 'hello');
  const { outbox, draft } = again.store.state;
  assert.deepEqual(
    outbox.map(({ text, status }) => [text, status]),
    [['too late', 'held']],
  );
  assert.equal(draft, 'half a wo');
});

test('removed: so does what was written there', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  page.net.last.events.closed(1006);
  page.chat.say('too late');
  page.chat.keepDraft('half a wo');
  page.world.advance(1000);
  page.net.last.events.opened('websocket');
  page.net.last.give({ type: 'refused', what: 'hello', code: 'removed' });
  assert.equal(page.store.state.ended, 'removed');
  await close(page);
  const again = await openPage(browser, page.session);
  assert.deepEqual([texts(again), again.net.last.sent], [['too late'], []]);
  // Not let in yet: nothing is lost of it by asking.
  again.chat.join('Ana', '');
  again.net.last.give({ type: 'refused', what: 'hello', code: 'removed' });
  await close(again);
  const later = await openPage(browser, page.session);
  later.chat.join('Ana', '');
  welcome(later, { roomId: 'c'.repeat(32) });
  const { outbox, draft } = later.store.state;
  assert.deepEqual([outbox[0].status, draft], ['held', 'half a wo']);
});

test('removed with nothing but a draft: it is still there for the next chat', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  page.chat.keepDraft('half a wo');
  await close(page);
  const again = await openPage(browser, page.session);
  again.net.last.give({ type: 'refused', what: 'hello', code: 'removed' });
  assert.equal(again.store.state.join.refusal.code, 'removed');
  await close(again);
  const later = await openPage(browser, page.session);
  assert.deepEqual([later.store.state.stage, later.store.state.draft], ['join', 'half a wo']);
  // What is not wanted any more does not stay in the browser.
  later.chat.keepDraft('');
  assert.equal(browser.local.getItem('hubbub.slot.0'), null);
});

test('what a close code means, by the table of the contract', async () => {
  const cases = [
    [1000, 'paused'],
    [1001, null],
    [1002, 'mistake'],
    [1003, 'mistake'],
    [1005, null],
    [1006, null],
    [1007, 'mistake'],
    [1008, 'paused'],
    [1009, 'mistake'],
    [1011, null],
    [4001, 'elsewhere'],
    [4002, 'removed'],
  ];
  for (const [code, ended] of cases) {
    const page = await joinedPage();
    page.net.last.events.closed(code);
    page.world.advance(4000);
    assert.equal(page.store.state.ended, ended, `${code}`);
    assert.equal(page.net.links.length > 1, ended === null, `${code} comes back by itself`);
  }
});

test('what is paused goes on when the person asks, with all that was written', async () => {
  const page = await joinedPage();
  page.net.last.events.closed(1008);
  page.chat.say('meanwhile');
  page.world.advance(600000);
  assert.equal(page.net.links.length, 1);
  page.chat.goOn();
  page.net.last.events.opened('websocket');
  assert.equal(last(page).token, 'a'.repeat(32));
  welcome(page, { replayed: 0 });
  assert.equal(page.store.state.ended, null);
  assert.deepEqual(last(page), { type: 'say', ref: 1, text: 'meanwhile' });
});

test('after a mistake of the page, loading it again takes the seat again', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  page.chat.say('hello');
  page.net.last.events.closed(1007);
  await close(page);
  const again = await openPage(browser, page.session);
  assert.equal(last(again).token, 'a'.repeat(32));
  assert.deepEqual(texts(again), ['hello']);
});

test('removed while away: what was said stays to be read, nothing is tried again', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  page.net.last.give({ type: 'said', id: 1, from: { id: 2, name: 'B' }, text: 'x', at: 1 });
  reconnect(page);
  const refused = { type: 'refused', what: 'hello', code: 'removed' };
  page.net.last.give(refused);
  page.world.advance(600000);
  assert.deepEqual([page.store.state.stage, page.store.state.ended], ['chat', 'removed']);
  assert.equal(page.net.links.length, 2);
  await close(page);
  // A page loaded anew has nothing to read: it asks for a name and says no when asked.
  const again = await openPage(browser, page.session);
  again.chat.join('Ana', '');
  again.net.last.give(refused);
  again.world.advance(600000);
  assert.equal(again.store.state.join.refusal.code, 'removed');
  const hellos = again.net.links.flatMap((each) => each.sent).filter((it) => it.type === 'hello');
  assert.equal(hellos.length, 1);
});

const TOO_FAST = { type: 'refused', what: 'hello', code: 'too-fast', retry_after: 9000 };
const hellos = (page) =>
  page.net.links.flatMap((each) => each.sent).filter((frame) => frame.type === 'hello');

test('too many names: told until when, asked again then, corrected in between', async () => {
  const page = await openPage(newBrowser());
  page.chat.join('Ana', '');
  page.net.last.give(TOO_FAST);
  const { pending, retryAt } = page.store.state.join;
  assert.equal(pending, true);
  assert.ok(retryAt >= page.world.clock() + 9000);
  page.chat.join('Ben', '');
  page.world.advance(8999);
  assert.equal(hellos(page).length, 1);
  page.world.advance(10000);
  assert.deepEqual(
    hellos(page).map((frame) => frame.name),
    ['Ana', 'Ben'],
  );
  assert.equal(page.store.state.join.retryAt, 0);
});

test('too many codes: told until when, and nothing is tried that nobody asked for', async () => {
  const page = await openPage(newBrowser());
  page.chat.join('Ana', 'WRONG2');
  page.net.last.give(TOO_FAST);
  const { pending, retryAt, refusal } = page.store.state.join;
  assert.deepEqual([pending, refusal, page.store.state.stage], [false, null, 'join']);
  assert.ok(retryAt >= page.world.clock() + 9000 && retryAt <= page.world.clock() + 12000);
  // Join does nothing before; nor does a connection that is lost and found.
  page.chat.join('Ana', 'RIGHT2');
  reconnect(page);
  page.world.advance(20000);
  assert.equal(hellos(page).length, 1);
  page.chat.join('Ana', 'RIGHT2');
  assert.equal(last(page).code, 'RIGHT2');
  assert.equal(page.store.state.join.retryAt, 0);
  // One that is refused again has to wait again.
  page.net.last.give(TOO_FAST);
  page.chat.join('Ana', 'RIGHT2');
  assert.equal(hellos(page).length, 2);
});

test('too many codes: whoever need not give one any more need not wait', async () => {
  const page = await openPage(newBrowser());
  page.chat.join('Ana', 'WRONG2');
  page.net.last.give(TOO_FAST);
  const room = { type: 'room-known', name: 'Attic', locked: false };
  page.store.dispatch({ ...room, code: true });
  page.chat.join('Ana', '');
  assert.equal(hellos(page).length, 1);
  page.store.dispatch({ ...room, code: false });
  page.chat.join('Ana', '');
  assert.equal(last(page).name, 'Ana');
  assert.equal(hellos(page).length, 2);
});

test('a code is not tried on another room by itself', async () => {
  const page = await openPage(newBrowser());
  page.chat.join('Ana', 'RIGHT2');
  welcome(page);
  // Lost and found, at a host that was started anew and asks for another one.
  reconnect(page);
  assert.deepEqual([last(page).token, last(page).code], ['a'.repeat(32), undefined]);
  const refused = { type: 'refused', what: 'hello', code: 'code' };
  page.net.last.give(refused);
  assert.equal(page.store.state.join.refusal.code, 'code-missing');
  // Nor is a wrong one tried twice.
  page.chat.join('Ana', 'WRONG2');
  page.net.last.give(refused);
  assert.equal(page.store.state.join.refusal.code, 'code');
  page.net.last.events.closed(1006);
  page.world.advance(4000);
  page.net.last.events.opened('websocket');
  assert.deepEqual(page.net.last.sent, []);
  assert.equal(page.store.state.join.refusal.code, 'code');
});

test('a host that stops while somebody types a name: told, and Join asks again', async () => {
  const page = await openPage(newBrowser());
  page.net.last.give({ type: 'ended', why: 'stopped' });
  page.net.last.events.closed(1001);
  page.world.advance(600000);
  assert.equal(page.net.links.length, 1);
  assert.deepEqual([page.store.state.stage, page.store.state.ended], ['join', 'stopped']);
  page.chat.join('Ana', '');
  page.net.last.events.opened('websocket');
  assert.equal(page.store.state.ended, null);
  assert.equal(last(page).name, 'Ana');
});

test('a page nobody joins on does not hold a connection for ever', async () => {
  const page = await openPage(newBrowser());
  page.net.last.events.closed(1008);
  page.world.advance(600000);
  assert.equal(page.net.links.length, 1);
  page.chat.join('Ana', '');
  page.net.last.events.opened('websocket');
  assert.equal(last(page).name, 'Ana');
});
