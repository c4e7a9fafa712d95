// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import {
  PATIENCE,
  PHONE,
  choose,
  conversation,
  join,
  lookAgain,
  makeFolder,
  newPerson,
  say,
  startBrowser,
  startHost,
  tryToJoin,
  waitForText,
} from './harness.mjs';

const AXE = readFileSync(
  new URL('../node_modules/axe-core/axe.min.js', import.meta.url).pathname,
  'utf8',
);

/** What axe-core finds wrong with the page as it is now. */
async function look(page, state) {
  await page.evaluate(`${AXE}; undefined`);
  const found = await page.evaluate(async () => {
    // What fades in has no contrast yet.
    const moving = document
      .getAnimations()
      .filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map((each) => each.finished));
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
  });
  assert.deepEqual(found, [], state);
}

for (const colorScheme of ['light', 'dark'])
  test(`nothing to complain about, ${colorScheme}`, { timeout: 3 * PATIENCE }, async (t) => {
    const folder = makeFolder(t);
    let host = await startHost(t, folder);
    const browser = await startBrowser(t);
    const ana = await newPerson(browser, host.url, { ...PHONE, colorScheme });
    const ben = await newPerson(browser, host.url, { ...PHONE, colorScheme });

    await look(ana, 'the join page');
    await join(ana, 'Ana');
    await waitForText(ana, '.empty', "You're the first here.");
    await look(ana, 'the first one here');

    await host.tell('lock', 'locked');
    await lookAgain(ben);
    await waitForText(ben, '.room-state', 'This room is locked.');
    await look(ben, 'a locked room');
    await host.tell('unlock', 'unlocked');
    await tryToJoin(ben, 'Ana');
    await ben.waitForSelector('#join-error .link');
    await look(ben, 'a name that is taken');
    const { code } = await host.tell('code', 'code');
    await tryToJoin(ben, 'Ben');
    await ben.waitForSelector('#code');
    await look(ben, 'a code is asked for');
    await tryToJoin(ben, 'Ben', code);
    await ben.waitForSelector('.composer');

    await say(ana, 'Hello https://example.org/ @Ben');
    await say(ben, 'Hello yourself');
    await conversation(ana, 2);
    await conversation(ben, 2);
    await look(ben, 'a conversation');
    await ben.click('.people-open');
    await ben.waitForSelector('.sheet[open]');
    await look(ben, 'the list of people');
    await ben.keyboard.press('Escape');
    await ben.click('[aria-label=Menu]');
    await ben.waitForSelector('.menu-item');
    await look(ben, 'the menu');
    await ben.keyboard.press('Escape');
    for (const [item, dialog, state] of [
      ['Share', '.share[open] .qr:not([hidden])', 'what is shared'],
      ['Change Name', '.rename', 'another name'],
      ['Leave', '.confirm[open]', 'before leaving'],
    ]) {
      await choose(ben, item);
      await ben.waitForSelector(dialog);
      await look(ben, state);
      await ben.keyboard.press('Escape');
      await ben.waitForSelector('dialog[open]', { state: 'detached' });
    }
    await ben.focus('.message:not(.own) .more');
    await ben.keyboard.press('Enter');
    await ben.waitForSelector('.menu-item');
    await look(ben, 'what can be done with a message');
    await ben.keyboard.press('Escape');
    await ben.focus('#message');
    await ben.keyboard.type('@');
    await ben.waitForSelector('.mention');
    await look(ben, 'names to choose from');
    await ben.fill('#message', '');

    await host.kill('SIGKILL');
    await waitForText(ana, '.banner', 'Reconnecting…');
    await say(ana, 'later');
    await waitForText(ana, '.unsent .fate', 'Waiting to be sent');
    await look(ana, 'trying again');
    await waitForText(ana, '.banner', "Can't reach");
    await look(ana, 'out of reach');

    host = await startHost(t, folder, { port: host.port });
    for (const page of [ana, ben]) {
      await lookAgain(page);
      await waitForText(page, '.notice', 'The chat was restarted.');
    }
    await ana.waitForSelector('.fate.bad');
    await look(ana, 'after a restart, with something unsent');
    await host.tell('remove "Ben"', 'removed');
    await waitForText(ben, '.banner', 'The host removed you from this chat.');
    await look(ben, 'removed');
    await host.kill('SIGTERM');
    await waitForText(ana, '.banner', 'The host ended this chat.');
    await look(ana, 'the end');
  });
