// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test, { after } from 'node:test';

import { DESK, PATIENCE, PHONE, makeFolder } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';
import { cutConnections, ipThere, plugCable, startFarHost } from './world.mjs';

const engine = await startEngine({ after });

test('the network goes while somebody writes', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startFarHost(t, makeFolder(t));
  const ana = await engine.newPerson(PHONE);
  const ben = await engine.newPerson(DESK);
  await ana.arrive(host.url);
  await ben.arrive(host.url);
  await ana.join('Ana');
  await ben.join('Ben');
  await ana.say('before');
  await ben.conversation(1);

  t.after(() => plugCable(true));
  plugCable(false);
  for (const text of ['during 1', 'during 2', 'during 3']) await ana.say(text);
  await ana.waitForText('.unsent', 'during 3');
  await ana.fill('#message', 'half a thou');
  plugCable(true);
  const all = ['before', 'during 1', 'during 2', 'during 3'];
  for (const page of [ana, ben]) {
    assert.deepEqual(await page.conversation(all.length), all, 'once each, in order');
    await page.waitForPeople(2);
    assert.deepEqual(page.complaints, []);
  }
  await ana.waitForNo('.unsent');
  assert.equal(await ana.value('#message'), 'half a thou');
});

/* A new address of the host makes it sign a new certificate. That ends what a browser let pass, and
 * no page can tell why its connections fail. */
test('the host gets a new certificate', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startFarHost(t, makeFolder(t), { listen: [] });
  const ana = await engine.newPerson(PHONE);
  await ana.arrive(host.url);
  await ana.join('Ana');
  await ana.say('before');
  await ana.conversation(1);

  ipThere('addr add 10.77.0.9/24 dev eth0');
  t.after(() => ipThere('addr del 10.77.0.9/24 dev eth0'));
  await host.next('certificate');
  assert.equal(await ana.isVisible('.banner'), false, 'who is connected stays so');

  plugCable(false);
  cutConnections(host.port);
  await ana.say('once');
  await ana.fill('#message', 'half a thou');
  plugCable(true);
  await ana.waitForText('.banner', 'If your browser warns again, that is expected.');
  await ana.picture('new-certificate');
  await ana.passNextWarning(() => ana.click('.banner button', 'Reload'));
  await ana.waitForSelector('.log[aria-busy=false]');
  assert.deepEqual(await ana.conversation(2), ['before', 'once']);
  await ana.waitForNo('.unsent');
  assert.equal(await ana.value('#message'), 'half a thou');
  assert.deepEqual(await ana.names(), ['Ana'], 'the same seat');
  assert.deepEqual(ana.complaints, []);
});
