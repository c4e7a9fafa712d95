// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { postLinks } from '../../../ui/web/io/post.js';
import { countStreams } from '../../../ui/web/io/streams.js';
import { CROWDED_CLOSE } from '../../../ui/web/model/protocol.js';
import { joinedPage, last, reconnect, welcome } from './pages.mjs';
import { FakeLocks, FakeWorld, settle } from './world.mjs';

const HELLO = '{"type":"hello","name":"Ana","join":"0"}';

/** A tab of a browser, whose requests are answered by nothing but that the room is there. */
function openTab(locks, world = new FakeWorld()) {
  const tab = { streams: 0, log: [], world };
  const request = (path, { signal }) => {
    if (path === 'room') return Promise.resolve(new Response('{}'));
    tab.streams += 1;
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('AbortError')));
    });
  };
  const events = {
    opened: () => tab.log.push('opened'),
    frame: () => {},
    alive: () => {},
    closed: (code) => tab.log.push(code),
    isAwaited: () => true,
  };
  tab.link = postLinks('', world, request, countStreams(locks, world))(events);
  return tab;
}

async function openTabs(locks, count) {
  const tabs = Array.from({ length: count }, () => openTab(locks));
  await settle();
  for (const { link } of tabs) link.send(HELLO);
  await settle();
  return tabs;
}

test('five tabs of a browser chat by POST, the sixth is told at once', async () => {
  const locks = new FakeLocks();
  const tabs = await openTabs(locks, 6);
  tabs[5].world.advance(700);
  await settle();
  assert.deepEqual(
    tabs.map((tab) => tab.streams),
    [1, 1, 1, 1, 1, 0],
  );
  assert.deepEqual(tabs[5].log, ['opened', CROWDED_CLOSE]);
  // One is closed: there is room again.
  tabs[2].link.close();
  await settle();
  const [next] = await openTabs(locks, 1);
  assert.deepEqual([next.streams, next.log], [1, ['opened']]);
});

test('a tab that is loaded again waits for the one it was', async () => {
  const locks = new FakeLocks();
  const tabs = await openTabs(locks, 5);
  const [again] = await openTabs(locks, 1);
  assert.equal(again.streams, 0);
  tabs[0].link.close();
  await settle();
  again.world.advance(700);
  await settle();
  assert.deepEqual([again.streams, again.log], [1, ['opened']]);
});

test('closed while it waited: nothing is sent, nothing is kept', async () => {
  const locks = new FakeLocks();
  const tabs = await openTabs(locks, 5);
  const [late] = await openTabs(locks, 1);
  late.link.close();
  tabs[0].link.close();
  await settle();
  late.world.advance(700);
  await settle();
  assert.deepEqual([late.streams, late.log], [0, ['opened']]);
  const [next] = await openTabs(locks, 1);
  assert.equal(next.streams, 1);
});

test('without locks nobody counts', async () => {
  const tabs = await openTabs(null, 7);
  assert.ok(tabs.every((tab) => tab.streams === 1));
});

test('where locks are forbidden neither', async () => {
  const locks = { request: () => Promise.reject(new Error('SecurityError')) };
  const tabs = await openTabs(locks, 7);
  assert.ok(tabs.every((tab) => tab.streams === 1));
});

test('told so, the page waits for the person, with its seat and all that was written', async () => {
  const page = await joinedPage();
  reconnect(page);
  page.net.last.events.closed(CROWDED_CLOSE);
  page.chat.say('meanwhile');
  page.world.advance(600000);
  assert.deepEqual([page.net.links.length, page.store.state.ended], [2, 'crowded']);
  page.chat.goOn();
  page.net.last.events.opened('http');
  assert.equal(last(page).token, 'a'.repeat(32));
  welcome(page, { replayed: 0 });
  assert.equal(page.store.state.ended, null);
  assert.equal(last(page).text, 'meanwhile');
});
