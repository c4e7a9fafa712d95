// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The one place where what the page knows is kept, and every way it can change. Pure: actions say
 * what happened, reduce() says what is so from then on; the views draw that.
 */

import { append } from './history.js';
import { findMentions } from './mentions.js';
import { applyPage, applyPresence } from './people.js';
import { codeFound, joining, putOff, refusedHello, renaming, roomKnown } from './join.js';
import {
  bubbleOf,
  changeItem,
  dropItem,
  settleAccepted,
  settleRefused,
  takeSaid,
  unsentKey,
} from './outbox.js';
import { restore, takeOver, welcome } from './seat.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Entry} Entry */
/** @typedef {import('./types.js').Saved} Saved */

/**
 * at: the time of day; of a frame the clock that nobody sets, as what is put off goes by it.
 * @typedef {{ type: 'room-known', name: string, locked: boolean, code: boolean }
 *   | { type: 'name-remembered', name: string }
 *   | { type: 'code-found', code: string }
 *   | { type: 'seats-taken' }
 *   | { type: 'restored', saved: Saved, at: number }
 *   | { type: 'taken-over', saved: Saved | null, at: number }
 *   | { type: 'link', phase: import('./types.js').LinkPhase,
 *       kind?: import('./types.js').LinkKind }
 *   | { type: 'unreachable' }
 *   | { type: 'join', name: string, code: string }
 *   | { type: 'asking' }
 *   | { type: 'put-off', retryAt: number, isRepeated: boolean }
 *   | { type: 'refused-hello', code: string, suggestion: string }
 *   | { type: 'welcome', frame: import('./protocol.js').Welcome, at: number, awayMs: number }
 *   | { type: 'frame', frame: import('./protocol.js').Frame, at: number }
 *   | { type: 'write', text: string, at: number }
 *   | { type: 'draft', text: string }
 *   | { type: 'sent', key: number, ref: number }
 *   | { type: 'retry', key: number }
 *   | { type: 'discard', key: number }
 *   | { type: 'visible', visible: boolean }
 *   | { type: 'wish', wishes: Partial<State['wishes']> }
 *   | { type: 'renaming', name: string, code: string }
 *   | { type: 'ended', why: import('./types.js').EndReason }
 *   | { type: 'going-on' }
 *   | { type: 'left' }} Action
 */

/** How well the host's clock is known here. */
const CLOCK_SLACK_MS = 2000;

/** @returns {State} */
export function initialState() {
  return {
    stage: 'join',
    room: { id: '', name: '', locked: false, code: false, urls: [] },
    me: null,
    former: 0,
    link: 'connecting',
    linkKind: 'websocket',
    unreachable: false,
    ended: null,
    taken: false,
    join: {
      name: '',
      code: '',
      found: '',
      scans: 0,
      pending: false,
      retryAt: 0,
      refusal: null,
    },
    people: null,
    roll: null,
    isListOld: false,
    count: 0,
    entries: [],
    outbox: [],
    nextRef: 1,
    draft: '',
    lastSeen: 0,
    replayedTo: 0,
    clockOffset: 0,
    limits: { name: 32, text: 4000 },
    unread: 0,
    visible: true,
    wishes: { sound: false, awake: false },
    serial: 1,
  };
}

/** @param {State} state @param {import('./protocol.js').Said} frame @returns {State} */
function said(state, frame) {
  if (frame.id <= state.lastSeen) return state;
  const own = state.me !== null && frame.from.id === state.me.id;
  const isReplay = frame.id <= state.replayedTo;
  const item = own ? takeSaid(state.outbox, frame.id, frame.text, isReplay) : null;
  // Taken and said before this, yet not brought: they fell into a gap.
  const passed = state.outbox.filter((each) => each.id > 0 && each.id < frame.id);
  const isSettled = item !== null || passed.length > 0;
  const outbox = isSettled
    ? state.outbox.filter((each) => each !== item && !passed.includes(each))
    : state.outbox;
  const makers = passed.map((each) => () => bubbleOf(each, state.me));
  const next = append({ ...state, outbox, lastSeen: frame.id }, [
    ...makers,
    (key) => ({
      kind: 'message',
      // The bubble that waited is the message now: the same one, not another.
      key: item ? unsentKey(item) : key,
      id: frame.id,
      fromId: frame.from.id,
      name: frame.from.name,
      text: frame.text,
      at: frame.at - state.clockOffset,
      own,
      live: !isReplay,
      calls: own || !state.me ? [] : findMentions(frame.text, state.me.name, state.people),
    }),
  ]);
  return own || state.visible ? next : { ...next, unread: next.unread + 1 };
}

