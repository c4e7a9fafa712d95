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

const items = (page) =>
  page.$$eval('.menu-item', (all) => all.map((item) => item.innerText.trim()));
const focused = (page) => page.evaluate('document.activeElement.textContent');

/** A browser in which the page can be heard, and the screen be seen to stay on. */
async function newWatched(browser, url, look) {
  const context = await browser.newContext(look);
  await context.addInitScript(() => {
    window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function count(...when) {
      window.tones += 1;
      return start.apply(this, when);
    };
    window.locks = [];
    const request = async () => {
      const sentinel = new EventTarget();
      sentinel.release = async () => {
        window.locks.splice(window.locks.indexOf(sentinel), 1);
        sentinel.dispatchEvent(new Event('release'));
      };
      window.locks.push(sentinel);
      return sentinel;
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  const page = await newPage(context);
  await passWarning(page, url);
  return page;
}

const lookAway = (page, isHidden) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);

test('the menu', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t), { options: ['--room-name', 'Attic'] });
  const browser = await startBrowser(t);
  const ana = await newWatched(browser, host.url, { ...PHONE, colorScheme: 'light' });
  const ben = await newPerson(browser, host.url, { ...DESK, colorScheme: 'light' });
  await join(ana, 'Ana');
  await join(ben, 'Ben');
  await say(ben, 'first');
  await conversation(ana, 1);
  const isLocked = (count) => ana.waitForFunction((n) => window.locks.length === n, count);

  await t.test('keys go through it, and back to its button', async () => {
    const label = () => ben.evaluate('document.activeElement.getAttribute("aria-label")');
    const isClosed = async () => {
      await ben.waitForSelector('.menu', { state: 'hidden' });
      assert.equal(await label(), 'Menu');
      assert.equal(await ben.getAttribute('[aria-label=Menu]', 'aria-expanded'), 'false');
    };
    await ben.focus('#message');
    for (let tabs = 0; tabs < 20 && (await label()) !== 'Menu'; tabs += 1)
      await ben.keyboard.press('Shift+Tab');
    await ben.keyboard.press('Enter');
    await ben.waitForSelector('.menu:not([hidden])');
    const there = await items(ben);
    const all = ['Sound', 'Change Name', 'Share', 'Save a Copy', 'Leave'];
    assert.deepEqual(there.slice(-5), all);
    await picture(ben, 'menu-desk-light');
    // From the first one round to it again, there and back.
    for (const [key, index] of [
      ['ArrowDown', 1],
      ['End', -1],
      ['ArrowUp', -2],
      ['ArrowDown', -1],
      ['ArrowDown', 0],
      ['ArrowUp', -1],
      ['Home', 0],
    ]) {
      await ben.keyboard.press(key);
      assert.equal(await focused(ben), there.at(index), key);
    }
    await ben.keyboard.press('Escape');
    await isClosed();
    await ben.keyboard.press('Space');
    await ben.waitForSelector('.menu:not([hidden])');
    await ben.keyboard.press('Tab');
    await isClosed();
    // What it opens gives it back as well.
    await ben.keyboard.press('Enter');
    await ben.keyboard.press('End');
    await ben.keyboard.press('Enter');
    await ben.waitForSelector('.confirm[open]');
    await ben.keyboard.press('Escape');
    await ben.waitForSelector('dialog[open]', { state: 'detached' });
    await isClosed();
  });

  await t.test('the screen stays on, again too when it is looked at again', async () => {
    await choose(ana, 'Keep Screen On');
    await isLocked(1);
    await ana.click('[aria-label=Menu]');
    await picture(ana, 'menu-phone-light');
    assert.equal(await ana.getAttribute('.menu-item', 'aria-checked'), 'true');
    await ana.keyboard.press('Escape');
    await lookAway(ana, true);
    await ana.evaluate(() => window.locks[0].release());
    await isLocked(0);
    await lookAway(ana, false);
    await isLocked(1);
    await choose(ana, 'Keep Screen On');
    await isLocked(0);
  });

  await t.test('not offered where a browser cannot', async () => {
    const context = await browser.newContext(PHONE);
    await context.addInitScript(() => {
      delete Navigator.prototype.wakeLock;
      delete window.AudioContext;
    });
    const cid = await newPage(context);
    await passWarning(cid, host.url);
    await join(cid, 'Cid');
    await cid.click('[aria-label=Menu]');
    assert.deepEqual(await items(cid), ['Change Name', 'Share', 'Leave']);
    await context.close();
  });

  await t.test('a sound for what nobody looks at, and for a name', async () => {
    const tones = () => ana.evaluate('window.tones');
    await say(ben, 'quiet');
    await conversation(ana, 2);
    assert.equal(await tones(), 0);
    await choose(ana, 'Sound');
    await ana.waitForFunction('window.tones === 2');
    await ana.evaluate(() => {
      window.tones = 0;
    });
    await say(ben, 'seen');
    await conversation(ana, 3);
    assert.equal(await tones(), 0);
    // It rings no more often than every 1.5 s: until then, the name is called again.
    for (let call = 4; (await tones()) === 0; call += 1) {
      await say(ben, `@Ana ${call}`);
      await conversation(ana, call);
    }
    await lookAway(ana, true);
    await ana.evaluate(() => {
      window.tones = 0;
    });
    for (let call = 0; (await tones()) === 0; call += 1) {
      await say(ben, `hidden ${call}`);
      await waitForText(ana, '.bubble', `hidden ${call}`);
    }
    await lookAway(ana, false);
    await choose(ana, 'Sound');
  });

  await t.test('another name: what is being written and what was said stays', async () => {
    const said = await ana.locator('.bubble').count();
    await ana.fill('#message', 'half a sentence');
    await choose(ana, 'Change Name');
    await picture(ana, 'rename-phone-light');
    await ana.fill('#new-name', 'Ben');
    await ana.click('.confirm[open] .primary');
    await waitForText(ana, '#new-name-error', 'Someone here is already called Ben.');
    await ana.fill('#new-name', 'a:b');
    await ana.click('.confirm[open] .primary');
    await waitForText(ana, '#new-name-error', 'Use 1 to 32');
    await ana.fill('#new-name', 'Anna');
    await ana.click('.confirm[open] .primary');
    await waitForText(ben, '.notice', 'Anna joined');
    await waitForText(ben, '.notice', 'Ana left');
    await waitForText(ana, '.persons .who', 'Anna (you)');
    assert.equal(await ana.inputValue('#message'), 'half a sentence');
    assert.equal(await ana.locator('.bubble').count(), said);
    await ana.press('#message', 'Control+Enter');
    await waitForText(ben, '.bubble', 'half a sentence');
  });

  await t.test(
    'a name the host refuses: the seat stays, the name it offers is one press away',
    async () => {
      await choose(ana, 'Change Name');
      await ana.fill('#new-name', 'BEN');
      await ana.click('.confirm[open] .primary');
      await waitForText(ana, '#new-name-error', 'Someone here is already called BEN. Try BEN 2?');
      await picture(ana, 'rename-taken-phone-light');
      assert.equal(await ana.isVisible('.composer'), true);
      await ana.click('#new-name-error .link');
      await waitForText(ana, '.persons .who', 'BEN 2 (you)');
      await ana.waitForSelector('.confirm[open]', { state: 'detached' });
    },
  );

  await t.test('another spelling of the same name is not taken by oneself', async () => {
    await choose(ana, 'Change Name');
    await ana.fill('#new-name', 'Ben 2');
    await ana.click('.confirm[open] .primary');
    await waitForText(ana, '.persons .who', 'Ben 2 (you)');
  });

  await t.test('sharing: the address, its QR code, and a way to copy it', async () => {
    await ben.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await choose(ben, 'Share');
    assert.equal(await ben.textContent('.address'), host.ready.urls[0]);
    assert.equal(await ben.isVisible('text=Ask the host for the code.'), false);
    await ben.waitForSelector('.qr', { state: 'visible' });
    await picture(ben, 'share-desk-light');
    await ben.click('.share[open] button >> text=Copy');
    await waitForText(ben, '.share [role=status]', 'Copied.');
    assert.equal(await ben.evaluate('navigator.clipboard.readText()'), host.ready.urls[0]);
    await ben.keyboard.press('Escape');
    await ben.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
      document.execCommand = () => false;
    });
    await choose(ben, 'Share');
    await ben.click('.share[open] button >> text=Copy');
    await waitForText(ben, '.share [role=status]', 'Copy the selected address.');
    assert.equal(await ben.evaluate('String(getSelection())'), host.ready.urls[0]);
    await ben.keyboard.press('Escape');
  });

  await t.test('with a code: it stays with the host', async () => {
    await host.tell('code', 'code');
    await choose(ana, 'Share');
    await ana.waitForSelector('text=Ask the host for the code.', { state: 'visible' });
    await ana.waitForSelector('.qr', { state: 'visible' });
    await picture(ana, 'share-phone-light');
    await ana.keyboard.press('Escape');
  });

  await t.test('a code of which nobody in the chat was told', async () => {
    const { code } = await host.tell('code new', 'code');
    await choose(ana, 'Change Name');
    await ana.waitForSelector('#again-code', { state: 'visible' });
    await ana.fill('#new-name', 'Anna');
    await ana.click('.confirm[open] .primary');
    await waitForText(ana, '#new-name-error', 'This room asks for a code.');
    await ana.fill('#again-code', 'WRONG2');
    await ana.click('.confirm[open] .primary');
    await waitForText(ana, '#new-name-error', "That code isn't right.");
    await picture(ana, 'rename-code-phone-light');
    await waitForText(ana, '.persons .who', 'Ben 2 (you)');
    await ana.fill('#again-code', code);
    await ana.click('.confirm[open] .primary');
    await waitForText(ana, '.persons .who', 'Anna (you)');
    await host.tell('code off', 'code');
    await choose(ana, 'Change Name');
    await ana.waitForSelector('#again-code', { state: 'hidden' });
    await ana.keyboard.press('Escape');
  });

  await t.test('no new name where the room is locked', async () => {
    await host.tell('lock', 'locked');
    await waitForText(ana, '.state', 'locked');
    await ana.click('[aria-label=Menu]');
    assert.ok(!(await items(ana)).includes('Change Name'));
    await ana.keyboard.press('Escape');
  });

  await t.test('a file cannot be sent', async () => {
    await ben.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer }));
    });
    await waitForText(ben, '.counter', "Pictures and files can't be sent yet.");
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});

test(
  'a dialog is open when the chat gives way to the join page',
  { timeout: PATIENCE },
  async (t) => {
    const folder = makeFolder(t);
    const host = await startHost(t, folder);
    const browser = await startBrowser(t);
    const ana = await newPerson(browser, host.url, PHONE);
    await join(ana, 'Ana');
    await say(ana, 'hello');
    await choose(ana, 'Share');
    await ana.waitForSelector('dialog.share[open]');

    // Started anew, and asking for a code: there is no seat to come back to.
    await host.kill('SIGKILL');
    const again = await startHost(t, folder, { port: host.port, options: ['--ask-code'] });
    await waitForText(ana, '#join-error', 'This room asks for a code.');
    await tryToJoin(ana, 'Ana', again.ready.code);
    await ana.waitForSelector('.composer');
    assert.equal(await ana.isVisible('dialog.share'), false);
    await say(ana, 'back');
    await choose(ana, 'Share');
    await ana.waitForSelector('dialog.share[open]:modal');
    assert.deepEqual(ana.complaints, []);
  },
);
