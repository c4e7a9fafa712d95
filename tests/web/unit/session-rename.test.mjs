// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { joinedPage, last, newBrowser, openPage, welcome } from './pages.mjs';

test('another name: good-bye, and a hello for a new seat', async () => {
  const browser = newBrowser();
  const page = await joinedPage(browser);
  const [{ join: before }] = page.net.last.sent;
  page.chat.keepDraft('half a sentence');
  const old = page.net.last;
  await page.chat.changeName('Anna', 'K7');
  assert.equal(old.sent[old.sent.length - 1].type, 'bye');
  assert.equal(old.isClosed, true);
  assert.notEqual(page.net.last, old);
  page.net.last.events.opened('websocket');
  const hello = last(page);
  assert.deepEqual([hello.type, hello.name, hello.code], ['hello', 'Anna', 'K7']);
  assert.deepEqual([hello.token, hello.last_seen], [undefined, undefined]);
  assert.notEqual(hello.join, before);
  welcome(page, { you: { id: 2, name: 'Anna' }, token: 'c'.repeat(32) });
  const { draft, me, link } = page.store.state;
  assert.deepEqual([draft, me, link], ['half a sentence', { id: 2, name: 'Anna' }, 'joined']);

  // The seat that a reload finds is the new one.
  page.slots.release();
  const again = await openPage(browser);
  assert.equal(last(again).token, 'c'.repeat(32));
  assert.equal(again.store.state.draft, 'half a sentence');
});

test('a refused name leaves words and draft where they are', async () => {
  const page = await joinedPage();
  page.net.last.give({ type: 'said', id: 1, from: { id: 9, name: 'B' }, text: 'x', at: 1 });
  await page.chat.changeName('B', '');
  page.net.last.events.opened('websocket');
  page.net.last.give({ type: 'refused', what: 'hello', code: 'name-taken', suggestion: 'B 2' });
  const { stage, join, entries } = page.store.state;
  assert.deepEqual([stage, join.refusal.suggestion, entries.length], ['join', 'B 2', 1]);
  page.chat.join('B 2', '');
  welcome(page, { you: { id: 3, name: 'B 2' }, last_id: 1 });
  assert.deepEqual(
    page.store.state.entries.map((entry) => entry.kind),
    ['message'],
  );
});
