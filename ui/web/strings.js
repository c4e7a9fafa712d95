// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Every word the page says, in one place to be translated. {name} stands for a value; what it is
 * called says what it is. No possessives of values, whole sentences only: both translate badly.
 */

export const strings = {
  product: 'Hubbub',
  joinTitle: 'Join “{room}”',
  nameLabel: 'Your name',
  codeLabel: "Code on the host's screen",
  joinButton: 'Join',
  joinHonesty: 'The host stores no messages. Others here can copy what you write.',
  connecting: 'Connecting…',
  notConnected: 'Not connected',
  reconnecting: "Reconnecting… your messages will be sent when you're back.",
  unreachable:
    "Can't reach {room}. Same Wi-Fi? Mobile data or VPN off? If your browser warns again, " +
    'that is expected. Or scan the code again.',
  reload: 'Reload',
  roomFallback: 'this chat',

  nameTaken: 'Someone here is already called {name}. Try {suggestion}?',
  nameTakenPlain: 'Someone here is already called {name}.',
  nameBad: 'Use 1 to 32 letters, numbers or emoji, without “:” and not starting with “*” or “!”.',
  nameReserved: 'This name is reserved.',
  nameReservedTry: 'This name is reserved. Try {suggestion}?',
  locked: 'This room is locked.',
  full: 'This room is full.',
  codeWrong: "That code isn't right. Look at the host's screen.",
  codeMissing: "This room asks for a code. It is on the host's screen.",
  tooOften: {
    one: 'Too many tries. Trying again in {count} second.',
    other: 'Too many tries. Trying again in {count} seconds.',
  },
  tooOftenCode: {
    one: 'Too many tries. You can try again in {count} second.',
    other: 'Too many tries. You can try again in {count} seconds.',
  },
  removed: 'The host removed you from this chat.',
  outdated: 'This page is older than the chat. Reload it.',
  mistake: 'Something went wrong on this page. Reload it to go on.',
  paused: 'The host closed this connection.',
  reconnect: 'Reconnect',
  taken: 'This chat is open in another tab.',
  useHere: 'Use Here',

  peopleCount: { one: '{count} person', other: '{count} people' },
  peopleLocked: '{people} · locked',
  peopleTitle: 'People',
  peopleOpen: 'Show people',
  peopleAll: 'Show everyone',
  peopleYou: '{name} (you)',
  peopleAway: 'away',
  close: 'Close',
  linkKind: 'Connected by WebSocket',

  firstHereTitle: "You're the first here.",
  firstHere: "Share the code on the host's screen.",
  quietTitle: 'Nothing said yet',
  quiet: 'What you write reaches everyone here.',
  logLabel: 'Conversation',
  composerLabel: 'Message',
  composerHint: 'Write a message',
  send: 'Send',
  charsLeft: { one: '{count} character left', other: '{count} characters left' },
  charsOver: { one: '{count} character too many', other: '{count} characters too many' },
  noFiles: "Pictures and files can't be sent yet.",
  newMessages: { one: '{count} new', other: '{count} new' },
  you: 'You',

  joined: { one: '{names} joined', other: '{names} joined' },
  left: { one: '{names} left', other: '{names} left' },
  visited: { one: '{names} joined and left', other: '{names} joined and left' },
  returned: { one: '{names} left and came back', other: '{names} left and came back' },
  andOthers: { one: '{names} and {count} other', other: '{names} and {count} others' },

  earlier: 'Earlier messages are no longer on this page.',
  gap: 'Some messages from while you were away are gone.',
  restarted: 'The chat was restarted. Messages above are only on this page.',
  away: 'You were away {minutes} min',
  awayMessages: {
    one: 'You were away {minutes} min · {count} message',
    other: 'You were away {minutes} min · {count} messages',
  },
  renamed: 'You are called {name} here now.',

  sending: 'Sending…',
  waiting: 'Waiting to be sent',
  checking: 'Maybe sent. Checking…',
  slow: 'Slow down a little. Sending in {seconds} s.',
  slowQueue: 'Slow down a little. Sending in {seconds} s. ({count} queued)',
  notSent: 'Not sent.',
  notSentLine: '{line} (not sent)',
  held: 'Written before the chat was restarted.',
  retry: 'Retry',
  sendHeld: 'Send',
  discard: 'Discard',

  ended: 'The host ended this chat.',
  endedCopy: 'The host ended this chat. This page is the only copy.',
  saveCopy: 'Save a Copy',
  copyName: 'chat {date}.txt',
  leave: 'Leave',
  leaveTitle: 'Leave this chat?',
  leaveText: "Its messages disappear from this page. You can't get them back.",
  leaveLocked: 'The room is locked: nobody new can join, nor can you once you left.',
  cancel: 'Cancel',
};

/** @typedef {{ one: string, other: string }} Plural */

const FSI = '\u2068';
const PDI = '\u2069';
const plurals = new Intl.PluralRules('en');
const lists = 'ListFormat' in Intl ? new Intl.ListFormat('en', { type: 'conjunction' }) : null;

/**
 * Puts values into a sentence, each in a directional isolate of its own: a name in another script
 * does not turn the sentence around.
 * @param {string} sentence @param {Record<string, string | number>} values
 * @returns {string}
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => {
    const value = values[key];
    if (value === undefined) return whole;
    return typeof value === 'number' ? String(value) : FSI + value + PDI;
  });
}

/**
 * @param {Plural} forms @param {number} count
 * @param {Record<string, string | number>} [values]
 */
export function fillCount(forms, count, values = {}) {
  const form = plurals.select(count) === 'one' ? forms.one : forms.other;
  return fill(form, { ...values, count });
}

/** How many names a sentence spells out before it counts. */
const NAMES_SHOWN = 3;

/** @param {string[]} names */
function isolate(names) {
  return names.map((name) => FSI + name + PDI);
}

/**
 * @param {Plural} forms a sentence about {names} @param {string[]} names
 * @returns {string}
 */
export function fillNames(forms, names) {
  const shown = names.length > NAMES_SHOWN + 1 ? names.slice(0, NAMES_SHOWN) : names;
  const rest = names.length - shown.length;
  const parts = isolate(shown);
  let all = rest > 0 || !lists ? parts.join(', ') : lists.format(parts);
  if (rest > 0) all = fillCount(strings.andOthers, rest).replace('{names}', () => parts.join(', '));
  return (names.length === 1 ? forms.one : forms.other).replace('{names}', () => all);
}