/** @param {State} state @param {import('./protocol.js').PresenceFrame} frame @returns {State} */
function presence(state, frame) {
  /** @param {'joined' | 'left'} kind @returns {(guest: { id: number, name: string }) => (key: string) => Entry} */
  const entryOf = (kind) => (guest) => (key) => ({ kind, key, id: guest.id, name: guest.name });
  const others = (/** @type {{ id: number }} */ { id }) =>
    id !== state.former && (!state.me || id !== state.me.id);
  const makers = [
    ...frame.joined.filter(others).map(entryOf('joined')),
    ...frame.left.filter(others).map(entryOf('left')),
  ];
  const people = state.people && applyPresence(state.people, frame);
  const roll = state.roll && { ...state.roll, people: applyPresence(state.roll.people, frame) };
  const isNamed = [frame.joined, frame.left, frame.away, frame.back].some((each) => each.length);
  const isBehind = !isNamed || (people !== null && people.length !== frame.count);
  const next = { ...state, people, roll, count: frame.count };
  return append({ ...next, isListOld: state.isListOld || isBehind }, makers);
}

/**
 * @param {State} state @param {import('./protocol.js').Refused} frame @param {number} at
 * @returns {State}
 */
function refusedSay(state, frame, at) {
  if (frame.code !== 'ref-expired')
    return {
      ...state,
      outbox: settleRefused(state.outbox, frame.ref, frame.code, at + frame.retryAfter),
    };
  // The host no longer knows what became of it; perhaps this page does. The same words said before
  // these were written were others.
  const item = state.outbox.find((each) => each.ref === frame.ref && each.status === 'sent');
  const shown =
    item &&
    state.entries.some(
      (e) =>
        e.kind === 'message' && e.own && e.text === item.text && e.at >= item.at - CLOCK_SLACK_MS,
    );
  return {
    ...state,
    outbox:
      item && shown
        ? dropItem(state.outbox, item.key)
        : settleRefused(state.outbox, frame.ref, frame.code, 0),
  };
}

/** Some of that was known from the welcome, which may know of more. @param {State} state */
function toldGap(state) {
  const last = state.entries[state.entries.length - 1];
  if (last && last.kind === 'gap') return state;
  return append(state, [(key) => ({ kind: 'gap', key })]);
}

/** @param {State} state @param {import('./protocol.js').Frame} frame @param {number} at
 * @returns {State} */
function reduceFrame(state, frame, at) {
  switch (frame.type) {
    case 'said':
      return said(state, frame);
    case 'presence':
      return presence(state, frame);
    case 'accepted': {
      const shown = frame.id <= state.lastSeen;
      return { ...state, outbox: settleAccepted(state.outbox, frame.ref, frame.id, shown) };
    }
    case 'refused':
      return frame.what === 'say' ? refusedSay(state, frame, at) : state;
    case 'room':
      return {
        ...state,
        room: { ...state.room, name: frame.name, locked: frame.locked, urls: frame.urls },
      };
    case 'guests': {
      const { roll, people } = applyPage(state.roll, frame);
      if (!people) return { ...state, roll };
      return { ...state, roll, people, isListOld: people.length !== state.count };
    }
    case 'gap':
      return toldGap(state);
    default:
      return state;
  }
}

