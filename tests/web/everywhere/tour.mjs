// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Takes a picture of every state of the page in every size, for people to look at: no test. run.py
 * says in which engine, in which theme, and where to put them.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { openDoor } from '../e2e/front-door.mjs';
import { addGuests, dropFile, guessCodes, hurry } from '../e2e/guests.mjs';
import { DESK, PATIENCE, makeFolder, startHost } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';
import { WALLS, raiseWalls, readWall } from './walls.mjs';

const SIZES = [
  [320, 568],
  [390, 844],
  [844, 390],
  [1280, 800],
];

const TALK = [
  'Good morning! Who has the notes of yesterday?',
  'Me. One moment',
  'https://example.org/notes/tuesday?page=12',
  'Thanks 🙏',
  '@Ana did you see them?',
  'Yes',
  'The second part is the one with the long words, and the answer to the third question is not in there. I wrote it down somewhere:\n1. Donaudampfschifffahrtsgesellschaft\n2. شكرا جزيلا',
  'Great',
  'See you at noon?',
  'Yes, same place as always',
  'Bring the cable, please',
  'I will',
];

const CROWD = ['Carl-Friedrich von Weizsäcker', 'ליאור', 'ليلى علي', 'Anaïs', 'Σοφία', '🦊'];

/** What fades in is there, and what follows the size has followed it. */
const settle = (page) =>
  page.evaluate(async () => {
    // Twice: the first frame brings the event that says so.
    for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    const moving = document
      .getAnimations()
      .filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map((each) => each.finished));
    return true;
  });

/** @param {string} folder where the pictures go, one folder in it for each size */
function photographer(folder) {
  let taken = 0;
  /** open, close: what is done before and after each, where a state ends with a change of size */
  return async (page, state, { open, close } = {}) => {
    taken += 1;
    const name = `${String(taken).padStart(2, '0')}-${state}.png`;
    for (const [width, height] of SIZES) {
      await page.setViewport({ width, height });
      await settle(page);
      if (open) await open(width);
      await settle(page);
      const there = path.join(folder, `${width}x${height}`);
      mkdirSync(there, { recursive: true });
      writeFileSync(path.join(there, name), await page.screenshot());
      if (close) await close(width);
    }
  };
}

const chosen = (page, item, selector) => ({
  open: async () => {
    await page.choose(item);
    await page.waitForSelector(selector);
  },
  close: async () => {
    await page.key('Escape');
    await page.waitForNo('dialog[open]');
  },
});

const escape = (page) => () => page.key('Escape');

/** Who cannot come in at all, and what is told before the warning. */
async function closedDoors(t, ana, ben, shoot) {
  const options = ['--room-name', 'Class 7b', '--max-guests', '1', '--max-message-rate', '1'];
  const host = await startHost(t, makeFolder(t), { options });
  const walls = await raiseWalls(t, host);
  for (const wall of Object.keys(WALLS)) {
    await readWall(ana, walls, wall);
    await shoot(ana, wall);
  }
  await ana.load(host.url.replace('https:', 'http:'));
  await ana.waitForSelector('.warning');
  await shoot(ana, 'help');
  await ana.arrive(host.url);
  await ana.join('Ana');
  await ben.arrive(host.url);
  await ben.tryToJoin('Ben');
  await ben.waitForText('#join-error', 'This room is full.');
  await shoot(ben, 'full');
  await shoot(ana, 'too-fast', {
    open: async () => {
      await hurry(ana, 30);
      await ana.waitForText('.slow', 'Slow down a little.');
    },
  });
  await ana.leave();
  host.freeze();
  await ana.tryToJoin('Ana');
  await ana.waitForText('.status', 'Connecting…');
  await shoot(ana, 'connecting');
  await host.kill('SIGKILL');
}

