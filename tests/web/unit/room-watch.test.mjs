// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { RoomWatch, learnCode } from '../../../ui/web/io/room-watch.js';
import { initialState, reduce } from '../../../ui/web/model/state.js';
import { Store } from '../../../ui/web/model/store.js';
import { FakeWorld, settle } from './world.mjs';

/** A room that answers what the test says, or not at all. */
async function watched() {
  const world = new FakeWorld();
  const store = new Store(reduce, initialState());
  const room = { body: { name: 'Attic', locked: false, code: false }, asked: 0 };
  const ask = async () => {
    room.asked += 1;
    if (!room.body) throw new TypeError('Failed to fetch');
    return room.body;
  };
  const watch = new RoomWatch(store, world, ask);
  await watch.look();
  const advance = async (ms) => {
    world.advance(ms);
    await settle();
  };
  return { store, room, advance };
}

test('the join page learns of a lock and a code while somebody types', async () => {
  const { store, room, advance } = await watched();
  assert.equal(store.state.room.name, 'Attic');
  room.body = { name: 'Attic', locked: true, code: true };
  await advance(15000);
  assert.deepEqual([store.state.room.locked, store.state.room.code], [true, true]);
});

test('a host out of reach, or talking nonsense, is asked again', async () => {
  const { store, room, advance } = await watched();
  room.body = null;
  await advance(15000);
  room.body = { locked: 'yes' };
  await advance(15000);
  room.body = { name: 'Loft', locked: false, code: false };
  await advance(15000);
  assert.deepEqual([room.asked, store.state.room.name], [4, 'Loft']);
});

test('nobody asks for what nobody looks at', async () => {
  const cases = [
    { type: 'visible', visible: false },
    { type: 'ended', why: 'stopped' },
  ];
  for (const action of cases) {
    const { store, room, advance } = await watched();
    store.dispatch(action);
    await advance(600000);
    assert.equal(room.asked, 1, action.type);
  }
});

test('looked at again, or back at a host: asked at once', async () => {
  const { store, room, advance } = await watched();
  store.dispatch({ type: 'visible', visible: false });
  store.dispatch({ type: 'visible', visible: true });
  await settle();
  assert.equal(room.asked, 2);
  store.dispatch({ type: 'link', phase: 'open' });
  await settle();
  assert.equal(room.asked, 2, 'the first connection brings no news');
  store.dispatch({ type: 'link', phase: 'lost' });
  store.dispatch({ type: 'link', phase: 'open' });
  await settle();
  assert.equal(room.asked, 3);
  await advance(14999);
  assert.equal(room.asked, 3, 'one timer, not one more for each look');
});

test('a code that is asked for, or not any more, is learnt by who is in', async () => {
  const store = new Store(reduce, initialState());
  const state = { ...initialState(), stage: 'chat' };
  store.state = { ...state, room: { ...state.room, name: 'Loft', locked: true, code: false } };
  const answers = [{ name: 'Attic', locked: false, code: true }, null, { name: 'Attic' }];
  for (const [number, code] of [true, true, false].entries()) {
    await learnCode(store, async () => answers[number] ?? Promise.reject(new Error('away')));
    assert.deepEqual([store.state.room.code, store.state.room.name], [code, 'Loft']);
    assert.equal(store.state.room.locked, true, 'frames tell that first');
  }
});
