// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/* Firefox ESR, driven by Puppeteer over WebDriver BiDi: no program stands between. */

import path from 'node:path';

import { launch } from 'puppeteer-core';

import { PATIENCE, makeFolder } from '../e2e/harness.mjs';
import { trustCa } from './nss.mjs';
import { savedFile } from './downloads.mjs';
import { EnginePage, until } from './page.mjs';

const KEYS = { ctrl: 'Control', shift: 'Shift' };

/* Runs in the page: one step through the warning, its buttons as they are since 2025 (in a
 * component) or before. True when there is no warning (any more). */
function stepThroughWarning() {
  if (!document.documentURI.startsWith('about:certerror'))
    return location.protocol === 'https:' && document.readyState === 'complete' && !window.isOld;
  const page = document.querySelector('net-error-card')?.shadowRoot ?? document;
  const exception = page.querySelector('#exception-button, #exceptionDialogButton');
  // Nobody can press it in the first moment after it came.
  if (exception && exception.getClientRects().length > 0) {
    if (!exception.disabled) exception.click();
  } else page.querySelector('#advanced-button, #advancedButton')?.click();
  return false;
}

class FirefoxPage extends EnginePage {
  constructor(page, look, downloads) {
    super('firefox');
    this.page = page;
    this.look = look;
    this.downloads = downloads;
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => {
      // A connection that failed is told as if a script had.
      if (!/ wss:/.test(error.message)) this.complaints.push(String(error.stack));
    });
    page.on('console', (message) => {
      if (/Content-Security-Policy/.test(message.text())) this.complaints.push(message.text());
    });
  }

  async load(url) {
    // The warning counts as a failure to Puppeteer.
    await this.page.goto(url).catch(() => {});
  }

  async passWarning() {
    await until(
      () => this.evaluate(stepThroughWarning),
      () => this.tell('the end of the warning'),
    );
  }

  async reload() {
    await this.page.reload().catch(() => {});
  }

  back() {
    return this.evaluate(() => history.back());
  }

  evaluate(fn, ...args) {
    return this.page.evaluate(fn, ...args);
  }

  press(target) {
    return this.page.click(target);
  }

  async type(target, text) {
    await this.page.focus(target);
    await this.page.keyboard.type(text);
  }

  async key(name, held = {}) {
    const modifiers = Object.keys(KEYS).filter((each) => held[each]);
    for (const each of modifiers) await this.page.keyboard.down(KEYS[each]);
    await this.page.keyboard.press(name);
    for (const each of modifiers) await this.page.keyboard.up(KEYS[each]);
  }

  async setViewport({ width, height }) {
    try {
      await this.page.setViewport({ width, height });
    } catch (error) {
      // Before Firefox 144 there is no orientation to set with it, as puppeteer does.
      if (!String(error).includes('setScreenOrientationOverride')) throw error;
      await this.waitFor((wanted) => innerWidth === wanted, width);
    }
  }

  screenshot() {
    return this.page.screenshot();
  }

  saved(action) {
    return savedFile(this.downloads, action);
  }

  async newTab() {
    return openWindow(this.page.browserContext(), this.look, this.downloads);
  }

  close() {
    return this.page.close();
  }
}

/* A window for each: in one window, all tabs but one would be hidden. */
async function openWindow(context, look, downloads) {
  const page = new FirefoxPage(await context.newPage({ type: 'window' }), look, downloads);
  await page.setViewport(look.viewport);
  return page;
}

export async function startFirefox(t, { ca, isDark, locale }) {
  const home = makeFolder(t);
  const profile = path.join(home, 'profile');
  const downloads = path.join(home, 'downloads');
  if (ca) trustCa(profile, ca);
  const browser = await launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    ...(ca ? { userDataDir: profile } : {}),
    env: { ...process.env, HOME: home, TMPDIR: home },
    extraPrefsFirefox: {
      'browser.download.dir': downloads,
      'browser.download.folderList': 2,
      'intl.accept_languages': locale,
      'layout.css.prefers-color-scheme.content-override': isDark ? 0 : 1,
    },
  });
  t.after(() => browser.close());
  const newPerson = async (look) =>
    openWindow(await browser.createBrowserContext(), look, downloads);
  return { newPerson };
}
