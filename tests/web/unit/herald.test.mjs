// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { Herald, isWorthASound } from '../../../ui/web/model/herald.js';
import { initialState } from '../../../ui/web/model/state.js';

const message = (text, calls = []) => ({ kind: 'message', name: 'Ben', text, calls, live: true });
const told = (news) => news && (news.count || news.messages.map(({ text }) => text).join());

test('a few messages are told one by one', () => {
  const herald = new Herald();
  herald.add([message('a')], 1000);
  assert.equal(told(herald.take(1100)), null);
  herald.add([message('b')], 1200);
  assert.equal(told(herald.take(1250)), 'a,b');
  assert.equal(herald.due, 0);
  herald.add([message('c')], 1300);
  assert.equal(told(herald.take(herald.due)), 'c');
});

test('more than three within two seconds are counted', () => {
  const herald = new Herald();
  herald.add(
    ['a', 'b', 'c', 'd', 'e'].map((text) => message(text)),
    1000,
  );
  assert.equal(told(herald.take(herald.due)), null);
  assert.equal(told(herald.take(herald.due)), 5);
  herald.add([message('later')], 10000);
  assert.equal(told(herald.take(herald.due)), 'later');
});

test('what was told already is not counted again', () => {
  const herald = new Herald();
  herald.add([message('a'), message('b'), message('c')], 0);
  assert.equal(told(herald.take(250)), 'a,b,c');
  herald.add([message('d')], 300);
  herald.add([message('e')], 900);
  assert.equal(told(herald.take(herald.due)), null);
  assert.equal(herald.due, 2250);
  assert.equal(told(herald.take(2250)), 2);
});

test('nothing to tell', () => {
  const herald = new Herald();
  herald.add([], 0);
  assert.deepEqual([herald.due, herald.take(5000)], [0, null]);
});

test('a sound for what nobody looks at, and for my name', () => {
  const plain = [message('a')];
  const call = [message('@Ana', [{ start: 0, end: 4 }])];
  const cases = [
    [{ sound: true }, true, plain, false],
    [{ sound: true }, true, call, true],
    [{ sound: true }, false, plain, true],
    [{ sound: true }, false, [], false],
    [{ sound: true }, false, [{ ...call[0], live: false }], false],
    [{ sound: false }, false, call, false],
  ];
  for (const [wishes, visible, heard, expected] of cases) {
    const state = { ...initialState(), stage: 'chat', visible, wishes };
    assert.equal(isWorthASound(state, heard), expected, JSON.stringify([wishes, visible]));
  }
  const outside = { ...initialState(), visible: false, wishes: { sound: true, awake: false } };
  assert.equal(isWorthASound(outside, plain), false);
});
