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
  lookAgain,
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

const SMALL = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };

const start = (t, ...options) => startHost(t, makeFolder(t), { options });

test('the host locks the room', { timeout: 2 * PATIENCE }, async (t) => {
  const host = await start(t);
  const browser = await startBrowser(t);
  const ana = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'light' });
  const ben = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'dark' });
  await join(ana, 'Ana');

  await t.test('told on the join page, and to who is in', async () => {
    await host.tell('lock', 'locked');
    await waitForText(ana, '.state', '1 person · locked');
    await lookAgain(ben);
    await waitForText(ben, '.room-state', 'This room is locked.');
    await picture(ben, 'locked-phone-dark');
  });

  await t.test('who is not in stays out, who is in may come back', async () => {
    await tryToJoin(ben, 'Ben');
    await waitForText(ben, '#join-error', 'This room is locked.');
    await say(ana, 'before');
    await ana.reload();
    // What was on its way then is both here and waiting until the host says that it is the same.
    await conversation(ana, 1);
    await ana.waitForSelector('.unsent', { state: 'detached' });
    assert.deepEqual(await conversation(ana, 1), ['before']);
    await say(ana, 'after');
    assert.deepEqual(await conversation(ana, 2), ['before', 'after']);
  });

  await t.test('leaving says that there is no way back', async () => {
    await choose(ana, 'Leave');
    await waitForText(ana, '.confirm[open]', 'The room is locked');
    await picture(ana, 'leave-locked-phone-light');
    await ana.keyboard.press('Escape');
  });

  await t.test('unlocked: the words go by themselves, and Join works', async () => {
    await host.tell('unlock', 'unlocked');
    await waitForText(ana, '.state', '1 person');
    await ana.waitForFunction(() => !/locked/.test(document.querySelector('.state').textContent));
    await lookAgain(ben);
    await ben.waitForFunction(() => document.querySelector('#join-error').textContent === '');
    assert.equal(await ben.isVisible('.room-state'), false);
    await join(ben, 'Ben');
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});

test('the host asks for a code', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await start(t);
  const browser = await startBrowser(t);
  const ana = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'light' });
  const ben = await newPerson(browser, host.url, { ...SMALL, colorScheme: 'light' });
  await join(ana, 'Ana');
  assert.equal(await ben.isVisible('#code'), false);

  const { code } = await host.tell('code', 'code');
  assert.match(code, /^[2-9A-HJ-NP-Z]{6}$/);

  await t.test('asked for only now: the host says so, and the page remembers', async () => {
    await tryToJoin(ben, 'Ben');
    await ben.waitForSelector('#code');
    await waitForText(ben, '#join-error', 'This room asks for a code.');
    assert.equal(await ben.evaluate('document.activeElement.id'), 'code');
    await picture(ben, 'code-asked-small-light');
  });

  await t.test('asked for while the page is open: its field comes, and goes', async () => {
    const cid = await newPerson(browser, host.url, { ...DESK, colorScheme: 'dark' });
    assert.equal(await cid.isVisible('#code'), true);
    await host.tell('code off', 'code');
    await lookAgain(cid);
    await cid.waitForSelector('#code', { state: 'hidden' });
    await host.tell('code', 'code');
    await lookAgain(cid);
    await cid.waitForSelector('#code', { state: 'visible' });
    await cid.context().close();
  });

  const { code: right } = await host.tell('code new', 'code');

  await t.test('an empty field is not sent, a wrong code is told', async () => {
    await tryToJoin(ben, 'Ben', '');
    await waitForText(ben, '#join-error', 'This room asks for a code.');
    await tryToJoin(ben, 'Ben', 'WRONG2');
    await waitForText(ben, '#join-error', "That code isn't right. Look at the host's screen.");
    assert.equal(await ben.getAttribute('#code', 'aria-invalid'), 'true');
    await picture(ben, 'code-wrong-small-light');
  });

  await t.test('who is in stays, and comes back without', async () => {
    await ana.reload();
    await ana.waitForSelector('.log[aria-busy=false]');
    await say(ana, 'still here');
    await conversation(ana, 1);
  });

  await t.test('the right one, however it is typed', async () => {
    const typed = right.toLowerCase();
    await tryToJoin(ben, 'Ben', ` ${typed.slice(0, 3)} ${typed.slice(3)} `);
    await ben.waitForSelector('.composer');
  });

  await t.test('too many tries: how long, and then by Join', async () => {
    const dan = await newPage(await browser.newContext({ ...PHONE, colorScheme: 'light' }));
    await dan.clock.install();
    const connecting = dan.waitForEvent('websocket');
    await passWarning(dan, host.url);
    const socket = await connecting;
    // What cannot be a code, like Ben's with an O in it, does not count.
    for (const wrong of ['WRNG22', 'WRNG23', 'WRNG24', 'WRNG25', 'WRNG26', 'WRNG27']) {
      const [answer] = await Promise.all([
        socket.waitForEvent('framereceived'),
        tryToJoin(dan, 'Dan', wrong),
      ]);
      assert.match(answer.payload, wrong === 'WRNG27' ? /"too-fast"/ : /"code":"code"/);
      if (wrong !== 'WRNG27') await dan.waitForSelector('button[type=submit]:enabled');
    }
    await waitForText(dan, '.status', 'Too many tries. You can try again in');
    await picture(dan, 'code-tries-phone-light');
    // From here on only as far as it is told to.
    await dan.clock.pauseAt((await dan.evaluate('Date.now()')) + 1000);
    const seconds = Number(/in (\d+) second/.exec(await dan.textContent('.status'))[1]);
    assert.ok(seconds > 5 && seconds <= 70, `${seconds}`);
    // What was typed stays, and may be corrected; Join waits, and then for its person.
    assert.equal(await dan.isDisabled('button[type=submit]'), true);
    assert.equal(await dan.inputValue('#name'), 'Dan');
    assert.equal(await dan.inputValue('#code'), 'WRNG27');
    await dan.fill('#code', right);
    await dan.press('#code', 'Enter');
    let hellos = 0;
    const watch = (each) =>
      each.on('framesent', ({ payload }) => (hellos += /"hello"/.test(payload) ? 1 : 0));
    watch(socket);
    // With its clock that much faster than the host answers, the page may connect anew.
    dan.on('websocket', watch);
    await dan.clock.runFor(5000);
    await waitForText(dan, '.status', `try again in ${seconds - 5} seconds`);
    await dan.clock.runFor(75000);
    await dan.waitForSelector('button[type=submit]:enabled');
    assert.equal(await dan.textContent('.status'), '');
    assert.equal(await dan.inputValue('#code'), right);
    assert.equal(hellos, 0);
    await dan.clock.resume();
    // The host's clock is not the page's: it lets him in for having no code to give.
    await host.tell('code off', 'code');
    await dan.click('button[type=submit]');
    await dan.waitForSelector('.composer');
    assert.equal(hellos, 1);
    assert.deepEqual(dan.complaints, []);
    await dan.context().close();
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});

