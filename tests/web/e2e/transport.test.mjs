// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { HTTP, WEB_SOCKET, isCarriedBy, joins, openRoom } from './front-door.mjs';
import {
  DESK,
  PATIENCE,
  choose,
  conversation,
  join,
  newPage,
  passWarning,
  say,
  tryToJoin,
  waitForText,
} from './harness.mjs';

test('where WebSocket does not work', { timeout: 4 * PATIENCE }, async (t) => {
  const { door, browser, ben } = await openRoom(t);
  await isCarriedBy(ben, WEB_SOCKET);
  const breakConstructor = () => {
    window.WebSocket = class {
      constructor() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      }
    };
  };
  const cases = [
    ['throws', 'pass', breakConstructor],
    ['refuse', 'refuse', () => {}],
    ['hang', 'hang', () => {}],
    ['die', 'die', () => {}],
  ];
  let count = 0;
  for (const [name, upgrades, script] of cases) {
    await t.test(name, async () => {
      door.upgrades = upgrades;
      const context = await browser.newContext(DESK);
      await context.addInitScript(script);
      const page = await newPage(context);
      await passWarning(page, door.url);
      await tryToJoin(page, 'Ben');
      await waitForText(page, '#join-error', 'Someone here is already called Ben');
      await join(page, name);
      await isCarriedBy(page, HTTP);
      await say(page, `from ${name}`);
      await say(ben, `to ${name}`);
      count += 2;
      assert.deepEqual((await conversation(page, 2)).sort(), [`from ${name}`, `to ${name}`]);
      await conversation(ben, count);
      await waitForText(ben, '.notice', `${name} joined`);
      assert.equal(await joins(ben, name), 1, 'one join');
      await waitForText(ben, '.state', '2 people');
      const before = door.asked;
      await page.reload();
      await isCarriedBy(page, HTTP);
      await conversation(page, 2);
      assert.equal(door.asked, before, 'the choice is kept for the tab');
      assert.deepEqual(page.complaints, []);
      await choose(page, 'Leave');
      await page.click('.confirm .danger');
      await waitForText(ben, '.notice', `${name} left`);
      await waitForText(ben, '.state', '1 person');
      await context.close();
    });
  }
  assert.deepEqual(ben.complaints, []);
});
