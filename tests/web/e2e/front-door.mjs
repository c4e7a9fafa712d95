// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What may stand between a browser and its host: another address with a certificate of its own,
 * which can be changed, and WebSockets that do not work, each in its way. What comes through gets
 * to the host by the listener for its own browser.
 */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';

import {
  DESK,
  join,
  makeFolder,
  newPerson,
  startBrowser,
  startHost,
  waitForText,
} from './harness.mjs';

/** A certificate that no browser trusts, other than every one before. */
function makeCertificate(folder) {
  const [key, cert] = ['door.key', 'door.pem'].map((name) => path.join(folder, name));
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-days', '30', '-subj', '/CN=door', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/**
 * What becomes of a request for a WebSocket: it passes, is refused, waits for ever, or opens and
 * ends with the first frame of the browser.
 * @typedef {'pass' | 'refuse' | 'hang' | 'die'} Upgrades
 *
 * upgrades: from the next one on; asked: how many there were; handshakes: how many browsers made.
 * cut: all connections end; shut: and no others begin until it is opened; renew: another certificate.
 */
export async function openDoor(t, host, folder) {
  const inside = new URL(host.ready.local_url);
  const door = { upgrades: 'pass', asked: 0, handshakes: 0, isShut: false, url: '' };
  const sockets = new Set();

  /** The host sees its own address in them; another page's origin stays what it is. */
  const inwards = (headers) => ({
    ...headers,
    host: inside.host,
    ...(headers.origin === door.url.slice(0, -1) ? { origin: inside.origin } : {}),
  });

  const server = https.createServer(makeCertificate(folder), (request, response) => {
    const { method, url } = request;
    const headers = inwards(request.headers);
    const inner = http.request({
      host: inside.hostname,
      port: inside.port,
      method,
      path: url,
      headers,
    });
    inner.on('response', (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      response.flushHeaders();
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    inner.on('error', () => response.destroy());
    response.on('close', () => inner.destroy());
    request.pipe(inner);
  });

  server.on('upgrade', (request, socket) => {
    door.asked += 1;
    socket.on('error', () => {});
    if (door.upgrades === 'hang') return;
    if (door.upgrades === 'refuse') {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const isDying = door.upgrades === 'die';
    const inner = net.connect(Number(inside.port), inside.hostname);
    inner.on('error', () => socket.destroy());
    const lines = Object.entries(inwards(request.headers)).map((header) => header.join(': '));
    inner.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    inner.pipe(socket);
    if (isDying) socket.once('data', () => socket.destroy());
    else socket.pipe(inner);
    socket.on('close', () => inner.destroy());
  });
  server.on('secureConnection', () => {
    door.handshakes += 1;
  });
  server.on('tlsClientError', () => {});
  server.on('connection', (socket) => {
    if (door.isShut) socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    door.cut();
    server.close();
  });

  door.url = `https://127.0.0.1:${server.address().port}/`;
  door.cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  door.shut = () => {
    door.isShut = true;
    door.cut();
  };
  door.open = () => {
    door.isShut = false;
  };
  door.renew = () => {
    server.setSecureContext(makeCertificate(folder));
    door.cut();
  };
  return door;
}

export const WEB_SOCKET = 'Connected by WebSocket';
export const HTTP = 'Connected by HTTP';

/** How the page is connected, at the foot of its list of people. */
export const isCarriedBy = (page, kind) => waitForText(page, '.kind', kind);

/** How often everybody was told that somebody came in. */
export const joins = (page, name) =>
  page.$$eval(
    '.notice',
    (notices, who) =>
      notices.filter((each) => each.textContent.includes(`${who}\u2069 joined`)).length,
    name,
  );

/** A host, a door to it, and somebody inside who needs no door. */
export async function openRoom(t) {
  const folder = makeFolder(t);
  const host = await startHost(t, folder);
  const door = await openDoor(t, host, folder);
  const browser = await startBrowser(t);
  const ben = await newPerson(browser, host.url, DESK);
  await join(ben, 'Ben');
  return { host, door, browser, ben };
}
