// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How fast the page is. What is asserted would be an order of magnitude off: a machine that builds
 * and tests has other things to do. What was measured is printed, beside what it should be.
 */

import assert from 'node:assert/strict';
import test from 'node:test';

import {
  DESK,
  PATIENCE,
  PHONE,
  conversation,
  join,
  makeFolder,
  newPerson,
  say,
  startBrowser,
  startHost,
} from './harness.mjs';

const FRAME_MS = 1000 / 60;
const SLACK = 10;
const WORDS = 'The quick brown fox jumps over the lazy dog. '.repeat(2);

const percentile = (numbers, share) =>
  [...numbers].sort((a, b) => a - b)[Math.ceil(numbers.length * share) - 1];

/**
 * Guests of the plainest kind say @each messages; pause: ms between two of one guest. They stay, as
 * coming and going would be told.
 */
const sayMuch = (page, { guests, each, pause }) =>
  page.evaluate(
    async (how) => {
      const one = (name) =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`wss://${location.host}/chat`);
          let heard = 0;
          let said = 0;
          const next = () => {
            socket.send(`${name} says ${(said += 1)}: ${'words '.repeat(said % 12)}`);
            if (said < how.each) setTimeout(next, how.pause);
          };
          socket.onerror = reject;
          socket.onclose = reject;
          socket.onopen = () => {
            socket.send(name);
            next();
          };
          socket.onmessage = ({ data }) => {
            if (data.startsWith(`${name}:`)) heard += 1;
            if (heard === how.each) resolve();
          };
        });
      const prefix = Math.random().toString(36).slice(2, 6);
      await Promise.all(Array.from({ length: how.guests }, (_, i) => one(`${prefix} ${i}`)));
    },
    { guests, each, pause },
  );

