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
  passWarning,
  picture,
  say,
  startBrowser,
  startHost,
} from './harness.mjs';

/** Bubbles that are whole in what can be seen of the conversation. */
const visibleBubbles = (page) =>
  page.evaluate(() => {
    const frame = document.querySelector('.log').getBoundingClientRect();
    return [...document.querySelectorAll('.bubble')].filter((bubble) => {
      const box = bubble.getBoundingClientRect();
      return box.top >= frame.top && box.bottom <= frame.bottom;
    }).length;
  });

const scrollTop = (page) => page.$eval('.log', (log) => log.scrollTop);

test('how the page behaves', { timeout: 5 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t), { options: ['--room-name', 'Attic'] });
  const browser = await startBrowser(t);
  const phone = await newPerson(browser, host.url, PHONE);
  const desk = await newPerson(browser, host.url, DESK);
  await join(phone, 'Ana');
  await join(desk, 'Ben');
  let count = 0;

  await t.test('Enter sends where there is a keyboard, and breaks the line elsewhere', async () => {
    await desk.fill('#message', 'one');
    await desk.press('#message', 'Shift+Enter');
    await desk.keyboard.type('two');
    await desk.press('#message', 'Enter');
    await phone.fill('#message', 'three');
    await phone.press('#message', 'Enter');
    await phone.keyboard.type('four');
    await phone.press('#message', 'Control+Enter');
    count += 2;
    assert.deepEqual((await conversation(desk, count)).sort(), ['one\ntwo', 'three\nfour']);
  });

  await t.test('Enter that ends the composition of a character does not send', async () => {
    await desk.fill('#message', 'に');
    for (const key of [{ isComposing: true }, { keyCode: 229 }]) {
      const isTaken = await desk.$eval(
        '#message',
        (input, how) =>
          !input.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...how }),
          ),
        key,
      );
      assert.equal(isTaken, false);
    }
    assert.equal(await desk.inputValue('#message'), 'に');
    await desk.fill('#message', '');
  });

  await t.test('a press on Send keeps the cursor where it was', async () => {
    await phone.fill('#message', 'tap');
    await phone.tap('.send');
    count += 1;
    await conversation(desk, count);
    assert.equal(await phone.evaluate('document.activeElement.id'), 'message');
  });

  await t.test('the composer counts from 80 % and does not send what is too long', async () => {
    await desk.fill('#message', 'x'.repeat(3199));
    assert.equal(await desk.isVisible('#message-count'), false);
    await desk.fill('#message', '😀'.repeat(3200));
    assert.match(await desk.textContent('#message-count'), /^800 characters left$/);
    await desk.fill('#message', 'x'.repeat(4001));
    assert.match(await desk.textContent('#message-count'), /^1 character too many$/);
    assert.equal(await desk.isDisabled('.send'), true);
    await desk.press('#message', 'Enter');
    assert.equal((await desk.inputValue('#message')).length, 4001);
    const box = await desk.locator('#message').boundingBox();
    assert.ok(box.height < 150, 'five lines at most');
    await desk.fill('#message', '');
  });

  await t.test('new messages do not take the place of who reads further up', async () => {
    for (let line = 0; line < 5; line += 1) await say(desk, `filler ${'\n|'.repeat(5)}`);
    count += 5;
    await conversation(phone, count);
    await phone.$eval('.log', (log) => log.scrollTo(0, 40));
    await phone.waitForFunction(() => document.querySelector('.log').scrollTop === 40);
    for (const text of ['new 1', 'new 2', 'new 3']) await say(desk, text);
    await phone.waitForSelector('.pill >> text=3 new');
    assert.equal(await scrollTop(phone), 40);
    await picture(phone, 'new-phone-light');
    await phone.click('.pill');
    await phone.waitForSelector('.pill', { state: 'hidden' });
    count += 3;
    await say(desk, 'followed');
    count += 1;
    await conversation(phone, count);
    await phone.waitForFunction(() => {
      const { scrollHeight, scrollTop: top, clientHeight } = document.querySelector('.log');
      return scrollHeight - top - clientHeight < 2;
    });
  });

  await t.test('enough of a conversation fits, above a keyboard too', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      await say(phone, 'short');
      await conversation(desk, (count += 1));
      await say(desk, 'words');
      await conversation(phone, (count += 1));
    }
    assert.ok((await visibleBubbles(phone)) >= 9);
    await phone.setViewportSize({ width: 390, height: 844 - 336 });
    await phone.waitForFunction(() => {
      const last = [...document.querySelectorAll('.bubble')].pop().getBoundingClientRect();
      return last.bottom <= document.querySelector('.composer').getBoundingClientRect().top;
    });
    assert.ok((await visibleBubbles(phone)) >= 4);
    await picture(phone, 'keyboard-phone-light');
    await phone.setViewportSize(PHONE.viewport);
  });

  await t.test('a page nobody looks at counts in its title', async () => {
    const look = (isHidden) =>
      phone.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    const title = await phone.title();
    await look(true);
    await say(desk, 'psst');
    await say(desk, 'hey');
    await phone.waitForFunction((words) => document.title === words, `(2) ${title}`);
    await look(false);
    await phone.waitForFunction((words) => document.title === words, title);
    count += 2;
  });

  await t.test('own words stay the same element when they are said', async () => {
    await desk.evaluate(() => {
      window.added = [];
      new MutationObserver((changes) => {
        for (const change of changes) window.added.push(...change.addedNodes);
      }).observe(document.querySelector('.rows'), { childList: true, subtree: true });
    });
    await say(desk, 'said once');
    count += 1;
    await conversation(desk, count);
    await desk.waitForSelector('.unsent', { state: 'detached' });
    const times = await desk.evaluate(
      () => window.added.filter((node) => node.textContent.includes('said once')).length,
    );
    assert.equal(times, 1, 'what is added again is read out again');
  });

  await t.test('nothing jumps, before or after joining', async () => {
    const context = await browser.newContext(PHONE);
    const page = await newPage(context);
    await page.addInitScript(() => {
      window.shifts = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await passWarning(page, host.url);
    await join(page, 'Cid');
    await page.waitForSelector('.empty .title');
    assert.equal(await page.evaluate('window.shifts'), 0);
    await context.close();
  });

  for (const page of [phone, desk]) assert.deepEqual(page.complaints, []);
});

