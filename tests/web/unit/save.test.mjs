// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { transcript } from '../../../ui/web/io/save.js';
import { initialState } from '../../../ui/web/model/state.js';

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
