// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/* What the tests with a real browser share: a host, people with browsers, pictures. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** What the host tells, each event given to whoever waits for the next of its type. */
class Events {
  constructor() {
    this.kept = [];
    this.waiting = [];
  }

  add(event) {
    const index = this.waiting.findIndex(({ type }) => type === event.type);
    if (index < 0) this.kept.push(event);
    else this.waiting.splice(index, 1)[0].resolve(event);
  }

  next(type) {
    const index = this.kept.findIndex((event) => event.type === type);
    if (index >= 0) return Promise.resolve(this.kept.splice(index, 1)[0]);
    return new Promise((resolve) => {
      this.waiting.push({ type, resolve });
    });
  }
}

/**
 * The real server, on loopback unless another address is given. listen: what says that to it, or
 * not; machine: the words that begin a command so that it runs on another machine, see run.py.
 * @returns {Promise<{ url: string, port: number, ready: object,
 *   tell: (line: string, answer?: string) => Promise<object>,
 *   next: (type: string) => Promise<object>,
 *   freeze: () => boolean, kill: (signal?: string) => Promise<void> }>} tell: types a command; the
 *   event it makes; next: an event that comes by itself; freeze: it does nothing until it is killed
 */
export async function startHost(t, folder, how = {}) {
  const { port = 0, options = [], machine = [], env = {}, onDebug } = how;
  const { address = '127.0.0.1', listen = ['--address', address] } = how;
  const [program, ...rest] = [
    ...machine,
    process.env.HUBBUB_SERVER,
    ...['--json', '--port', String(port), '--data-dir', folder],
    ...listen,
    ...options,
  ];
  const server = spawn(program, rest, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const gone = new Promise((resolve) => {
    server.once('exit', resolve);
  });
  const kill = async (signal = 'SIGTERM') => {
    if (server.exitCode === null && server.signalCode === null) server.kill(signal);
    await gone;
  };
  t.after(() => kill('SIGKILL'));
  const events = new Events();
  readline.createInterface({ input: server.stdout }).on('line', (line) => {
    if (line.startsWith('{')) events.add(JSON.parse(line));
    else if (onDebug) onDebug(line);
  });
  const ready = await Promise.race([events.next('ready'), gone]);
  assert.equal(ready?.type, 'ready', 'the host ended before it was ready');
  const tell = (line, answer) => {
    server.stdin.write(`${line}\n`);
    return events.next(answer);
  };
  const url = `https://${address}:${ready.port}/`;
  const freeze = () => server.kill('SIGSTOP');
  return { url, port: ready.port, ready, tell, next: (type) => events.next(type), freeze, kill };
}

/** A browser with a profile of its own, on the machine of startHost(). */
export async function startBrowser(t, { env = {}, machine = [] } = {}) {
  const home = makeFolder(t);
  const executablePath = path.join(home, 'browser');
  const command = [...machine, '/usr/bin/chromium'].join(' ');
  writeFileSync(executablePath, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o700 });
  const browser = await chromium.launch({
    executablePath,
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
async function goOn(page) {
  await page.click('#details-button');
  await page.click('#proceed-link');
  await page.waitForSelector('#name');
}

export async function passWarning(page, url) {
  await page.goto(url).catch(() => {});
  await goOn(page);
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

export async function tryToJoin(page, name, code) {
  await page.fill('#name', name);
  if (code !== undefined) await page.fill('#code', code);
  await page.click('button[type=submit]');
}

/** The page asks again when somebody looks at it: nobody waits for its next look by itself. */
export const lookAgain = (page) =>
  page.evaluate(() => {
    for (const isHidden of [true, false]) {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }
  });

export async function say(page, text) {
  await page.fill('#message', text);
  await page.press('#message', 'Control+Enter');
}

/** Chooses something in the menu of the chat. */
export async function choose(page, label) {
  await page.click('[aria-label=Menu]');
  await page.click(`.menu-item >> text=${label}`);
}

export async function rename(page, name) {
  await choose(page, 'Change Name');
  await page.fill('#new-name', name);
  await page.click('.confirm[open] .primary');
}

/** The texts of the conversation, once it holds `count` of them. */
export async function conversation(page, count) {
  await page.waitForFunction(
    (least) => document.querySelectorAll('.message:not(.unsent) .bubble').length >= least,
    count,
  );
  return page.$$eval('.message .bubble', (bubbles) => bubbles.map((each) => each.textContent));
}

export const waitForText = (page, selector, text) =>
  page.waitForFunction(
    ([where, what]) =>
      [...document.querySelectorAll(where)].some((each) =>
        // Without the isolates that stand around values.
        each.textContent.replace(/[\u2068\u2069]/g, '').includes(what),
      ),
    [selector, text],
  );

export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), animations: 'disabled' });
}