/** One browser where WebSocket does not work, and in it more tabs than it has connections. */
async function tooManyTabs(t, person, shoot) {
  const folder = makeFolder(t);
  const host = await startHost(t, folder);
  const door = await openDoor(t, host, folder);
  door.upgrades = 'refuse';
  await person.arrive(door.url);
  const tabs = [];
  while (tabs.length < 5) {
    const tab = await person.newTab();
    await tab.arrive(door.url);
    tabs.push(tab);
  }
  const all = [...tabs, person];
  for (const [index, tab] of all.entries()) await tab.tryToJoin(`Tab ${index}`);
  const crowded = await Promise.any(
    all.map((tab) => tab.waitForText('.room-state', 'in too many tabs').then(() => tab)),
  );
  await shoot(crowded, 'crowded');
  await person.load('about:blank');
  for (const tab of tabs) await tab.close();
  await host.kill();
}

/** From the address to the chat. */
async function arrivals({ ana, ben, cid, host }, shoot) {
  await ana.arrive(host.url);
  await ben.arrive(host.url);
  await shoot(ana, 'join');
  await ana.join('Ana');
  await ana.waitForText('.empty', "You're the first here.");
  await shoot(ana, 'first');
  await ana.leave();
  await ben.join('Ben');
  await cid.arrive(host.url);
  await cid.join('Cid');
  await cid.load('about:blank');
  await host.tell('lock', 'locked');
  await ana.lookAgain();
  await ana.waitForText('.room-state', 'This room is locked.');
  await shoot(ana, 'locked');
  await host.tell('unlock', 'unlocked');
  await ana.lookAgain();
  await ana.tryToJoin('Ben');
  await ana.waitForSelector('#join-error .link');
  await shoot(ana, 'name-taken');
  await ana.tryToJoin('Ana: the first');
  await ana.waitForText('#join-error', 'Use 1 to 32');
  await shoot(ana, 'name-bad');
  await ana.tryToJoin('Host');
  await ana.waitForText('#join-error', 'This name is reserved.');
  await shoot(ana, 'name-reserved');
  await host.tell('code', 'code');
  await ana.tryToJoin('Ana');
  await ana.waitForText('#join-error', 'asks for a code');
  await ana.tryToJoin('Ana', 'WRONG2');
  await ana.waitForText('#join-error', "isn't right");
  await shoot(ana, 'wrong-code');
  await guessCodes(ana);
  await ana.tryToJoin('Ana', 'WRNG27');
  await ana.waitForText('.status', 'Too many tries.');
  await shoot(ana, 'put-off');
  await host.tell('code off', 'code');
  await ana.reload();
  await ana.join('Ana');
}

/** All that people see while they talk. */
async function talking(ana, ben, shoot) {
  for (const [index, text] of TALK.entries()) {
    await [ben, ana][index % 2].say(text);
    await Promise.all([ana.conversation(index + 1), ben.conversation(index + 1)]);
  }
  await addGuests(ben, CROWD);
  await ana.waitForPeople(3 + CROWD.length);
  await ana.waitForText('.away', 'Cid');
  await shoot(ana, 'conversation');
  await shoot(ana, 'people', {
    open: async (width) => {
      if (width < 900) await ana.click('.people-open');
    },
    close: async (width) => {
      if (width < 900) await ana.key('Escape');
      await ana.waitForNo('dialog[open]');
    },
  });
  await shoot(ana, 'menu', {
    open: () => ana.click('.bar [aria-haspopup=menu]'),
    close: escape(ana),
  });
  await shoot(ana, 'actions', {
    open: async () => {
      await ana.evaluate(() => [...document.querySelectorAll('.message .more')].at(-2).click());
      await ana.waitForSelector('.menu:not([hidden])');
    },
    close: escape(ana),
  });
  await shoot(ana, 'mention', {
    open: async () => {
      await ana.type('#message', '@');
      await ana.waitForSelector('.mention');
    },
    close: () => ana.fill('#message', ''),
  });
  await ana.fill('#message', `${'A long text, line by line. '.repeat(140)}\nand its end`);
  await shoot(ana, 'composing');
  await ana.fill('#message', '');
  await shoot(ana, 'no-files', {
    open: async () => {
      await dropFile(ana);
      await ana.waitForText('.composer', "Pictures and files can't be sent yet.");
    },
  });
  await shoot(ana, 'share', chosen(ana, 'Share', '.share[open] .qr:not([hidden])'));
  await shoot(ana, 'rename', chosen(ana, 'Change Name', 'dialog[open]'));
  await shoot(ana, 'leave', chosen(ana, 'Leave', 'dialog[open]'));
  await shoot(ana, 'pill', {
    open: async (width) => {
      await ana.evaluate(() => document.querySelector('.log').scrollTo(0, 0));
      await ben.say(`Something new at ${width}\n${'and more of it\n'.repeat(8)}`);
      await ana.waitForText('.pill:not([hidden])', 'new');
    },
    close: () => ana.click('.pill'),
  });
}

