// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { helloFrame, readFrame, readRoomInfo, sayFrame } from '../../../ui/web/model/protocol.js';

const WELCOME = {
  type: 'welcome',
  you: { id: 3, name: 'Ana' },
  token: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  room: { id: '00112233445566778899aabbccddeeff', name: 'Attic', locked: false, urls: ['u'] },
  guests: [{ id: 3, name: 'Ana', away: false }],
  count: 1,
  last_id: 41,
  limits: { name: 32, text: 4000, rate: 5 },
  now: 1767225600000,
};
const SEAT = { name: 'Ana', code: '', join: 'j', token: '', roomId: '', lastSeen: 0 };

test('welcome is read whole', () => {
  const frame = readFrame(JSON.stringify(WELCOME));
  assert.equal(frame.type, 'welcome');
  assert.equal(frame.lastId, 41);
  assert.equal(frame.replayed, null);
  assert.deepEqual(frame.guests, WELCOME.guests);
  assert.equal(readFrame(JSON.stringify({ ...WELCOME, replayed: 0 })).replayed, 0);
});

test('a large room tells only how many', () => {
  const { guests: _, ...large } = WELCOME;
  const frame = readFrame(JSON.stringify({ ...large, count: 700 }));
  assert.equal(frame.guests, null);
  assert.equal(frame.count, 700);
});

test('what this version does not know, or cannot use, is nothing', () => {
  const frames = [
    '',
    'null',
    '[]',
    '7',
    '{',
    '{}',
    '{"type":7}',
    '{"type":"dance"}',
    '{"type":"constructor"}',
    '{"type":"__proto__"}',
    '{"type":"said","id":"1","from":{"id":1,"name":"A"},"text":"x","at":1}',
    '{"type":"said","id":1.5,"from":{"id":1,"name":"A"},"text":"x","at":1}',
    '{"type":"said","id":1,"from":null,"text":"x","at":1}',
    '{"type":"said","id":1,"from":{"id":1,"name":"A"},"text":{},"at":1}',
    '{"type":"presence","joined":{},"count":1}',
    '{"type":"ended","why":"because"}',
    JSON.stringify({ ...WELCOME, guests: 'all' }),
    JSON.stringify({ ...WELCOME, you: [] }),
  ];
  for (const frame of frames) assert.equal(readFrame(frame), null, frame);
});

test('members of later versions are ignored', () => {
  const frame = readFrame('{"type":"gap","missed":4,"later":[{"deep":null}]}');
  assert.deepEqual(frame, { type: 'gap', missed: 4 });
});

test('hello holds only what there is', () => {
  assert.deepEqual(JSON.parse(helloFrame(SEAT)), { type: 'hello', name: 'Ana', join: 'j' });
  assert.deepEqual(
    JSON.parse(helloFrame({ ...SEAT, token: 't', roomId: 'r', lastSeen: 9, code: 'K7' })),
    { type: 'hello', name: 'Ana', join: 'j', code: 'K7', token: 't', room_id: 'r', last_seen: 9 },
  );
});

test('a page without messages asks for all of them', () => {
  const frame = JSON.parse(helloFrame({ ...SEAT, token: 't', roomId: 'r', lastSeen: 0 }));
  assert.equal('last_seen' in frame, false);
});

test('half a surrogate pair does not leave the page', () => {
  assert.equal(JSON.parse(sayFrame(1, 'a\ud83d')).text, 'a\ufffd');
  assert.equal(JSON.parse(sayFrame(1, '\ude00b')).text, '\ufffdb');
  assert.equal(JSON.parse(sayFrame(1, '😀')).text, '😀');
});

test('GET /room', () => {
  const info = { name: 'Attic', locked: false, code: true };
  assert.deepEqual(readRoomInfo(info), info);
  for (const body of [null, [], 'x', {}, { name: 1 }]) assert.equal(readRoomInfo(body), null);
});
