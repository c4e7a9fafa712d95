// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The page where its script does not run: switched off, or not understood. No engine lets a test
 * look into a page that has no scripts, so the page stands in a frame of one that has.
 */

import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';

export const WALLS = {
  'no-javascript': 'This chat needs JavaScript.',
  'too-old': 'This browser is too old for this chat.',
};

/* Who has scripts switched off, and whose browser takes no module for one. */
const FRAMES = {
  '/no-javascript': '<iframe sandbox="allow-same-origin" src="/off/">',
  '/too-old': '<iframe src="/old/">',
};

const around = (frame) => `<!doctype html>
<meta name="color-scheme" content="light dark">
<style>body { margin: 0; overflow: hidden } iframe { width: 100%; height: 100vh; border: 0 }</style>
${frame}</iframe>`;

/** @returns {Promise<string>} an address below which each of WALLS is a page, as @host sends it */
export async function raiseWalls(t, host) {
  const server = http.createServer((request, response) => {
    const frame = FRAMES[request.url];
    if (frame) {
      response.setHeader('Content-Type', 'text/html');
      response.end(around(frame));
      return;
    }
    if (request.url === '/old/app.js') {
      response.writeHead(404).end();
      return;
    }
    const file = request.url.replace(/^\/(off|old)\//, '');
    https.get(host.url + file, { rejectUnauthorized: false }, (answer) => {
      // All but its policy, which forbids frames.
      response.writeHead(answer.statusCode, { 'Content-Type': answer.headers['content-type'] });
      answer.pipe(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.closeAllConnections());
  server.unref();
  return `http://127.0.0.1:${server.address().port}/`;
}

/** Loads the @wall that raiseWalls() made. @returns what is to be read there, once it is */
export async function readWall(page, url, wall) {
  await page.load(url + wall);
  await page.waitFor(() => {
    const inside = document.querySelector('iframe')?.contentDocument;
    if (!inside?.querySelector('.wall') || inside.readyState !== 'complete') return false;
    // What waits for a script that is only slow need not wait here.
    for (const each of inside.getAnimations()) each.finish();
    return true;
  });
  return page.evaluate(() => {
    const inside = document.querySelector('iframe').contentDocument;
    const isSeen = (each) =>
      each.getClientRects().length > 0 &&
      inside.defaultView.getComputedStyle(each).visibility === 'visible';
    return [...inside.querySelectorAll('.wall')].filter(isSeen).map((each) => each.textContent);
  });
}
