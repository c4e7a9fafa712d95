// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How much time has passed, for everything that waits or doubts. The time of day is only for what
 * people read: it jumps when somebody sets it.
 */

/** A difference between the two clocks above which the device slept. */
const SLEPT_MS = 5000;

/**
 * A clock that never goes back. Browsers' own one stands still on some systems while the device
 * sleeps, and a connection is to be doubted after that: then the time of day tells how long it was.
 * @param {() => number} steady performance.now @param {() => number} wall Date.now
 * @returns {() => number} ms since some moment
 */
export function makeClock(steady, wall) {
  let last = { steady: steady(), wall: wall() };
  let passed = 0;
  return () => {
    const now = { steady: steady(), wall: wall() };
    const [ran, showed] = [now.steady - last.steady, now.wall - last.wall];
    passed += showed - ran > SLEPT_MS ? showed : ran;
    last = now;
    return passed;
  };
}
