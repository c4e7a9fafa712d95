// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { timelineRows } from '../../../ui/web/model/timeline.js';

const NOON = new Date(2026, 2, 3, 12).getTime();
const MINUTE = 60000;
let serial = 0;
const message = (fromId, at = NOON) => ({
  kind: 'message',
  key: `e${(serial += 1)}`,
  id: serial,
  fromId,
  name: `guest ${fromId}`,
  text: 'x',
  at,
  own: false,
});
const came = (kind, id, name) => ({ kind, key: `e${(serial += 1)}`, id, name });
const shape = (rows) =>
  rows.map((row) => (row.type === 'message' ? (row.first ? 'first' : 'more') : row.type));

test('messages are grouped by author', () => {
  const rows = timelineRows([message(1), message(1), message(2), message(1)]);
  assert.deepEqual(shape(rows), ['first', 'more', 'first', 'first']);
});

test('a pause begins a new group', () => {
  const rows = timelineRows([message(1, NOON), message(1, NOON + 6 * MINUTE)]);
  assert.deepEqual(shape(rows), ['first', 'first']);
});

test('a new day has a line, the first day has none', () => {
  const rows = timelineRows([message(1, NOON), message(1, NOON + 24 * 60 * MINUTE)]);
  assert.deepEqual(shape(rows), ['first', 'day', 'first']);
});

test('coming and going between two messages is one notice', () => {
  const rows = timelineRows([
    message(1),
    came('joined', 2, 'Ben'),
    came('left', 3, 'Cid'),
    came('joined', 4, 'Dan'),
    came('left', 4, 'Dan'),
    came('left', 5, 'Eve'),
    came('joined', 5, 'Eve'),
    message(1),
  ]);
  assert.deepEqual(shape(rows), ['first', 'presence', 'first']);
  const { joined, left, visited, returned } = rows[1];
  assert.deepEqual(
    { joined, left, visited, returned },
    { joined: ['Ben'], left: ['Cid'], visited: ['Dan'], returned: ['Eve'] },
  );
});

test('a notice keeps its key while it grows', () => {
  const first = came('joined', 2, 'Ben');
  const [before] = timelineRows([first]);
  const [after] = timelineRows([first, came('joined', 3, 'Cid')]);
  assert.equal(before.key, after.key);
});
