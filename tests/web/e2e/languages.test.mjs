// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  PATIENCE,
  conversation,
  makeFolder,
  newPage,
  newPerson,
  picture,
  say,
  startBrowser,
  startHost,
  tryToJoin,
  waitForText,
} from './harness.mjs';

const SMALL = { width: 320, height: 568 };
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };

/* What stays as it is in a language of other letters. */
const LATIN = /\b(?:WebSocket|HTTP|QR|VPN|Enter)\b/g;

const SPOKEN = [
  {
    lang: 'de',
    locale: 'de-AT',
    dir: 'ltr',
    names: ['Jörg', 'Käthe'],
    people: [/^1 Person$/, /^2 Personen$/],
    left: /^Noch 3 Zeichen$/,
    over: /^1 Zeichen zu viel$/,
    joined: 'Käthe ist beigetreten',
  },
  {
    lang: 'ar',
    locale: 'ar-EG',
    dir: 'rtl',
    names: ['ليلى', 'عمر'],
    people: [/^شخص واحد$/, /^شخصان$/],
    left: /^بقيت ٣ أحرف$/,
    over: /^حرف واحد زائد$/,
    joined: 'انضم عمر',
  },
];

/** All that is on the screen or read out, but for what people wrote or are called. */
function wordsOnScreen() {
  const found = [document.title];
  const isTheirs = (element) => element.closest('.bubble, bdi, .name, .address, .avatar, time');
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    if (node.parentElement.checkVisibility() && !isTheirs(node.parentElement))
      found.push(node.textContent);
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (element.checkVisibility() && !isTheirs(element)) found.push(element.getAttribute(name));
  return found.map((each) => each.replace(/[\u2066-\u2069]/g, '').trim()).filter(Boolean);
}

/** What reaches out of the screen, or does not fit into its element. */
function clippedOnScreen() {
  const found = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > window.innerWidth) found.push(`the page is ${scrollWidth} px wide`);
  for (const element of document.querySelectorAll('#app *')) {
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim(),
    );
    if (!hasText || !element.checkVisibility() || element.closest('.hearable')) continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const isOut = box.left < -0.5 || box.right > window.innerWidth + 0.5;
    const isCut = element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline';
    if (isOut || (isCut && style.textOverflow !== 'ellipsis'))
      found.push(`${element.className || element.tagName}: ${element.textContent}`);
  }
  return found;
}

/** A text of the catalogue as what it may look like on the screen. */
function shapeOf(text) {
  const parts = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}

/** What one language says, out of the file that the page itself loads. */
class Speech {
  constructor(page, { lang, dir }, words) {
    Object.assign(this, { page, lang, dir, words });
    this.english = Object.entries(words)
      .filter(([english, said]) => english !== said && /[A-Za-z]/.test(english))
      .map(([english]) => shapeOf(english));
  }

  static async of(page, spoken) {
    const made = await page.evaluate(
      async (file) => (await fetch(file)).json(),
      `words-${spoken.lang}.json`,
    );
    return new Speech(page, spoken, made.words);
  }

  /** Nothing English, nothing cut off, and pictures of it. */
  async check(state, ...sizes) {
    const said = await this.page.evaluate(wordsOnScreen);
    assert.ok(said.length > 3, `${state}: something is said`);
    for (const text of said.flatMap((each) => each.split(' · '))) {
      assert.ok(!this.english.some((shape) => shape.test(text)), `${this.lang}, ${state}: ${text}`);
      if (this.lang === 'ar')
        assert.doesNotMatch(text.replace(LATIN, ''), /[A-Za-z]{2}/, `${state}: ${text}`);
    }
    assert.deepEqual(await this.page.evaluate(clippedOnScreen), [], `${this.lang}, ${state}`);
    await picture(this.page, `${this.lang}-${state}-small`);
    for (const size of sizes) {
      await this.page.setViewportSize(SIZES[size]);
      await picture(this.page, `${this.lang}-${state}-${size}`);
    }
    if (sizes.length > 0) await this.page.setViewportSize(SMALL);
  }

  async choose(english) {
    await this.page.click('.bar [aria-haspopup=menu]');
    await this.page.click(`.menu-item >> text=${this.words[english]}`);
  }
}

const close = async (page) => {
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
};

