// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test, { after } from 'node:test';

import { DESK, PATIENCE, PHONE, makeFolder } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';
import { startFarHost } from './world.mjs';

const engine = await startEngine({ after });

const RESTARTED = 'The chat was restarted. Messages above are only on this page.';
const OTHER_TAB = 'This chat is open in another tab.';

test('two people and one host', { timeout: 3 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  let host = await startFarHost(t, folder);
  const ana = await engine.newPerson(PHONE);
  const ben = await engine.newPerson(DESK);
  await ana.arrive(host.url);
  await ben.arrive(host.url);
  let said = [];

  await t.test('join', async () => {
    await ana.join('Ana');
    await ana.waitForText('.empty', "You're the first here.");
  });

  await t.test('a name that looks the same is refused, with one that would do', async () => {
    await ben.type('#name', 'ANA');
    await ben.key('Enter');
    await ben.waitForText('#join-error', 'Someone here is already called ANA.');
    await ben.tryToJoin('a:b');
    await ben.waitForText('#join-error', 'Use 1 to 32');
    await ben.tryToJoin('Ana');
    await ben.click('#join-error .link', 'Ana 2');
    await ben.waitForSelector('.composer');
    await ana.waitForText('.notice', 'Ana 2 joined');
    await ben.waitForPeople(2);
    assert.deepEqual(await ben.names(), ['Ana', 'Ana 2']);
  });

  await t.test('messages both ways, typed and sent by key or button', async () => {
    await ana.type('#message', 'Hello from the phone');
    await ana.click('.send');
    assert.deepEqual(await ben.conversation(1), ['Hello from the phone']);
    await ben.type('#message', 'Hello from the desk');
    await ben.key('Enter', { shift: true });
    await ben.type('#message', 'second line');
    await ben.key('Enter', { ctrl: true });
    said = ['Hello from the phone', 'Hello from the desk\nsecond line'];
    assert.deepEqual(await ana.conversation(2), said);
    await ana.waitForNo('.unsent');
  });

  await t.test('links open elsewhere and tell nothing', async () => {
    await ben.say('See https://example.org/a?b=1.');
    said.push('See https://example.org/a?b=1.');
    assert.deepEqual(await ana.conversation(3), said);
    const link = await ana.evaluate(() => {
      const { href, rel, target } = document.querySelector('.bubble a');
      return { href, rel, target };
    });
    const rel = 'noopener nofollow noreferrer';
    assert.deepEqual(link, { href: 'https://example.org/a?b=1', rel, target: '_blank' });
  });

  await t.test('a reload keeps the seat, the draft and the list', async () => {
    await ana.fill('#message', 'half a thou');
    await ana.reload();
    assert.deepEqual(await ana.conversation(3), said);
    assert.equal(await ana.value('#message'), 'half a thou');
    await ben.waitForPeople(2);
    assert.deepEqual(await ben.names(), ['Ana', 'Ana 2']);
    await ana.fill('#message', '');
  });

  await t.test('a killed host: said so, and what is written is kept', async () => {
    await host.kill('SIGKILL');
    await ana.waitForText('.banner', "Reconnecting… your messages will be sent when you're back.");
    await ana.say('Is this lost?');
    await ana.waitForText('.unsent .fate', 'Waiting to be sent');
    await ben.fill('#message', 'a draft');
  });

  await t.test('started again: people come back by themselves, nothing is lost', async () => {
    host = await startFarHost(t, folder, { port: host.port });
    for (const page of [ana, ben]) await page.waitForText('.notice', RESTARTED);
    await ben.waitForPeople(2);
    assert.equal(await ben.value('#message'), 'a draft');
    await ana.waitForText('.unsent .bubble', 'Is this lost?');
    await ana.click('.unsent .link', 'Send');
    await ben.waitForText('.bubble', 'Is this lost?');
    await ana.waitForNo('.unsent');
  });

  await t.test('leaving', async () => {
    await ana.leave();
    assert.equal(await ana.value('#name'), 'Ana');
    await ben.waitForText('.notice', 'Ana left');
    await ben.waitForPeople(1);
  });

  await t.test('the end of the chat is final and kind', async () => {
    await host.kill('SIGTERM');
    await ben.waitForText('.banner', 'The host ended this chat. This page is the only copy.');
    const copy = await ben.saved(() => ben.click('.banner button', 'Save a Copy'));
    assert.match(copy.name, /^chat .*\.txt$/);
    assert.match(copy.text, /Ana: Hello from the phone\n/);
    assert.match(copy.text, /a draft \(not sent\)\n$/);
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});

test('one person, many tabs', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startFarHost(t, makeFolder(t));
  const page = await engine.newPerson(PHONE);
  await page.arrive(host.url);
  await page.join('Ana');
  await page.say('here');
  await page.conversation(1);

  await t.test('two tabs are two people, if one wants that', async () => {
    const tab = await page.newTab();
    await tab.arrive(host.url);
    await tab.waitForText('.taken', OTHER_TAB);
    await tab.join('Ben');
    await tab.waitForPeople(2);
    await tab.say('there');
    assert.deepEqual(await page.conversation(2), ['here', 'there']);
    await tab.reload();
    await tab.conversation(1);
    assert.deepEqual(await tab.names(), ['Ana', 'Ben'], 'each has their own seat');
    await tab.leave();
    await page.waitForPeople(1);
    await tab.close();
  });

  await t.test('a duplicated tab does not fight with the first', async () => {
    const copied = await page.evaluate(() => ({ ...sessionStorage }));
    const tab = await page.newTab();
    await tab.load(`${host.url}icon.svg`);
    await tab.evaluate((all) => {
      for (const [key, value] of Object.entries(all)) sessionStorage.setItem(key, value);
    }, copied);
    await tab.arrive(host.url);
    await tab.waitForText('.taken', OTHER_TAB);
    assert.equal(await page.isVisible('.banner'), false);

    // It may have the seat; then the first is told, and may have it back.
    await tab.click('.taken button');
    await tab.waitForSelector('.composer');
    await page.waitForText('.banner', OTHER_TAB);
    await page.click('.banner button', 'Use Here');
    await tab.waitForText('.banner', OTHER_TAB);
    await page.waitForSelector('.log[aria-busy=false]');
    assert.deepEqual(await page.conversation(2), ['here', 'there']);
    await tab.close();
  });

  await t.test('a second scan, after the tab was closed, goes back to the seat', async () => {
    const tab = await page.newTab();
    await page.close();
    await tab.arrive(`${host.url}#K7MQ2X`);
    await tab.waitForSelector('.log[aria-busy=false]');
    assert.deepEqual(await tab.conversation(2), ['here', 'there']);
    assert.deepEqual(await tab.names(), ['Ana']);
    assert.equal(await tab.evaluate(() => location.href), host.url);
    assert.deepEqual(tab.complaints, []);
  });
  assert.deepEqual(page.complaints, []);
});
