// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  dropItem,
  cleanText,
  nextRetryAt,
  nextToSend,
  resumeOutbox,
  settleAccepted,
  settleRefused,
  takeSaid,
} from '../../../ui/web/model/outbox.js';

const item = (key, status, more = {}) => ({
  key,
  ref: status === 'sent' ? key : 0,
  text: `text ${key}`,
  status,
  retryAt: 0,
  at: 0,
  id: 0,
  ...more,
});
const keys = (outbox) => outbox.map((each) => each.key);
const statuses = (outbox) => outbox.map((each) => each.status);

test('texts lose their empty ends and foreign line breaks', () => {
  const cases = [
    ['a\r\nb\rc\u0085d\u2028e\u2029f', 'a\nb\nc\nd\ne\nf'],
    ['\n\n  indented stays\n\n', '  indented stays'],
    [' \n\t ', ''],
    ['', ''],
  ];
  for (const [typed, text] of cases) assert.equal(cleanText(typed), text);
  // A page that somebody pastes into it does not stand still.
  const wide = `${' '.repeat(400000)}x`;
  const before = performance.now();
  assert.equal(cleanText(wide), wide);
  assert.ok(performance.now() - before < 2000);
});

test('one at a time, in order', () => {
  const cases = [
    [[], undefined],
    [[item(1, 'waiting'), item(2, 'waiting')], 1],
    [[item(1, 'sent'), item(2, 'waiting')], undefined],
    [[item(1, 'sent', { id: 7 }), item(2, 'waiting')], 2],
    [[item(1, 'failed'), item(2, 'held'), item(3, 'waiting')], 3],
    // Tried again while another is under way.
    [[item(1, 'waiting'), item(2, 'sent')], undefined],
    [[item(1, 'waiting'), item(2, 'sent', { id: 7 })], 1],
    // In doubt since a connection before: a higher ref must not go first.
    [[item(1, 'waiting'), item(2, 'waiting', { ref: 5 })], 2],
    [[item(1, 'slow', { retryAt: 101 }), item(2, 'waiting')], undefined],
    [[item(1, 'slow', { retryAt: 100 }), item(2, 'waiting')], 1],
  ];
  for (const [outbox, key] of cases) assert.equal(nextToSend(outbox, 100)?.key, key);
});

test('accepted and said, in whichever order, settle it once', () => {
  const outbox = [item(1, 'sent'), item(2, 'waiting')];
  const accepted = settleAccepted(outbox, 1, 40, false);
  assert.deepEqual(keys(accepted), [1, 2], 'it stays in sight until its message is');
  assert.equal(takeSaid(accepted, 40, 'text 1', false).key, 1);
  assert.equal(takeSaid(outbox, 40, 'text 1', false).key, 1);
  const rest = dropItem(outbox, 1);
  assert.equal(settleAccepted(rest, 1, 40, true), rest);
  assert.deepEqual(keys(settleAccepted(outbox, 1, 40, true)), [2], 'after a replay');
});

test('somebody else may say the same words', () => {
  const outbox = [item(1, 'waiting', { text: 'hi' })];
  assert.equal(takeSaid(outbox, 3, 'hi', false), null, 'not sent, so it was not this one');
});

test('an older message of the replay does not settle one that reads the same', () => {
  const outbox = [item(9, 'sent', { text: 'ok' })];
  assert.equal(takeSaid(outbox, 3, 'ok', true), null);
  const accepted = settleAccepted(outbox, 9, 4, false);
  assert.equal(takeSaid(accepted, 4, 'ok', true).key, 9, 'its id does');
});

test('too fast: later, with another ref', () => {
  const outbox = settleRefused([item(1, 'sent')], 1, 'too-fast', 900);
  assert.deepEqual(statuses(outbox), ['slow']);
  assert.equal(outbox[0].ref, 0);
  assert.equal(nextRetryAt(outbox), 900);
});

test('any other refusal is for the person to decide', () => {
  for (const code of ['too-long', 'bad-object', 'ref-expired', 'of a later version'])
    assert.deepEqual(statuses(settleRefused([item(1, 'sent')], 1, code, 0)), ['failed']);
  const outbox = [item(1, 'sent')];
  assert.equal(settleRefused(outbox, 9, 'too-long', 0), outbox, 'a ref of nobody');
});

test('the same seat: the one in doubt goes again with the ref it had', () => {
  const outbox = resumeOutbox([item(1, 'sent'), item(2, 'waiting'), item(3, 'failed')], 'seat');
  assert.deepEqual(statuses(outbox), ['waiting', 'waiting', 'failed']);
  assert.equal(outbox[0].ref, 1);
});

test('a new seat in the room: what may have been said is not said again by itself', () => {
  const outbox = resumeOutbox([item(1, 'sent'), item(2, 'waiting')], 'room');
  assert.deepEqual(statuses(outbox), ['failed', 'waiting']);
  assert.equal(outbox[0].ref, 0);
});

test('another room: nothing is said by itself', () => {
  const before = [item(1, 'sent'), item(2, 'slow', { retryAt: 5 }), item(3, 'failed')];
  const outbox = resumeOutbox(before, 'other');
  assert.deepEqual(statuses(outbox), ['held', 'held', 'failed']);
  assert.equal(nextToSend(outbox, 100), null);
});
