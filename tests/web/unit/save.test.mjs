// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { copyName, transcript } from '../../../ui/web/io/save.js';
import { initialState } from '../../../ui/web/model/state.js';

test('a copy is of the day that it is where it is saved', (t) => {
  const { TZ } = process.env;
  t.after(() => {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });
  const moment = Date.UTC(2026, 2, 3, 11, 30);
  for (const [zone, day] of [
    ['Pacific/Kiritimati', '2026-03-04'],
    ['UTC', '2026-03-03'],
    ['Pacific/Pago_Pago', '2026-03-03'],
  ]) {
    process.env.TZ = zone;
    assert.equal(copyName(moment), `chat ${day}.txt`, zone);
  }
  process.env.TZ = 'Pacific/Pago_Pago';
  assert.equal(copyName(Date.UTC(2026, 0, 1, 10, 59)), 'chat 2025-12-31.txt');
});

const message = (id, text) => ({
  kind: 'message',
  key: `e${id}`,
  id,
  fromId: 2,
  name: 'Ben',
  text,
  at: 1767225600000,
  own: false,
});

test('a copy holds what was said, what was not sent, and what is missing', () => {
  const state = {
    ...initialState(),
    room: { id: 'r', name: 'Attic', locked: false, code: false, urls: [] },
    me: { id: 1, name: 'Ana' },
    entries: [
      { kind: 'earlier', key: 'earlier' },
      message(1, 'hi\nBen: forged'),
      { kind: 'joined', key: 'e2', id: 3, name: 'Cid' },
      { kind: 'gap', key: 'e3' },
      message(4, 'bye'),
    ],
    outbox: [
      { key: 5, ref: 0, text: 'wait', status: 'waiting', retryAt: 0, at: 1767225600000, id: 0 },
    ],
    draft: 'half a\nthought ',
  };
  const lines = transcript(state)
    .replace(/\[[^\]]*\]/g, '[when]')
    .split('\n');
  assert.deepEqual(lines, [
    'Attic',
    '',
    'Earlier messages are no longer on this page.',
    '[when] Ben: hi',
    '\tBen: forged',
    'Some messages from while you were away are gone.',
    '[when] Ben: bye',
    '[when] Ana: wait (not sent)',
    '',
    'half a',
    '\tthought (not sent)',
    '',
  ]);
});
