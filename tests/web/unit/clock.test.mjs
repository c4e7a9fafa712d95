// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { makeClock } from '../../../ui/web/io/clock.js';

function make() {
  const at = { steady: 12.5, wall: 1767225600000 };
  const clock = makeClock(
    () => at.steady,
    () => at.wall,
  );
  const pass = (steady, wall = steady) => {
    at.steady += steady;
    at.wall += wall;
    return clock();
  };
  return { clock, pass };
}

test('counts what passes, in parts of a millisecond too', () => {
  const { clock, pass } = make();
  assert.equal(clock(), 0);
  assert.equal(pass(1000), 1000);
  for (let part = 0; part < 1000; part += 1) pass(0.5, part % 2);
  assert.equal(clock(), 1500);
});

test('a time of day that is set back or a little forth is not seen', () => {
  const { clock, pass } = make();
  assert.equal(pass(1000, -86400000), 1000);
  assert.equal(pass(1000, 4000), 2000);
  assert.equal(clock(), 2000);
});

test('the sleep of a device counts where its steady clock stood still', () => {
  const { pass } = make();
  assert.equal(pass(10, 3600000), 3600000);
  assert.equal(pass(1000), 3601000);
});
