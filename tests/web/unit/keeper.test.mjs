// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { joinedPage } from './pages.mjs';

const BEN = { id: 2, name: 'Ben' };

/** A page in a chat, and what it has written down since it was last asked. */
async function watchedPage() {
  const page = await joinedPage();
  const { slots } = page;
  let saved = [];
  const save = slots.save.bind(slots);
  slots.save = (what) => {
    saved.push(what);
    save(what);
  };
  const news = () => {
    const all = saved;
    saved = [];
    return all;
  };
  return { page, news, give: (frame) => page.net.last.give(frame) };
}

test('what others do is not worth writing anything down', async () => {
  const { page, news, give } = await watchedPage();
  page.chat.say('Waits for its answer');
  page.chat.keepDraft('half');
  assert.equal(news().length > 0, true);
  for (let id = 1; id <= 20; id += 1)
    give({ type: 'said', id, from: BEN, text: `${id}`, at: page.world.time });
  give({ type: 'presence', joined: [BEN], count: 2 });
  give({ type: 'room', name: 'Cellar', locked: true, urls: [] });
  give({ type: 'pong' });
  page.chat.keepDraft('half');
  assert.deepEqual(news(), []);
});

test('whatever is kept is written as it changes', async () => {
  const { page, news, give } = await watchedPage();
  const own = (id, text) =>
    give({ type: 'said', id, from: { id: 1, name: 'Ana' }, text, at: page.world.time });
  const steps = [
    ['a draft', () => page.chat.keepDraft('half'), ({ draft }) => draft === 'half'],
    ['a message', () => page.chat.say('x'), ({ nextRef, draft }) => nextRef === 2 && draft === ''],
    ['heard', () => own(1, 'x'), ({ outbox }) => outbox.length === 0],
    ['a new seat', () => page.chat.useHere(), ({ join }) => join !== ''],
  ];
  for (const [what, step, isSo] of steps) {
    await step();
    const last = news().at(-1);
    assert.ok(last && isSo(last), what);
    assert.deepEqual(page.slots.read(page.slots.number), last, what);
  }
});
