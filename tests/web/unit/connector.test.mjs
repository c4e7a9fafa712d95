// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { Connector } from '../../../ui/web/io/connector.js';
import { judgeWake, retryDelay } from '../../../ui/web/model/pace.js';
import { FakeNet, FakeWorld } from './world.mjs';

function make() {
  const net = new FakeNet();
  const world = new FakeWorld();
  const log = [];
  const connector = new Connector(net.open, world, {
    opened: () => log.push('opened'),
    frame: (text) => log.push(text),
    lost: (code) => log.push(`lost ${code}`),
    unreachable: () => log.push('unreachable'),
    isAwaited: () => made.isAwaited,
  });
  const made = { net, world, log, connector, isAwaited: true };
  return made;
}

function opened() {
  const made = make();
  made.connector.start();
  made.net.last.events.opened('websocket');
  return made;
}

test('waits grow, within bounds, with chance in them', () => {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const [least, most] = [retryDelay(attempt, 0), retryDelay(attempt, 1)];
    assert.ok(least >= 250 && most <= 8000 && most === 2 * least, `${attempt}: ${least} ${most}`);
    assert.ok(least >= retryDelay(Math.max(0, attempt - 1), 0));
  }
});

test('waking up: when a connection is doubted', () => {
  const cases = [
    [{ hiddenFor: 9000, quietFor: 9000, restored: false }, 'fine'],
    [{ hiddenFor: 11000, quietFor: 1000, restored: false }, 'ask'],
    [{ hiddenFor: 1000, quietFor: 11000, restored: false }, 'ask'],
    [{ hiddenFor: 0, quietFor: 0, restored: true }, 'reconnect'],
  ];
  for (const [wake, verdict] of cases) assert.equal(judgeWake(wake), verdict);
});

test('a lost link is replaced', () => {
  const { net, world, log, connector } = opened();
  net.last.events.closed(1006);
  assert.deepEqual(log, ['opened', 'lost 1006']);
  assert.equal(connector.send('{}'), false);
  world.advance(500);
  assert.equal(net.links.length, 2);
});

test('a link that is opening is told that somebody waits', () => {
  const { net, connector } = make();
  connector.start();
  connector.hurry();
  assert.deepEqual([net.links.length, net.last.hurries], [1, 1]);
  net.last.events.opened('websocket');
  connector.hurry();
  assert.deepEqual([net.links.length, net.last.hurries], [1, 1]);
});

test('failures space attempts out until the host answers', () => {
  const { net, world, connector } = make();
  connector.start();
  for (let failure = 0; failure < 8; failure += 1) {
    net.last.events.closed(1006);
    world.advance(8000);
  }
  const before = net.links.length;
  net.last.events.closed(1006);
  world.advance(3000);
  assert.equal(net.links.length, before, 'still waiting');
  connector.hurry();
  assert.equal(net.links.length, before + 1, 'unless somebody waits for it');
  net.last.events.opened('websocket');
  connector.settle();
  world.advance(5000);
  net.last.events.closed(1006);
  world.advance(500);
  assert.equal(net.links.length, before + 2);
});

test('a host that lets us in and drops us at once is not stormed', () => {
  const { net, world, connector } = make();
  connector.start();
  for (let second = 0; second < 120; second += 1) {
    if (!net.last.isGone) {
      net.last.isGone = true;
      net.last.events.opened('websocket');
      connector.settle();
      net.last.events.closed(1006);
    }
    world.advance(1000);
  }
  assert.ok(net.links.length < 30, `${net.links.length} in two minutes`);
});

test('out of reach for 30 seconds is said once', () => {
  const { world, log, connector } = make();
  connector.start();
  world.advance(29999);
  assert.deepEqual(log, []);
  world.advance(100000);
  assert.deepEqual(log, ['unreachable']);
});

const unreachable = (log) => log.filter((line) => line === 'unreachable').length;

test('three failures are as good as half a minute, once', () => {
  const { net, world, log, connector } = make();
  connector.start();
  for (let failure = 1; failure <= 20; failure += 1) {
    net.last.events.closed(0);
    assert.equal(unreachable(log), failure < 3 ? 0 : 1, `${failure}`);
    world.advance(8000);
    if (failure === 2) assert.ok(log.length === 2, 'and not before');
  }
});

