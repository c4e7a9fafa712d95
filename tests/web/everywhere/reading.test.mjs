// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test, { after } from 'node:test';

import { PATIENCE, PHONE, makeFolder, startHost } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';

const engine = await startEngine({ after });

/* A keyboard that opens and closes, a phone that is turned, a window that is pulled. */
const SIZES = [
  [390, 508],
  [390, 844],
  [844, 390],
  [620, 700],
  [390, 844],
];

/** Runs in the page: somebody says @texts over a connection of their own. */
const sayAll = (texts) =>
  new Promise((resolve, reject) => {
    window.talker = new WebSocket(`wss://${location.host}/chat`);
    window.talker.onerror = reject;
    window.talker.onopen = () => {
      window.talker.send('Ben');
      for (const text of texts) window.talker.send(text);
      resolve(true);
    };
  });

/** Runs in the page. */
function isAtEnd() {
  const { scrollHeight, scrollTop, clientHeight } = document.querySelector('.log');
  return clientHeight > 0 && scrollHeight - scrollTop - clientHeight < 2;
}

/** Runs in the page: what follows the size has followed it. */
async function settle() {
  for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
  return true;
}

/** Runs in the page: the first message in sight, and how much of it is above the log's upper edge. */
function firstInSight() {
  const { top } = document.querySelector('.log').getBoundingClientRect();
  const row = [...document.querySelectorAll('.message')].find(
    (each) => each.getBoundingClientRect().bottom > top,
  );
  const text = row.querySelector('.bubble').textContent;
  return { text, hidden: top - row.getBoundingClientRect().top };
}

/** Runs in the page: whether @text is the first message in sight again. */
const isFirstInSight = (text) => {
  const { top } = document.querySelector('.log').getBoundingClientRect();
  const row = [...document.querySelectorAll('.message')].find(
    (each) => each.getBoundingClientRect().bottom > top,
  );
  return row.querySelector('.bubble').textContent === text;
};

/** Runs in the page: as a keyboard that slides in and out does, frame by frame. */
async function slideKeyboard() {
  const { style } = document.documentElement;
  const full = window.innerHeight;
  for (const direction of [1, -1])
    for (let step = 0; step <= 6; step += 1) {
      const share = direction > 0 ? step / 6 : 1 - step / 6;
      style.setProperty('--height', `${full - Math.round(336 * share)}px`);
      await new Promise(requestAnimationFrame);
    }
  style.setProperty('--height', `${full}px`);
}

test('the place in the conversation', { timeout: 3 * PATIENCE }, async (t) => {
  const options = ['--max-message-rate', '0'];
  const host = await startHost(t, makeFolder(t), { options });
  const ana = await engine.newPerson(PHONE);
  await ana.arrive(host.url);
  await ana.join('Ana');
  const texts = Array.from(
    { length: 90 },
    (_, index) => `${index} ${'some words of it '.repeat((index * 7) % 23)}`,
  );
  await ana.evaluate(sayAll, texts);
  await ana.conversation(texts.length);

  await t.test('the composer grows to five lines, and shows no part of another', async () => {
    const lines = () =>
      ana.evaluate(() => {
        const field = document.querySelector('#message');
        return field.clientHeight / parseFloat(getComputedStyle(field).lineHeight);
      });
    for (const [text, expected] of [
      ['one', 1],
      ['1\n2\n3', 3],
      ['1\n2\n3\n4\n5', 5],
      ['1\n2\n3\n4\n5\n6\n7\n8\n9', 5],
    ]) {
      await ana.fill('#message', text);
      // Some engines round the height of a line.
      assert.ok(Math.abs((await lines()) - expected) < 0.15, `${text}: ${await lines()}`);
    }
    await ana.evaluate(settle);
    await ana.waitFor(isAtEnd);
    await ana.fill('#message', '');
    await ana.evaluate(() => document.activeElement.blur());
    // Its edge is pressed like all of it.
    const pressed = await ana.evaluate(() => {
      const { left, bottom } = document.querySelector('.paper').getBoundingClientRect();
      const target = document.elementFromPoint(left + 30, bottom - 3);
      target.click();
      return document.activeElement.id;
    });
    assert.equal(pressed, 'message');
  });

  await t.test('at the end it stays at the end, whatever the size', async () => {
    for (const [width, height] of SIZES) {
      await ana.setViewport({ width, height });
      await ana.evaluate(settle);
      await ana.waitFor(isAtEnd);
    }
    await ana.evaluate(slideKeyboard);
    await ana.evaluate(settle);
    await ana.waitFor(isAtEnd);
    assert.equal(await ana.isVisible('.pill'), false);
  });

  await t.test('further up it stays at the same message', async () => {
    await ana.evaluate(() => {
      document.querySelectorAll('.message')[40].scrollIntoView({ block: 'start' });
      document.querySelector('.log').scrollTop += 30;
    });
    await ana.evaluate(settle);
    const { text, hidden } = await ana.evaluate(firstInSight);
    for (const [width, height] of SIZES) {
      await ana.setViewport({ width, height });
      await ana.evaluate(settle);
      await ana.waitFor(isFirstInSight, text);
    }
    await ana.evaluate(slideKeyboard);
    await ana.evaluate(settle);
    const found = await ana.evaluate(firstInSight);
    assert.equal(found.text, text);
    assert.ok(Math.abs(found.hidden - hidden) < 2, `${found.hidden}, before ${hidden}`);
    assert.equal(await ana.isVisible('.pill'), true);
  });

  assert.deepEqual(ana.complaints, []);
});
