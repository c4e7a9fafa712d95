// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * When to try again, and when to doubt a connection. Pure: whoever asks brings time and chance.
 */

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 8000;

/** A connection attempt that has not opened by then is given up. */
export const OPEN_TIMEOUT_MS = 5000;
/** A WebSocket that has not opened by then is not waited for by whoever wants to come in. */
export const SOCKET_PATIENCE_MS = 1500;
/** A hello without an answer for this long: the connection carries nothing. */
export const ANSWER_TIMEOUT_MS = 8000;
/** Where POST carries the chat, this often a WebSocket is tried beside it. */
export const UPGRADE_EVERY_MS = 600000;
/** The first time where a WebSocket carried the chat before. */
export const UPGRADE_SOON_MS = 30000;
/** A POST without an answer for this long: the connection is dead. */
export const SAY_TIMEOUT_MS = 8000;
/** For the last word of a page that leaves. */
export const BYE_PATIENCE_MS = 2000;
/** A new name that could not be had for this long: the page keeps the old one. */
export const RENAME_PATIENCE_MS = 10000;
/** For what is still on its way to the old seat when the new one is there. */
export const CATCH_UP_MS = 1000;
/** A ping without an answer for this long: the connection is dead. */
export const PONG_TIMEOUT_MS = 2000;
/** A visible page that received nothing for this long asks. */
export const QUIET_MS = 25000;
/** Out of reach for this long, or by both ways so often, the page says what may be wrong. */
export const UNREACHABLE_MS = 30000;
export const UNREACHABLE_TRIES = 3;

/** A host that lets us in and drops us again before this counts as failing. */
export const STABLE_MS = 5000;

const SHORT_MS = 10000;

/**
 * Half of the wait is fixed and half is chance, so that a room does not come back all at once.
 * @param {number} attempt from 0 @param {number} chance from 0 to 1
 * @returns {number} ms
 */
export function retryDelay(attempt, chance) {
  const full = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10));
  return full / 2 + (full / 2) * chance;
}

/**
 * The page woke (visible, shown or online again): is its connection still good?
 * @param {{ hiddenFor: number, quietFor: number, restored: boolean }} wake  ms; restored: from the
 *   browser's back/forward cache, where no connection survives
 * @returns {'fine' | 'ask' | 'reconnect'}
 */
export function judgeWake(wake) {
  if (wake.restored) return 'reconnect';
  return wake.hiddenFor < SHORT_MS && wake.quietFor < SHORT_MS ? 'fine' : 'ask';
}
