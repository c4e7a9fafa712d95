// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
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
  newPage,
  picture,
  say,
  startBrowser,
  startHost,
  waitForText,
} from './harness.mjs';

const HOSTILE = [
  '<img src=x onerror="document.title=1"><script>alert(1)</script>',
  '\u202eevil txt.exe',
  'javascript:alert(1) [x](javascript:alert(1))',
  `${'\u0301'.repeat(300)}tall`,
  'https://bank.example@evil.example/',
];

const names = (page) =>
  page.$$eval('.persons .name', (persons) => persons.map((person) => person.textContent).sort());

async function waitForPeople(page, count) {
  await page.waitForFunction(
    (many) => document.querySelectorAll('.persons .person').length === many,
    count,
  );
}

test('two people and one host', { timeout: 5 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  let host = await startHost(t, folder);
  const browser = await startBrowser(t);
  const ana = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'light' });
  const ben = await newPerson(browser, host.url, { ...DESK, colorScheme: 'light' });

  await t.test('join', async () => {
    await picture(ana, 'join-phone-light');
    await join(ana, 'Ana');
    await waitForText(ana, '.empty', "You're the first here.");
    await picture(ana, 'first-phone-light');
  });

  await t.test('a name that looks the same is refused, with one that would do', async () => {
    await ben.fill('#name', 'ANA');
    await ben.click('button[type=submit]');
    await ben.waitForSelector('#join-error .link');
    assert.match(await ben.textContent('#join-error'), /Someone here is already called .*ANA/);
    await picture(ben, 'taken-desk-light');
    await ben.fill('#name', 'a:b');
    await ben.click('button[type=submit]');
    await waitForText(ben, '#join-error', 'Use 1 to 32');
    await ben.fill('#name', 'Ana');
    await ben.click('button[type=submit]');
    await ben.click('#join-error .link');
    await ben.waitForSelector('.composer');
    await waitForText(ana, '.notice', 'Ana 2 joined');
    await waitForPeople(ben, 2);
    assert.deepEqual(await names(ben), ['Ana', 'Ana 2']);
  });

  await t.test('messages both ways', async () => {
    await say(ana, 'Hello from the phone');
    assert.deepEqual(await conversation(ben, 1), ['Hello from the phone']);
    await say(ben, 'Hello from the desk\nsecond line');
    assert.deepEqual(await conversation(ana, 2), [
      'Hello from the phone',
      'Hello from the desk\nsecond line',
    ]);
    assert.equal(await ana.locator('.unsent').count(), 0);
  });

  await t.test('whatever somebody writes is text', async () => {
    for (const text of HOSTILE) await say(ben, text);
    const shown = await conversation(ana, 2 + HOSTILE.length);
    assert.deepEqual(shown.slice(2), HOSTILE);
    assert.equal(await ana.locator('.bubble *').count(), 0);
    assert.equal(await ana.evaluate('document.documentElement.scrollWidth'), 390);
  });

  await t.test('links open elsewhere and tell nothing', async () => {
    await say(ben, 'See https://example.org/a?b=1.');
    const link = ana.locator('.bubble a');
    assert.equal(await link.getAttribute('href'), 'https://example.org/a?b=1');
    assert.equal(await link.getAttribute('rel'), 'noopener nofollow noreferrer');
    await picture(ana, 'chat-phone-light');
    await picture(ben, 'chat-desk-light');
  });

  await t.test('the list of people on a phone is a sheet that Esc and Back close', async () => {
    await ana.click('.people-open');
    await ana.waitForSelector('.sheet[open]');
    await waitForPeople(ana, 2);
    await picture(ana, 'people-phone-light');
    await ana.keyboard.press('Escape');
    await ana.waitForSelector('.sheet:not([open])', { state: 'attached' });
    await ana.click('.people-open');
    await ana.waitForSelector('.sheet[open]');
    await ana.goBack();
    await ana.waitForSelector('.sheet:not([open])', { state: 'attached' });
    assert.equal(await ana.locator('.composer').count(), 1, 'still in the chat');
  });

  await t.test('a reload keeps the seat, the draft and the list', async () => {
    const before = await conversation(ana, 3 + HOSTILE.length);
    await ana.fill('#message', 'half a thou');
    await ana.reload();
    assert.deepEqual(await conversation(ana, before.length), before);
    assert.equal(await ana.inputValue('#message'), 'half a thou');
    await waitForPeople(ben, 2);
    assert.deepEqual(await names(ben), ['Ana', 'Ana 2']);
    await ana.fill('#message', '');
  });

  await t.test('a second tab may be a second person, or take the seat', async () => {
    const tab = await newPage(ana.context());
    await tab.goto(host.url);
    await waitForText(tab, '.taken', 'This chat is open in another tab.');
    await tab.click('.taken button');
    await tab.waitForSelector('.composer');
    await waitForText(ana, '.banner', 'This chat is open in another tab.');
    await ana.click('.banner button:not([hidden])');
    await waitForText(tab, '.banner', 'This chat is open in another tab.');
    await ana.waitForSelector('.log[aria-busy=false]');
    await conversation(ana, 3 + HOSTILE.length);
    assert.deepEqual(tab.complaints, []);
    await tab.close();
  });

  await t.test('a killed host: said so, and what is written is kept', async () => {
    await host.kill('SIGKILL');
    await waitForText(ana, '.banner', 'Reconnecting… your messages will be sent');
    await say(ana, 'Is this lost?');
    await waitForText(ana, '.unsent .fate', 'Waiting to be sent');
    await ben.fill('#message', 'a draft');
    await picture(ana, 'reconnecting-phone-light');
  });

  await t.test('started again: people come back by themselves, nothing is lost', async () => {
    host = await startHost(t, folder, { port: host.port });
    for (const page of [ana, ben])
      await waitForText(
        page,
        '.notice',
        'The chat was restarted. Messages above are only on this page.',
      );
    await waitForPeople(ben, 2);
    assert.equal(await ben.inputValue('#message'), 'a draft');
    await waitForText(ana, '.unsent .bubble', 'Is this lost?');
    await picture(ana, 'restarted-phone-light');
    await ana.click('.unsent .link >> text=Send');
    await waitForText(ben, '.bubble', 'Is this lost?');
    await ana.waitForSelector('.unsent', { state: 'detached' });
  });

  await t.test('leaving', async () => {
    await choose(ana, 'Leave');
    await picture(ana, 'leave-phone-light');
    await ana.click('.confirm .danger');
    await ana.waitForSelector('#name');
    assert.equal(await ana.inputValue('#name'), 'Ana');
    await waitForText(ben, '.notice', 'Ana left');
    await waitForPeople(ben, 1);
  });

  await t.test('the end of the chat is final and kind', async () => {
    await host.kill('SIGTERM');
    await waitForText(ben, '.banner', 'The host ended this chat. This page is the only copy.');
    const [download] = await Promise.all([
      ben.waitForEvent('download'),
      ben.click('.banner button:not([hidden])'),
    ]);
    assert.match(download.suggestedFilename(), /^chat .*\.txt$/);
    await picture(ben, 'ended-desk-light');
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});

