// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What the tests that run in every engine share: a host on the other end of a cable, see run.py.
 */

import { startHost } from '../e2e/harness.mjs';

const ADDRESS = process.env.HUB_TEST_HOST_ADDRESS;
const MACHINE = JSON.parse(process.env.HUB_TEST_HOST_MACHINE);

export const SMALL = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };

export const startFarHost = (t, folder, how = {}) =>
  startHost(t, folder, { address: ADDRESS, machine: MACHINE, ...how });
