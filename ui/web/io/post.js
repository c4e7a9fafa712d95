// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * One connection to the host for where WebSocket does not work: what the host says is the body of
 * the answer to POST /stream, which does not end; what this guest says goes by POST /say, one after
 * the other. It is open once the host has answered anything, and is a stream from the first hello on.
 */

import { BYE_FRAME, CROWDED_CLOSE, PING_FRAME, isHello, readFrame } from '../model/protocol.js';
import { BYE_PATIENCE_MS, SAY_TIMEOUT_MS } from '../model/pace.js';

/** What a refused POST /say would have closed a WebSocket with. */
const CLOSES = { broken: 1002, often: 1008, long: 1009 };
const HAS_TAKEN = 202;
const HEADERS = { 'Content-Type': 'application/json' };

/** The host lets idle connections go, and a request may cross with that: then it goes once more. */
const TRIES = 2;

/**
 * @param {string} base what stands before the paths: nothing for a page of the host
 * @param {import('./connector.js').World} world
 * @param {typeof fetch} request
 * @param {import('./streams.js').TakeStream} takeStream
 * @returns {import('./websocket.js').OpenLink}
 */
export function postLinks(base, world, request, takeStream) {
  return (events) => new PostLink(base, world, request, takeStream, events);
}

/** @param {number} status of POST /say @returns {number} */
function closeFor(status) {
  if (status === 413) return CLOSES.long;
  if (status === 429) return CLOSES.often;
  // Without a live stream for its token (401) the link is lost, whatever else the page did right.
  return status >= 400 && status < 500 && status !== 401 ? CLOSES.broken : 0;
}

class PostLink {
  /**
   * @param {string} base @param {import('./connector.js').World} world @param {typeof fetch} request
   * @param {import('./streams.js').TakeStream} takeStream
   * @param {import('./websocket.js').LinkEvents} events
   */
  constructor(base, world, request, takeStream, events) {
    this.base = base;
    this.world = world;
    this.request = request;
    this.takeStream = takeStream;
    this.events = events;
    this.isOver = false;
    /** Ends everything that is under way. */
    this.end = new AbortController();
    /** Ends the stream that the last hello began. @type {AbortController | null} */
    this.stream = null;
    /** Of the last welcome: '' while there is none. */
    this.token = '';
    /** @type {string[]} */
    this.queue = [];
    this.isSaying = false;
    /** The host has a hello and has not answered it. */
    this.isAsking = false;
    /** A bye came meanwhile: the seat that the answer may bring is given back. */
    this.isLeaving = false;
    this.timer = 0;
    void this.look(() => events.opened('http'));
  }

  /** @param {string} text */
  send(text) {
    if (isHello(text)) void this.listen(text);
    else if (this.token !== '') this.enqueue(text);
    else if (text === PING_FRAME) void this.look(() => this.events.alive());
    else if (text === BYE_FRAME) this.isLeaving = this.isAsking;
  }

  /** A bye that is on its way still arrives: without it the seat would only be away. */
  close() {
    this.isOver = true;
    if (this.isLeaving || (this.isSaying && this.queue.includes(BYE_FRAME))) {
      this.world.clearTimeout(this.timer);
      this.timer = this.world.setTimeout(() => this.abort(), BYE_PATIENCE_MS);
    } else this.abort();
  }

  abort() {
    this.world.clearTimeout(this.timer);
    this.end.abort();
    if (this.stream) this.stream.abort();
    this.stream = null;
  }

  /** @param {number} code as a WebSocket would have been closed with, 0 for none */
  fail(code) {
    if (this.isOver) return;
    this.isOver = true;
    this.abort();
    this.events.closed(code);
  }

  /** Is the host there? Whatever it says of the room is for others to read.
   * @param {() => void} tell */
  async look(tell) {
    try {
      const { signal } = this.end;
      const answer = await this.request(`${this.base}room`, { cache: 'no-store', signal });
      // To its end, so that the next request can have the connection.
      await answer.text();
      if (!answer.ok) this.fail(0);
      else if (!this.isOver) tell();
    } catch {
      this.fail(0);
    }
  }

