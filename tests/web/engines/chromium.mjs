// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/* Chromium, driven by Playwright. */

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { makeFolder, newPage, startBrowser } from '../e2e/harness.mjs';
import { trustCa } from './nss.mjs';
import { EnginePage, until } from './page.mjs';

class ChromiumPage extends EnginePage {
  constructor(page) {
    super('chromium');
    this.page = page;
    this.complaints = page.complaints;
  }

  async load(url) {
    // The warning counts as a failure to Playwright.
    await this.page.goto(url).catch(() => {});
  }

  async passWarning() {
    const look = () =>
      document.readyState === 'complete' &&
      !window.isOld &&
      (location.protocol === 'https:'
        ? 'page'
        : document.querySelector('#proceed-link') && 'warning');
    const where = await until(
      () => this.page.evaluate(look),
      () => this.tell('a page'),
    );
    if (where === 'page') return;
    await this.page.click('#details-button');
    await this.page.click('#proceed-link');
  }

  async reload() {
    await this.page.reload().catch(() => {});
  }

  back() {
    return this.page.goBack();
  }

  evaluate(fn, ...args) {
    return this.page.evaluate(`(${fn})(...${JSON.stringify(args)})`);
  }

  press(target) {
    return this.page.click(target);
  }

  async type(target, text) {
    await this.page.focus(target);
    await this.page.keyboard.type(text);
  }

  key(name, { ctrl = false, shift = false } = {}) {
    return this.page.keyboard.press(`${ctrl ? 'Control+' : ''}${shift ? 'Shift+' : ''}${name}`);
  }

  setViewport(size) {
    return this.page.setViewportSize(size);
  }

  screenshot() {
    return this.page.screenshot({ animations: 'disabled' });
  }

  /** The file that @action makes the browser save. */
  async saved(action) {
    const [file] = await Promise.all([this.page.waitForEvent('download'), action()]);
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  }

  async newTab() {
    return new ChromiumPage(await newPage(this.page.context()));
  }

  close() {
    return this.page.close();
  }
}

export async function startChromium(t, { ca, isDark, locale }) {
  const home = makeFolder(t);
  if (ca) trustCa(path.join(home, '.pki', 'nssdb'), ca);
  const browser = await startBrowser(t, { env: { HOME: home } });
  const newPerson = async (look) => {
    const colorScheme = isDark ? 'dark' : 'light';
    const context = await browser.newContext({ ...look, colorScheme, locale });
    return new ChromiumPage(await newPage(context));
  };
  return { newPerson };
}
