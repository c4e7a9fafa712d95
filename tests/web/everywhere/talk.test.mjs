// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { DESK, PATIENCE, PHONE, makeFolder } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';
import { startFarHost } from './world.mjs';

test('two people talk', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startFarHost(t, makeFolder(t));
  const engine = await startEngine(t);
  const ana = await engine.newPerson(PHONE);
  const ben = await engine.newPerson(DESK);
  await ana.arrive(host.url);
  await ben.arrive(host.url);

  await t.test('join', async () => {
    await ana.join('Ana');
    await ana.waitForText('.empty', "You're the first here.");
    await ben.join('Ben');
    await ana.waitForPeople(2);
  });

  await t.test('messages both ways', async () => {
    await ana.say('Hello from the phone');
    assert.deepEqual(await ben.conversation(1), ['Hello from the phone']);
    await ben.say('Hello from the desk\nsecond line');
    const all = ['Hello from the phone', 'Hello from the desk\nsecond line'];
    assert.deepEqual(await ana.conversation(2), all);
    await ana.waitForNo('.unsent');
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});