/** How much of its thread each task of the page took, ms, out of a trace of Chromium. */
function tasksOf(trace) {
  const { traceEvents } = JSON.parse(trace);
  const mains = traceEvents.filter(
    (event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain',
  );
  const tasks = mains.map(({ pid, tid }) =>
    traceEvents
      .filter((event) => event.name === 'RunTask' && event.pid === pid && event.tid === tid)
      .map((event) => (event.tdur ?? event.dur) / 1000),
  );
  return tasks.sort((a, b) => b.length - a.length)[0];
}

/** Scrolls up through the conversation, half a screen in each frame.
 * @returns {Promise<number[]>} how long the frames took, ms */
const scrollThrough = (page) =>
  page.evaluate(async () => {
    const log = document.querySelector('.log');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const took = [];
    let before = await frame();
    while (log.scrollTop > 0 && took.length < 300) {
      log.scrollTop -= log.clientHeight / 2;
      const now = await frame();
      took.push(now - before);
      before = now;
    }
    return took;
  });

/** The first message in sight, and where. */
const firstLine = (page) =>
  page.evaluate(() => {
    const { top } = document.querySelector('.log').getBoundingClientRect();
    const row = [...document.querySelectorAll('.message')].find(
      (each) => each.getBoundingClientRect().bottom > top,
    );
    return { text: row.textContent, at: Math.round(row.getBoundingClientRect().top) };
  });

/** Runs in the page: scrolls down until there is no more. @returns all texts that were there */
async function readDown() {
  const log = document.querySelector('.log');
  const texts = new Map();
  for (let last = ''; ;) {
    for (const row of document.querySelectorAll('.message'))
      texts.set(row, row.querySelector('.bubble').textContent);
    const now = [...document.querySelectorAll('.bubble')].pop().textContent;
    if (now === last) return [...texts.values()];
    last = now;
    log.scrollTo(0, log.scrollHeight);
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  }
}

test('how fast the page is', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startHost(t, makeFolder(t), { options: ['--max-message-rate', '0'] });
  const browser = await startBrowser(t);
  const phone = await newPerson(browser, host.url, PHONE);
  const desk = await newPerson(browser, host.url, DESK);
  await join(phone, 'Ana');

  await t.test('nothing jumps after Join', async () => {
    const pressedAt = await phone.evaluate('performance.now()');
    await phone.evaluate(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if (entry.hadRecentInput) continue;
          const nodes = entry.sources.map(({ node }) => node && node.className);
          window.shifts.push({ value: entry.value, nodes });
        }
      }).observe({ type: 'layout-shift' });
    });
    // Chromium forgives what moves within half a second of a press.
    await phone.waitForFunction((since) => performance.now() - since > 600, pressedAt);
    await sayMuch(desk, { guests: 3, each: 8, pause: 60 });
    await conversation(phone, 24);
    const shifts = await phone.evaluate('window.shifts');
    const cls = shifts.reduce((sum, { value }) => sum + value, 0);
    t.diagnostic(`layout shift after Join: ${cls.toFixed(4)} (0)`);
    assert.ok(cls < 0.001, JSON.stringify(shifts));
  });

  await t.test('5,000 messages can be read, and a page never holds them all', async () => {
    await sayMuch(desk, { guests: 12, each: 420, pause: 14 });
    await say(phone, 'the last');
    await phone.waitForFunction(() =>
      [...document.querySelectorAll('.bubble')].some((each) => each.textContent === 'the last'),
    );
    for (;;) {
      await phone.$eval('.log', (log) => log.scrollTo(0, 0));
      if (await phone.isHidden('.earlier-open')) break;
      await phone.$eval('.earlier-open', (button) => button.click());
    }
    assert.equal(await phone.locator('.message').count(), 2500);
    // More is said, and what is read stays.
    await phone.$eval('.log', (log) => log.scrollTo(0, 200));
    const before = await firstLine(phone);
    await sayMuch(desk, { guests: 1, each: 1, pause: 0 });
    await phone.waitForSelector('.pill >> text=new');
    assert.deepEqual(await firstLine(phone), before);
    assert.equal(await phone.locator('.message').count(), 2500);
    // Down again, as far as it goes.
    const texts = await phone.evaluate(readDown);
    assert.match(texts.at(-1), /says 1:/);
    assert.ok(texts.includes('the last'));
    assert.ok(texts.length > 5000, `${texts.length} were there to be read`);
    await phone.waitForSelector('.pill', { state: 'hidden' });
  });

  await t.test('a full page scrolls', async () => {
    await phone.$eval('.log', (log) => log.scrollTo(0, log.scrollHeight));
    await browser.startTracing(phone, {
      categories: ['toplevel', 'disabled-by-default-devtools.timeline'],
    });
    const frames = await scrollThrough(phone);
    const tasks = tasksOf((await browser.stopTracing()).toString());
    const p95 = percentile(frames, 0.95);
    const long = tasks.filter((ms) => ms > FRAME_MS).length;
    t.diagnostic(`frames while scrolling through a full page: ${frames.length}`);
    t.diagnostic(`a frame, median: ${percentile(frames, 0.5).toFixed(1)} ms (16.7)`);
    t.diagnostic(`a frame, p95: ${p95.toFixed(1)} ms (16.7)`);
    t.diagnostic(`the page's longest task: ${Math.max(...tasks).toFixed(1)} ms (16.7)`);
    t.diagnostic(`tasks longer than a frame: ${long} of ${tasks.length} (0)`);
    assert.ok(frames.length > 50);
    assert.ok(p95 < FRAME_MS * SLACK);
  });

  await t.test('typing while 100 messages a second come into a full page', async () => {
    await phone.click('.pill');
    await say(phone, 'at the end');
    await phone.waitForFunction(() => document.querySelectorAll('.message').length < 2200);
    await phone.evaluate(() => {
      window.delays = [];
      document.querySelector('#message').addEventListener('keydown', ({ timeStamp }) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => window.delays.push(performance.now() - timeStamp);
          port2.postMessage(null);
        });
      });
    });
    const talk = sayMuch(desk, { guests: 3, each: 150, pause: 30 });
    await phone.focus('#message');
    await phone.keyboard.type(WORDS, { delay: 40 });
    await talk;
    await phone.waitForFunction((count) => window.delays.length === count, WORDS.length);
    const p95 = percentile(await phone.evaluate('window.delays'), 0.95);
    assert.ok((await phone.locator('.message').count()) >= 2000);
    t.diagnostic(`key to paint while 100 messages/s come, p95: ${p95.toFixed(1)} ms (50)`);
    assert.ok(p95 < 50 * SLACK);
    assert.equal(await phone.inputValue('#message'), WORDS);
    await phone.fill('#message', '');
  });

  for (const page of [phone, desk]) assert.deepEqual(page.complaints, []);
});
