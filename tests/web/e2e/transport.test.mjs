// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { openDoor } from './front-door.mjs';
import {
  DESK,
  PATIENCE,
  PHONE,
  choose,
  conversation,
  join,
  makeFolder,
  newPage,
  newPerson,
  passWarning,
  picture,
  say,
  startBrowser,
  startHost,
  tryToJoin,
  waitForText,
} from './harness.mjs';

const WEB_SOCKET = 'Connected by WebSocket';
const HTTP = 'Connected by HTTP';

/** How the page is connected, at the foot of its list of people. */
const isCarriedBy = (page, kind) => waitForText(page, '.kind', kind);

/** How often everybody was told that somebody came in. */
const joins = (page, name) =>
  page.$$eval(
    '.notice',
    (notices, who) =>
      notices.filter((each) => each.textContent.includes(`${who}\u2069 joined`)).length,
    name,
  );

/** A host, a door to it, and somebody inside who needs no door. */
async function openRoom(t) {
  const folder = makeFolder(t);
  const host = await startHost(t, folder);
  const door = await openDoor(t, host, folder);
  const browser = await startBrowser(t);
  const ben = await newPerson(browser, host.url, DESK);
  await join(ben, 'Ben');
  return { host, door, browser, ben };
}

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
    await ana.clock.fastForward(600000);
    await ana.waitForFunction(() => document.querySelector('.log').ariaBusy !== 'true');
    while (door.asked === asked) await ana.clock.runFor(1000);
    await say(ana, 'undisturbed');
    await conversation(ben, (count += 1));
    await isCarriedBy(ana, HTTP);
    door.upgrades = 'pass';
    await ana.clock.fastForward(600000);
    await isCarriedBy(ana, WEB_SOCKET);
    await say(ana, 'by WebSocket');
    await conversation(ben, (count += 1));
    assert.equal(await joins(ben, 'Ana'), 1);
  });

  await t.test('a WebSocket that dies midway: by POST', async () => {
    door.upgrades = 'refuse';
    door.cut();
    await say(ana, 'by POST again');
    await conversation(ben, (count += 1));
    await isCarriedBy(ana, HTTP);
    assert.equal((await conversation(ana, count)).length, count, 'nothing lost, nothing twice');
  });

  await t.test('the end is final and kind', async () => {
    await host.kill('SIGTERM');
    await waitForText(ana, '.banner', 'The host ended this chat. This page is the only copy.');
    const { asked } = door;
    await ana.clock.runFor(60000);
    assert.equal(door.asked, asked);
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});
