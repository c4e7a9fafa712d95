// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { peopleToCall } from '../../../ui/web/model/people.js';
import { initialState } from '../../../ui/web/model/state.js';
import { joinedPage, last, newBrowser, openPage, welcome } from './pages.mjs';

const says = (fromId, name, own = false) => ({ kind: 'message', fromId, name, own });
const went = (id) => ({ kind: 'left', id, name: '' });
const names = (state) => peopleToCall({ ...initialState(), ...state }).map(({ name }) => name);
const BEN = { id: 2, name: 'Ben', away: false };

test('who may be called by name: who is here, and where that is not known, who spoke', () => {
  const entries = [
    says(2, 'Old Ben'),
    { kind: 'restarted' },
    says(3, 'Cid'),
    says(4, 'Dan'),
    went(4),
    says(1, 'Ana', true),
    says(3, 'Cid 2'),
    says(5, 'Eve'),
  ];
  assert.deepEqual(names({ people: [BEN], entries }), ['Ben']);
  assert.deepEqual(names({ people: [BEN], isListOld: true, entries }), ['Ben', 'Eve', 'Cid 2']);
  assert.deepEqual(names({ people: null, isListOld: true, entries }), ['Eve', 'Cid 2']);
  const crowd = Array.from({ length: 3000 }, (_, index) => says(index + 10, `guest ${index}`));
  const found = names({ people: null, isListOld: true, entries: crowd });
  assert.deepEqual([found.length, found[0]], [500, 'guest 2999']);
});

test('in a large room the list is asked for when a name is looked for, once a minute', async () => {
  const page = await openPage(newBrowser());
  page.chat.join('Ana', '');
  const asked = () => page.net.last.sent.filter((frame) => frame.type === 'who').length;
  page.chat.lookForNames();
  assert.equal(asked(), 0, 'not before it is in');
  welcome(page, { guests: undefined, count: 650 });
  for (let letters = 0; letters < 5; letters += 1) page.chat.lookForNames();
  assert.deepEqual(last(page), { type: 'who', page: 0 });
  assert.equal(asked(), 1);
  for (let seconds = 0; seconds < 59; seconds += 1) {
    page.world.advance(1000);
    page.net.last.give({ type: 'pong' });
  }
  page.chat.lookForNames();
  assert.equal(asked(), 1);
  page.world.advance(1000);
  page.chat.lookForNames();
  assert.equal(asked(), 2);
});

test('in a small room it is known', async () => {
  const page = await joinedPage();
  page.chat.lookForNames();
  assert.equal(page.net.last.sent.filter((frame) => frame.type === 'who').length, 0);
});
