// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import test, { after } from 'node:test';

import { DESK, PATIENCE, makeFolder } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';
import { cutConnections, ipThere, startFarHost } from './world.mjs';

/* Who installed the host's CA never meets a warning, with nothing in the browser switched off. */

const folder = makeFolder({ after });
const ca = path.join(makeFolder({ after }), 'ca.pem');
execFileSync(process.env.HUBBUB_SERVER, ['--data-dir', folder, '--export-ca', ca]);
const engine = await startEngine({ after }, { ca });

test('no warning for those who trust the CA', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startFarHost(t, folder, { listen: [] });
  const page = await engine.newPerson(DESK);
  await page.load(host.url);
  await page.join('Ana');
  await page.say('over a trusted connection');
  assert.deepEqual(await page.conversation(1), ['over a trusted connection']);

  await t.test('a new certificate of the host is as good', async () => {
    ipThere('addr add 10.77.0.9/24 dev eth0');
    t.after(() => ipThere('addr del 10.77.0.9/24 dev eth0'));
    await host.next('certificate');
    cutConnections(host.port);
    await page.say('and again');
    assert.deepEqual(await page.conversation(2), ['over a trusted connection', 'and again']);
    await page.waitForNo('.unsent');
  });
  assert.deepEqual(page.complaints, []);
});
