// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pollAfter } from 'node:timers/promises';

import { HTTP, WEB_SOCKET, isCarriedBy, joins, openRoom } from './front-door.mjs';
import {
  PATIENCE,
  PHONE,
  conversation,
  join,
  newPage,
  passWarning,
  picture,
  rename,
  say,
  waitForText,
} from './harness.mjs';

/** ms that a try beside what works may take. */
const JUMP_PATIENCE = 6000;

/**
 * All at once, and again if nothing comes of it: a page whose link did not answer in time after such
 * a jump connects anew, and begins to count again.
 */
async function passTenMinutes(page, isSeen) {
  for (;;) {
    await page.clock.fastForward(600000);
    const until = Date.now() + JUMP_PATIENCE;
    while (Date.now() < until) {
      if (await isSeen()) return;
      await pollAfter(50);
    }
  }
}

test('by POST for long', { timeout: 3 * PATIENCE }, async (t) => {
  const { host, door, browser, ben } = await openRoom(t);
  door.upgrades = 'refuse';
  const ana = await newPage(await browser.newContext({ ...PHONE, colorScheme: 'light' }));
  await ana.clock.install();
  await passWarning(ana, door.url);
  await join(ana, 'Ana');
  await isCarriedBy(ana, HTTP);
  let count = 0;

  await t.test('twenty messages make no handshake', async () => {
    await say(ana, 'the first');
    await conversation(ben, (count += 1));
    const before = door.handshakes;
    for (let number = 0; number < 20; number += 1) {
      await say(ana, `number ${number}`);
      await conversation(ben, (count += 1));
    }
    assert.equal(door.handshakes, before);
  });

  await t.test('told at the foot of the list of people', async () => {
    await ana.click('.people-open');
    await ana.waitForSelector('.sheet[open]');
    await picture(ana, 'people-http-phone-light');
    await ana.keyboard.press('Escape');
  });

  await t.test('another name, by two more requests', async () => {
    await rename(ana, 'Anna');
    await waitForText(ben, '.notice', 'Anna joined');
    await waitForText(ben, '.notice', 'Ana left');
    await isCarriedBy(ana, HTTP);
    await say(ana, 'under it');
    await conversation(ben, (count += 1));
  });

  await t.test('lost in the middle of sending: said once, by whatever way', async () => {
    door.shut();
    await say(ana, 'in between');
    await ana.waitForSelector('.unsent .fate');
    door.open();
    await conversation(ben, (count += 1));
    await ana.waitForSelector('.unsent', { state: 'detached' });
    assert.equal((await conversation(ana, count)).length, count);
  });

  await t.test('ten minutes later a WebSocket is tried, and takes over once it works', async () => {
    const { asked } = door;
    await passTenMinutes(ana, () => door.asked > asked);
    await say(ana, 'undisturbed');
    await conversation(ben, (count += 1));
    await isCarriedBy(ana, HTTP);
    door.upgrades = 'pass';
    await passTenMinutes(ana, async () => (await ana.textContent('.kind')).includes(WEB_SOCKET));
    await isCarriedBy(ana, WEB_SOCKET);
    await say(ana, 'by WebSocket');
    await conversation(ben, (count += 1));
    assert.equal(await joins(ben, 'Anna'), 1);
  });

  await t.test('a WebSocket that dies midway: by POST', async () => {
    door.upgrades = 'refuse';
    door.cut();
    await say(ana, 'by POST again');
    await conversation(ben, (count += 1));
    await isCarriedBy(ana, HTTP);
    assert.equal((await conversation(ana, count)).length, count, 'nothing lost, nothing twice');
  });

  await t.test(
    'more tabs than a browser has connections: told, and one goes for another',
    async () => {
      const tabs = [];
      for (let number = 1; number <= 5; number += 1) {
        const tab = await newPage(ana.context());
        await tab.goto(door.url);
        await tab.fill('#name', `Tab ${number}`);
        await tab.click('button[type=submit]');
        tabs.push(tab);
        // Else the last might be quicker than one of them.
        if (number < 5) await isCarriedBy(tab, HTTP);
      }
      const [last] = tabs.slice(-1);
      await waitForText(
        last,
        '.room-state',
        'in too many tabs of this browser. Close one of them.',
      );
      await picture(last, 'crowded-phone-light');
      for (const tab of tabs.slice(0, 4)) await isCarriedBy(tab, HTTP);
      await say(tabs[3], 'with all of them open');
      await conversation(ben, (count += 1));
      await tabs[0].close();
      await tabs[1].close();
      await last.click('button[type=submit]');
      await isCarriedBy(last, HTTP);
      await say(ana, 'there is room again');
      await conversation(ben, (count += 1));
      for (const tab of tabs.slice(2)) {
        assert.deepEqual(tab.complaints, []);
        await tab.close();
      }
    },
  );

  await t.test('the end is final and kind', async () => {
    await host.kill('SIGTERM');
    await waitForText(ana, '.banner', 'The host ended this chat. This page is the only copy.');
    const { asked } = door;
    await ana.clock.runFor(60000);
    assert.equal(door.asked, asked);
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});
