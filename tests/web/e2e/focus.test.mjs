// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/* Where the focus is after what had it is gone (WCAG 2.4.3): never nowhere, and on touch in no field
 * that nobody pressed. */

import assert from 'node:assert/strict';
import test from 'node:test';

import {
  DESK,
  PATIENCE,
  PHONE,
  choose,
  conversation,
  join,
  makeFolder,
  newPerson,
  say,
  startBrowser,
  startHost,
  tryToJoin,
  waitForText,
} from './harness.mjs';

/** Waits until the focus is on something that matches. */
const focusAt = (page, selector) =>
  page
    .waitForFunction((which) => document.activeElement.matches(which), selector)
    .catch(async (error) => {
      const there = await page.evaluate('document.activeElement.outerHTML.slice(0, 200)');
      throw new Error(`the focus is not at ${selector}, but at ${there}`, { cause: error });
    });

/** Words that the host takes, and says no to: the next ones are too long for it. */
const spoil = (page) =>
  page.evaluate(() => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function lengthen(data) {
      const frame = JSON.parse(data);
      const isSpoiled = frame.type === 'say' && frame.text.startsWith('bad');
      send.call(this, isSpoiled ? JSON.stringify({ ...frame, text: 'x'.repeat(5000) }) : data);
    };
  });

test('the focus on a phone', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t), { options: ['--max-message-rate', '0'] });
  const browser = await startBrowser(t);
  const phone = await newPerson(browser, host.url, PHONE);
  const desk = await newPerson(browser, host.url, DESK);
  await join(desk, 'Ben');

  await t.test('a page that was just loaded leaves it alone', async () => {
    await focusAt(phone, 'body');
  });

  await t.test('Join that is refused keeps it, Join leads to the heading of the chat', async () => {
    await host.tell('lock', 'locked');
    await phone.fill('#name', 'Ana');
    await phone.tap('button[type=submit]');
    await waitForText(phone, '#join-error', 'locked');
    await focusAt(phone, 'button[type=submit]');
    await host.tell('unlock', 'unlocked');
    await tryToJoin(phone, 'Ben');
    await phone.waitForSelector('#join-error .link');
    await focusAt(phone, '#name');
    await phone.tap('#join-error .link');
    await phone.waitForSelector('.composer');
    await focusAt(phone, '.chat h1');
    assert.equal(await phone.$eval('h1', (each) => getComputedStyle(each).outlineStyle), 'none');
  });

  await t.test('the pill leaves the keyboard open', async () => {
    await desk.evaluate(() => {
      const cid = new WebSocket(`wss://${location.host}/chat`);
      window.cid = cid; // stays
      cid.onopen = () => {
        cid.send('Cid');
        for (let index = 0; index < 40; index += 1) cid.send(`line ${index}`);
      };
    });
    await conversation(phone, 40);
    await phone.tap('#message');
    await phone.$eval('.log', (log) => log.scrollTo(0, 40));
    await phone.tap('.pill');
    await phone.waitForSelector('.pill', { state: 'hidden' });
    await focusAt(phone, '#message');
  });

  await t.test('Retry stays at its message, Discard goes to the one before', async () => {
    await spoil(phone);
    await say(phone, 'bad one');
    await phone.tap('.fate .link >> text=Retry');
    await phone.waitForSelector('.fate.bad');
    await focusAt(phone, '.unsent .more, .unsent .link');
    await phone.tap('.fate .link >> text=Discard');
    await phone.waitForSelector('.unsent', { state: 'detached' });
    // Whatever notices there are below it.
    await phone.waitForFunction(
      () => document.activeElement === [...document.querySelectorAll('.message .more')].at(-1),
    );
  });

  await t.test('a menu that closes gives it back', async () => {
    await phone.tap('[aria-label=Menu]');
    await phone.waitForSelector('.menu:not([hidden])');
    await phone.setViewportSize({ width: 844, height: 390 });
    await phone.waitForSelector('.menu', { state: 'hidden' });
    await focusAt(phone, '[aria-label=Menu]');
    await phone.setViewportSize(PHONE.viewport);
  });

  await t.test('the list of people, in both of its places', async () => {
    await phone.tap('.people-open');
    await phone.waitForSelector('.sheet[open]');
    await phone.setViewportSize({ width: 1000, height: 800 });
    await focusAt(phone, '.sidebar .persons');
    await phone.setViewportSize(PHONE.viewport);
    await focusAt(phone, '.people-open');
  });

  await t.test('leaving leads to the heading of the join page', async () => {
    await choose(phone, 'Leave');
    await phone.tap('.confirm .danger');
    await phone.waitForSelector('#name');
    await focusAt(phone, '.join h1');
  });

  for (const page of [phone, desk]) assert.deepEqual(page.complaints, []);
});

test('the focus at a desk', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t));
  const browser = await startBrowser(t);
  const page = await newPerson(browser, host.url, DESK);
  await focusAt(page, '#name');
  await page.keyboard.type('Ana');
  await page.keyboard.press('Enter');
  await focusAt(page, '#message');

  await t.test('what takes the seat back goes away, and leads to the composer', async () => {
    const other = await page.context().newPage();
    await other.goto(host.url);
    await other.click('.taken button');
    await other.waitForSelector('.composer');
    await focusAt(other, '#message');
    await page.focus('.banner button >> text=Use Here');
    await page.keyboard.press('Enter');
    await focusAt(page, '#message');
    await other.close();
  });

  await t.test('the end of the chat leaves it with what was being written', async () => {
    await page.keyboard.type('half a thought');
    await host.kill('SIGTERM');
    await waitForText(page, '.banner', 'The host ended this chat.');
    await focusAt(page, '#message');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('nothing');
    await page.keyboard.press('Enter');
    assert.equal(await page.inputValue('#message'), 'half a thought');
    assert.equal(await page.evaluate('String(getSelection())'), 'half a thought');
  });

  assert.deepEqual(page.complaints, []);
});