test('out of reach for half a minute', { timeout: 2 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t));
  const browser = await startBrowser(t);
  const page = await newPage(await browser.newContext(PHONE));
  await page.clock.install();
  await passWarning(page, host.url);
  await join(page, 'Ana');
  await host.kill('SIGKILL');
  await page.waitForSelector('.banner >> text=Reconnecting…');
  for (let second = 0; second < 31; second += 1) await page.clock.runFor(1000);
  await page.waitForSelector("text=/Can't reach .*Or scan the code again/");
  await picture(page, 'unreachable-phone-light');
  assert.equal(await page.isVisible('.banner button >> text=Reload'), true);
});

test('the page is the same from its sources', { timeout: 2 * PATIENCE }, async (t) => {
  const sources = new URL('../../../ui/web', import.meta.url).pathname;
  const host = await startHost(t, makeFolder(t), { options: ['--web-root', sources] });
  const browser = await startBrowser(t);
  const page = await newPerson(browser, host.url, DESK);
  const missing = await page.evaluate(async () => {
    const links = [...document.querySelectorAll('link[href], script[src], img[src]')];
    const urls = links.map((each) => each.href || each.src);
    const found = await Promise.all(urls.map(async (url) => [url, (await fetch(url)).status]));
    return found.filter(([, status]) => status !== 200);
  });
  assert.deepEqual(missing, []);
  await join(page, 'Ana');
  await say(page, 'unbundled');
  assert.deepEqual(await conversation(page, 1), ['unbundled']);
  assert.deepEqual(page.complaints, []);
});