test('the code that a QR code carries', { timeout: 2 * PATIENCE }, async (t) => {
  const host = await start(t, '--ask-code');
  const { code } = host.ready;
  const browser = await startBrowser(t);
  const looks = [
    ['phone-light', { ...PHONE, colorScheme: 'light' }],
    ['phone-dark', { ...PHONE, colorScheme: 'dark' }],
    ['small-light', { ...SMALL, colorScheme: 'light' }],
    ['small-dark', { ...SMALL, colorScheme: 'dark' }],
  ];
  for (const [name, look] of looks) {
    const page = await newPerson(browser, `${host.url}#${code}`, look);
    await page.waitForSelector('#code');
    assert.equal(page.url(), host.url, 'not to be seen or passed on');
    assert.equal(await page.inputValue('#code'), code);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), look.viewport.width);
    await picture(page, `join-code-${name}`);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  }

  const page = await newPerson(browser, `${host.url}#${code}`, DESK);
  await t.test('a field that somebody cleared stays so', async () => {
    await page.fill('#code', '');
    await tryToJoin(page, 'a:b');
    await waitForText(page, '#join-error', 'Use 1 to 32');
    await lookAgain(page);
    await tryToJoin(page, 'Ana');
    await waitForText(page, '#join-error', 'This room asks for a code.');
    assert.equal(await page.inputValue('#code'), '');
  });

  await t.test('scanned again into the same page', async () => {
    await page.goto(`${host.url}#${code.toLowerCase()}`);
    await page.waitForFunction((words) => document.querySelector('#code').value === words, code);
    assert.equal(page.url(), host.url);
    await page.goto(`${host.url}#%3Cscript%3E`);
    assert.equal(await page.inputValue('#code'), code);
    await page.click('button[type=submit]');
    await page.waitForSelector('.composer');
    assert.deepEqual(page.complaints, []);
  });
});

test('the host stops while somebody types a name', { timeout: 2 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  let host = await startHost(t, folder);
  const browser = await startBrowser(t);
  const page = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'light' });
  await page.fill('#name', 'Ana');
  await host.kill();
  await waitForText(page, '.room-state', 'The host ended this chat.');
  await picture(page, 'join-ended-phone-light');
  host = await startHost(t, folder, { port: host.port });
  await page.click('button[type=submit]');
  await page.waitForSelector('.composer');
  assert.deepEqual(page.complaints, []);
});
