// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What the tests that run in every engine share: a host on the other end of a cable, see run.py.
 */

import { execFileSync } from 'node:child_process';

import { startHost } from '../e2e/harness.mjs';

const ADDRESS = process.env.HUB_TEST_HOST_ADDRESS;
const MACHINE = JSON.parse(process.env.HUB_TEST_HOST_MACHINE);

export const SMALL = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };

export const startFarHost = (t, folder, how = {}) =>
  startHost(t, folder, { address: ADDRESS, machine: MACHINE, ...how });

/** iproute2's ip, on the machine of the host. @param {string} line */
export function ipThere(line) {
  const [program, ...rest] = [...MACHINE, 'ip', ...line.split(' ')];
  execFileSync(program, rest);
}

/** Ends every connection to @port, as a network between does that forgets them. */
export const cutConnections = (port) =>
  execFileSync('ss', ['--kill', '--tcp', 'dport', '=', String(port)]);

/** As somebody pulls the plug at the host, and puts it back. @param {boolean} isIn */
export function plugCable(isIn) {
  ipThere(`link set eth0 ${isIn ? 'up' : 'down'}`);
}
