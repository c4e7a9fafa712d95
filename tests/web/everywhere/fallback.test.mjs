// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test, { after } from 'node:test';

import { HTTP, openDoor } from '../e2e/front-door.mjs';
import { DESK, PATIENCE, PHONE, makeFolder, startHost } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';

const engine = await startEngine({ after });

test('where WebSocket does not work', { timeout: 3 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  const host = await startHost(t, folder);
  const door = await openDoor(t, host, folder);
  const people = [];
  for (const [upgrades, look] of [
    ['refuse', PHONE],
    ['hang', DESK],
  ]) {
    door.upgrades = upgrades;
    const page = await engine.newPerson(look);
    await page.arrive(door.url);
    await page.join(upgrades);
    await page.waitForText('.kind', HTTP);
    people.push(page);
  }
  const [ana, ben] = people;
  await ana.say('one');
  await ben.conversation(1);
  door.shut();
  await ben.say('two');
  await ben.waitForText('.unsent', 'two');
  door.open();
  for (const page of people) {
    assert.deepEqual(await page.conversation(2), ['one', 'two'], 'once each, in order');
    await page.waitForNo('.unsent');
    await page.waitForPeople(2);
  }
  await host.kill('SIGTERM');
  for (const page of people) {
    await page.waitForText('.banner', 'The host ended this chat. This page is the only copy.');
    assert.deepEqual(page.complaints, []);
  }
});