/** All that goes wrong, up to the end. */
async function troubles({ ana, ben, host, again }, shoot) {
  host.freeze();
  await ana.say('Did this arrive?');
  await ana.waitForSelector('.unsent .sending');
  await shoot(ana, 'sending');
  await host.kill('SIGKILL');
  await ana.waitForText('.banner', 'Reconnecting…');
  await ana.say('Is this lost?');
  await ana.waitForText('.unsent .fate', 'Maybe sent. Checking…');
  await ana.waitForText('.unsent .fate', 'Waiting to be sent');
  await shoot(ana, 'reconnecting');
  await ana.waitForText('.banner', "Can't reach");
  await shoot(ana, 'unreachable');
  const next = await again();
  for (const page of [ana, ben]) {
    await page.lookAgain();
    await page.waitForText('.notice', 'The chat was restarted.');
  }
  await ana.waitForSelector('.fate.bad');
  await shoot(ana, 'restarted');
  for (let left = 2; left > 0; left -= 1) {
    await ana.click('.fate .link', 'Send');
    await ana.waitFor((some) => document.querySelectorAll('.fate.bad').length < some, left);
  }
  await ana.waitForNo('.unsent');
  const tab = await ana.newTab();
  await tab.arrive(next.url);
  await tab.click('.taken button');
  await ana.waitForText('.banner', 'This chat is open in another tab.');
  await shoot(ana, 'elsewhere');
  await ben.say('Meanwhile, in another tab');
  await tab.conversation(3);
  await tab.rename('Anna');
  await tab.waitForText('.persons .who', 'Anna (you)');
  await ana.click('.banner button', 'Use Here');
  await ana.waitForText('.notice', 'Some messages from while you were away are gone.');
  await shoot(ana, 'gap');
  await tab.click('.banner button', 'Use Here');
  await ana.waitForText('.banner', 'This chat is open in another tab.');
  await ana.reload();
  await ana.waitFor(() => document.querySelector('.taken').getClientRects().length > 0);
  await shoot(ana, 'open-elsewhere');
  await ana.click('.taken button');
  await ana.waitForSelector('.log[aria-busy=false]');
  await tab.close();
  await next.tell('remove "Ben"', 'removed');
  await ben.waitForText('.banner', 'The host removed you from this chat.');
  await shoot(ben, 'removed');
  await next.kill('SIGTERM');
  await ana.waitForText('.banner', 'The host ended this chat.');
  await shoot(ana, 'ended');
}

test('the tour', { timeout: 10 * PATIENCE }, async (t) => {
  const engine = await startEngine(t, { isDark: process.env.HUB_TEST_THEME === 'dark' });
  const folder = makeFolder(t);
  const options = ['--room-name', 'Class 7b', '--max-message-rate', '0'];
  const host = await startHost(t, folder, { options });
  const again = () => startHost(t, folder, { options, port: host.port });
  const ana = await engine.newPerson(DESK);
  const ben = await engine.newPerson(DESK);
  const cid = await engine.newPerson(DESK);
  const shoot = photographer(process.env.HUB_TEST_PICTURES);
  await closedDoors(t, ana, ben, shoot);
  await tooManyTabs(t, cid, shoot);
  await arrivals({ ana, ben, cid, host }, shoot);
  await talking(ana, ben, shoot);
  await troubles({ ana, ben, host, again }, shoot);
});
