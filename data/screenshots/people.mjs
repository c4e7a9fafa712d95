// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/* People with browsers who chat, for a picture: people.mjs URL FILE WIDTH HEIGHT
 *
 * Each has a browser of the kind of their device. Prints "ready" when everything is said and FILE
 * shows the chat as the first of them sees it; all stay until standard input ends. */

import process from 'node:process';

import {
  conversation,
  join,
  newPerson,
  say,
  startBrowser,
  waitForText,
} from '../../tests/web/e2e/harness.mjs';

const [url, file, width, height] = process.argv.slice(2);

const MOBILE = { hasTouch: true, isMobile: true };
const DEVICES = {
  iPhone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1',
  Android:
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/124.0 Mobile Safari/537.36',
  Windows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/124.0 Safari/537.36',
  Linux: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
};

const PEOPLE = [
  ['Ana', 'iPhone', MOBILE],
  ['Ben', 'Android', MOBILE],
  ['Chidi', 'Windows', {}],
  ['Dilnoza', 'Android', MOBILE],
  ['Emre', 'Linux', {}],
];

const SAID = [
  ['Chidi', 'Hello! Is everybody in?'],
  ['Dilnoza', 'Yes 👋'],
  ['Ben', 'The projector shows last week’s slides'],
  ['Emre', 'New ones are at https://192.168.1.5/slides'],
  ['Ana', 'Thanks! Which page are we on?'],
  ['Emre', '@Ana page 12'],
];

const ends = [];
const browser = await startBrowser({ after: (end) => ends.unshift(end) });
try {
  const pages = {};
  for (const [name, device, more] of PEOPLE) {
    pages[name] = await newPerson(browser, url, {
      viewport: { width: Number(width), height: Number(height) },
      userAgent: DEVICES[device],
      locale: 'en-US',
      colorScheme: 'light',
      ...more,
    });
    await join(pages[name], name);
  }
  for (const [name, text] of SAID) {
    await say(pages[name], text);
    await waitForText(pages.Ana, '.bubble', text);
  }
  await conversation(pages.Ana, SAID.length);
  await pages.Ana.screenshot({ path: file, animations: 'disabled' });
  process.stdout.write('ready\n');
  process.stdin.resume();
  await new Promise((resolve) => {
    process.stdin.once('end', resolve);
  });
} finally {
  for (const end of ends) await end();
}
