// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/* What the tests with a real browser share: a host, people with browsers, pictures. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

import { chromium } from 'playwright-core';

/** Generous: sanitizers, and machines with other things to do, make everything slow. */
export const PATIENCE = 60000;

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const DESK = { viewport: { width: 1280, height: 800 } };

const PICTURES = path.join(process.env.HUB_TEST_BUILD_ROOT ?? tmpdir(), 'tests', 'web', 'pictures');

/** A folder that is gone after the test. */
export function makeFolder(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'hub-web-'));
  // Hooks run in the order they were added: whoever uses the folder may still be writing to it.
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return folder;
}

/**
 * The real server on loopback.
 * @returns {Promise<{ url: string, port: number, kill: (signal?: string) => Promise<void> }>}
 */
export async function startHost(t, folder, port = 0, options = []) {
  const server = spawn(
    process.env.HUBBUB_SERVER,
    ['--json', '--port', String(port), '--data-dir', folder, '--address', '127.0.0.1', ...options],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = new Promise((resolve) => {
    server.once('exit', resolve);
  });
  const kill = async (signal = 'SIGTERM') => {
    if (server.exitCode === null && server.signalCode === null) server.kill(signal);
    await gone;
  };
  t.after(() => kill('SIGKILL'));
  const lines = readline.createInterface({ input: server.stdout });
  const ready = await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const event = JSON.parse(line);
      if (event.type === 'ready') resolve(event);
    });
    void gone.then(() => reject(new Error('the host ended before it was ready')));
  });
  return { url: `https://127.0.0.1:${ready.port}/`, port: ready.port, kill };
}

export async function startBrowser(t, env = {}) {
  const home = makeFolder(t);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    env: { ...process.env, HOME: home, ...env },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  t.after(() => browser.close());
  return browser;
}

/** A page that fails the test when a script fails or the policy blocks something. */
export async function newPage(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error.stack)));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text()))
      page.complaints.push(message.text());
  });
  return page;
}

/** As people do it: the warning first, then on. Playwright's own way round would test another. */
export async function passWarning(page, url) {
  await page.goto(url).catch(() => {});
  await page.waitForSelector('#main-message');
  await page.keyboard.type('thisisunsafe');
  await page.waitForSelector('#name');
}

/** Somebody with a browser of their own. */
export async function newPerson(browser, url, look) {
  const context = await browser.newContext(look);
  const page = await newPage(context);
  await passWarning(page, url);
  return page;
}

export async function join(page, name) {
  await page.fill('#name', name);
  await page.click('button[type=submit]');
  await page.waitForSelector('.composer');
}

export async function say(page, text) {
  await page.fill('#message', text);
  await page.press('#message', 'Control+Enter');
}

/** The texts of the conversation, once it holds `count` of them. */
export async function conversation(page, count) {
  await page.waitForFunction(
    (least) => document.querySelectorAll('.message:not(.unsent) .bubble').length >= least,
    count,
  );
  return page.$$eval('.message .bubble', (bubbles) => bubbles.map((each) => each.textContent));
}

export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), animations: 'disabled' });
}