test('a link that opens for nothing is a failure to who waits for it, and to nobody else', () => {
  for (const isAwaited of [true, false]) {
    const made = make();
    made.isAwaited = isAwaited;
    made.connector.start();
    for (let failure = 0; failure < 3; failure += 1) {
      made.net.last.events.opened('websocket');
      made.net.last.events.closed(1006);
      if (failure < 2) made.world.advance(4000);
    }
    assert.equal(unreachable(made.log), isAwaited ? 1 : 0);
    made.world.advance(4000);
    made.net.last.events.opened('websocket');
    made.net.last.give({ type: 'pong' });
    made.net.last.events.closed(1006);
    made.world.advance(4000);
    made.net.last.events.closed(1006);
    assert.equal(unreachable(made.log), isAwaited ? 1 : 0, 'an answer ends the count');
  }
});

test('a host that was there for nobody is not one that failed', () => {
  const made = make();
  made.connector.start();
  made.isAwaited = false;
  for (let failure = 0; failure < 2; failure += 1) {
    made.net.last.events.closed(0);
    made.world.advance(4000);
  }
  made.net.last.events.opened('websocket');
  made.net.last.events.closed(1006);
  made.world.advance(4000);
  made.net.last.events.closed(0);
  assert.equal(unreachable(made.log), 0);
});

test('a network again: what hangs on the one before is begun anew, once', () => {
  const { net, world, log, connector } = make();
  connector.start();
  world.advance(1000);
  connector.doubt();
  assert.deepEqual([net.links.length, net.links[0].isClosed], [2, true]);
  net.last.events.opened('websocket');
  connector.doubt();
  world.advance(20000);
  assert.deepEqual([net.links.length, log], [2, ['opened']]);
});

test('empty lines are signs of life: nobody asks', () => {
  const { net, world } = opened();
  for (let line = 0; line < 10; line += 1) {
    world.advance(15000);
    net.last.events.alive();
  }
  assert.deepEqual([net.last.sent, net.links.length], [[], 1]);
  world.advance(25000);
  assert.deepEqual(net.last.sent, [{ type: 'ping' }]);
  net.last.events.alive();
  world.advance(5000);
  assert.equal(net.links.length, 1, 'an empty line answers too');
});

test('whoever sets the time of day changes nothing', () => {
  for (const shift of [-86400000, 86400000]) {
    const { net, world, connector } = opened();
    world.shift = shift;
    connector.hide();
    world.advance(5000);
    connector.wake(false);
    assert.deepEqual(net.last.sent, [], 'hidden for five seconds');
    world.advance(20000);
    assert.deepEqual(net.last.sent, [{ type: 'ping' }]);
  }
});

test('a host that fell silent is out of reach too', () => {
  const { net, world, log } = opened();
  world.advance(27000);
  assert.equal(net.links.length, 2, 'doubted and replaced');
  for (let second = 0; second < 31; second += 1) world.advance(1000);
  assert.equal(log.filter((line) => line === 'unreachable').length, 1);
});

test('a quiet host is asked, and replaced if it does not answer', () => {
  const { net, world } = opened();
  world.advance(25000);
  assert.deepEqual(net.last.sent, [{ type: 'ping' }]);
  net.last.give({ type: 'pong' });
  world.advance(24000);
  assert.equal(net.last.sent.length, 1);
  world.advance(1000);
  assert.equal(net.last.sent.length, 2);
  world.advance(2000);
  assert.equal(net.links.length, 2);
  assert.equal(net.links[0].isClosed, true);
});

test('a hidden page does not ask; when it wakes it does', () => {
  const { net, world, connector } = opened();
  connector.hide();
  world.advance(120000);
  assert.deepEqual(net.last.sent, []);
  connector.wake(false);
  assert.deepEqual(net.last.sent, [{ type: 'ping' }]);
  world.advance(2000);
  assert.equal(net.links.length, 2);
});

test('a page out of the back/forward cache reconnects at once', () => {
  const { net, connector } = opened();
  connector.wake(true);
  assert.equal(net.links.length, 2);
  assert.equal(net.links[0].isClosed, true);
});

test('stopped is stopped', () => {
  const { net, world, connector } = opened();
  connector.stop();
  world.advance(600000);
  connector.wake(false);
  connector.hurry();
  assert.equal(net.links.length, 1);
  assert.equal(net.last.isClosed, true);
});

test('a network again: a hidden page looks after its link too, and stays hidden', () => {
  const { net, world, connector } = opened();
  world.advance(5000);
  connector.hide();
  world.advance(60000);
  connector.hide();
  connector.doubt();
  assert.deepEqual(net.last.sent, [{ type: 'ping' }]);
  net.last.give({ type: 'pong' });
  world.advance(2000);
  connector.wake(false);
  assert.equal(net.last.sent.length, 2, 'hidden for more than a minute, not for two seconds');
  net.last.give({ type: 'pong' });
  connector.hide();
  net.last.events.closed(1006);
  connector.doubt();
  assert.equal(net.links.length, 2, 'no waiting for a delay to end');
});
