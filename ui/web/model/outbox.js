// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What this guest wrote and the host has not confirmed, in the order it was written. Pure.
 *
 * Only the first that can go is under way at any time, so order survives refusals and at most one
 * message is ever in doubt. A ref is used once: the host answers a repeated one with what became
 * of it, so sending again after a lost connection never says anything twice.
 */

/** @typedef {import('./types.js').Unsent} Unsent */

/** @param {string} typed @returns {string} the text as the host would keep it, without empty ends */
export function cleanText(typed) {
  return typed
    .replace(/\r\n|[\r\u0085\u2028\u2029]/g, '\n')
    .replace(/^\n+/, '')
    .trimEnd();
}

/**
 * The next to send, or null while one is under way, waits for its time, or nothing is left.
 * @param {Unsent[]} outbox @param {number} now @returns {Unsent | null}
 */
export function nextToSend(outbox, now) {
  // What somebody tries again stands before what was written after it, and waits for it all the same.
  if (outbox.some((item) => item.id === 0 && item.status === 'sent')) return null;
  // The one in doubt has the lower ref: after a higher one the host would not take it any more.
  const doubted = outbox.find((item) => item.ref > 0 && item.status === 'waiting');
  if (doubted) return doubted;
  for (const item of outbox) {
    if (item.id > 0 || item.status === 'failed' || item.status === 'held') continue;
    return item.status === 'waiting' || item.retryAt <= now ? item : null;
  }
  return null;
}

/** Whether the host has not told of something that it may have. @param {Unsent[]} outbox */
export function isUnderWay(outbox) {
  return outbox.some((item) => item.ref > 0 && item.status !== 'failed' && item.status !== 'held');
}

/**
 * When something that came too fast may go, by the clock that nobody sets; 0 for never.
 * @param {Unsent[]} outbox
 */
export function nextRetryAt(outbox) {
  const slow = outbox.find((item) => item.status === 'slow');
  return slow ? slow.retryAt : 0;
}

/**
 * @param {Unsent[]} outbox @param {number} key @param {Partial<Unsent>} change
 * @returns {Unsent[]}
 */
export function changeItem(outbox, key, change) {
  return outbox.map((item) => (item.key === key ? { ...item, ...change } : item));
}

/** @param {Unsent[]} outbox @param {number} key @returns {Unsent[]} */
export function dropItem(outbox, key) {
  return outbox.filter((item) => item.key !== key);
}

/**
 * The host has said `text` as message `id` in this guest's name: which of ours is it? By its id
 * when `accepted` came first, else the one under way if it reads the same. Not so in a replay: it
 * brings older messages too, and people say "ok" more than once.
 * @param {Unsent[]} outbox @param {number} id @param {string} text @param {boolean} isReplay
 * @returns {Unsent | null}
 */
export function takeSaid(outbox, id, text, isReplay) {
  const known = outbox.find((item) => item.id === id);
  const alike = (/** @type {Unsent} */ each) => each.status === 'sent' && each.text === text;
  return known || (!isReplay && outbox.find(alike)) || null;
}

/**
 * The host took `ref` as message `id`. It stays until that message is shown, unless it is already.
 * @param {Unsent[]} outbox @param {number} ref @param {number} id @param {boolean} shown
 * @returns {Unsent[]}
 */
export function settleAccepted(outbox, ref, id, shown) {
  const item = outbox.find((each) => each.ref === ref && each.status === 'sent');
  if (!item) return outbox;
  return shown ? dropItem(outbox, item.key) : changeItem(outbox, item.key, { id });
}

/**
 * The host refused `ref`. Whatever is said again gets a ref of its own.
 * @param {Unsent[]} outbox @param {number} ref @param {string} code @param {number} retryAt
 * @returns {Unsent[]}
 */
export function settleRefused(outbox, ref, code, retryAt) {
  const item = outbox.find((each) => each.ref === ref && each.status === 'sent');
  if (!item) return outbox;
  if (code === 'too-fast') return changeItem(outbox, item.key, { status: 'slow', ref: 0, retryAt });
  return changeItem(outbox, item.key, { status: 'failed', ref: 0 });
}

/**
 * A connection began. What happens to the unconfirmed depends on whom the host takes us for:
 * - the same seat: all goes on, the one in doubt with the ref it had
 * - a new seat in the same room: the one in doubt may have been said, so the person decides
 * - another room: nobody wrote these for the people there, so the person decides
 * @param {Unsent[]} outbox @param {'seat' | 'room' | 'other'} same
 * @returns {Unsent[]}
 */
export function resumeOutbox(outbox, same) {
  /** @param {Unsent} item @returns {Unsent} */
  const resume = (item) => {
    if (item.status === 'held' || item.status === 'failed') return item;
    if (same === 'other') return { ...item, status: 'held', ref: 0, id: 0, retryAt: 0 };
    if (same === 'seat') return item.status === 'sent' ? { ...item, status: 'waiting' } : item;
    return item.ref > 0
      ? { ...item, status: 'failed', ref: 0, id: 0 }
      : { ...item, status: 'waiting', retryAt: 0 };
  };
  return outbox.map(resume);
}

/** @param {import('./types.js').Unsent} item */
export function unsentKey(item) {
  return `u${item.key}`;
}

/** @param {import('./types.js').Unsent} item @param {import('./types.js').State['me']} me
 * @returns {import('./types.js').Message} */
export function bubbleOf(item, me) {
  return {
    kind: 'message',
    key: unsentKey(item),
    id: item.id,
    fromId: me ? me.id : 0,
    name: me ? me.name : '',
    text: item.text,
    at: item.at,
    own: true,
  };
}
