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
  newPage,
  newPerson,
  picture,
  say,
  startBrowser,
  startHost,
} from './harness.mjs';

const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Chrome/130.0.0.0 Mobile Safari/537.36';

/* Each handshake costs a phone a tenth of a second and the host a signature. Chromium makes one that
 * it refuses before most connections under a certificate that its person let pass. */
const MOST = { 'Handshake done': 3, 'Handshake refused by the peer': 7 };

test('from the scan to joined: few handshakes', { timeout: 2 * PATIENCE }, async (t) => {
  const seen = { 'Handshake done': 0, 'Handshake refused by the peer': 0 };
  const host = await startHost(t, makeFolder(t), {
    env: { G_MESSAGES_DEBUG: 'hub-server' },
    onDebug: (line) => {
      for (const words of Object.keys(seen)) if (line.endsWith(words)) seen[words] += 1;
    },
  });
  const browser = await startBrowser(t);
  const page = await newPerson(browser, `${host.url}#K7MQ2X`, PHONE);
  await join(page, 'Ana');
  await host.tell('quit', 'stopped');
  t.diagnostic(JSON.stringify(seen));
  for (const [words, most] of Object.entries(MOST))
    assert.ok(seen[words] > 0 && seen[words] <= most, `${words}: ${seen[words]}, at most ${most}`);
  assert.deepEqual(page.complaints, []);
});

/** What a person reads on the warning, before and after the first step. */
async function readWarning(page) {
  const text = async (selector) => (await page.textContent(selector)).trim();
  const [title, stay, first] = [
    await text('h1'),
    await text('#primary-button'),
    await text('#details-button'),
  ];
  await page.click('#details-button');
  await page.waitForSelector('#proceed-link', { state: 'visible' });
  return { title, stay, steps: [first, await text('#proceed-link')] };
}

test(
  'the help before the warning shows this browser its own',
  { timeout: 2 * PATIENCE },
  async (t) => {
    const host = await startHost(t, makeFolder(t));
    const browser = await startBrowser(t);
    const looks = [
      ['phone-light', { ...PHONE, userAgent: ANDROID, colorScheme: 'light' }],
      ['desk-dark', { ...DESK, colorScheme: 'dark' }],
    ];
    for (const [name, look] of looks) {
      await t.test(name, async () => {
        const page = await newPage(await browser.newContext(look));
        const answer = await page.goto(host.url.replace('https:', 'http:'));
        assert.equal(answer.status(), 200);
        await picture(page, `help-${name}`);
        assert.equal(
          await page.evaluate('document.documentElement.scrollWidth'),
          look.viewport.width,
        );
        const told = {
          title: await page.textContent('.warning .title'),
          stay: await page.textContent('.warning .button.main'),
          steps: await page.$$eval('.warning .here', (steps) =>
            steps
              .sort((a, b) => Number(a.dataset.step) - Number(b.dataset.step))
              .map((step) => step.textContent),
          ),
        };
        assert.deepEqual(
          await page.$$eval('ol b', (each) => each.map((b) => b.textContent)),
          told.steps,
        );
        await page.click('a');
        await page.waitForSelector('#details-button');
        assert.deepEqual(await readWarning(page), told, 'the browser has other words now');
        await page.click('#proceed-link');
        await join(page, `Ana ${name}`);
        assert.deepEqual(page.complaints, []);
      });
    }
  },
);

test('the help and a page that cannot run: in the language of their reader', async (t) => {
  const host = await startHost(t, makeFolder(t));
  const browser = await startBrowser(t);
  const readers = [
    ['de-AT', 'de', 'ltr', 'Weiter zum Chat', 'Dieser Chat braucht JavaScript.'],
    ['ar-EG', 'ar', 'rtl', 'المتابعة إلى المحادثة', 'تحتاج هذه المحادثة إلى JavaScript.'],
  ];
  for (const [locale, lang, dir, go, wall] of readers) {
    for (const look of [PHONE, { viewport: { width: 320, height: 568 } }]) {
      const context = await browser.newContext({
        ...{ ...look, locale, userAgent: ANDROID, ignoreHTTPSErrors: true },
        javaScriptEnabled: false,
      });
      const page = await newPage(context);
      await page.goto(host.url.replace('https:', 'http:'));
      await picture(page, `help-${lang}-${look.viewport.width}`);
      const root = page.locator('html');
      assert.deepEqual(
        [await root.getAttribute('lang'), await root.getAttribute('dir')],
        [lang, dir],
      );
      assert.equal(await page.textContent('a'), go);
      assert.equal(await root.evaluate((each) => each.scrollWidth), look.viewport.width);
      const steps = await page.$$eval('.warning .here', (each) => each.map((b) => b.textContent));
      const told = await page.$$eval('ol b', (each) => each.map((b) => b.textContent));
      assert.deepEqual(told.sort(), steps.sort(), 'the drawing and the steps have the same words');
      await page.click('a');
      await page.waitForSelector(`.wall[lang=${lang}][dir=${dir}]`);
      assert.equal(await page.textContent(`.wall[lang=${lang}]`), wall);
      assert.equal(await page.isVisible('.too-old'), false);
      await picture(page, `wall-${lang}-${look.viewport.width}`);
      await context.close();
    }
  }
});

test('the own browser of the host meets no warning', { timeout: 2 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t));
  const browser = await startBrowser(t);
  const guest = await newPerson(browser, host.url, PHONE);
  await join(guest, 'Ana');

  const page = await newPage(await browser.newContext(DESK));
  const answer = await page.goto(host.ready.local_url);
  assert.equal(answer.status(), 200);
  assert.match(host.ready.local_url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.equal(await page.evaluate('isSecureContext'), true);
  await join(page, 'Ben');
  await say(page, 'from the computer itself');
  assert.deepEqual(await conversation(guest, 1), ['from the computer itself']);
  await say(guest, 'and back');
  assert.deepEqual(await conversation(page, 2), ['from the computer itself', 'and back']);
  await page.reload();
  assert.deepEqual(await conversation(page, 2), ['from the computer itself', 'and back']);
  for (const each of [guest, page]) assert.deepEqual(each.complaints, []);
});