/** @param {State} state @param {string} text @param {number} at @returns {State} */
function write(state, text, at) {
  const item = { key: state.serial, ref: 0, text, retryAt: 0, at, id: 0 };
  return {
    ...state,
    draft: '',
    outbox: state.outbox.concat({ ...item, status: 'waiting' }),
    serial: state.serial + 1,
  };
}

/** @param {State} state @param {{ phase: import('./types.js').LinkPhase,
 *   kind?: import('./types.js').LinkKind }} change @returns {State} */
function linkChanged(state, { phase, kind = state.linkKind }) {
  return {
    ...state,
    link: phase,
    linkKind: kind,
    unreachable: state.unreachable && phase !== 'open' && phase !== 'joined',
  };
}

/** @param {State} state @param {Action} action @returns {State} */
export function reduce(state, action) {
  switch (action.type) {
    case 'room-known':
      return roomKnown(state, action);
    case 'name-remembered':
      return { ...state, join: { ...state.join, name: action.name } };
    case 'code-found':
      return codeFound(state, action.code);
    case 'seats-taken':
      return { ...state, taken: true };
    case 'restored':
      return restore(state, action.saved, action.at);
    case 'taken-over':
      return takeOver(state, action.saved, action.at);
    case 'link':
      return linkChanged(state, action);
    case 'unreachable':
      return { ...state, unreachable: true };
    case 'join':
      return joining(state, action);
    case 'asking':
      return { ...state, join: { ...state.join, retryAt: 0 } };
    case 'put-off':
      return putOff(state, action);
    case 'refused-hello':
      return refusedHello(state, action.code, action.suggestion);
    case 'welcome':
      return welcome(state, action);
    case 'frame':
      return reduceFrame(state, action.frame, action.at);
    case 'write':
      return write(state, action.text, action.at);
    case 'draft':
      return { ...state, draft: action.text };
    case 'sent': {
      const sent = { ref: action.ref, status: /** @type {const} */ ('sent'), retryAt: 0 };
      return {
        ...state,
        outbox: changeItem(state.outbox, action.key, sent),
        nextRef: Math.max(state.nextRef, action.ref + 1),
      };
    }
    case 'retry': {
      const again = { status: /** @type {const} */ ('waiting'), ref: 0, retryAt: 0 };
      return { ...state, outbox: changeItem(state.outbox, action.key, again) };
    }
    case 'discard':
      return { ...state, outbox: dropItem(state.outbox, action.key) };
    case 'visible':
      return { ...state, visible: action.visible, unread: action.visible ? 0 : state.unread };
    case 'ended':
      return {
        ...state,
        ended: action.why,
        link: 'lost',
        join: { ...state.join, pending: false, retryAt: 0 },
      };
    case 'going-on':
      return { ...state, ended: null };
    case 'left':
      return {
        ...initialState(),
        room: { ...state.room, id: '' },
        join: { ...state.join, pending: false, retryAt: 0, refusal: null },
        limits: state.limits,
        visible: state.visible,
        wishes: state.wishes,
        serial: state.serial,
      };
    default:
      return reduceMenu(state, action);
  }
}

/** @param {State} state @param {Action} action @returns {State} */
function reduceMenu(state, action) {
  if (action.type === 'wish') return { ...state, wishes: { ...state.wishes, ...action.wishes } };
  return action.type === 'renaming' ? renaming(state, action) : state;
}

/** What of the state outlives the page. @param {State} state */
export function toSave(state) {
  return {
    draft: state.draft,
    nextRef: state.nextRef,
    outbox: state.outbox
      .filter((item) => item.id === 0)
      .map(({ ref, text, status, at }) => ({ ref, text, status, at })),
  };
}

/** Whether there is anything here that would be missed. @param {State} state */
export function hasWords(state) {
  return state.outbox.length > 0 || state.entries.some((entry) => entry.kind === 'message');
}

/** The conversation with what is still to be confirmed at its end. @param {State} state
 * @returns {Entry[]} */
export function allEntries({ me, entries, outbox }) {
  if (outbox.length === 0) return entries;
  return entries.concat(outbox.map((item) => ({ ...bubbleOf(item, me), unsent: item })));
}
