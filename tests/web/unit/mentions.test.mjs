// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  completeMention,
  findMentions,
  mentionQuery,
  suggestPeople,
} from '../../../ui/web/model/mentions.js';

const people = (...names) => names.map((name, index) => ({ id: index + 1, name, away: false }));
const names = (found) => found.map((person) => person.name);

test('what is typed after an @ is looked for', () => {
  const cases = [
    ['@', 1, { from: 0, prefix: '' }],
    ['@An', 3, { from: 0, prefix: 'An' }],
    ['@An', 2, { from: 0, prefix: 'A' }],
    ['hi @Ana Ma', 10, { from: 3, prefix: 'Ana Ma' }],
    ['(@ليلى', 6, { from: 1, prefix: 'ليلى' }],
    ['@Ana @B', 7, { from: 5, prefix: 'B' }],
    ['hi', 2, null],
    ['@ Ana', 5, null],
    ['@Ana\nBen', 8, null],
    ['@Ana: x', 7, null],
    ['ana@example', 11, null],
    ['https://x.example/@ana', 22, null],
    ['@@', 2, null],
    [`@${'x'.repeat(65)}`, 66, null],
    ['@Ana', 0, null],
  ];
  for (const [text, caret, query] of cases)
    assert.deepEqual(mentionQuery(text, caret), query, text);
});

test('names that begin so are offered, without me, eight at most', () => {
  const all = people('Me', 'ben', 'Ana 2', 'Ana', 'Änne', 'Ana Maria', 'Éva');
  assert.deepEqual(names(suggestPeople(all, 1, 'ana')), ['Ana', 'Ana 2', 'Ana Maria']);
  assert.deepEqual(names(suggestPeople(all, 1, 'ANA M')), ['Ana Maria']);
  assert.deepEqual(names(suggestPeople(all, 1, 'm')), []);
  assert.deepEqual(names(suggestPeople(all, 1, 'e\u0301'.normalize('NFD'))), ['Éva']);
  assert.deepEqual(suggestPeople(null, 1, 'a'), []);
  assert.deepEqual(names(suggestPeople(all, 1, 'Anne')), ['Änne'], 'typed without its accent');
  assert.deepEqual(names(suggestPeople(all, 1, 'á')), [], 'an accent that is typed is meant');
  assert.deepEqual(names(suggestPeople(people('Me', 'कीर्ति', 'कमल'), 1, 'की')), ['कीर्ति']);
  const crowd = people(...Array.from({ length: 30 }, (_, index) => `guest ${index}`));
  assert.equal(suggestPeople(crowd, 1, 'g').length, 8);
});

test('a name that is all there and the only one is not offered', () => {
  assert.deepEqual(suggestPeople(people('Me', 'Ben'), 1, 'ben'), []);
  assert.deepEqual(names(suggestPeople(people('Me', 'Ben', 'Ben 2'), 1, 'ben')), ['Ben', 'Ben 2']);
});

test('the name takes the place of what was typed, with one space after it', () => {
  const query = { from: 3, prefix: 'an' };
  assert.deepEqual(completeMention('hi @an', query, 'Ana'), { text: 'hi @Ana ', caret: 8 });
  assert.deepEqual(completeMention('hi @an, you', query, 'Ana'), {
    text: 'hi @Ana, you',
    caret: 7,
  });
  assert.deepEqual(completeMention('hi @an you', query, 'Ana'), { text: 'hi @Ana you', caret: 8 });
});

test('a whole name after an @ calls me', () => {
  const here = people('Ana', 'Ana 2', 'Ben');
  const cases = [
    ['@Ana', 1],
    ['hello @ANA!', 1],
    ['(@ana) and @Ana', 2],
    ['@Ana, @Ben', 1],
    ['@Anna', 0],
    ['@Anaïs', 0],
    ['@Ana_x', 0],
    ['Ana', 0],
    ['me@ana', 0],
    ['@Ana 2: look', 0],
    ['@Ana 20', 1],
    ['@Ana 2 and @Ana', 1],
    ['', 0],
  ];
  for (const [text, count] of cases)
    assert.equal(findMentions(text, 'Ana', here).length, count, text);
  assert.deepEqual(findMentions('so @Ana x', 'Ana', here), [{ start: 3, end: 7 }]);
  assert.deepEqual(findMentions('@Ana 2', 'Ana', null), [{ start: 0, end: 4 }]);
  assert.deepEqual(findMentions('@x', '', here), []);
});

test('names of any script, with spaces, emoji, or letters that grow when they are small', () => {
  assert.equal(findMentions('شكرا @ليلى علي!', 'ليلى علي', null).length, 1);
  assert.equal(findMentions('@👩🏽‍🚀 hi', '👩🏽‍🚀', null).length, 1);
  assert.deepEqual(findMentions('İ @Ana', 'Ana', null), [{ start: 2, end: 6 }]);
});
