// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test, { after } from 'node:test';

import { DESK, PATIENCE, PHONE, makeFolder } from '../e2e/harness.mjs';
import { startEngine } from '../engines/engine.mjs';
import { startFarHost } from './world.mjs';

/* What the host can do to its guests. */

const engine = await startEngine({ after });

test('the host locks, asks and removes', { timeout: 3 * PATIENCE }, async (t) => {
  const host = await startFarHost(t, makeFolder(t));
  const ana = await engine.newPerson(DESK);
  const ben = await engine.newPerson(PHONE);
  await ana.arrive(host.url);
  await ben.arrive(host.url);
  await ana.join('Ana');
  assert.equal(await ben.isVisible('#code'), false);

  await t.test('locked: told to all, who is not in stays out', async () => {
    await host.tell('lock', 'locked');
    await ana.waitForText('.state', '1 person · locked');
    await ben.lookAgain();
    await ben.waitForText('.room-state', 'This room is locked.');
    await ben.tryToJoin('Ben');
    await ben.waitForText('#join-error', 'This room is locked.');
    await ana.reload();
    await ana.waitForSelector('.log[aria-busy=false]');
    await host.tell('unlock', 'unlocked');
    await ben.lookAgain();
    await ben.waitFor(() => document.querySelector('#join-error').textContent === '');
    assert.equal(await ben.isVisible('.room-state'), false);
  });

  await t.test('a code: asked for only now, wrong, right however it is typed', async () => {
    const { code } = await host.tell('code', 'code');
    await ben.tryToJoin('Ben');
    await ben.waitForText('#join-error', 'This room asks for a code.');
    assert.equal(await ben.isVisible('#code'), true);
    assert.equal(await ben.evaluate(() => document.activeElement.id), 'code');
    await ben.tryToJoin('Ben', 'WRONG2');
    await ben.waitForText('#join-error', "That code isn't right. Look at the host's screen.");
    await ben.fill('#code', '');
    const typed = code.toLowerCase();
    await ben.type('#code', ` ${typed.slice(0, 3)} ${typed.slice(3)} `);
    await ben.key('Enter');
    await ben.waitForSelector('.composer');

    const cid = await engine.newPerson(PHONE);
    await cid.arrive(`${host.url}#${code}`);
    await cid.waitFor((words) => document.querySelector('#code').value === words, code);
    assert.equal(await cid.evaluate(() => location.href), host.url, 'not to be seen or passed on');
    await cid.join('Cid');
    await cid.leave();
    await cid.close();
    await ana.waitForPeople(2);
    await host.tell('code off', 'code');
  });

  await t.test('removed: told once and for all, with a copy to keep', async () => {
    await ana.say('hello');
    await ben.conversation(1);
    await ben.fill('#message', 'half a thought');
    const gone = await host.tell('remove "Ben"', 'removed');
    assert.equal(gone.name, 'Ben');
    await ben.waitForText('.banner', 'The host removed you from this chat.');
    const draft = await ben.evaluate(() => {
      const field = document.querySelector('#message');
      field.focus();
      field.select();
      const isThere = document.activeElement === field;
      const isFixed = field.readOnly && !field.disabled;
      return { isThere, isFixed, hint: field.placeholder.trim() };
    });
    // To be read and copied; nobody is asked to write.
    assert.deepEqual(draft, { isThere: true, isFixed: true, hint: '' });
    await ana.waitForPeople(1);
    const copy = await ben.saved(() => ben.click('.banner button', 'Save a Copy'));
    assert.match(copy.text, /Ana: hello\n/);
    assert.match(copy.text, /half a thought \(not sent\)\n$/);
  });

  await t.test('removed: joining again is refused, after a reload too', async () => {
    await ben.lookAgain();
    await ben.evaluate(() => window.dispatchEvent(new Event('online')));
    await ana.say('more');
    await ana.conversation(2);
    assert.equal(await ben.count('.bubble'), 1, 'does not come back by itself');
    await ben.reload();
    await ben.waitForSelector('#name');
    await ben.tryToJoin('Bob');
    await ben.waitForText('#join-error', 'The host removed you from this chat.');
  });

  for (const page of [ana, ben]) assert.deepEqual(page.complaints, []);
});
