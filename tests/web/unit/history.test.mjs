// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  earlierFrom,
  laterFrom,
  othersSince,
  shownFrom,
  shownUntil,
} from '../../../ui/web/model/history.js';
import { rowBlocks, timelineRows } from '../../../ui/web/model/timeline.js';

const message = (serial, more = {}) => ({
  kind: 'message',
  key: `e${serial}`,
  id: serial,
  fromId: 2,
  name: 'Ben',
  text: 'x',
  at: 1767268800000 + serial,
  own: false,
  live: true,
  ...more,
});
const came = (serial) => ({ kind: 'joined', key: `e${serial}`, id: 3, name: 'Cid' });
const many = (count, from = 1) => Array.from({ length: count }, (_, i) => message(from + i));

test('the last 2,000 messages stand in the document, some more while others come', () => {
  assert.equal(shownFrom(many(2000), '', true), 0);
  assert.equal(shownFrom(many(2050), 'e1', true), 0);
  assert.equal(shownFrom(many(2100), 'e1', true), 100);
  assert.equal(shownFrom(many(5000), '', true), 3000);
  assert.equal(shownFrom(many(5099), 'e3001', true), 3000);
});

test('it stays where it is for who reads further up', () => {
  assert.equal(shownFrom(many(5000), 'e1001', false), 1000);
  // Gone from the page altogether.
  assert.equal(shownFrom(many(5000, 2000), 'e1001', false), 0);
  assert.equal(shownFrom([], '', false), 0);
});

test('earlier ones come in portions, until there are none', () => {
  const all = many(5000);
  assert.equal(earlierFrom(all, 3000), 2500);
  assert.equal(earlierFrom(all, 120), 0);
  assert.equal(earlierFrom(all, 0), 0);
  const crowd = Array.from({ length: 5000 }, (_, i) => came(i + 1));
  assert.equal(earlierFrom(crowd, 3000), 2000);
  assert.equal(shownFrom(crowd, '', true), 1000);
});

test('for whoever reads further up it does not grow for ever, and goes on when they do', () => {
  const all = many(9000);
  assert.equal(shownUntil(all, 3000, true), 9000);
  assert.equal(shownUntil(all, 8000, false), 9000);
  assert.equal(shownUntil(all, 1000, false), 3500);
  // Below the last of them: the part moves on, one portion at a time, and reaches the end.
  let from = 1000;
  const ends = [];
  for (let until = 0; until < all.length; from = laterFrom(all, until)) {
    until = shownUntil(all, from, false);
    assert.ok(until - from <= 2500);
    ends.push(until);
  }
  assert.deepEqual(ends.slice(0, 3), [3500, 4000, 4500]);
  assert.equal(ends.length, 12);
});

test('a crowd that comes and goes holds nobody up on the way down', () => {
  const crowd = Array.from({ length: 7000 }, (_, i) => came(i + 101));
  const all = [...many(100), ...crowd, ...many(5000, 7101)];
  let until = shownUntil(all, 0, false);
  assert.equal(until, 5000);
  for (let steps = 0; until < all.length; steps += 1) {
    const before = until;
    until = shownUntil(all, laterFrom(all, until), false);
    assert.ok(until > before && steps < 50, `${before}, then ${until}`);
  }
});

test('what others said since the last look', () => {
  const entries = [
    message(1),
    message(5, { own: true, key: 'u2' }),
    message(3, { live: false }),
    message(4),
    came(6),
    message(7),
    message(8, { own: true, key: 'u1' }),
  ];
  const serials = (since) => othersSince(entries, since).map(({ id }) => id);
  assert.deepEqual(serials(0), [1, 3, 4, 7]);
  assert.deepEqual(serials(4), [4, 7]);
  assert.deepEqual(serials(8), []);
});

test('blocks stay the same while rows come and go at either end', () => {
  const keys = (entries) => rowBlocks(timelineRows(entries)).map(({ key }) => key);
  const all = [...many(100), message(101, { key: 'u3', own: true }), ...many(100, 102)];
  const rows = rowBlocks(timelineRows(all)).flatMap((block) => block.rows);
  assert.deepEqual(
    rows.map((row) => row.key),
    all.map((entry) => entry.key),
  );
  assert.deepEqual(keys(all), ['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6']);
  assert.deepEqual(keys(all.slice(70)), ['b2', 'b3', 'b4', 'b5', 'b6']);
  for (const block of rowBlocks(timelineRows(all))) assert.ok(block.rows.length <= 33);
});