test('looks', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t));
  const browser = await startBrowser(t);
  const looks = [
    ['phone-dark', { ...PHONE, colorScheme: 'dark' }],
    ['desk-dark', { ...DESK, colorScheme: 'dark' }],
    ['small-light', { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true }],
    ['flat-light', { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true }],
  ];
  const people = [];
  for (const [name, look] of looks) {
    const page = await newPerson(browser, host.url, look);
    await picture(page, `join-${name}`);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), look.viewport.width);
    await join(page, `سارا ${name}`);
    people.push(page);
  }
  const lines = [
    'Who brings the projector?',
    'I do.',
    'سلام، من هم می‌آیم',
    'jgpqy ÅÉ 👍',
    'Fine!',
  ];
  for (const [index, line] of lines.entries()) {
    await say(people[index % people.length], line);
    await conversation(people[0], index + 1);
  }
  for (const [index, [name, look]] of looks.entries()) {
    const page = people[index];
    await conversation(page, lines.length);
    await picture(page, `chat-${name}`);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), look.viewport.width);
    // A label around a field is pressed like the field.
    const small = await page.$$eval('button, .field', (controls) =>
      controls
        .map((control) => [control, control.closest('label') ?? control])
        .map(([control, target]) => [control.className, target.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.height < 43.9 || box.width < 43.9))
        .map(([which]) => which),
    );
    assert.deepEqual(small, [], `${name}: targets too small for a thumb`);
    assert.deepEqual(page.complaints, []);
  }
});
