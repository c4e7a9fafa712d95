// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import test from 'node:test';

import { postLinks } from '../../../ui/web/io/post.js';
import { FakeWorld, settle } from './world.mjs';

const HELLO = '{"type":"hello","name":"Ana","join":"0"}';
const TOKEN = 'a'.repeat(32);
const WELCOME = JSON.stringify({
  type: 'welcome',
  you: { id: 1, name: 'Ana' },
  token: TOKEN,
  room: { id: 'b'.repeat(32), name: 'Attic', locked: false, urls: [] },
  count: 1,
  last_id: 0,
  now: 0,
});
const REFUSED = '{"type":"refused","what":"hello","code":"name-taken","suggestion":"Ana 2"}';
const say = (ref) => `{"type":"say","ref":${ref},"text":"x"}`;

async function bodyOf(request) {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

/** A host that speaks as much of the two POSTs as a link needs; the test speaks on its streams. */
async function startStandIn(t) {
  const host = { streams: [], said: [], requests: [], sockets: 0 };
  Object.assign(host, { status: 202, roomStatus: 200, streamStatus: 200 });
  host.answerSay = (response) => response.writeHead(host.status).end();
  const server = http.createServer(async (request, response) => {
    const body = await bodyOf(request);
    host.requests.push(`${request.method} ${request.url}`);
    if (request.url === '/room') response.writeHead(host.roomStatus).end('{}');
    else if (request.url === '/say') {
      host.said.push({ body, ...request.headers });
      host.answerSay(response, body);
    } else {
      response.writeHead(host.streamStatus, { 'Content-Type': 'application/x-ndjson' });
      if (host.streamStatus !== 200) return void response.end();
      response.write('\n');
      host.streams.push({ hello: body, response, headers: request.headers });
    }
  });
  server.on('connection', () => (host.sockets += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  host.base = `http://127.0.0.1:${server.address().port}/`;
  host.write = (text) => host.streams[host.streams.length - 1].response.write(text);
  host.end = () => host.streams[host.streams.length - 1].response.end();
  return host;
}

async function until(isSo, what) {
  const end = performance.now() + 30000;
  while (!isSo()) {
    assert.ok(performance.now() < end, `never: ${what}`);
    await settle();
  }
}

function openLink(t, host, takeStream = async () => () => {}) {
  const [log, frames, world] = [[], [], new FakeWorld()];
  const link = postLinks(
    host.base,
    world,
    fetch,
    takeStream,
  )({
    opened: (kind) => log.push(`opened ${kind}`),
    frame: (text) => {
      frames.push(JSON.parse(text));
      log.push(frames[frames.length - 1].type);
    },
    alive: () => log.push('alive'),
    closed: (code) => log.push(`closed ${code}`),
    isAwaited: () => true,
  });
  t.after(() => link.close());
  const has = (line, count = 1) =>
    until(() => log.filter((each) => each === line).length >= count, `${line} in ${log}`);
  return { link, log, frames, world, has };
}

/** A link that is in. */
async function enter(t, host) {
  const guest = openLink(t, host);
  await guest.has('opened http');
  guest.link.send(HELLO);
  await guest.has('alive');
  host.write(`${WELCOME}\n`);
  await guest.has('welcome');
  return guest;
}

test('open once the host has answered, a stream once there is a hello', async (t) => {
  const host = await startStandIn(t);
  const { log } = await enter(t, host);
  assert.deepEqual(log, ['opened http', 'alive', 'welcome']);
  assert.deepEqual(host.requests, ['GET /room', 'POST /stream']);
  const [{ hello, headers }] = host.streams;
  assert.equal(hello, HELLO);
  assert.equal(headers['content-type'], 'application/json');
  assert.equal('authorization' in headers, false);
});

test('objects in whatever pieces they arrive, empty lines as signs of life', async (t) => {
  const host = await startStandIn(t);
  const { log, frames, has } = await enter(t, host);
  const said = '{"type":"said","text":"\u00e9\u{1f600}"}\n\n{"type":"pong"}\n{"type":"pre';
  for (const byte of Buffer.from(said)) {
    host.write(Buffer.from([byte]));
    await settle();
  }
  await has('pong');
  host.write('sence"}\n');
  await has('presence');
  assert.deepEqual(log.slice(3), ['said', 'alive', 'pong', 'presence']);
  assert.equal(frames[1].text, '\u00e9\u{1f600}');
});

test('what is said goes one after the other, in order, with the token', async (t) => {
  const host = await startStandIn(t);
  const { link } = await enter(t, host);
  let under = 0;
  host.answerSay = (response) => {
    under += 1;
    assert.equal(under, 1, 'two at once');
    setImmediate(() => {
      under -= 1;
      response.writeHead(202).end();
    });
  };
  const before = host.sockets;
  const all = Array.from({ length: 20 }, (_, index) => say(index + 1));
  for (const each of all) link.send(each);
  await until(() => host.said.length === all.length, 'all said');
  assert.deepEqual(
    host.said.map(({ body }) => body),
    all,
  );
  for (const { authorization, ...headers } of host.said) {
    assert.equal(authorization, `Bearer ${TOKEN}`);
    assert.equal(headers['content-type'], 'application/json');
  }
  assert.ok(host.sockets - before <= 1, `${host.sockets - before} connections for 20 messages`);
});

test('a refused hello: its stream is done, the next one is another', async (t) => {
  const host = await startStandIn(t);
  const { link, log, has } = openLink(t, host);
  await has('opened http');
  link.send(HELLO);
  await has('alive');
  host.write(`${REFUSED}\n`);
  await has('refused');
  link.send(HELLO);
  host.end();
  await has('alive', 2);
  host.write(`${WELCOME}\n`);
  await has('welcome');
  assert.deepEqual(log, ['opened http', 'alive', 'refused', 'alive', 'welcome']);
});

test('a stream that ends is a connection lost', async (t) => {
  const host = await startStandIn(t);
  const { has, log } = await enter(t, host);
  host.write('{"type":"said"');
  host.end();
  await has('closed 0');
  assert.equal(log.includes('said'), false, 'half a line is none');
});

test('so is one that the host does not give', async (t) => {
  const host = await startStandIn(t);
  host.streamStatus = 403;
  const { link, has, log } = openLink(t, host);
  await has('opened http');
  link.send(HELLO);
  await has('closed 0');
  assert.deepEqual(log, ['opened http', 'closed 0']);
});

test('no host: closed, and not before the link was given', async (t) => {
  const guest = openLink(t, { base: 'http://127.0.0.1:9/' });
  assert.deepEqual(guest.log, []);
  await guest.has('closed 0');
  await settle();
  assert.deepEqual(guest.log, ['closed 0']);
});

test('what a refused POST /say means', async (t) => {
  const cases = [
    [401, 0],
    [403, 1002],
    [413, 1009],
    [415, 1002],
    [429, 1008],
    [503, 0],
  ];
  for (const [status, code] of cases) {
    const host = await startStandIn(t);
    const { link, has } = await enter(t, host);
    host.status = status;
    link.send(say(1));
    link.send(say(2));
    await has(`closed ${code}`);
    assert.equal(host.said.length, 1, `${status}: what follows waits for the next link`);
  }
});

test('one token of nobody too many is as one of them: the stream was lost', async (t) => {
  const host = await startStandIn(t);
  const { link, has } = await enter(t, host);
  host.answerSay = (response) => response.writeHead(429, { 'Retry-After': '1' }).end();
  link.send(say(1));
  await has('closed 0');
});

test('a request that crosses with the end of an idle connection goes once more', async (t) => {
  const host = await startStandIn(t);
  const { link, log } = await enter(t, host);
  let isFirst = true;
  host.answerSay = (response) => {
    if (isFirst) response.destroy();
    else response.writeHead(202).end();
    isFirst = false;
  };
  link.send(say(1));
  link.send(say(2));
  await until(() => host.said.length === 3, 'said');
  assert.deepEqual(
    host.said.map(({ body }) => body),
    [say(1), say(1), say(2)],
  );
  host.answerSay = (response) => response.destroy();
  link.send(say(3));
  await until(() => log.includes('closed 0'), 'lost');
});

test('a POST without an answer: the connection is dead', async (t) => {
  const host = await startStandIn(t);
  const { link, world, has } = await enter(t, host);
  host.answerSay = () => {};
  link.send(say(1));
  await until(() => host.said.length === 1, 'asked');
  world.advance(8000);
  await has('closed 0');
});

test('a ping before the first hello asks whether the host is there', async (t) => {
  const host = await startStandIn(t);
  const { link, has } = openLink(t, host);
  await has('opened http');
  link.send('{"type":"ping"}');
  await has('alive');
  assert.deepEqual(host.requests, ['GET /room', 'GET /room']);
  link.send('{"type":"bye"}');
  host.roomStatus = 503;
  link.send('{"type":"ping"}');
  await has('closed 0');
  assert.equal(host.requests.includes('POST /say'), false, 'nobody is in');
});

test('after a welcome a ping goes like everything else', async (t) => {
  const host = await startStandIn(t);
  const { link } = await enter(t, host);
  link.send('{"type":"ping"}');
  await until(() => host.said.length === 1, 'asked');
  assert.equal(host.said[0].body, '{"type":"ping"}');
});

test('closing: silent, and the stream ends at the host', async (t) => {
  const host = await startStandIn(t);
  const { link, log } = await enter(t, host);
  const gone = once(host.streams[0].response, 'close');
  link.close();
  await gone;
  await settle();
  assert.deepEqual(log, ['opened http', 'alive', 'welcome']);
});

test('a bye arrives before the stream ends, and is not waited for for ever', async (t) => {
  for (const isAnswered of [true, false]) {
    const host = await startStandIn(t);
    const { link, world, log } = await enter(t, host);
    const gone = once(host.streams[0].response, 'close');
    let isGone = false;
    void gone.then(() => (isGone = true));
    host.answerSay = (response, body) => {
      assert.equal(isGone, false);
      if (isAnswered || !body.includes('bye')) response.writeHead(202).end();
    };
    link.send(say(1));
    link.send('{"type":"bye"}');
    link.close();
    await until(() => host.said.length === 2, 'said');
    if (!isAnswered) world.advance(2000);
    await gone;
    assert.deepEqual(
      host.said.map(({ body }) => body),
      [say(1), '{"type":"bye"}'],
    );
    assert.deepEqual(log, ['opened http', 'alive', 'welcome']);
  }
});

test('a bye before the answer to a hello: the seat that comes is given back', async (t) => {
  const cases = [
    ['a seat', (host) => host.write(`\n${WELCOME}\n`), 1],
    ['a refusal', (host) => host.write(`${REFUSED}\n`), 0],
    ['nothing', (host, world) => world.advance(2000), 0],
  ];
  for (const [what, answer, byes] of cases) {
    const host = await startStandIn(t);
    const { link, world, log, has } = openLink(t, host);
    await has('opened http');
    link.send(HELLO);
    await has('alive');
    const gone = once(host.streams[0].response, 'close');
    link.send('{"type":"bye"}');
    link.close();
    answer(host, world);
    await gone;
    const said = host.said.map(({ body, authorization }) => [body, authorization]);
    assert.deepEqual(said, Array(byes).fill(['{"type":"bye"}', `Bearer ${TOKEN}`]), what);
    assert.deepEqual(log, ['opened http', 'alive'], what);
  }
});
