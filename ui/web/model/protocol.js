// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * hubbub.v1 as this client speaks it: JSON text <-> objects that are safe to use. Unknown types and
 * fields are ignored, so that a newer host can talk to this page.
 */

/** @typedef {{ id: number, name: string }} Guest */
/** @typedef {{ id: string, name: string, locked: boolean, urls: string[] }} Room */

/**
 * @typedef {{ type: 'welcome', you: Guest, token: string, room: Room,
 *   guests: import('./types.js').Person[] | null, count: number, lastId: number, now: number,
 *   replayed: number | null, limits: { name: number, text: number } }} Welcome
 * @typedef {{ type: 'presence', joined: Guest[], left: Guest[], away: Guest[], back: Guest[],
 *   count: number }} PresenceFrame
 * @typedef {{ type: 'said', id: number, from: Guest, text: string, at: number }} Said
 * @typedef {{ type: 'accepted', ref: number, id: number }} Accepted
 * @typedef {{ type: 'refused', what: string, ref: number, code: string, suggestion: string,
 *   retryAfter: number }} Refused
 * @typedef {{ type: 'room', name: string, locked: boolean, urls: string[] }} RoomFrame
 * @typedef {{ type: 'guests', page: number, pages: number,
 *   guests: import('./types.js').Person[] }} Guests
 * @typedef {{ type: 'gap', missed: number }} Gap
 * @typedef {{ type: 'ended', why: import('./types.js').EndReason }} Ended
 * @typedef {{ type: 'pong' }} Pong
 * @typedef {Welcome | PresenceFrame | Said | Accepted | Refused | RoomFrame | Guests | Gap | Ended
 *   | Pong} Frame
 */

export const SUBPROTOCOL = 'hubbub.v1';

/** No host says this one: other tabs of this browser have all the connections that it would open. */
export const CROWDED_CLOSE = 4900;

/**
 * Close codes after which a page does not come back by itself, by the table of src/wire/README.md.
 * Whatever else ends a connection is a matter of the network or of the host: it comes back.
 * @type {Map<number, import('./types.js').EndReason>}
 */
const FINAL_CLOSES = new Map([
  [1000, 'paused'],
  [1002, 'mistake'],
  [1003, 'mistake'],
  [1007, 'mistake'],
  [1008, 'paused'],
  [1009, 'mistake'],
  [4001, 'elsewhere'],
  [4002, 'removed'],
  [CROWDED_CLOSE, 'crowded'],
]);

/** What a close means when no `ended` came before it. @param {number} code 0: there was none
 * @returns {import('./types.js').EndReason | null} null: come back by yourself */
export function closeReason(code) {
  return FINAL_CLOSES.get(code) ?? null;
}

const END_REASONS = ['stopped', 'elsewhere', 'removed'];
const DEFAULT_LIMITS = { name: 32, text: 4000 };

/** @typedef {Record<string, unknown>} Fields */

class BadFrame extends Error {}

/** @param {unknown} value @returns {Fields} */
function asFields(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadFrame();
  return /** @type {Fields} */ (value);
}

/** @param {Fields} fields @param {string} member @returns {number} */
function integer(fields, member) {
  const value = fields[member];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new BadFrame(member);
  return value;
}

/** @param {Fields} fields @param {string} member @param {number} otherwise @returns {number} */
function integerOr(fields, member, otherwise) {
  return fields[member] === undefined ? otherwise : integer(fields, member);
}

/** @param {Fields} fields @param {string} member @returns {string} */
function text(fields, member) {
  const value = fields[member];
  if (typeof value !== 'string') throw new BadFrame(member);
  return value;
}

/**
 * @template T
 * @param {Fields} fields @param {string} member @param {(value: unknown) => T} read
 * @returns {T[]}
 */
function list(fields, member, read) {
  const value = fields[member];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new BadFrame(member);
  return value.map(read);
}

/** @param {unknown} value @returns {Guest} */
function guest(value) {
  const fields = asFields(value);
  return { id: integer(fields, 'id'), name: text(fields, 'name') };
}

/** @param {unknown} value @returns {import('./types.js').Person} */
function person(value) {
  return { ...guest(value), away: asFields(value).away === true };
}

/** @param {Fields} fields @returns {{ name: string, locked: boolean, urls: string[] }} */
function roomFields(fields) {
  const urls = list(fields, 'urls', (url) => (typeof url === 'string' ? url : ''));
  return { name: text(fields, 'name'), locked: fields.locked === true, urls };
}

