// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How a page comes by its seat: out of the browser's storage, from the tab that had it, or by the
 * host's welcome; and what stays of the conversation then. Pure.
 */

import { append } from './history.js';
import { letIn } from './join.js';
import { bubbleOf, cleanText, resumeOutbox } from './outbox.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Entry} Entry */
/** @typedef {import('./types.js').Saved} Saved */
/** @typedef {import('./protocol.js').Welcome} Welcome */

/** Absences shorter than this are not worth a line in the conversation. */
const AWAY_NOTE_MS = 60000;

/**
 * What the slot of this page holds: a seat, or words that wait for one. Whoever was quicker than
 * the slot keeps the name just typed.
 * @param {State} state @param {Saved} saved @param {number} at @returns {State}
 */
export function restore(state, saved, at) {
  const outbox = saved.outbox.map((item, index) => ({
    ...item,
    key: state.serial + index,
    status: item.status === 'slow' ? /** @type {const} */ ('waiting') : item.status,
    retryAt: 0,
    at: item.at || at,
    id: 0,
  }));
  const isTyped = saved.token === '' && state.join.pending;
  const name = isTyped ? state.join.name : saved.name || state.join.name;
  return {
    ...state,
    stage: saved.token ? 'chat' : 'join',
    me: saved.token ? { id: saved.guestId, name: saved.name } : null,
    room: { ...state.room, id: saved.roomId },
    join: { ...state.join, name },
    outbox,
    nextRef: saved.nextRef,
    draft: saved.draft,
    serial: state.serial + outbox.length,
    taken: false,
  };
}

/**
 * Use Here: the seat comes from another tab, with the words that wait in its slot. The messages on
 * this page stay: the host may have been started anew, and then they are nowhere else.
 * @param {State} state @param {Saved | null} saved null: there is no seat any more
 * @param {number} at @returns {State}
 */
export function takeOver(state, saved, at) {
  // Where the seat had been here before, its words went along with it.
  const own = state.ended === 'elsewhere' ? [] : state.outbox.filter((item) => item.id === 0);
  const draft = state.ended === 'elsewhere' ? '' : state.draft;
  /** @type {State} */
  const free = {
    ...state,
    stage: 'join',
    me: null,
    link: 'connecting',
    unreachable: false,
    ended: null,
    taken: false,
    join: { ...state.join, pending: false, retryAt: 0, refusal: null },
    people: null,
    roll: null,
    count: 0,
    outbox: own,
    draft,
  };
  if (!saved) return free;
  const isSameRoom = saved.roomId === state.room.id;
  const next = restore(free, saved, at);
  /** @type {import('./types.js').Unsent[]} */
  const waiting = own.map((item) => ({ ...item, status: 'held', ref: 0 }));
  const spare = ['', draft].includes(saved.draft) ? '' : cleanText(draft);
  // The composer holds one draft: the other is for the person to send.
  if (spare !== '')
    waiting.push({ key: next.serial, ref: 0, text: spare, status: 'held', retryAt: 0, at, id: 0 });
  /** @type {((key: string) => Entry)[]} */
  const notes =
    isSameRoom || state.entries.length === 0 ? [] : [(key) => ({ kind: 'restarted', key })];
  return append(
    {
      ...next,
      outbox: waiting.concat(next.outbox),
      draft: saved.draft || draft,
      serial: next.serial + 1,
      lastSeen: isSameRoom ? state.lastSeen : 0,
    },
    notes,
  );
}

/** A new seat sees messages from its join on: nothing older is coming. @param {Welcome} frame */
function newcomerLastSeen(frame) {
  return frame.lastId - (frame.replayed || 0);
}

/**
 * @param {State} state @param {Welcome} frame @param {'seat' | 'room' | 'other'} same
 * @param {number} awayMs @returns {((key: string) => Entry)[]} what the conversation says of it
 */
function notesOf(state, frame, same, awayMs) {
  const isReturning = state.lastSeen > 0 || state.entries.length > 0;
  /** @type {((key: string) => Entry)[]} */
  const notes = [];
  if (isReturning && same === 'other') notes.push((key) => ({ kind: 'restarted', key }));
  if (isReturning && same === 'seat' && awayMs >= AWAY_NOTE_MS) {
    const minutes = Math.round(awayMs / 60000);
    const messages = frame.replayed || 0;
    notes.push((key) => ({ kind: 'away', key, minutes, messages }));
  }
  if (state.me && state.me.name !== frame.you.name && !state.join.pending)
    notes.push((key) => ({ kind: 'renamed', key, name: frame.you.name }));
  // Another seat hears nothing of what was said before it.
  const isKnown = same === 'seat' ? state.lastSeen > 0 : isReturning && same === 'room';
  if (isKnown && newcomerLastSeen(frame) > state.lastSeen)
    notes.push((key) => ({ kind: 'gap', key }));
  return notes;
}

/**
 * @param {State} state
 * @param {{ frame: Welcome, at: number, awayMs: number }} action at: this device's clock
 * @returns {State}
 */
export function welcome(state, { frame, at, awayMs }) {
  const isSameRoom = frame.room.id === state.room.id;
  const isSameSeat = isSameRoom && state.me !== null && state.me.id === frame.you.id;
  const same = isSameSeat ? 'seat' : isSameRoom ? 'room' : 'other';
  // What the host took and will not bring any more was said all the same.
  const begin = newcomerLastSeen(frame);
  const oldest = isSameSeat ? begin : Infinity;
  const passed = state.outbox.filter((item) => item.id > 0 && item.id <= oldest);
  const outbox = state.outbox.filter((item) => !passed.includes(item));
  const next = {
    ...state,
    stage: /** @type {const} */ ('chat'),
    room: { ...state.room, ...frame.room },
    me: frame.you,
    former: isSameRoom ? state.former : 0,
    link: /** @type {const} */ ('joined'),
    unreachable: false,
    taken: false,
    ended: null,
    join: letIn(state.join, frame.you.name),
    people: frame.guests,
    roll: null,
    isListOld: frame.guests === null,
    count: frame.count,
    outbox: resumeOutbox(outbox, same),
    nextRef: isSameSeat ? state.nextRef : 1,
    // A seat that gave way to this one may have heard more by then.
    lastSeen: isSameRoom && (isSameSeat || state.lastSeen > begin) ? state.lastSeen : begin,
    replayedTo: frame.replayed === 0 ? 0 : frame.lastId,
    clockOffset: frame.now - at,
    limits: frame.limits,
  };
  return append(next, [
    ...passed.map((item) => () => bubbleOf(item, state.me)),
    ...notesOf(state, frame, same, awayMs),
  ]);
}
