// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How asking to be let in changes the state: what the person gives for it, and what the host says.
 * Pure.
 */

/** @typedef {import('./types.js').State} State */

/** @param {State} state @param {string} code from the address @returns {State} */
export function codeFound(state, code) {
  const scans = state.join.scans + 1;
  return { ...state, join: { ...state.join, code, found: code, scans } };
}

/** @param {State} state @param {{ name: string, code: string }} asked @returns {State} */
export function joining(state, { name, code }) {
  const retryAt = state.join.pending ? state.join.retryAt : 0;
  const join = { ...state.join, name, code, pending: true, retryAt, refusal: null };
  return { ...state, ended: null, join };
}

/**
 * The same person under another name: a new seat for the host, the same conversation here.
 * @param {State} state @param {{ name: string, code: string }} asked @returns {State}
 */
export function renaming(state, asked) {
  const former = state.me ? state.me.id : 0;
  const left = { me: null, former, link: /** @type {const} */ ('connecting') };
  return { ...joining(state, asked), ...left, people: null, count: 0 };
}

/**
 * The code is not kept: the seat needs none, and where it is void, that is another room with
 * another code.
 * @param {State['join']} join @param {string} name @returns {State['join']}
 */
export function letIn(join, name) {
  return { ...join, name, code: '', pending: false, retryAt: 0, refusal: null };
}

/** @param {State} state @param {{ name: string, locked: boolean, code: boolean }} info
 * @returns {State} */
export function roomKnown(state, { name, locked, code }) {
  const { room, join } = state;
  if (room.name === name && room.locked === locked && room.code === code) return state;
  const told = join.refusal ? join.refusal.code : '';
  const isPast = (told === 'locked' && !locked) || (told.startsWith('code') && !code);
  // Whoever had to wait for another try needs none now.
  const retryAt = code || join.pending ? join.retryAt : 0;
  return {
    ...state,
    room: { ...room, name, locked, code },
    join: { ...join, retryAt, refusal: isPast ? null : join.refusal },
  };
}

/**
 * The host says when to ask again. Only what holds no code is asked again by itself: a wrong one
 * would be a try that nobody made, on the account of all who share this address.
 * @param {State} state @param {{ retryAt: number, isRepeated: boolean }} action @returns {State}
 */
export function putOff(state, { retryAt, isRepeated }) {
  if (isRepeated) return { ...state, join: { ...state.join, retryAt } };
  return {
    ...state,
    stage: 'join',
    room: { ...state.room, code: true },
    join: { ...state.join, code: '', pending: false, retryAt, refusal: null },
  };
}

/** What was typed stays in the view, which gives it anew when the person asks again.
 * @param {State} state @param {string} code @param {string} suggestion @returns {State} */
export function refusedHello(state, code, suggestion) {
  const told = state.join.refusal;
  const { name } = state.join;
  // Who was not asked for a code has not typed a wrong one.
  const what = code === 'code' && !state.join.code ? 'code-missing' : code;
  const isTold = told && told.code === what && told.name === name;
  // The same one again, without anybody having asked: nothing for the view to tell.
  const refusal = isTold ? told : { code: what, suggestion, name };
  const room = {
    ...state.room,
    code: state.room.code || code === 'code',
    locked: state.room.locked || code === 'locked',
  };
  const join = { ...state.join, code: '', pending: false, retryAt: 0, refusal };
  return { ...state, room, stage: 'join', join };
}