for (const spoken of SPOKEN)
  test(`the page in ${spoken.lang}`, { timeout: 3 * PATIENCE }, async (t) => {
    const folder = makeFolder(t);
    const options = ['--room-name', '2026'];
    let host = await startHost(t, folder, { options: [...options, '--ask-code'] });
    const browser = await startBrowser(t);
    const look = { viewport: SMALL, locale: spoken.locale, colorScheme: 'light' };
    const page = await newPerson(browser, host.url, look);
    const speech = await Speech.of(page, spoken);

    await t.test('joining', async () => {
      const root = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        dir: document.documentElement.dir,
        drawn: getComputedStyle(document.querySelector('form')).direction,
      }));
      assert.deepEqual(root, { lang: spoken.lang, dir: spoken.dir, drawn: spoken.dir });
      await speech.check('join', 'phone', 'desk');
      await tryToJoin(page, 'a:b', host.ready.code);
      await page.waitForFunction(() => document.querySelector('#join-error').textContent);
      await speech.check('refused');
      await tryToJoin(page, spoken.names[0], 'AAAAAA');
      await page.waitForSelector('#code[aria-invalid]');
      await speech.check('wrong-code');
      await tryToJoin(page, spoken.names[0], host.ready.code);
      await page.waitForSelector('.composer');
      await speech.check('first');
    });

    await t.test('numbers choose their words', async () => {
      const state = async (shape) => {
        await page.waitForFunction(
          ([text]) => new RegExp(text).test(document.querySelector('.state').textContent),
          [shape.source],
        );
      };
      await state(spoken.people[0]);
      const other = await newPerson(browser, host.url, look);
      await tryToJoin(other, spoken.names[1], host.ready.code);
      await other.waitForSelector('.composer');
      await state(spoken.people[1]);
      await waitForText(page, '.notice', spoken.joined);

      const counted = () => page.textContent('#message-count');
      await page.fill('#message', 'x'.repeat(3997));
      assert.match(await counted(), spoken.left);
      await page.fill('#message', 'x'.repeat(4001));
      assert.match(await counted(), spoken.over);
      await page.fill('#message', '');

      await say(other, '1 + 1 = 2');
      await say(page, 'שלום, Hello, سلام!');
      await say(page, 'https://example.org/?a=1');
      await conversation(page, 3);
      await page.focus('#message');
      await page.keyboard.type('@');
      await page.waitForSelector('.mention');
      await speech.check('mention');
      await page.fill('#message', '');
      await other.close();
    });

    await t.test('all of the chat', async () => {
      await speech.check('chat', 'phone', 'desk');
      await page.click('.people-open');
      await page.waitForSelector('.sheet[open] .person');
      await speech.check('people', 'phone');
      await close(page);
      await page.click('.bar [aria-haspopup=menu]');
      await page.waitForSelector('.menu-item');
      await speech.check('menu');
      await page.keyboard.press('Escape');
      await speech.choose('Share');
      await page.waitForFunction(() => document.querySelector('.qr').naturalWidth > 0);
      await speech.check('share', 'phone');
      await close(page);
      for (const [english, name] of [
        ['Change Name', 'rename'],
        ['Leave', 'leave'],
      ]) {
        await speech.choose(english);
        await page.waitForSelector('dialog[open]');
        await speech.check(name);
        await close(page);
      }
      await page.hover('.message:not(.own) .bubble');
      await page.click('.message:not(.own) .more');
      await page.waitForSelector('.menu-item');
      await speech.check('actions');
      await page.keyboard.press('Escape');
    });

    await t.test('what goes wrong', async () => {
      await host.kill('SIGKILL');
      await page.waitForSelector('.banner:not([hidden])');
      await say(page, '1, 2, 3');
      await page.waitForSelector('.fate');
      await speech.check('lost', 'phone');
      host = await startHost(t, folder, { options, port: host.port });
      await page.waitForSelector('.fate.bad');
      await speech.check('restarted', 'phone');
      await page.click('.fate .link');
      await conversation(page, 4);
      await host.kill('SIGTERM');
      await page.waitForFunction(
        (words) => document.querySelector('.banner').textContent.includes(words),
        speech.words['The host ended this chat. This page is the only copy.'],
      );
      await speech.check('ended', 'desk');
      assert.deepEqual(page.complaints, []);
    });
  });

test('from the sources the page speaks English', { timeout: 2 * PATIENCE }, async (t) => {
  const sources = new URL('../../../ui/web', import.meta.url).pathname;
  const host = await startHost(t, makeFolder(t), { options: ['--web-root', sources] });
  const browser = await startBrowser(t);
  const page = await newPerson(browser, host.url, { locale: 'ar-EG' });
  assert.equal(await page.evaluate('document.documentElement.dir'), 'ltr');
  await waitForText(page, 'button', 'Join');
  assert.deepEqual(page.complaints, []);
});

test('four files until Join works', { timeout: 2 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t));
  const browser = await startBrowser(t);
  const context = await browser.newContext({ locale: 'de', ignoreHTTPSErrors: true });
  const page = await newPage(context);
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(host.url);
  await page.waitForSelector('#name');
  const files = asked.filter((file) => file !== '/room' && !file.includes('icon'));
  assert.deepEqual(files.sort(), ['/', '/app.css', '/app.js', '/words-de.json']);
});
