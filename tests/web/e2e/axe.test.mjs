// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { raiseWalls } from '../everywhere/walls.mjs';
import { openDoor } from './front-door.mjs';
import { dropFile, guessCodes, hurry } from './guests.mjs';
import {
  PATIENCE,
  PHONE,
  choose,
  conversation,
  join,
  lookAgain,
  makeFolder,
  newPage,
  newPerson,
  passWarning,
  rename,
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
async function listViolations() {
  // What fades in has no contrast yet.
  const moving = document
    .getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(moving.map((each) => each.finished));
  const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
}

/** Nothing is wrong with the page, or the @frame of it, as it is now, in either theme. */
async function look(page, state, frame = page) {
  await frame.evaluate(`${AXE}; undefined`);
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await frame.evaluate(listViolations), [], `${state}, ${colorScheme}`);
  }
}

test('nothing to complain about, light and dark', { timeout: 5 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  let host = await startHost(t, folder);
  const browser = await startBrowser(t);
  const ana = await newPerson(browser, host.url, PHONE);
  const ben = await newPerson(browser, host.url, PHONE);

  const stranger = await newPage(ben.context());
  await stranger.goto(host.url.replace('https:', 'http:'));
  await look(stranger, 'the help before the warning');
  await stranger.close();
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
  await tryToJoin(ben, 'Ana: the first');
  await waitForText(ben, '#join-error', 'Use 1 to 32');
  await look(ben, 'a name that nobody may have');
  const { code } = await host.tell('code', 'code');
  await tryToJoin(ben, 'Ben');
  await ben.waitForSelector('#code');
  await look(ben, 'a code is asked for');
  await tryToJoin(ben, 'Ben', 'WRONG2');
  await waitForText(ben, '#join-error', "isn't right");
  await look(ben, 'a code that is wrong');
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
  await ben.fill('#message', 'far too long '.repeat(400));
  await waitForText(ben, '.counter', 'characters too many');
  await look(ben, 'more than a message holds');
  await ben.fill('#message', '');
  await say(ben, 'a tall one\n'.repeat(40));
  await conversation(ana, 3);
  await ana.evaluate(() => document.querySelector('.log').scrollTo(0, 0));
  await say(ben, 'and another');
  await waitForText(ana, '.pill', '1 new');
  await look(ana, 'something new further down');
  await ana.click('.pill');

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
  await say(ben, 'all here again');
  await waitForText(ana, '.bubble', 'all here again');
  const tab = await newPage(ana.context());
  await tab.goto(host.url);
  await waitForText(tab, '.taken', 'This chat is open in another tab.');
  await look(tab, 'open in another tab');
  await tab.click('.taken button');
  await waitForText(ana, '.banner', 'This chat is open in another tab.');
  await look(ana, 'taken over by another tab');
  await say(ben, 'meanwhile');
  await conversation(tab, 2);
  await rename(tab, 'Anna');
  await waitForText(tab, '.persons .who', 'Anna (you)');
  await ana.click('.banner >> text=Use Here');
  await waitForText(ana, '.notice', 'Some messages from while you were away are gone.');
  await look(ana, 'a gap');
  await waitForText(tab, '.banner', 'This chat is open in another tab.');
  await tab.close();
  await host.tell('remove "Ben"', 'removed');
  await waitForText(ben, '.banner', 'The host removed you from this chat.');
  await look(ben, 'removed');
  await host.kill('SIGTERM');
  await waitForText(ana, '.banner', 'The host ended this chat.');
  await look(ana, 'the end');
});

test('nor where the host says no', { timeout: 3 * PATIENCE }, async (t) => {
  const options = ['--max-guests', '1', '--max-message-rate', '1'];
  const host = await startHost(t, makeFolder(t), { options });
  const browser = await startBrowser(t);
  const ana = await newPerson(browser, host.url, PHONE);
  const ben = await newPerson(browser, host.url, PHONE);

  await tryToJoin(ben, 'Host');
  await waitForText(ben, '#join-error', 'This name is reserved.');
  await look(ben, 'a name that is reserved');
  await join(ana, 'Ana');
  await tryToJoin(ben, 'Ben');
  await waitForText(ben, '#join-error', 'This room is full.');
  await look(ben, 'a full room');
  await hurry(ana, 30);
  await waitForText(ana, '.slow', 'Slow down a little.');
  await look(ana, 'messages that come too fast');
  await dropFile(ana);
  await waitForText(ana, '.counter', "Pictures and files can't be sent yet.");
  await look(ana, 'a file that cannot be sent');
  await host.tell('code', 'code');
  await guessCodes(ben);
  await lookAgain(ben);
  await tryToJoin(ben, 'Ben', 'WRNG27');
  await waitForText(ben, '.status', 'Too many tries.');
  await look(ben, 'too many tries');
  await ben.reload();
  await ben.waitForSelector('#code', { state: 'visible' });
  host.freeze();
  await tryToJoin(ben, 'Ben', 'WRNG28');
  await waitForText(ben, '.status', 'Connecting…');
  await look(ben, 'a host that does not answer');
});

test('nor where the way is a bad one', { timeout: 3 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  const host = await startHost(t, folder);
  const door = await openDoor(t, host, folder);
  const browser = await startBrowser(t);
  const [ben, cid] = [
    await newPerson(browser, host.url, PHONE),
    await newPerson(browser, host.url, PHONE),
  ];
  await join(cid, 'Cid');
  await cid.close();

  door.upgrades = 'refuse';
  const context = await browser.newContext(PHONE);
  const tabs = [await newPage(context)];
  await passWarning(tabs[0], door.url);
  while (tabs.length < 6) {
    tabs.push(await newPage(context));
    await tabs.at(-1).goto(door.url);
  }
  await Promise.all(tabs.map((tab, index) => tryToJoin(tab, `Tab ${index}`)));
  const crowded = await Promise.any(
    tabs.map((tab) => waitForText(tab, '.room-state', 'in too many tabs').then(() => tab)),
  );
  await look(crowded, 'too many tabs by POST');
  await context.close();

  const walls = await raiseWalls(t, host);
  await ben.goto(`${walls}too-old`);
  const [, inside] = ben.frames();
  await inside.waitForSelector('.wall', { state: 'attached' });
  await inside.waitForLoadState();
  // What waits for a script that is only slow need not wait here.
  await inside.evaluate(() => document.getAnimations().forEach((each) => each.finish()));
  await look(ben, 'a browser that is too old', inside);
  await ben.goto(host.url);
  await join(ben, 'Ben');
  await ben.click('.people-open');
  await waitForText(ben, '.sheet .away', 'Cid');
  await look(ben, 'somebody who is away');
});
