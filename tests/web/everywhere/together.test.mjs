// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test, { after } from 'node:test';

import { DESK, PATIENCE, PHONE, makeFolder, startHost } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';

/* A room knows no engines: what one writes, keeps or misses, the others see alike. */
const NAMES = { chromium: 'Ana', firefox: 'Ben', webkit: 'Cleo' };

const names = [];
const engines = [];
for (const engine of process.env.HUB_TEST_ENGINES.split(' ')) {
  engines.push(await startEngine({ after }, { engine }));
  names.push(NAMES[engine]);
}

/** What each of @pages shows, in the order that it shows it. */
const conversations = (pages, count) => Promise.all(pages.map((page) => page.conversation(count)));

test('people with different browsers', { timeout: 3 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  let host = await startHost(t, folder);
  const pages = [];
  for (const [index, engine] of engines.entries()) {
    const page = await engine.newPerson(index % 2 === 0 ? PHONE : DESK);
    await page.arrive(host.url);
    await page.join(names[index]);
    pages.push(page);
  }
  const [ana, ben] = pages;
  const said = [];
  const allSee = async () => {
    for (const seen of await conversations(pages, said.length)) assert.deepEqual(seen, said);
    for (const page of pages) await page.waitForNo('.unsent');
  };

  await t.test('see each other, and each what the others write', async () => {
    for (const page of pages) {
      await page.waitForPeople(pages.length);
      assert.deepEqual(await page.names(), names);
    }
    for (const [index, page] of pages.entries()) {
      said.push(`مرحبا 👋🏽 from ${names[index]}\nhttps://example.org/${index}`);
      await page.say(said.at(-1));
      await allSee();
    }
    assert.deepEqual(await ben.texts('.message:not(.own) .by .name'), [
      names[0],
      ...names.slice(2),
    ]);
  });

  await t.test('who is called by name from another browser sees it, nobody else', async () => {
    await ana.type('#message', '@b');
    await ana.click('.mention', 'Ben');
    await ana.type('#message', 'look');
    await ana.click('.send');
    said.push('@Ben look');
    await allSee();
    for (const page of pages) assert.equal(await page.count('.calling'), page === ben ? 1 : 0);
  });

  await t.test('all at once: one order for everybody', async () => {
    await Promise.all(pages.map((page, index) => page.say(`at once ${index}`)));
    const [first, ...rest] = await conversations(pages, said.length + pages.length);
    for (const other of rest) assert.deepEqual(other, first);
    assert.deepEqual(
      first.slice(said.length).sort(),
      pages.map((_, index) => `at once ${index}`),
    );
    said.push(...first.slice(said.length));
  });

  await t.test('a host that went and came back has them all again', async () => {
    await host.kill('SIGKILL');
    // Watched at once: some seconds later they say something else.
    await Promise.all(pages.map((page) => page.waitForText('.banner', 'Reconnecting…')));
    host = await startHost(t, folder, { port: host.port });
    for (const page of pages) {
      await page.waitForText('.notice', 'The chat was restarted.');
      await page.waitForPeople(pages.length);
    }
    said.push('all here?');
    await ben.say('all here?');
    await allSee();
  });

  await t.test('who leaves is gone for all, and the end is one for all', async () => {
    await ana.leave();
    await ben.waitForText('.notice', 'Ana left');
    const left = pages.slice(1);
    for (const page of left) await page.waitForPeople(left.length);
    await host.kill('SIGTERM');
    for (const page of left) await page.waitForText('.banner', 'The host ended this chat.');
  });

  for (const page of pages) assert.deepEqual(page.complaints, []);
});
