// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { after } from 'node:test';

import { DESK, PATIENCE, PHONE, makeFolder } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';
import { until } from '../engines/page.mjs';
import { WALLS, raiseWalls, readWall } from './walls.mjs';
import { startFarHost } from './world.mjs';

const engine = await startEngine({ after });

test('what the page offers beside talking', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startFarHost(t, makeFolder(t));
  const ana = await engine.newPerson(PHONE);
  const ben = await engine.newPerson(DESK);
  await ana.arrive(host.url);
  await ben.arrive(host.url);
  await ana.join('Ana Maria');
  await ben.join('Ben');
  await ben.waitForPeople(2);

  await t.test('a name is completed by keys and by a tap, and marked for who has it', async () => {
    await ben.type('#message', 'is @an');
    await ben.waitForSelector('.mention');
    await ben.key('Enter');
    assert.equal(await ben.value('#message'), 'is @Ana Maria ');
    await ben.type('#message', 'here?');
    await ben.key('Enter', { ctrl: true });
    await ana.waitForText('.calling .call', '@Ana Maria');
    await ana.type('#message', '@b');
    await ana.click('.mention', 'Ben');
    assert.equal(await ana.value('#message'), '@Ben ');
    await ana.type('#message', 'yes');
    await ana.click('.send');
    await ben.waitForText('.calling .bubble', '@Ben yes');
    assert.equal(await ana.count('.own.calling'), 0);
  });

  await t.test('a message has a button, for its text and its name', async () => {
    await ben.evaluate(() => document.querySelector('.message:not(.own) .more').focus());
    await ben.key('Enter');
    await ben.click('.menu-item', 'Mention Ana Maria');
    assert.equal(await ben.value('#message'), '@Ana Maria ');
    await ben.fill('#message', '');
  });

  await t.test('another name, and what was said stays', async () => {
    await ana.rename('Anna');
    await ben.waitForText('.notice', 'Anna joined');
    await ana.waitForText('.persons .who', 'Anna (you)');
    assert.deepEqual(await ana.texts('.bubble'), ['is @Ana Maria here?', '@Ben yes']);
  });

  await t.test('the address with its QR code', async () => {
    await ben.choose('Share');
    await ben.waitFor(() => document.querySelector('.qr').naturalWidth > 0);
    assert.equal(await ben.isVisible('.qr'), true);
    const [address] = await ben.texts('.address');
    assert.match(address, /^https:\/\/.+\/$/);
    const picture = path.join(makeFolder(t), 'share.png');
    const scanned = await until(
      async () => {
        writeFileSync(picture, await ben.screenshot());
        return String(execFileSync('zbarimg', ['--quiet', '--raw', '--nodbus', picture])).trim();
      },
      () => ben.tell('a QR code'),
    );
    assert.equal(scanned, address);
    await ben.click('.share[open] button', 'Close');
    assert.equal(await ben.overflow(), 0);
  });

  await t.test('where its script does not run, the page says why', async () => {
    const english = new Set(Object.values(WALLS));
    const walls = await raiseWalls(t, host);
    const tab = await ben.newTab();
    for (const [wall, words] of Object.entries(WALLS)) {
      const inEnglish = (await readWall(tab, walls, wall)).filter((each) => english.has(each));
      assert.deepEqual(inEnglish, [words]);
    }
    await tab.close();
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});
