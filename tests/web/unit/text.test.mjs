// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { charsLeft, countChars, isBadName } from '../../../ui/web/model/text.js';
import { fill, fillCount, fillNames } from '../../../ui/web/strings.js';

const NAMES = new URL('../../base/names.json', import.meta.url);
const plain = (text) => text.replace(/[\u2068\u2069]/g, '');

test('the hint never refuses a name that the host takes', () => {
  const names = JSON.parse(readFileSync(NAMES, 'utf8')).filter(
    (each) => typeof each.in === 'string' && each.out,
  );
  assert.ok(names.length > 20);
  for (const { in: name, why } of names) assert.equal(isBadName(name, 32), false, why);
});

test('the hint refuses what its words say', () => {
  for (const name of ['', '  ', 'a:b', '*a', '!a', ' *a', 'x'.repeat(33)])
    assert.equal(isBadName(name, 32), true, name);
  assert.equal(isBadName('😀'.repeat(32), 32), false, 'counted as people count, not in UTF-16');
});

test('characters are counted from 80 % on', () => {
  assert.equal(countChars('a😀\u0301'), 3);
  assert.equal(charsLeft('x'.repeat(79), 100), null);
  assert.equal(charsLeft('x'.repeat(80), 100), 20);
  assert.equal(charsLeft('x'.repeat(103), 100), -3);
});

test('values are isolated in sentences and cannot pose as their placeholders', () => {
  assert.equal(fill('{name} is here', { name: 'שרה' }), '\u2068שרה\u2069 is here');
  assert.equal(plain(fill('{name}, {other}', { name: '{other}', other: 'x' })), '{other}, x');
  assert.equal(fill('in {count} s', { count: 3 }), 'in 3 s');
});

test('numbers and names choose their form', () => {
  const forms = ['{count} new', '{count} news'];
  assert.equal(fillCount(forms, 1), '1 new');
  assert.equal(fillCount(forms, 3), '3 news');
  const joined = ['{names} joined', '{names} joined'];
  assert.equal(plain(fillNames(joined, ['Ana'])), 'Ana joined');
  assert.equal(plain(fillNames(joined, ['Ana', '$&'])), 'Ana and $& joined');
  assert.equal(plain(fillNames(joined, ['A', 'B', 'C', 'D', 'E'])), 'A, B, C and 2 others joined');
});
