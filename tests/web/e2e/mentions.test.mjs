// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  DESK,
  PATIENCE,
  PHONE,
  conversation,
  join,
  makeFolder,
  newPerson,
  picture,
  say,
  startBrowser,
  startHost,
} from './harness.mjs';

const CROWD = [
  'Ana 2',
  'Ana Maria',
  'Anatol',
  'Ann',
  'Anna',
  'Anne',
  'Annika',
  'Anselm',
  'ليلى علي',
];

/** Guests of the plainest kind, who stay as long as the page does. */
const addGuests = (page, names) =>
  page.evaluate(
    (all) =>
      Promise.all(
        all.map(
          (name) =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket(`wss://${location.host}/chat`);
              socket.onerror = reject;
              socket.onopen = () => socket.send(name);
              socket.onmessage = resolve;
            }),
        ),
      ),
    names,
  );

const offered = (page) =>
  page.$$eval('.mentions:not([hidden]) [role=option] .who', (names) =>
    names.map((name) => name.textContent),
  );
const active = (page) =>
  page.$eval('#message', (input) => {
    const row = document.getElementById(input.getAttribute('aria-activedescendant'));
    return row && row.getAttribute('aria-selected') === 'true' && row.textContent;
  });
const open = (page) => page.waitForSelector('.mentions [role=option]');

test('calling people by name', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t));
  const browser = await startBrowser(t);
  const ana = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'light' });
  const ben = await newPerson(browser, host.url, { ...DESK, colorScheme: 'light' });
  await join(ana, 'Ana');
  await join(ben, 'Ben');
  await addGuests(ben, CROWD);
  await ben.waitForFunction(() => document.querySelectorAll('.person').length === 11);

  await t.test('an @ offers names, eight at most, and keys choose one', async () => {
    await ben.focus('#message');
    await ben.keyboard.type('so @an');
    await open(ben);
    assert.deepEqual((await offered(ben)).slice(0, 4), ['Ana', 'Ana 2', 'Ana Maria', 'Anatol']);
    assert.equal((await offered(ben)).length, 8);
    assert.match(await active(ben), /Ana$/);
    await picture(ben, 'mention-desk-light');
    await ben.keyboard.press('ArrowUp');
    assert.match(await active(ben), /Annika$/);
    await ben.keyboard.press('ArrowDown');
    await ben.keyboard.type('a ');
    assert.deepEqual(await offered(ben), ['Ana 2', 'Ana Maria']);
    await ben.keyboard.press('ArrowDown');
    await ben.keyboard.press('Enter');
    assert.equal(await ben.inputValue('#message'), 'so @Ana Maria ');
    assert.deepEqual(await offered(ben), []);
    assert.equal(await ben.getAttribute('#message', 'aria-activedescendant'), null);
  });

  await t.test('Esc closes the list for this @, a space or another word too', async () => {
    await ben.fill('#message', '');
    await ben.keyboard.type('@an');
    await open(ben);
    await ben.keyboard.press('Escape');
    await ben.keyboard.type('n');
    assert.deepEqual(await offered(ben), []);
    await ben.keyboard.type(' @b');
    assert.deepEqual(await offered(ben), []);
    await ben.keyboard.type(' @ann');
    await open(ben);
    await ben.fill('#message', '');
    assert.deepEqual(await offered(ben), []);
  });

  await t.test('keys of an input method are not for the list', async () => {
    await ben.keyboard.type('@an');
    await open(ben);
    const isTaken = await ben.$eval('#message', (input) => {
      const how = { key: 'Enter', isComposing: true, cancelable: true };
      return !input.dispatchEvent(new KeyboardEvent('keydown', how));
    });
    assert.equal(isTaken, false);
    assert.equal(await ben.inputValue('#message'), '@an');
    await ben.fill('#message', '');
  });

  await t.test('a tap chooses, from right to left too, and the keyboard stays up', async () => {
    await ana.tap('#message');
    await ana.keyboard.type('شكرا @لي');
    await open(ana);
    await picture(ana, 'mention-rtl-phone-light');
    await ana.tap('.mention');
    assert.equal(await ana.inputValue('#message'), 'شكرا @ليلى علي ');
    assert.equal(await ana.evaluate('document.activeElement.id'), 'message');
    const width = await ana.evaluate('document.documentElement.scrollWidth');
    assert.equal(width, 390);
    await ana.fill('#message', '');
  });

  await t.test('who is named sees it, who is not does not', async () => {
    await say(ben, 'is @ANA here? @Ana!');
    await say(ben, '@Ana 2: not her, @Anatol neither');
    await say(ana, 'I am @Ana');
    await conversation(ana, 3);
    await conversation(ben, 3);
    const marks = (page) =>
      page.$$eval('.message', (rows) =>
        rows.map((row) => [
          row.classList.contains('calling'),
          [...row.querySelectorAll('.call')].map((call) => call.textContent).join(),
        ]),
      );
    assert.deepEqual(await marks(ana), [
      [true, '@ANA,@Ana'],
      [false, ''],
      [false, ''],
    ]);
    assert.ok((await marks(ben)).every(([isCalling]) => !isCalling));
    await picture(ana, 'called-phone-light');
    const texts = await ana.$$eval('.bubble', (all) => all.map((each) => each.textContent));
    assert.equal(texts[0], 'is @ANA here? @Ana!');
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});
