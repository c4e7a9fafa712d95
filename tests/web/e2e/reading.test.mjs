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
  waitForText,
} from './harness.mjs';

/** Collects what a screen reader would be told. */
const listen = (page) =>
  page.evaluate(() => {
    window.told = [];
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          window.told.push(node.textContent.replace(/[\u2068\u2069]/g, ''));
    }).observe(document.querySelector('.conversation > [aria-live=polite]'), { childList: true });
  });
const told = async (page, count) => {
  await page.waitForFunction((least) => window.told.length >= least, count);
  return page.evaluate('window.told.splice(0)');
};

/** One after the other, so that they keep their order. */
async function sayAll(page, texts) {
  for (const text of texts) await say(page, text);
}

test('reading', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t), { options: ['--max-message-rate', '0'] });
  const browser = await startBrowser(t);
  const ana = await newPerson(browser, host.url, { ...DESK, colorScheme: 'light' });
  const ben = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'light' });
  await join(ana, 'Ana');
  await listen(ana);
  await join(ben, 'Ben');
  await waitForText(ana, '.notice', 'Ben joined');

  await t.test('what others say is told, neither presence nor my own words', async () => {
    await say(ana, 'mine');
    await conversation(ben, 1);
    await say(ben, 'hello');
    assert.deepEqual(await told(ana, 1), ['Ben: hello']);
    await say(ben, '@Ana look');
    assert.deepEqual(await told(ana, 1), ['For you. Ben: @Ana look']);
  });

  await t.test('many at once are only counted', async () => {
    await ben.evaluate(() => {
      const cid = new WebSocket(`wss://${location.host}/chat`);
      cid.onopen = () => {
        cid.send('Cid');
        for (let index = 0; index < 8; index += 1) cid.send(`burst ${index}`);
      };
    });
    await conversation(ana, 11);
    await ana.waitForFunction(() => window.told.some((words) => /^\d+ new messages$/.test(words)));
    const words = await ana.evaluate('window.told.splice(0)');
    const counts = words.map((each) => Number(/^(\d+) new/.exec(each)?.[1] ?? 1));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      8,
      words.join(),
    );
    assert.ok(words.length <= 5, words.join());
  });

  await t.test('a replay is not told', async () => {
    await ana.reload();
    await ana.waitForSelector('.conversation');
    await listen(ana);
    await conversation(ana, 11);
    await ana.waitForSelector('.log[aria-busy=false]');
    await say(ben, 'after the reload');
    assert.deepEqual(await told(ana, 1), ['Ben: after the reload']);
    const log = await ana.$eval('.log', (each) => [each.role, each.ariaLive]);
    assert.deepEqual(log, ['log', 'off']);
  });

  await t.test('selected messages are copied with name, time and text', async () => {
    await sayAll(
      ben,
      Array.from({ length: 50 }, (_, index) => `line ${index}\nand more`),
    );
    await conversation(ana, 62);
    const copied = await ana.evaluate(() => {
      const bubbles = [...document.querySelectorAll('.bubble')].slice(-50);
      getSelection().setBaseAndExtent(bubbles[0].firstChild, 5, bubbles[49].firstChild, 7);
      const clipboardData = new DataTransfer();
      const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
      document.querySelector('.log').dispatchEvent(event);
      return clipboardData.getData('text/plain').split('\n');
    });
    assert.equal(copied.length, 99);
    assert.match(copied[0], /^\[.+\d.+\] Ben: 0$/);
    assert.equal(copied[1], '\tand more');
    assert.match(copied[2], /^\[.+\] Ben: line 1$/);
    assert.match(copied[98], /^\[.+\] Ben: line 49$/);
    const alone = await ana.evaluate(() => {
      getSelection().selectAllChildren([...document.querySelectorAll('.bubble')].pop());
      const clipboardData = new DataTransfer();
      const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
      return document.querySelector('.log').dispatchEvent(event);
    });
    assert.equal(alone, true, 'a single message is left to the browser');
  });

  await t.test('the browser finds what is far from the screen', async () => {
    assert.equal(await ana.evaluate("window.find('@Ana look', false, true)"), true);
    const isThere = await ana.evaluate(
      () => getSelection().anchorNode.parentElement.closest('.message') !== null,
    );
    assert.ok(isThere);
  });

  await t.test('Tab reaches one message, arrows the others, Enter what can be done', async () => {
    await ana.focus('.log');
    await ana.keyboard.press('Tab');
    const label = () => ana.evaluate('document.activeElement.getAttribute("aria-label")');
    const row = () =>
      ana.evaluate(() => document.activeElement.closest('.message').innerText.split('\n').pop());
    assert.match(await label(), /Actions for the message from .*Ben/);
    await ana.keyboard.press('ArrowUp');
    await ana.keyboard.press('ArrowUp');
    await ana.keyboard.press('ArrowDown');
    await say(ben, 'comes meanwhile');
    await conversation(ana, 63);
    assert.match(await row(), /and more/);
    await ana.keyboard.press('Enter');
    await ana.waitForSelector('.menu:not([hidden])');
    await picture(ana, 'actions-desk-light');
    await ana.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ana.keyboard.press('Enter');
    await waitForText(ana, '.counter', 'Copied.');
    assert.equal(await ana.evaluate('navigator.clipboard.readText()'), 'line 48\nand more');
    assert.match(await label(), /Actions for the message from .*Ben/);
    await ana.keyboard.press('Enter');
    await ana.keyboard.press('ArrowDown');
    await ana.keyboard.press('Enter');
    assert.equal(await ana.inputValue('#message'), '@Ben ');
    assert.equal(await ana.evaluate('document.activeElement.id'), 'message');
  });

  await t.test('a tap shows the button of a message, and nothing else moves', async () => {
    const button = ben.locator('.message .more').first();
    assert.equal(await button.evaluate((each) => getComputedStyle(each).opacity), '0');
    await ben.locator('.bubble').last().tap();
    await ben.waitForFunction(() => {
      const shown = document.querySelector('.touched .more');
      return shown && getComputedStyle(shown).opacity === '1';
    });
    const shown = ben.locator('.touched .more');
    const box = await shown.boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, JSON.stringify(box));
    await shown.tap();
    await ben.waitForSelector('.menu:not([hidden])');
    await picture(ben, 'actions-phone-light');
    await ben.tap('.composer');
    await ben.waitForSelector('.menu', { state: 'hidden' });
  });

  await t.test('nothing is cut off at 320 px, which is 200 % zoom of 640', async () => {
    await ana.setViewportSize({ width: 320, height: 284 });
    const width = await ana.evaluate('document.documentElement.scrollWidth');
    assert.equal(width, 320);
    await ana.click('[aria-label=Menu]');
    const boxes = await ana.$$eval('.menu, .send, #message', (all) =>
      all.map((each) => each.getBoundingClientRect().toJSON()),
    );
    for (const box of boxes)
      assert.ok(box.left >= 0 && box.right <= 320 && box.top >= 0 && box.bottom <= 284);
    await ana.keyboard.press('Escape');
    await ana.setViewportSize(DESK.viewport);
  });

  await t.test('colours of the browser: edges are there', async () => {
    await ana.emulateMedia({ forcedColors: 'active' });
    const edges = await ana.$$eval('.bubble', (all) =>
      all.map((each) => getComputedStyle(each).borderBlockStartWidth),
    );
    assert.ok(edges.every((edge) => edge === '1px'));
    await picture(ana, 'forced-desk');
    await ana.emulateMedia({ forcedColors: 'none' });
  });

  await t.test('nothing moves for who does not want that', async () => {
    const moving = () =>
      ben.evaluate(() =>
        document.getAnimations().map((each) => each.effect.getComputedTiming().duration),
      );
    const openPeople = async () => {
      await ben.click('.people-open');
      await ben.waitForSelector('.sheet[open]');
      const found = await moving();
      await ben.keyboard.press('Escape');
      await ben.waitForSelector('.sheet[open]', { state: 'detached' });
      return found;
    };
    const quick = await openPeople();
    await ben.emulateMedia({ reducedMotion: 'reduce' });
    assert.deepEqual(await openPeople(), []);
    const styles = await ben.$$eval('*', (all) =>
      all.map((each) => getComputedStyle(each)).map((each) => each.transitionDuration),
    );
    assert.ok(styles.every((each) => each === '0s'));
    assert.deepEqual(quick, [120]);
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});
