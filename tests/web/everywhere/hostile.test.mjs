// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after } from 'node:test';

import { DESK, PATIENCE, makeFolder } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';
import { SMALL, startFarHost } from './world.mjs';

const engine = await startEngine({ after });

const NAMES = ['<b>&amp;<img src=x>', '👩‍👩‍👧‍👦🏳️‍🌈', 'סוף', 'W'.repeat(32)];
const TEXTS = [
  '<img src=x onerror="window.isHit=1"><script>window.isHit=1</script><svg onload=window.isHit=1>',
  '{{constructor.constructor("window.isHit=1")()}} ${window.isHit=1} &lt;b&gt;',
  '\u202eevil txt.exe\u2066 \u2067 unclosed',
  'javascript:window.isHit=1 [x](javascript:window.isHit=1) data:text/html,<script>1</script>',
  'https://bank.example@evil.example/',
  `${'\u0301'.repeat(300)}tall`,
  '👩‍👩‍👧‍👦'.repeat(200),
  'ﷺ'.repeat(400),
  'W'.repeat(4000),
  `https://example.org/${'a'.repeat(3000)}`,
];

test('whatever somebody writes is text', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startFarHost(t, makeFolder(t), { options: ['--max-message-rate', '0'] });
  const small = await engine.newPerson(SMALL);
  const desk = await engine.newPerson(DESK);
  await small.arrive(host.url);
  await desk.arrive(host.url);
  await small.join('Ana');

  await t.test('as a name', async () => {
    for (const name of NAMES) {
      await desk.join(name);
      await small.waitForText('.notice', name);
      assert.equal(await small.overflow(), 0, name);
      await desk.say(`I am ${name}`);
      await small.waitForText('.bubble', `I am ${name}`);
      assert.equal(await small.overflow(), 0, name);
      assert.equal(await small.count('.log img, .log b'), 0);
      if (name !== NAMES.at(-1)) await desk.leave();
    }
  });

  await t.test('as a message', async () => {
    for (const text of TEXTS) await desk.say(text);
    const count = NAMES.length + TEXTS.length;
    const shown = await small.conversation(count);
    assert.deepEqual(shown.slice(NAMES.length), TEXTS);
    await desk.waitForNo('.unsent');
    await desk.waitFor(
      (least) => document.querySelectorAll('.own .bubble').length >= least,
      TEXTS.length + 1,
    );
    assert.deepEqual(
      (await desk.texts('.own .bubble')).slice(-TEXTS.length),
      TEXTS,
      'in the page of who wrote it too',
    );
    for (const page of [small, desk]) {
      assert.equal(await page.overflow(), 0);
      assert.equal(await page.count('.bubble :not(a, wbr)'), 0);
      assert.equal(await page.evaluate(() => 'isHit' in window), false);
      const links = await page.evaluate(() =>
        [...document.querySelectorAll('.bubble a')].map((each) => each.protocol),
      );
      assert.ok(links.every((each) => each === 'https:'));
      const isWider = await page.evaluate(() => {
        const room = document.querySelector('.log').getBoundingClientRect().right;
        return [...document.querySelectorAll('.bubble')].some(
          (each) => each.getBoundingClientRect().right > room,
        );
      });
      assert.equal(isWider, false);
      assert.deepEqual(page.complaints, []);
    }
    await small.picture('hostile-small');
  });
});

/* Runs in the page of another origin: everything that one may try without being asked. */
async function attack(target) {
  const { host } = new URL(target);
  const tried = [];
  // Some engines never say that they refused.
  const patience = new Promise((resolve) => {
    setTimeout(resolve, 3000, 'failed');
  });
  const attempt = (what, run) =>
    Promise.race([patience, Promise.resolve().then(run)]).then(
      (found) => tried.push([what, found ?? '']),
      () => tried.push([what, 'failed']),
    );
  const hello = JSON.stringify({ type: 'hello', name: 'Mallory', v: 1 });
  const all = [];
  for (const path of ['chat', 'say', 'stream', 'room']) {
    const url = `${target}${path}`;
    const post = { method: 'POST', body: hello, credentials: 'include' };
    all.push(attempt(`fetch ${path}`, async () => (await fetch(url, post)).status));
    all.push(
      attempt(`blind ${path}`, () => fetch(url, { ...post, mode: 'no-cors' }).then(() => '')),
    );
    all.push(attempt(`beacon ${path}`, () => void navigator.sendBeacon(url, hello)));
    all.push(
      attempt(
        `events ${path}`,
        () =>
          new Promise((resolve, reject) => {
            const source = new EventSource(url);
            source.onopen = () => resolve('open');
            source.onerror = () => {
              source.close();
              reject(new Error('refused'));
            };
          }),
      ),
    );
  }
  for (const words of ['Mallory', hello])
    all.push(
      attempt(
        'WebSocket',
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(`wss://${host}/chat`);
            socket.onopen = () => {
              socket.send(words);
              resolve('open');
            };
            socket.onerror = reject;
          }),
      ),
    );
  await Promise.all(all);
  return tried.filter(([, found]) => found !== '' && found !== 'failed');
}

test('a page from elsewhere reaches nothing', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startFarHost(t, makeFolder(t));
  const ana = await engine.newPerson(DESK);
  await ana.arrive(host.url);
  await ana.join('Ana');
  const elsewhere = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html');
    answer.end('<!doctype html><title>elsewhere</title><p id="app">');
  });
  await new Promise((resolve) => {
    elsewhere.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => elsewhere.closeAllConnections());
  elsewhere.unref();

  // The same person's browser: what it let pass and who it is, that page has as well.
  const page = await ana.newTab();
  await page.load(`http://127.0.0.1:${elsewhere.address().port}/`);
  await page.waitForSelector('#app');
  assert.deepEqual(await page.evaluate(attack, host.url), [], 'none of it was answered');

  for (const path of ['chat', 'say', 'stream']) {
    await page.load(`http://127.0.0.1:${elsewhere.address().port}/`);
    await page.waitForSelector('#app');
    await page.evaluate((action) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action, enctype: 'text/plain' });
      const field = document.createElement('input');
      Object.assign(field, { name: '{"type":"hello","name":"Mallory","v":1,"x":"', value: '"}' });
      form.append(field);
      document.body.append(form);
      setTimeout(() => form.submit());
    }, `${host.url}${path}`);
    await page.waitFor(() => document.querySelector('#app') === null);
  }

  const { count, people } = await host.tell('who', 'people');
  assert.equal(count, 1);
  assert.equal(people[0].name, 'Ana');
  await ana.say('nobody else');
  assert.deepEqual(await ana.conversation(1), ['nobody else']);
  assert.equal(await ana.count('.notice'), 0);
});
