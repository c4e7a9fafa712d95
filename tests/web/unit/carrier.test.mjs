// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { Ways, carriers } from '../../../ui/web/io/carrier.js';
import { FakeNet, FakeStorage, FakeWorld } from './world.mjs';

const HELLO = '{"type":"hello","name":"Ana","join":"0"}';
const WELCOME = {
  type: 'welcome',
  you: { id: 1, name: 'Ana' },
  token: 'a'.repeat(32),
  room: { id: 'b'.repeat(32), name: 'Attic', locked: false, urls: [] },
  count: 1,
  last_id: 0,
  now: 0,
};
const TEN_MINUTES = 600000;

/** A tab: what it has learnt, and the link that it opened last. */
function makeTab({ session = new FakeStorage(), isAwaited = true, throws = false } = {}) {
  const [sockets, posts, world] = [new FakeNet(), new FakeNet(), new FakeWorld()];
  const tab = { sockets, posts, world, session, isAwaited, throws, log: [] };
  const websocket = (events) => {
    if (tab.throws) throw new Error('SecurityError');
    return sockets.open(events);
  };
  const open = carriers(new Ways({ websocket, http: posts.open }, world, session));
  tab.open = () => {
    tab.link = open({
      opened: (kind) => tab.log.push(`opened ${kind}`),
      frame: (text) => tab.log.push(JSON.parse(text).type),
      alive: () => tab.log.push('alive'),
      closed: (code) => tab.log.push(`closed ${code}`),
      isAwaited: () => tab.isAwaited,
    });
    return tab;
  };
  return tab.open();
}

const counts = ({ sockets, posts }) => [sockets.links.length, posts.links.length];

function letIn(net) {
  net.last.events.opened(null);
  net.last.give(WELCOME);
}

/** A tab that is in by POST. */
function inByPost(how) {
  const tab = makeTab(how);
  tab.sockets.last.events.closed(1006);
  letIn(tab.posts);
  tab.log = [];
  return tab;
}

test('a WebSocket that works is all there is', () => {
  const tab = makeTab();
  letIn(tab.sockets);
  tab.world.advance(2 * TEN_MINUTES);
  assert.deepEqual(counts(tab), [1, 0]);
  assert.deepEqual(tab.log, ['opened websocket', 'welcome']);
});

test('the constructor throws: POST', () => {
  const tab = makeTab({ throws: true });
  letIn(tab.posts);
  assert.deepEqual(tab.log, ['opened http', 'welcome']);
});

test('refused: POST, at once', () => {
  const tab = makeTab();
  tab.sockets.last.events.closed(1006);
  letIn(tab.posts);
  assert.deepEqual(tab.log, ['opened http', 'welcome']);
});

test('pending for ever: POST once a hello has waited for a second and a half', () => {
  const tab = makeTab();
  tab.world.advance(1499);
  assert.deepEqual(counts(tab), [1, 0]);
  tab.world.advance(1);
  assert.deepEqual(counts(tab), [1, 1]);
  assert.equal(tab.sockets.last.isClosed, true);
});

test('pending while the name is typed: no haste before Join', () => {
  const tab = makeTab({ isAwaited: false });
  tab.world.advance(3000);
  tab.link.hurry();
  assert.deepEqual(counts(tab), [1, 0]);
  tab.isAwaited = true;
  tab.link.hurry();
  assert.deepEqual(counts(tab), [1, 1], 'its time was over already');
});

test('Join before that time waits for the rest of it', () => {
  const tab = makeTab({ isAwaited: false });
  tab.world.advance(1000);
  tab.isAwaited = true;
  tab.link.hurry();
  assert.deepEqual(counts(tab), [1, 0]);
  tab.world.advance(500);
  assert.deepEqual(counts(tab), [1, 1]);
});

test('pending and nobody joins: given up all the same', () => {
  const tab = makeTab({ isAwaited: false });
  tab.world.advance(5000);
  assert.deepEqual(counts(tab), [1, 1]);
  assert.equal(tab.sockets.last.isClosed, true);
});

test('neither opens: one loss', () => {
  const tab = makeTab();
  tab.sockets.last.events.closed(1006);
  tab.world.advance(5000);
  assert.deepEqual(tab.log, ['closed 0']);
  assert.equal(tab.posts.last.isClosed, true);
  tab.open();
  tab.sockets.last.events.closed(1006);
  tab.posts.last.events.closed(0);
  assert.deepEqual(tab.log, ['closed 0', 'closed 0']);
});

test('dies before the welcome, or says nothing: POST the next time, with the next hello', () => {
  const ways = [(tab) => tab.sockets.last.events.closed(1006), (tab) => tab.world.advance(8000)];
  for (const die of ways) {
    const tab = makeTab();
    tab.sockets.last.events.opened(null);
    tab.link.send(HELLO);
    die(tab);
    assert.equal(tab.log.length, 2);
    tab.open();
    assert.deepEqual(counts(tab), [1, 1]);
    letIn(tab.posts);
    assert.equal(tab.session.getItem('hubbub.transport'), 'http');
  }
});

