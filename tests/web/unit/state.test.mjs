// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { allEntries, initialState, reduce, toSave } from '../../../ui/web/model/state.js';

const NOW = 1767225600000;
const ROOM = { id: 'r1', name: 'Attic', locked: false, urls: [] };
const ANA = { id: 1, name: 'Ana' };
const BEN = { id: 2, name: 'Ben' };

const welcome = (more = {}) => ({
  type: 'welcome',
  at: NOW,
  awayMs: 0,
  ...more,
  frame: {
    type: 'welcome',
    you: ANA,
    token: 't',
    room: ROOM,
    guests: [{ ...ANA, away: false }],
    count: 1,
    lastId: 0,
    now: NOW,
    replayed: null,
    limits: { name: 32, text: 4000 },
    ...more.frame,
  },
});
const frame = (fields) => ({ type: 'frame', at: NOW, frame: fields });
const said = (id, from, text) => frame({ type: 'said', id, from, text, at: NOW });
const presence = (fields) =>
  frame({ type: 'presence', joined: [], left: [], away: [], back: [], ...fields });
const run = (state, ...actions) => actions.reduce(reduce, state);
const kinds = (state) => state.entries.map((entry) => entry.kind);
const texts = (state) => allEntries(state).map((entry) => entry.text);

test('joining', () => {
  const asked = run(initialState(), { type: 'join', name: 'Ana', code: '' });
  assert.equal(asked.join.pending, true);
  const state = run(asked, welcome());
  assert.equal(state.stage, 'chat');
  assert.equal(state.link, 'joined');
  assert.deepEqual(state.entries, []);
});

test('a refused name keeps what was typed and says which', () => {
  const state = run(
    initialState(),
    { type: 'join', name: 'ana', code: '' },
    { type: 'refused-hello', code: 'name-taken', suggestion: 'ana 2' },
  );
  assert.deepEqual(state.join.refusal, { code: 'name-taken', suggestion: 'ana 2', name: 'ana' });
  assert.equal(state.join.pending, false);
  assert.equal(run(state, { type: 'join', name: 'x', code: '' }).join.refusal, null);
});

test('a code asked for only now gets its field', () => {
  const state = run(initialState(), { type: 'refused-hello', code: 'code', suggestion: '' });
  assert.equal(state.room.code, true);
});

test('messages are shown once, whatever is replayed', () => {
  const state = run(initialState(), welcome(), said(1, BEN, 'a'), said(2, BEN, 'b'));
  assert.deepEqual(texts(run(state, said(1, BEN, 'a'), said(2, BEN, 'b'), said(3, BEN, 'c'))), [
    'a',
    'b',
    'c',
  ]);
});

test('times are corrected by the clock of the host', () => {
  const state = run(
    initialState(),
    welcome({ frame: { now: NOW + 3600000 } }),
    frame({ type: 'said', id: 1, from: BEN, text: 'a', at: NOW + 3600500 }),
  );
  assert.equal(state.entries[0].at, NOW + 500);
});

test('what is written is in sight at once and settles without doubling', () => {
  let state = run(initialState(), welcome(), { type: 'write', text: 'hi', at: NOW });
  const { key } = state.outbox[0];
  assert.equal(state.draft, '');
  state = run(state, { type: 'sent', key, ref: 1 });
  assert.deepEqual(texts(state), ['hi']);
  const saidFirst = run(state, said(1, ANA, 'hi'), frame({ type: 'accepted', ref: 1, id: 1 }));
  const acceptedFirst = run(state, frame({ type: 'accepted', ref: 1, id: 1 }), said(1, ANA, 'hi'));
  for (const settled of [saidFirst, acceptedFirst]) {
    assert.deepEqual(texts(settled), ['hi']);
    assert.deepEqual(settled.outbox, []);
  }
});

test('what was taken and then fell into a gap is shown as said, once', () => {
  const state = run(
    initialState(),
    welcome(),
    { type: 'write', text: 'mine', at: NOW },
    { type: 'sent', key: 1, ref: 1 },
    frame({ type: 'accepted', ref: 1, id: 4 }),
    welcome({ frame: { lastId: 9, replayed: 1 } }),
    frame({ type: 'gap', missed: 8 }),
  );
  assert.deepEqual(state.outbox, [], 'it cannot come any more');
  const later = run(state, said(9, BEN, 'later'));
  assert.deepEqual(texts(later), ['mine', undefined, 'later']);
  assert.equal(allEntries(later)[0].unsent, undefined);
});

