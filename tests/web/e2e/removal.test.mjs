// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import {
  DESK,
  PATIENCE,
  PHONE,
  choose,
  conversation,
  join,
  lookAgain,
  makeFolder,
  newPerson,
  picture,
  say,
  startBrowser,
  startHost,
  tryToJoin,
  waitForText,
} from './harness.mjs';

/* Two machines with a cable between them, made by run.py: on its own machine a host bars nobody. */
const HOST_ADDRESS = process.env.HUB_TEST_HOST_ADDRESS;
const HOST_MACHINE = JSON.parse(process.env.HUB_TEST_HOST_MACHINE);
const OTHER_MACHINE = JSON.parse(process.env.HUB_TEST_OTHER_MACHINE);

async function download(page) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.click('.banner >> text=Save a Copy'),
  ]);
  return readFileSync(await file.path(), 'utf8');
}

test('the host removes somebody', { timeout: 2 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t), { address: HOST_ADDRESS, machine: HOST_MACHINE });
  const here = await startBrowser(t, { machine: HOST_MACHINE });
  const there = await startBrowser(t, { machine: OTHER_MACHINE });
  const ana = await newPerson(here, host.url, DESK);
  const ben = await newPerson(there, host.url, { ...PHONE, colorScheme: 'light' });
  await join(ana, 'Ana');
  await join(ben, 'Ben');
  await say(ana, 'hello');
  await conversation(ben, 1);
  await ben.fill('#message', 'half a thought');
  const connections = [];
  ben.on('websocket', (socket) => connections.push(socket.url()));

  await t.test('told once and for all, in kind words', async () => {
    const gone = await host.tell('remove "Ben"', 'removed');
    assert.equal(gone.name, 'Ben');
    await waitForText(ben, '.banner', 'The host removed you from this chat.');
    await waitForText(ana, '.state', '1 person');
    assert.equal(await ben.isEditable('#message'), false);
    await picture(ben, 'removed-phone-light');
  });

  await t.test('a copy may be kept, with what was not sent', async () => {
    const copy = await download(ben);
    assert.match(copy, /Ana: hello\n/);
    assert.match(copy, /half a thought \(not sent\)\n$/);
  });

  await t.test('the page does not come back by itself, awake or not', async () => {
    await lookAgain(ben);
    await ben.evaluate(() => window.dispatchEvent(new Event('online')));
    await say(ana, 'more');
    await conversation(ana, 2);
    assert.deepEqual(connections, []);
    assert.equal(await ben.locator('.bubble').count(), 1);
  });

  await t.test('joining again is refused, under another name and after a reload too', async () => {
    await choose(ben, 'Leave');
    await ben.click('.confirm .danger');
    await tryToJoin(ben, 'Bob');
    await waitForText(ben, '#join-error', 'The host removed you from this chat.');
    await picture(ben, 'removed-again-phone-light');
    await ben.reload();
    await tryToJoin(ben, 'Bob');
    await waitForText(ben, '#join-error', 'The host removed you from this chat.');
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});
