// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import {
  DESK,
  PATIENCE,
  conversation,
  join,
  makeFolder,
  newPage,
  say,
  startBrowser,
  startHost,
} from './harness.mjs';

/* A browser that trusts the host's CA gets the page and its connection without a warning, with
 * nothing in the browser switched off. */
test('no warning for those who trust the CA', { timeout: 3 * PATIENCE }, async (t) => {
  const folder = makeFolder(t);
  const home = makeFolder(t);
  const database = path.join(home, '.pki', 'nssdb');
  const ca = path.join(home, 'ca.pem');
  mkdirSync(database, { recursive: true });
  execFileSync(process.env.HUBBUB_SERVER, ['--data-dir', folder, '--export-ca', ca]);
  execFileSync('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
  execFileSync('certutil', ['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', 'hub', '-i', ca]);

  const host = await startHost(t, folder);
  const browser = await startBrowser(t, { env: { HOME: home } });
  const page = await newPage(await browser.newContext(DESK));
  const answer = await page.goto(host.url);
  assert.equal(answer.status(), 200);
  const details = await answer.securityDetails();
  assert.match(details.protocol, /^TLS 1\.[23]$/);
  await join(page, 'Ana');
  await say(page, 'over a trusted connection');
  assert.deepEqual(await conversation(page, 1), ['over a trusted connection']);
  assert.deepEqual(page.complaints, []);

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(host.url);
  assert.equal(await plain.isVisible('noscript h1'), true);
  assert.equal(await plain.isVisible('.too-old'), false);
});
