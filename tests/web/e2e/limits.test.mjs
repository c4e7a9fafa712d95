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

test('too fast: queued, told, said once each in order', { timeout: 2 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t));
  const browser = await startBrowser(t);
  const desk = await newPerson(browser, host.url, { ...DESK, colorScheme: 'light' });
  const phone = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'dark' });
  await join(desk, 'Ben');
  await join(phone, 'Ana');
  const many = Array.from({ length: 30 }, (_, index) => `fast ${index}`);
  const burst = (page) =>
    page.$eval(
      '#message',
      (input, texts) => {
        for (const text of texts) {
          input.value = text;
          input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }));
        }
      },
      many,
    );
  await Promise.all([burst(desk), burst(phone)]);
  for (const page of [desk, phone])
    await page.waitForSelector(
      '.slow >> text=/^Slow down a little. Sending in \\d+ s. \\(\\d+ queued\\)$/',
    );
  await picture(desk, 'fast-desk-light');
  await picture(phone, 'fast-phone-dark');
  for (const page of [desk, phone]) {
    const all = await conversation(page, 2 * many.length);
    await page.waitForSelector('.unsent', { state: 'detached' });
    await page.waitForSelector('.slow', { state: 'hidden' });
    assert.equal(all.length, 2 * many.length);
    const own = await page.$$eval('.own .bubble', (each) => each.map((one) => one.textContent));
    const others = await page.$$eval('.message:not(.own) .bubble', (each) =>
      each.map((one) => one.textContent),
    );
    assert.deepEqual([own, others], [many, many]);
    assert.deepEqual(page.complaints, []);
  }
});

/** Says @count short things as @guests plain guests, as fast as the host allows. */
const sayMuch = (page, guests, count) =>
  page.evaluate(
    async ([many, each]) => {
      const one = (name) =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`wss://${location.host}/chat`);
          let heard = 0;
          socket.onerror = reject;
          socket.onopen = () => {
            socket.send(name);
            for (let index = 0; index < each; index += 1) socket.send(`line ${index}`);
          };
          socket.onmessage = ({ data }) => {
            if (data.startsWith(`${name}:`)) heard += 1;
            if (heard === each) {
              socket.close();
              resolve();
            }
          };
        });
      await Promise.all(Array.from({ length: many }, (_, index) => one(`guest ${index}`)));
    },
    [guests, count / guests],
  );

test('a long conversation', { timeout: 2 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t), { options: ['--max-message-rate', '0'] });
  const browser = await startBrowser(t);
  const phone = await newPerson(browser, host.url, { ...PHONE, colorScheme: 'light' });
  const desk = await newPerson(browser, host.url, DESK);
  await join(phone, 'Ana');

  const countShown = () => phone.locator('.message').count();

  await t.test('the last 2,000 messages stand in the document, others can be shown', async () => {
    await sayMuch(desk, 16, 2432);
    await phone.waitForSelector('.earlier-open', { state: 'attached' });
    await phone.waitForFunction(
      (last) => [...document.querySelectorAll('.bubble')].pop().textContent === last,
      'line 151',
    );
    const count = await countShown();
    assert.ok(count >= 2000 && count <= 2100, `${count}`);
  });

  const topOf = () => phone.evaluate(() => window.line.getBoundingClientRect().top);

  await t.test('who reads further up keeps the line, and all that is there', async () => {
    await phone.evaluate(() => {
      window.line = document.querySelectorAll('.message')[500];
      window.line.scrollIntoView({ block: 'center' });
    });
    await phone.waitForSelector('.pill >> text=Latest');
    const before = await topOf();
    const count = await countShown();
    await sayMuch(desk, 2, 240);
    await phone.waitForSelector('.pill >> text=240 new');
    assert.ok(Math.abs((await topOf()) - before) < 2, `${before} ${await topOf()}`);
    assert.equal(await countShown(), count + 240);
    await picture(phone, 'reading-phone-light');
  });

  await t.test('earlier messages come above the line that is read', async () => {
    await phone.$eval('.log', (log) => log.scrollTo(0, 0));
    await phone.waitForFunction(() => document.querySelector('.log').scrollTop === 0);
    await phone.evaluate(() => {
      window.line = document.querySelector('.message');
    });
    await picture(phone, 'earlier-phone-light');
    const before = await topOf();
    await phone.click('.earlier-open');
    await phone.waitForSelector('.earlier-open', { state: 'hidden' });
    assert.equal(await countShown(), 2500, 'as many as a document ever holds');
    assert.ok(Math.abs((await topOf()) - before) < 60, `${before} ${await topOf()}`);
    assert.equal(await phone.evaluate('document.activeElement.className'), 'log');
  });

  await t.test('back at the end the document is as small as before', async () => {
    await phone.click('.pill');
    await say(phone, 'here again');
    await phone.waitForFunction(() => document.querySelectorAll('.message').length < 2100);
    await phone.waitForFunction(() => {
      const { scrollHeight, scrollTop, clientHeight } = document.querySelector('.log');
      return scrollHeight - scrollTop - clientHeight < 2;
    });
  });

  await t.test('the browser finds the first of them from the last', async () => {
    const isFound = await phone.evaluate(() => {
      const all = [...document.querySelectorAll('.bubble')];
      const isThere = () => all[0].contains(getSelection().anchorNode);
      getSelection().collapse(all.at(-1));
      for (let tries = 0; tries < all.length && !isThere(); tries += 1)
        if (!window.find(all[0].textContent, true, true)) return false;
      return all.length >= 2000 && isThere();
    });
    assert.ok(isFound);
  });

  for (const page of [phone, desk]) assert.deepEqual(page.complaints, []);
});

test('closed for good: nothing by itself', { timeout: 2 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t));
  const browser = await startBrowser(t);
  const cases = [
    [1008, 'The host closed this connection.', 'Reconnect'],
    [1007, 'Something went wrong on this page. Reload it to go on.', 'Reload'],
  ];
  for (const [code, words, offer] of cases) {
    const page = await newPage(await browser.newContext({ ...PHONE, colorScheme: 'light' }));
    let socket = null;
    await page.routeWebSocket(/\/chat$/, (link) => {
      socket = link;
      link.connectToServer();
    });
    await passWarning(page, host.url);
    await join(page, `Ana ${code}`);
    await say(page, 'before');
    await conversation(page, 1);
    await socket.close({ code });
    await page.waitForSelector(`.banner >> text=${words}`);
    await picture(page, `closed-${code}-phone-light`);
    await page.click(`.banner button >> text=${offer}`);
    await page.waitForSelector('.log[aria-busy=false]');
    await say(page, 'after');
    assert.deepEqual(await conversation(page, 2), ['before', 'after']);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  }
});