test('after ref-expired the page looks whether it was said', () => {
  const sent = run(
    initialState(),
    welcome(),
    { type: 'write', text: 'hi', at: NOW },
    { type: 'sent', key: 1, ref: 5 },
  );
  const expired = frame({
    type: 'refused',
    what: 'say',
    ref: 5,
    code: 'ref-expired',
    retryAfter: 0,
  });
  assert.equal(run(sent, expired).outbox[0].status, 'failed');
  // Its message was replayed while it waited to be sent again, so nothing matched it then.
  const shown = { ...run(sent, said(1, ANA, 'hi')), outbox: sent.outbox };
  assert.deepEqual(run(shown, expired).outbox, []);
});

test('a restarted host: said so, numbering anew, nothing sent by itself', () => {
  const before = run(
    initialState(),
    welcome(),
    said(1, BEN, 'old'),
    { type: 'link', phase: 'lost' },
    { type: 'write', text: 'mine', at: NOW },
  );
  const state = run(before, welcome({ frame: { room: { ...ROOM, id: 'r2' } } }));
  assert.deepEqual(kinds(state), ['message', 'restarted']);
  assert.equal(state.outbox[0].status, 'held');
  assert.equal(state.nextRef, 1);
  assert.deepEqual(texts(run(state, said(1, BEN, 'new'))).filter(Boolean), ['old', 'new', 'mine']);
});

test('away: told when it was long', () => {
  const state = run(initialState(), welcome(), said(1, BEN, 'a'));
  const back = (awayMs) => run(state, welcome({ awayMs, frame: { replayed: 7 } }));
  assert.deepEqual(kinds(back(5000)), ['message']);
  const note = back(180000).entries[1];
  assert.deepEqual([note.kind, note.minutes, note.messages], ['away', 3, 7]);
});

test('a name given away meanwhile', () => {
  const state = run(initialState(), welcome(), { type: 'link', phase: 'lost' });
  const back = run(state, welcome({ frame: { you: { id: 1, name: 'Ana 2' } } }));
  assert.deepEqual(kinds(back), ['renamed']);
});

test('presence: people follow, others are announced, oneself is not', () => {
  const state = run(
    initialState(),
    welcome(),
    presence({ joined: [ANA, BEN], count: 2 }),
    presence({ away: [BEN], count: 2 }),
  );
  assert.deepEqual(state.people, [
    { ...ANA, away: false },
    { ...BEN, away: true },
  ]);
  assert.deepEqual(kinds(state), ['joined']);
});

test('lists of one change are applied in the order of the contract', () => {
  const cid = { id: 3, name: 'Cid' };
  const state = run(
    initialState(),
    welcome(),
    presence({ joined: [BEN, cid], away: [BEN], left: [cid], count: 2 }),
  );
  assert.deepEqual(state.people, [
    { ...ANA, away: false },
    { ...BEN, away: true },
  ]);
});

const guestPage = (page, pages, ...guests) =>
  frame({ type: 'guests', page, pages, guests: guests.map((who) => ({ ...who, away: false })) });
const names = (state) => state.people.map((person) => person.name);

test('a list that cannot be followed is known to be old, and asked for by pages', () => {
  const state = run(initialState(), welcome(), presence({ count: 650 }));
  assert.deepEqual([state.isListOld, state.count], [true, 650]);
  const half = run(state, presence({ count: 2 }), guestPage(0, 2, BEN));
  assert.deepEqual(names(half), ['Ana'], 'half a list is not shown');
  const whole = run(half, guestPage(1, 2, ANA));
  assert.deepEqual([names(whole), whole.isListOld], [['Ben', 'Ana'], false]);
  assert.equal(run(whole, presence({ count: 2 })).isListOld, true, 'somebody went for another');
});

test('who comes and goes between two pages is in the list, or not, once', () => {
  const cid = { id: 3, name: 'Cid' };
  const dan = { id: 4, name: 'Dan' };
  const state = run(
    initialState(),
    welcome({ frame: { guests: null, count: 3 } }),
    guestPage(0, 2, ANA, BEN),
    presence({ joined: [dan], left: [BEN], count: 3 }),
    guestPage(1, 2, cid, dan),
  );
  assert.deepEqual([names(state).sort(), state.isListOld], [['Ana', 'Cid', 'Dan'], false]);
});

test('a page of a list that nobody asked for any more is left out', () => {
  const before = run(initialState(), welcome());
  assert.equal(run(before, guestPage(1, 3, BEN)).people, before.people);
  const again = run(before, guestPage(0, 3, ANA), welcome(), guestPage(1, 3, BEN));
  assert.deepEqual([names(again), again.roll], [['Ana'], null]);
});