  /** @param {string} hello */
  async listen(hello) {
    if (this.stream) this.stream.abort();
    const stream = new AbortController();
    this.stream = stream;
    const letGo = await this.takeStream();
    if (letGo && this.stream === stream) await this.hear(hello, stream);
    if (letGo) letGo();
    // A stream that ends is a connection that closed, unless another one took its place.
    if (this.stream === stream) this.fail(letGo ? 0 : CROWDED_CLOSE);
  }

  /** @param {string} hello @param {AbortController} stream */
  async hear(hello, stream) {
    const { signal } = stream;
    const how = { method: 'POST', headers: HEADERS, body: hello, signal };
    this.isAsking = true;
    try {
      const answer = await this.request(`${this.base}stream`, { ...how, cache: 'no-store' });
      if (answer.ok && answer.body) await this.read(answer.body.getReader(), stream);
    } catch {
      // Lost, or not wanted any more.
    }
  }

  /** @param {ReadableStreamDefaultReader<Uint8Array>} reader @param {AbortController} stream */
  async read(reader, stream) {
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done || this.stream !== stream) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() || '';
      for (const line of lines) {
        if ((this.isOver && !this.isLeaving) || this.stream !== stream) return;
        if (this.isLeaving) this.giveBack(line);
        else this.onLine(line);
      }
    }
  }

  /** Nobody wants the seat any more that this may bring. @param {string} line */
  giveBack(line) {
    const frame = readFrame(line);
    if (!frame) return;
    this.isLeaving = false;
    if (frame.type !== 'welcome') return void this.abort();
    this.token = frame.token;
    this.enqueue(BYE_FRAME);
  }

  /** @param {string} line an object, or nothing as a sign of life */
  onLine(line) {
    if (line === '') {
      this.events.alive();
      return;
    }
    const frame = this.token === '' ? readFrame(line) : null;
    if (frame) this.isAsking = false;
    if (frame && frame.type === 'welcome') this.token = frame.token;
    if (frame && frame.type === 'refused' && frame.what === 'hello' && this.stream) {
      // It ends here: the next hello begins another one.
      this.stream.abort();
      this.stream = null;
    }
    this.events.frame(line);
  }

  /** @param {string} text */
  enqueue(text) {
    this.queue.push(text);
    if (!this.isSaying) void this.sayAll();
  }

  async sayAll() {
    this.isSaying = true;
    while (this.queue.length > 0 && !this.end.signal.aborted) {
      const status = await this.say(this.queue[0]);
      if (status !== HAS_TAKEN) this.fail(closeFor(status));
      this.queue.shift();
    }
    this.isSaying = false;
    if (this.isOver) this.abort();
  }

  /** @param {string} text @returns {Promise<number>} the status, 0 when there was no answer */
  async say(text) {
    const { signal } = this.end;
    const headers = { ...HEADERS, Authorization: `Bearer ${this.token}` };
    if (!this.isOver) this.timer = this.world.setTimeout(() => this.fail(0), SAY_TIMEOUT_MS);
    let status = 0;
    for (let tries = 0; tries < TRIES && status === 0 && !signal.aborted; tries += 1) {
      try {
        const how = { method: 'POST', headers, body: text, signal };
        const answer = await this.request(`${this.base}say`, how);
        await answer.text();
        // Of too many tokens of nobody's from one address the next is put off: it, too, has no stream.
        const isPutOff = answer.status === 429 && answer.headers.has('Retry-After');
        status = isPutOff ? 401 : answer.status;
      } catch {
        // A connection that the host had let go of meanwhile.
      }
    }
    if (!this.isOver) this.world.clearTimeout(this.timer);
    return status;
  }
}
