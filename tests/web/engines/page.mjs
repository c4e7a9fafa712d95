// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * One page as the tests see it, whatever engine shows it. A subclass says how its engine loads,
 * evaluates, clicks and types; all else is built on that here, so that it means the same in each.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PATIENCE } from '../e2e/harness.mjs';

const PICTURES = path.join(process.env.HUB_TEST_BUILD_ROOT ?? tmpdir(), 'tests', 'web', 'pictures');
const LOOK_AGAIN_MS = 50;

/** Waits until @check gives something true, and returns that; @tell says what it was about. */
export async function until(check, tell) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    let found = null;
    let trouble = null;
    try {
      found = await check();
    } catch (error) {
      // A page that is just being replaced: nothing to look at, for a moment.
      trouble = error;
    }
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${await tell()}`, { cause: trouble });
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_AGAIN_MS);
    });
  }
}

/** Runs in the page: marks the first thing to see that matches, for the engine to find it. */
function mark(selector, text) {
  for (const old of document.querySelectorAll('[data-test-target]'))
    old.removeAttribute('data-test-target');
  const target = [...document.querySelectorAll(selector)].find(
    (each) =>
      each.textContent.replace(/[\u2068\u2069]/g, '').includes(text) &&
      each.getClientRects().length > 0 &&
      getComputedStyle(each).visibility === 'visible',
  );
  if (!target || target.disabled || target.ariaDisabled === 'true') return false;
  target.scrollIntoView({ block: 'nearest' });
  target.setAttribute('data-test-target', '');
  return true;
}

const TARGET = '[data-test-target]';

export class EnginePage {
  /** @param {string} engine its name */
  constructor(engine) {
    this.engine = engine;
    /** Scripts that failed, and what the policy blocked: a test ends with none. */
    this.complaints = [];
  }

  /* What an engine has to say:
   *   load(url), reload(), back(): resolve when there is something to evaluate in
   *   passWarning(): from the engine's warning on to the page, as its person does it
   *   evaluate(fn, ...args): JSON in, JSON or a promise of it out
   *   press(target), type(target, text), key(name, { ctrl, shift }): real input
   *   setViewport({ width, height }), screenshot(): a PNG
   *   close() */

  /** From an address to the form, through the warning if there is one. */
  async arrive(url) {
    await this.load(url);
    await this.passWarning();
    await this.waitForSelector('#name, .composer');
  }

  /** Through the warning that comes before what @action loads again. */
  async passNextWarning(action) {
    await this.evaluate(() => {
      window.isOld = true;
    });
    await action();
    await this.passWarning();
  }

  waitFor(check, ...args) {
    return until(
      () => this.evaluate(check, ...args),
      () => this.tell(`${check} with ${JSON.stringify(args)}`),
    );
  }

  /** For the message of a failure: what was there instead. */
  async tell(what) {
    const look = () =>
      [document.body, ...document.querySelectorAll('input, textarea')]
        .map((each) => each.innerText || each.value)
        .join('\n');
    const words = await this.evaluate(look).catch(String);
    return `${what} in ${this.engine}, which shows: ${words}`;
  }

  waitForSelector(selector) {
    return this.waitFor((which) => document.querySelector(which) !== null, selector);
  }

  waitForNo(selector) {
    return this.waitFor((which) => document.querySelector(which) === null, selector);
  }

  /** @param {string} text what one of the @selector holds, the isolates around values left out */
  waitForText(selector, text) {
    return this.waitFor(
      (which, words) =>
        [...document.querySelectorAll(which)].some((each) =>
          each.textContent.replace(/[\u2068\u2069]/g, '').includes(words),
        ),
      selector,
      text,
    );
  }

  isVisible(selector) {
    return this.evaluate(
      (which) =>
        [...document.querySelectorAll(which)].some((each) => each.getClientRects().length > 0),
      selector,
    );
  }

  texts(selector) {
    return this.evaluate(
      (which) => [...document.querySelectorAll(which)].map((each) => each.textContent),
      selector,
    );
  }

  value(selector) {
    return this.evaluate((which) => document.querySelector(which).value, selector);
  }

  count(selector) {
    return this.evaluate((which) => document.querySelectorAll(which).length, selector);
  }

  /** Clicks the first that can be seen of @selector, with @text in it; waits for it to be there. */
  click(selector, text = '') {
    return until(
      async () => {
        if (!(await this.evaluate(mark, selector, text))) return false;
        await this.press(TARGET);
        return true;
      },
      () => this.tell(`something to click: ${selector} ${text}`),
    );
  }

  /** The whole text at once, as a paste puts it there. */
  async fill(selector, text) {
    await this.waitForSelector(selector);
    await this.evaluate(
      (which, words) => {
        const field = document.querySelector(which);
        field.focus();
        field.value = words;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      },
      selector,
      text,
    );
  }

  async join(name) {
    await this.fill('#name', name);
    await this.click('button[type=submit]');
    await this.waitForSelector('.composer');
  }

  async tryToJoin(name, code) {
    await this.fill('#name', name);
    if (code !== undefined) await this.fill('#code', code);
    await this.click('button[type=submit]');
  }

  async say(text) {
    await this.fill('#message', text);
    await this.key('Enter', { ctrl: true });
  }

  /** Goes out of the chat, as its menu offers it. */
  /** Something in the menu of the chat. */
  async choose(label) {
    await this.click('[aria-label=Menu]');
    await this.click('.menu-item', label);
  }

  async rename(name) {
    await this.choose('Change Name');
    await this.fill('#new-name', name);
    await this.click('.confirm[open] .primary');
  }

  async leave() {
    await this.choose('Leave');
    await this.click('.confirm .danger');
    await this.waitForSelector('#name');
  }

  /** The texts of the conversation, once it holds @count of them that are said. */
  async conversation(count) {
    await this.waitFor(
      (least) => document.querySelectorAll('.message:not(.unsent) .bubble').length >= least,
      count,
    );
    return this.texts('.message .bubble');
  }

  async names() {
    return (await this.texts('.persons .name')).sort();
  }

  waitForPeople(count) {
    return this.waitFor(
      (many) => document.querySelectorAll('.persons .person').length === many,
      count,
    );
  }

  /** The page asks again when somebody looks at it: nobody waits for its next look by itself. */
  lookAgain() {
    return this.evaluate(() => {
      for (const isHidden of [true, false]) {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }
    });
  }

  /** By how much the page is wider than what shows it: 0, else it scrolls sideways. */
  overflow() {
    return this.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }

  async picture(name) {
    mkdirSync(PICTURES, { recursive: true });
    writeFileSync(path.join(PICTURES, `${name}-${this.engine}.png`), await this.screenshot());
  }
}