/** @param {Fields} fields @returns {Welcome} */
function welcome(fields) {
  const room = asFields(fields.room);
  const guests = fields.guests === undefined ? null : list(fields, 'guests', person);
  const limits = fields.limits === undefined ? {} : asFields(fields.limits);
  return {
    type: 'welcome',
    you: guest(fields.you),
    token: text(fields, 'token'),
    room: { id: text(room, 'id'), ...roomFields(room) },
    guests,
    count: integerOr(fields, 'count', guests === null ? 0 : guests.length),
    lastId: integer(fields, 'last_id'),
    now: integer(fields, 'now'),
    replayed: fields.replayed === undefined ? null : integer(fields, 'replayed'),
    limits: {
      name: integerOr(limits, 'name', DEFAULT_LIMITS.name),
      text: integerOr(limits, 'text', DEFAULT_LIMITS.text),
    },
  };
}

/** @param {Fields} fields @returns {Ended} */
function ended(fields) {
  const why = text(fields, 'why');
  if (!END_REASONS.includes(why)) throw new BadFrame('why');
  return { type: 'ended', why: /** @type {import('./types.js').EndReason} */ (why) };
}

/** @type {Map<string, (fields: Fields) => Frame>} */
const READERS = new Map(
  Object.entries({
    welcome,
    ended,
    presence: (fields) => ({
      type: 'presence',
      joined: list(fields, 'joined', guest),
      left: list(fields, 'left', guest),
      away: list(fields, 'away', guest),
      back: list(fields, 'back', guest),
      count: integer(fields, 'count'),
    }),
    said: (fields) => ({
      type: 'said',
      id: integer(fields, 'id'),
      from: guest(fields.from),
      text: text(fields, 'text'),
      at: integer(fields, 'at'),
    }),
    accepted: (fields) => ({
      type: 'accepted',
      ref: integer(fields, 'ref'),
      id: integer(fields, 'id'),
    }),
    refused: (fields) => ({
      type: 'refused',
      what: text(fields, 'what'),
      ref: integerOr(fields, 'ref', 0),
      code: text(fields, 'code'),
      suggestion: typeof fields.suggestion === 'string' ? fields.suggestion : '',
      retryAfter: integerOr(fields, 'retry_after', 0),
    }),
    room: (fields) => ({ type: 'room', ...roomFields(fields) }),
    guests: (fields) => ({
      type: 'guests',
      page: integer(fields, 'page'),
      pages: integer(fields, 'pages'),
      guests: list(fields, 'guests', person),
    }),
    gap: (fields) => ({ type: 'gap', missed: integer(fields, 'missed') }),
    pong: () => ({ type: 'pong' }),
  }),
);

/**
 * @param {string} json one text frame
 * @returns {Frame | null} null for what this version does not know or cannot use
 */
export function readFrame(json) {
  try {
    const fields = asFields(JSON.parse(json));
    const read = READERS.get(text(fields, 'type'));
    return read ? read(fields) : null;
  } catch (error) {
    if (error instanceof BadFrame || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Half a surrogate pair is no text, and the host refuses it. @param {string} string */
function wellFormed(string) {
  return string.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/**
 * @param {{ name: string, code: string, join: string, token: string, roomId: string,
 *   lastSeen: number }} seat  lastSeen 0: this page has none of the messages, replay them all
 */
export function helloFrame(seat) {
  /** @type {Fields} */
  const frame = { type: 'hello', name: wellFormed(seat.name), join: seat.join };
  if (seat.code) frame.code = seat.code;
  if (seat.token) {
    frame.token = seat.token;
    frame.room_id = seat.roomId;
  }
  if (seat.token && seat.lastSeen > 0) frame.last_seen = seat.lastSeen;
  return JSON.stringify(frame);
}

/** @param {string} frame as helloFrame() makes it */
export function isHello(frame) {
  return frame.startsWith('{"type":"hello"');
}

/** @param {number} ref @param {string} what */
export function sayFrame(ref, what) {
  return JSON.stringify({ type: 'say', ref, text: wellFormed(what) });
}

/** @param {number} page from 0 */
export function whoFrame(page) {
  return JSON.stringify({ type: 'who', page });
}

export const PING_FRAME = '{"type":"ping"}';
export const BYE_FRAME = '{"type":"bye"}';

/**
 * The body of GET /room: all that is known before joining.
 * @param {unknown} body
 * @returns {{ name: string, locked: boolean, code: boolean } | null}
 */
export function readRoomInfo(body) {
  try {
    const fields = asFields(body);
    const { name, locked } = roomFields(fields);
    return { name, locked, code: fields.code === true };
  } catch (error) {
    if (error instanceof BadFrame) return null;
    throw error;
  }
}