test('words keep their key from the writing on', () => {
  const written = run(
    initialState(),
    welcome(),
    { type: 'write', text: 'hello', at: NOW },
    { type: 'sent', key: 1, ref: 1 },
  );
  const [before] = allEntries(written);
  const after = allEntries(run(written, said(1, ANA, 'hello')));
  assert.deepEqual([after.length, after[0].key, after[0].unsent], [1, before.key, undefined]);
  const more = run(written, said(1, ANA, 'hello'), said(2, BEN, 'b'));
  assert.equal(new Set(allEntries(more).map((entry) => entry.key)).size, 2);
});

test('a page keeps the last 10,000 messages, and says so', () => {
  let state = run(initialState(), welcome());
  for (let id = 1; id <= 10099; id += 1) state = run(state, said(id, BEN, `m${id}`));
  assert.equal(state.entries.length, 10099);
  for (let id = 10100; id <= 10432; id += 1) {
    state = run(state, said(id, BEN, `m${id}`));
    assert.ok(state.entries.length <= 10101, `${state.entries.length}`);
  }
  assert.deepEqual(kinds(state).slice(0, 2), ['earlier', 'message']);
  assert.equal(kinds(state).filter((kind) => kind === 'earlier').length, 1);
  const ids = state.entries.slice(1).map((entry) => entry.id);
  assert.ok(ids.length >= 10000 && ids[ids.length - 1] === 10432);
  assert.deepEqual(
    ids,
    ids.map((_, index) => ids[0] + index),
  );
});

test('a message that names me says where, unless it is mine', () => {
  const state = run(
    initialState(),
    welcome({ frame: { lastId: 1 } }),
    said(2, BEN, 'so @ana, look'),
    said(3, BEN, '@Anaconda'),
    said(4, ANA, '@Ana'),
  );
  const calls = state.entries.map((entry) => entry.calls);
  assert.deepEqual(calls, [[{ start: 3, end: 7 }], [], []]);
});

test('what a replay brings is not heard live', () => {
  const state = run(
    initialState(),
    welcome({ frame: { lastId: 2, replayed: 2 } }),
    said(1, BEN, 'a'),
    said(2, BEN, 'b'),
    said(3, BEN, 'c'),
  );
  assert.deepEqual(
    state.entries.map((entry) => entry.live),
    [false, false, true],
  );
});

test('a replay that brings nothing is over', () => {
  const left = { you: BEN, lastId: 3, replayed: 0 };
  const before = run(initialState(), welcome({ frame: { ...left, replayed: null } }));
  // As a page that was just loaded has it: nothing was heard here, and nothing is to come.
  const state = run({ ...before, lastSeen: 0 }, welcome({ frame: left }));
  assert.equal(state.lastSeen < state.replayedTo, false);
});

test('another name is another seat in the same conversation', () => {
  const renamed = run(
    initialState(),
    welcome(),
    said(1, BEN, 'before'),
    { type: 'draft', text: 'half' },
    { type: 'renaming', name: 'Anna', code: '' },
  );
  assert.deepEqual([renamed.stage, renamed.join.pending, renamed.me], ['chat', true, null]);
  const again = { you: { id: 3, name: 'Anna' }, lastId: 1 };
  const quiet = run(renamed, welcome({ frame: again }));
  assert.deepEqual([quiet.draft, quiet.me.name, kinds(quiet)], ['half', 'Anna', ['message']]);
  // What was said in between was for those in the room.
  const late = run(renamed, welcome({ frame: { ...again, lastId: 2 } }));
  assert.deepEqual(kinds(late), ['message', 'gap']);
  const refused = run(renamed, { type: 'refused-hello', code: 'name-taken', suggestion: 'Anna 2' });
  assert.deepEqual([refused.stage, refused.draft], ['join', 'half']);
});

test('what the menu switches stays over Leave', () => {
  const state = run(
    initialState(),
    welcome(),
    { type: 'wish', wishes: { sound: true } },
    { type: 'left' },
  );
  assert.deepEqual(state.wishes, { sound: true, awake: false });
});

test('a crowd at the door does not grow the page', () => {
  let state = run(initialState(), welcome());
  for (let turn = 0; turn < 10500; turn += 1)
    state = run(state, presence({ joined: [BEN], left: [BEN], count: 1 }));
  assert.ok(state.entries.length <= 20102, `${state.entries.length}`);
});