test('a hello that was answered, or ended on purpose, says nothing against WebSocket', () => {
  const ends = [
    (tab) => {
      tab.sockets.last.give({ type: 'refused', what: 'hello', code: 'full' });
      tab.sockets.last.events.closed(1006);
    },
    (tab) => tab.sockets.last.events.closed(1008),
  ];
  for (const end of ends) {
    const tab = makeTab();
    tab.sockets.last.events.opened(null);
    tab.link.send(HELLO);
    end(tab);
    tab.open();
    assert.deepEqual(counts(tab), [2, 0]);
  }
});

test('dies midway: the WebSocket first again, then POST', () => {
  const tab = makeTab();
  letIn(tab.sockets);
  tab.sockets.last.events.closed(1006);
  tab.open();
  assert.deepEqual(counts(tab), [2, 0]);
  tab.sockets.last.events.closed(1006);
  assert.deepEqual(counts(tab), [2, 1]);
});

test('the choice is kept for the tab', () => {
  const { session, ...tab } = inByPost();
  assert.deepEqual(counts(tab), [1, 1]);
  tab.posts.last.events.closed(0);
  tab.open();
  assert.deepEqual(counts(tab), [1, 2], 'for each link');
  const again = makeTab({ session });
  assert.deepEqual(counts(again), [0, 1], 'and for a page that is loaded again');
  assert.deepEqual(counts(makeTab()), [1, 0], 'but not for another tab');
});

test('where POST does not work any more, the WebSocket has its turn', () => {
  const tab = inByPost();
  tab.posts.last.events.closed(0);
  tab.open();
  tab.posts.last.events.closed(0);
  tab.open();
  assert.deepEqual(counts(tab), [2, 2]);
  letIn(tab.sockets);
  tab.sockets.last.events.closed(1006);
  tab.open();
  assert.deepEqual(counts(tab), [3, 2]);
  assert.equal(tab.session.getItem('hubbub.transport'), 'websocket');
});

test('every ten minutes a WebSocket is tried, which disturbs nobody while it fails', () => {
  const tab = inByPost();
  tab.world.advance(TEN_MINUTES);
  assert.deepEqual(counts(tab), [2, 1]);
  tab.link.send('{"type":"ping"}');
  assert.equal(tab.posts.last.sent.length, 1);
  tab.sockets.last.events.closed(1006);
  tab.world.advance(TEN_MINUTES);
  assert.deepEqual(counts(tab), [3, 1]);
  tab.world.advance(5000);
  assert.equal(tab.sockets.last.isClosed, true, 'one that hangs is given up');
  tab.throws = true;
  tab.world.advance(TEN_MINUTES);
  tab.throws = false;
  tab.world.advance(TEN_MINUTES);
  assert.deepEqual(counts(tab), [4, 1]);
  assert.deepEqual([tab.log, tab.posts.last.isClosed], [[], false]);
});

test('where a WebSocket was good before, one is tried soon, and once', () => {
  const tab = makeTab();
  letIn(tab.sockets);
  tab.sockets.last.events.closed(1006);
  tab.open();
  // A phone that woke: nothing opens yet.
  tab.world.advance(1500);
  letIn(tab.posts);
  const before = tab.sockets.links.length;
  tab.world.advance(29999);
  assert.equal(tab.sockets.links.length, before);
  tab.world.advance(1);
  assert.equal(tab.sockets.links.length, before + 1);
  tab.sockets.last.events.closed(1006);
  tab.world.advance(TEN_MINUTES - 1);
  assert.equal(tab.sockets.links.length, before + 1);
  tab.world.advance(1);
  assert.equal(tab.sockets.links.length, before + 2);
});

test('a WebSocket that opens takes over, with a hello of its own', () => {
  const tab = inByPost();
  tab.world.advance(TEN_MINUTES);
  tab.sockets.last.events.opened(null);
  assert.equal(tab.posts.last.isClosed, true);
  assert.deepEqual(tab.log, ['opened websocket']);
  tab.link.send(HELLO);
  assert.equal(tab.sockets.last.sent.length, 1);
  tab.sockets.last.give(WELCOME);
  assert.equal(tab.session.getItem('hubbub.transport'), 'websocket');
  tab.world.advance(2 * TEN_MINUTES);
  assert.deepEqual(counts(tab), [2, 1]);
  tab.sockets.last.events.closed(1006);
  assert.deepEqual(tab.log, ['opened websocket', 'welcome', 'closed 1006']);
});

test('one that took over and dies before its welcome gives way to POST', () => {
  const tab = inByPost();
  tab.world.advance(TEN_MINUTES);
  tab.sockets.last.events.opened(null);
  tab.link.send(HELLO);
  tab.sockets.last.events.closed(1006);
  assert.deepEqual(tab.log, ['opened websocket', 'closed 1006']);
  tab.open();
  assert.deepEqual(counts(tab), [2, 2]);
});

test('closed is closed, what was tried beside it too', () => {
  const tab = inByPost();
  tab.world.advance(TEN_MINUTES);
  tab.link.close();
  tab.world.advance(10 * TEN_MINUTES);
  assert.deepEqual([tab.sockets.last.isClosed, tab.posts.last.isClosed], [true, true]);
  assert.deepEqual([counts(tab), tab.log], [[2, 1], []]);
});

test('forbidden storage: the choice is kept for the page', () => {
  const tab = inByPost({ session: null });
  tab.posts.last.events.closed(0);
  tab.open();
  assert.deepEqual(counts(tab), [1, 2]);
});
