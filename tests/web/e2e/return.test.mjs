// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { joins, openRoom } from './front-door.mjs';
import {
  DESK,
  PATIENCE,
  PHONE,
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
  waitForText,
} from './harness.mjs';

test('another certificate in the middle of a chat', { timeout: 2 * PATIENCE }, async (t) => {
  const { door, browser, ben } = await openRoom(t);
  const ana = await newPerson(browser, door.url, { ...PHONE, colorScheme: 'light' });
  await join(ana, 'Ana');
  await say(ana, 'before');
  await conversation(ben, 1);
  door.renew();
  await say(ana, 'written meanwhile');
  await ana.fill('#message', 'half a thou');
  await waitForText(ana, '.banner', 'If your browser warns again, that is expected.');
  await picture(ana, 'new-certificate-phone-light');
  await ana.click('.banner >> text=Reload');
  await ana.click('#details-button');
  await ana.click('#proceed-link');
  assert.deepEqual(await conversation(ana, 2), ['before', 'written meanwhile']);
  assert.deepEqual(await conversation(ben, 2), ['before', 'written meanwhile']);
  await ana.waitForSelector('.unsent', { state: 'detached' });
  assert.equal(await ana.inputValue('#message'), 'half a thou');
  assert.equal(await joins(ben, 'Ana'), 1, 'the same seat');
  assert.equal((await conversation(ben, 2)).length, 2, 'said once');
  assert.deepEqual(ana.complaints, []);
});

test('tabs of one browser', { timeout: 3 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  const host = await startHost(t, folder);
  const browser = await startBrowser(t);

  await t.test(
    'a duplicated tab is another person, and each finds its own seat again',
    async () => {
      const ana = await newPerson(browser, host.url, DESK);
      await join(ana, 'Ana');
      const [copy] = await Promise.all([
        ana.waitForEvent('popup'),
        ana.evaluate(() => void window.open(window.location.href)),
      ]);
      await waitForText(copy, '.taken', 'This chat is open in another tab.');
      await join(copy, 'Ben');
      await waitForText(ana, '.notice', 'Ben joined');
      for (const [page, name] of [
        [ana, 'Ana'],
        [copy, 'Ben'],
      ]) {
        await page.reload();
        await waitForText(page, '.who', `${name} (you)`);
      }
      // Scanned again, the seat of a tab that is gone is the one to come back to.
      await copy.close();
      const scanned = await newPage(ana.context());
      await scanned.goto(host.url);
      await waitForText(scanned, '.who', 'Ben (you)');
      await ana.context().close();
    },
  );

  await t.test('without locks one seat goes from tab to tab, and nobody fights', async () => {
    const context = await browser.newContext(DESK);
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });
    });
    const first = await newPage(context);
    await passWarning(first, host.url);
    await join(first, 'Cleo');
    const second = await newPage(context);
    await second.goto(host.url);
    await waitForText(second, '.who', 'Cleo (you)');
    await waitForText(first, '.banner', 'This chat is open in another tab.');
    await first.click('.banner >> text=Use Here');
    await waitForText(second, '.banner', 'This chat is open in another tab.');
    await say(first, 'here');
    await conversation(first, 1);
    assert.equal(await second.isVisible('.banner >> text=Use Here'), true);
    for (const page of [first, second]) assert.deepEqual(page.complaints, []);
  });
});

test('Use Here with something typed on either side', { timeout: 2 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  const host = await startHost(t, folder);
  const browser = await startBrowser(t);
  const first = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'light' });
  await join(first, 'Ana');
  await first.fill('#message', 'of the first tab');
  await host.kill('SIGTERM');
  await waitForText(first, '.banner', 'The host ended this chat.');

  await startHost(t, folder, { port: host.port });
  const second = await newPage(first.context());
  await second.goto(host.url);
  await join(second, 'Ben');
  await second.fill('#message', 'of the second tab');
  await first.reload();
  await first.click('.taken button');
  await waitForText(first, '.who', 'Ben (you)');
  // The composer holds one of them; of the other its person decides.
  await waitForText(first, '.unsent .bubble', 'of the first tab');
  assert.equal(await first.inputValue('#message'), 'of the second tab');
  const choices = await first.$$eval('.fate button', (all) => all.map((each) => each.textContent));
  assert.deepEqual(choices, ['Send', 'Discard']);
  await picture(first, 'use-here-draft-phone-light');
  await first.click('.fate button >> text=Send');
  await first.waitForSelector('.unsent', { state: 'detached' });
  assert.deepEqual(await conversation(first, 1), ['of the first tab']);
  assert.equal(await first.inputValue('#message'), 'of the second tab');

  // Where only one has something, it goes along to wherever the seat goes.
  await first.fill('#message', 'gone on with');
  await second.click('.banner >> text=Use Here');
  await waitForText(first, '.banner', 'This chat is open in another tab.');
  await second.waitForFunction(() => document.querySelector('#message').value === 'gone on with');
  await conversation(second, 1);
  assert.equal(await second.locator('.unsent').count(), 0);
  for (const page of [first, second]) assert.deepEqual(page.complaints, []);
});