test('what the lock or the code was told for passes with it', () => {
  const known = (locked, code) => ({ type: 'room-known', name: 'Attic', locked, code });
  const refused = (code) =>
    run(
      initialState(),
      known(false, false),
      { type: 'join', name: 'Ana', code: 'AAAAAA' },
      { type: 'refused-hello', code, suggestion: '' },
    );
  assert.equal(refused('locked').room.locked, true);
  assert.equal(run(refused('locked'), known(true, false)).join.refusal.code, 'locked');
  assert.equal(run(refused('locked'), known(false, false)).join.refusal, null);
  assert.equal(run(refused('code'), known(false, true)).join.refusal.code, 'code');
  assert.equal(run(refused('code'), known(false, false)).join.refusal, null);
  const same = refused('full');
  assert.equal(run(same, known(false, false)), same, 'nothing to draw');
});

test('who has not typed a code is not told that it is wrong', () => {
  const state = run(
    initialState(),
    { type: 'join', name: 'Ana', code: '' },
    { type: 'refused-hello', code: 'code', suggestion: '' },
  );
  assert.equal(state.join.refusal.code, 'code-missing');
});

test('what comes while the page is hidden is counted, own words are not', () => {
  const state = run(
    initialState(),
    welcome(),
    { type: 'visible', visible: false },
    said(1, BEN, 'a'),
    said(2, ANA, 'b'),
  );
  assert.equal(state.unread, 1);
  assert.equal(run(state, { type: 'visible', visible: true }).unread, 0);
});

test('what outlives the page comes back as it was', () => {
  const before = run(
    initialState(),
    welcome(),
    { type: 'write', text: 'one', at: NOW },
    { type: 'sent', key: 1, ref: 1 },
    { type: 'write', text: 'two', at: NOW },
    { type: 'draft', text: 'thr' },
  );
  const saved = { ...toSave(before), name: 'Ana', join: 'j', token: 't', roomId: 'r1', guestId: 1 };
  const kept = JSON.parse(JSON.stringify(saved));
  const state = run(initialState(), { type: 'restored', saved: kept, at: NOW });
  assert.equal(state.stage, 'chat');
  assert.equal(state.draft, 'thr');
  assert.equal(state.nextRef, 2);
  const back = run(state, welcome({ frame: { replayed: 0 } }));
  assert.deepEqual(
    back.outbox.map((item) => [item.text, item.ref, item.status]),
    [
      ['one', 1, 'waiting'],
      ['two', 0, 'waiting'],
    ],
  );
});

test('leaving forgets the conversation, keeps the name', () => {
  const state = run(
    initialState(),
    { type: 'join', name: 'Ana', code: '' },
    welcome(),
    said(1, BEN, 'a'),
    { type: 'left' },
  );
  assert.equal(state.stage, 'join');
  assert.deepEqual(state.entries, []);
  assert.equal(state.join.name, 'Ana');
  assert.equal(state.room.name, 'Attic');
});

test('an end while a name is asked for leaves a form that works', () => {
  const state = run(
    initialState(),
    { type: 'join', name: 'Ana', code: '' },
    { type: 'ended', why: 'stopped' },
  );
  assert.equal(state.join.pending, false);
});

test('the same refusal again, unasked, is no news', () => {
  const refused = { type: 'refused-hello', code: 'full', suggestion: '' };
  const once = run(initialState(), { type: 'join', name: 'Ana', code: '' }, refused);
  assert.equal(run(once, refused).join.refusal, once.join.refusal);
  const asked = run(once, { type: 'join', name: 'Ana', code: '' }, refused);
  assert.notEqual(asked.join.refusal, once.join.refusal);
});

test('a ref that expired: the same words of long ago were others', () => {
  const state = run(initialState(), welcome(), said(1, ANA, 'ok'), {
    type: 'write',
    text: 'ok',
    at: NOW + 60000,
  });
  const sent = run(state, { type: 'sent', key: state.outbox[0].key, ref: 2 });
  const saved = { ...toSave(sent), name: 'Ana', token: 't', roomId: 'r1', guestId: 1 };
  const reloaded = run(
    initialState(),
    { type: 'restored', saved, at: NOW + 90000 },
    welcome({ at: NOW + 90000, frame: { now: NOW + 90000 } }),
    said(1, ANA, 'ok'),
  );
  for (const each of [sent, run(reloaded, { type: 'sent', key: reloaded.outbox[0].key, ref: 2 })]) {
    const expired = run(
      each,
      frame({ type: 'refused', what: 'say', ref: 2, code: 'ref-expired', retryAfter: 0 }),
    );
    assert.deepEqual(
      expired.outbox.map((item) => item.status),
      ['failed'],
    );
  }
});
