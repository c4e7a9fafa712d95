// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test, { after } from 'node:test';

import { DESK, PATIENCE, makeFolder, startHost } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';
import { SMALL } from './world.mjs';

/* In Arabic: from right to left, with names, numbers and people called in that script. */
const engine = await startEngine({ after }, { locale: 'ar-EG' });

/** Runs in the page: where the middle of the first @selector is, of the width that @within has. */
function place(selector, within) {
  const box = document.querySelector(selector).getBoundingClientRect();
  const room = document.querySelector(within).getBoundingClientRect();
  return ((box.left + box.right) / 2 - room.left) / room.width;
}

/** What @page says instead of the English @words. */
const spoken = (page, words) =>
  page.evaluate(
    async (english) => (await (await fetch('words-ar.json')).json()).words[english],
    words,
  );

test('a page from right to left', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t), { options: ['--room-name', 'Attic'] });
  const laila = await engine.newPerson(SMALL);
  const omar = await engine.newPerson(DESK);
  await laila.arrive(host.url);
  await omar.arrive(host.url);

  await t.test('joining', async () => {
    const root = await laila.evaluate(() => {
      const { lang, dir } = document.documentElement;
      return { lang, dir, drawn: getComputedStyle(document.querySelector('form')).direction };
    });
    assert.deepEqual(root, { lang: 'ar', dir: 'rtl', drawn: 'rtl' });
    await laila.waitForText('button[type=submit]', await spoken(laila, 'Join'));
    assert.equal(await laila.overflow(), 0);
    await laila.picture('ar-join');
    await laila.join('ليلى علي');
    await omar.join('عمر');
    for (const page of [laila, omar]) await page.waitForPeople(2);
    await laila.waitForText('.state', 'شخصان');
  });

  await t.test('a name is completed, and marked for who has it', async () => {
    await omar.type('#message', 'شكرا @لي');
    await omar.click('.mention', 'ليلى علي');
    assert.equal(await omar.value('#message'), 'شكرا @ليلى علي ');
    await omar.type('#message', 'جدا');
    await omar.key('Enter', { ctrl: true });
    await laila.waitForText('.calling .call', '@ليلى علي');
    assert.equal(await omar.count('.calling'), 0);
    await laila.type('#message', '@ع');
    await laila.waitForSelector('.mention');
    assert.equal(await laila.overflow(), 0);
    await laila.picture('ar-mention');
    await laila.key('Enter');
    assert.equal(await laila.value('#message'), '@عمر ');
    await laila.fill('#message', '@عمر 1 + 1 = 2');
    await laila.click('.send');
    await omar.waitForText('.calling .bubble', '@عمر 1 + 1 = 2');
  });

  await t.test(
    'all stands on the other side, and words of other letters read as they do',
    async () => {
      await omar.say('Hello, Laila!');
      await laila.conversation(3);
      await laila.waitForNo('.unsent');
      for (const page of [laila, omar]) {
        const at = (...where) => page.evaluate(place, ...where);
        assert.ok((await at('.own .bubble', '.rows')) < 0.5, 'my words');
        assert.ok((await at('.message:not(.own) .bubble', '.rows')) > 0.5, 'those of others');
        assert.ok((await at('.send', '.composer')) < 0.2, 'the button to send');
        assert.ok((await at('.bar [aria-haspopup=menu]', '.bar')) < 0.5, 'the menu');
        assert.equal(await page.overflow(), 0);
      }
      assert.ok((await omar.evaluate(place, '.sidebar', '.chat')) < 0.5, 'the people');
      const directions = await laila.evaluate(() =>
        [...document.querySelectorAll('.bubble')].map((each) => getComputedStyle(each).direction),
      );
      assert.deepEqual(directions, ['rtl', 'rtl', 'ltr']);
      for (const page of [laila, omar]) await page.picture(page === omar ? 'ar-desk' : 'ar-small');
    },
  );

  await t.test('the list of people and the menu', async () => {
    await laila.click('.people-open');
    await laila.waitForSelector('.sheet[open] .person');
    assert.ok((await laila.evaluate(place, '.sheet .avatar', '.sheet')) > 0.5);
    await laila.waitFor(() => {
      const { bottom } = document.querySelector('.sheet .kind').getBoundingClientRect();
      return bottom > 0 && bottom <= window.innerHeight;
    });
    assert.equal(await laila.overflow(), 0);
    await laila.picture('ar-people');
    await laila.key('Escape');
    await laila.waitForNo('.sheet[open]');
    await laila.click('.bar [aria-haspopup=menu]');
    await laila.waitForSelector('.menu-item');
    const inside = await laila.evaluate(() => {
      const { left, right } = document.querySelector('.menu').getBoundingClientRect();
      return left >= 0 && right <= window.innerWidth;
    });
    assert.equal(inside, true);
    await laila.click('.menu-item', await spoken(laila, 'Leave'));
    await laila.click('.confirm .danger');
    await laila.waitForSelector('#name');
    await omar.waitForPeople(1);
  });

  for (const page of [laila, omar]) assert.deepEqual(page.complaints, []);
});
