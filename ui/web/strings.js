// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Every word the page says, in one place to be translated with those of the programs: po/. {name}
 * stands for a value; what it is called says what it is, and so does a comment that begins with
 * "Translators:" and goes to them. No possessives of values, whole sentences only: both translate
 * badly.
 */

import { Language } from './model/language.js';

/** @typedef {import('./model/language.js').Plural} Plural */

/** All of them, in the page's language. Read them when they are needed: a module's constants are
 * older than the language. */
function words() {
  return {
    // Translators: the name of the program, which stays as it is.
    product: _('Hubbub'),
    // Translators: all that a browser shows that cannot run the page; in every language at once.
    needsScript: _('This chat needs JavaScript.'),
    // Translators: all that a browser shows that cannot run the page; in every language at once.
    tooOld: _('This browser is too old for this chat.'),
    // Translators: {room} is the name of the chat, as its host gave it.
    joinTitle: _('Join “{room}”'),
    nameLabel: _('Your name'),
    codeLabel: _("Code on the host's screen"),
    joinButton: _('Join'),
    joinHonesty: _('The host stores no messages. Others here can copy what you write.'),
    connecting: _('Connecting…'),
    notConnected: _('Not connected'),
    reconnecting: _("Reconnecting… your messages will be sent when you're back."),
    unreachable: _(
      // Translators: {room} is the name of the chat, or “this chat”.
      "Can't reach {room}. Same Wi-Fi? Mobile data or VPN off? If your browser warns again, " +
        'that is expected. Or scan the code again.',
    ),
    reload: _('Reload'),
    // Translators: what stands for the name of the chat until that is known.
    roomFallback: _('this chat'),

    // Translators: {name} is what somebody wants to be called, {suggestion} a button with a free name.
    nameTaken: _('Someone here is already called {name}. Try {suggestion}?'),
    // Translators: {name} is what somebody wants to be called.
    nameTakenPlain: _('Someone here is already called {name}.'),
    nameBad: _(
      'Use 1 to 32 letters, numbers or emoji, without “:” and not starting with “*” or “!”.',
    ),
    nameReserved: _('This name is reserved.'),
    // Translators: {suggestion} is a button with a name that is free.
    nameReservedTry: _('This name is reserved. Try {suggestion}?'),
    locked: _('This room is locked.'),
    full: _('This room is full.'),
    codeWrong: _("That code isn't right. Look at the host's screen."),
    codeMissing: _("This room asks for a code. It is on the host's screen."),
    tooOften: ngettext(
      // Translators: {count} is a number of seconds.
      'Too many tries. Trying again in {count} second.',
      'Too many tries. Trying again in {count} seconds.',
    ),
    tooOftenCode: ngettext(
      // Translators: {count} is a number of seconds.
      'Too many tries. You can try again in {count} second.',
      'Too many tries. You can try again in {count} seconds.',
    ),
    removed: _('The host removed you from this chat.'),
    outdated: _('This page is older than the chat. Reload it.'),
    mistake: _('Something went wrong on this page. Reload it to go on.'),
    paused: _('The host closed this connection.'),
    crowded: _('This chat is open in too many tabs of this browser. Close one of them.'),
    reconnect: _('Reconnect'),
    taken: _('This chat is open in another tab.'),
    useHere: _('Use Here'),

    // Translators: {count} people are in the chat.
    peopleCount: ngettext('{count} person', '{count} people'),
    // Translators: {people} is “{count} people”; nobody else can join.
    peopleLocked: _('{people} · locked'),
    peopleTitle: _('People'),
    // Translators: a button.
    peopleOpen: _('Show people'),
    peopleAll: _('Show everyone'),
    // Translators: {name} is what the reader is called here.
    peopleYou: _('{name} (you)'),
    // Translators: of a person who is not looking at the chat.
    peopleAway: _('away'),
    close: _('Close'),
    linkKind: _('Connected by WebSocket'),
    linkKindHttp: _('Connected by HTTP'),

    firstHereTitle: _("You're the first here."),
    firstHere: _("Share the code on the host's screen."),
    quietTitle: _('Nothing said yet'),
    quiet: _('What you write reaches everyone here.'),
    logLabel: _('Conversation'),
    composerLabel: _('Message'),
    composerHint: _('Write a message'),
    send: _('Send'),
    // Translators: {count} characters may still be typed.
    charsLeft: ngettext('{count} character left', '{count} characters left'),
    // Translators: {count} characters have to go.
    charsOver: ngettext('{count} character too many', '{count} characters too many'),
    noFiles: _("Pictures and files can't be sent yet."),
    // Translators: a button: {count} messages came further down.
    newMessages: ngettext('{count} new', '{count} new'),
    // Translators: a button: to the newest message.
    latest: _('Latest'),
    // Translators: a button: messages from before the ones that are shown.
    showEarlier: _('Show Earlier'),
    // Translators: read aloud; {name} is who wrote it, {text} what.
    heard: _('{name}: {text}'),
    // Translators: read aloud instead of that many messages.
    heardMany: ngettext('{count} new message', '{count} new messages'),
    // Translators: read aloud before a message that has the reader's name in it.
    callsYou: _('For you'),
    // Translators: a button beside a message of {name}: opens what can be done with it.
    messageActions: _('Actions for the message from {name}'),
    messageActionsOwn: _('Actions for your message'),
    // Translators: copies the text of one message.
    copyMessage: _('Copy Text'),
    // Translators: writes “@{name}” into the message.
    mentionName: _('Mention {name}'),
    copied: _('Copied.'),
    // Translators: the list of names that opens after “@” was typed.
    mentionList: _('People to mention'),
    mentionCount: ngettext(
      // Translators: read aloud when that many names can be chosen.
      '{count} name. Press Enter to choose.',
      '{count} names. Up and Down to go through them, Enter to choose.',
    ),
    // Translators: who wrote a message: the reader.
    you: _('You'),

    // Translators: {names} is a name, or a list of names; the number is how many there are.
    joined: ngettext('{names} joined', '{names} joined'),
    // Translators: {names} is a name, or a list of names; the number is how many there are.
    left: ngettext('{names} left', '{names} left'),
    // Translators: {names} is a name, or a list of names; the number is how many there are.
    visited: ngettext('{names} joined and left', '{names} joined and left'),
    // Translators: {names} is a name, or a list of names; the number is how many there are.
    returned: ngettext('{names} left and came back', '{names} left and came back'),
    // Translators: between names of a list.
    comma: _(', '),
    // Translators: {names} are some names, {count} the number of those not named.
    andOthers: ngettext('{names} and {count} other', '{names} and {count} others'),

    earlier: _('Earlier messages are no longer on this page.'),
    gap: _('Some messages from while you were away are gone.'),
    restarted: _('The chat was restarted. Messages above are only on this page.'),
    // Translators: {minutes} is a number, and “min” short for minutes.
    away: _('You were away {minutes} min'),
    awayMessages: ngettext(
      // Translators: {minutes} is a number; meanwhile there were {count} messages.
      'You were away {minutes} min · {count} message',
      'You were away {minutes} min · {count} messages',
    ),
    // Translators: {name} is what the host calls the reader.
    renamed: _('You are called {name} here now.'),

    sending: _('Sending…'),
    waiting: _('Waiting to be sent'),
    checking: _('Maybe sent. Checking…'),
    // Translators: {seconds} is a number, and “s” short for seconds.
    slow: _('Slow down a little. Sending in {seconds} s.'),
    // Translators: {seconds} is a number; {count} messages wait.
    slowQueue: _('Slow down a little. Sending in {seconds} s. ({count} queued)'),
    notSent: _('Not sent.'),
    // Translators: {line} is a message in a text file with the conversation.
    notSentLine: _('{line} (not sent)'),
    held: _('Written before you joined.'),
    // Translators: a button: sends a message again.
    retry: _('Retry'),
    // Translators: a button: sends a message.
    sendHeld: _('Send'),
    // Translators: a button: throws away a message that was not sent.
    discard: _('Discard'),

    ended: _('The host ended this chat.'),
    endedCopy: _('The host ended this chat. This page is the only copy.'),
    saveCopy: _('Save a Copy'),
    // Translators: the name of a file; {date} is a date such as 2026-03-29.
    copyName: _('chat {date}.txt'),
    // Translators: a button: goes out of the chat.
    leave: _('Leave'),
    leaveTitle: _('Leave this chat?'),
    leaveText: _("Its messages disappear from this page. You can't get them back."),
    leaveLocked: _('The room is locked: nobody new can join, nor can you once you left.'),
    cancel: _('Cancel'),

    // Translators: a button: opens the menu of the chat.
    menu: _('Menu'),
    // Translators: in the menu: the screen does not switch itself off.
    keepAwake: _('Keep Screen On'),
    // Translators: in the menu: a sound for new messages.
    sound: _('Sound'),
    changeName: _('Change Name'),
    changeNameTitle: _('Change your name?'),
    changeNameText: _('You leave and come back under the new name. The others see both.'),
    // Translators: in the menu and a button: passes the address of the chat on.
    share: _('Share'),
    shareTitle: _('Share this chat'),
    shareText: _('For people on the same network. Their browser warns once, that is expected.'),
    shareCode: _('Ask the host for the code.'),
    shareAddress: _('Address'),
    // Translators: what the picture is, for who cannot see it.
    shareCodePicture: _('QR code of the address'),
    copyAddress: _('Copy'),
    // Translators: below an address that could not be copied, and is selected.
    copyYourself: _('Copy the selected address.'),
  };
}

let language = new Language();

/** @param {string} english @returns {string} */
function _(english) {
  return language.text(english);
}

/** @param {string} one @param {string} other @returns {Plural} */
function ngettext(one, other) {
  return language.forms(one, other);
}

export const strings = words();

/** Before anything is drawn. @param {Language} spoken */
export function speak(spoken) {
  language = spoken;
  Object.assign(strings, words());
}

const FSI = '\u2068';
const PDI = '\u2069';

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
    return typeof value === 'number' ? language.number(value) : FSI + value + PDI;
  });
}

/**
 * @param {Plural} forms @param {number} count
 * @param {Record<string, string | number>} [values]
 */
export function fillCount(forms, count, values = {}) {
  return fill(forms[language.formOf(count)], { ...values, count });
}

/** How many names a sentence spells out before it counts. */
const NAMES_SHOWN = 3;

/**
 * @param {Plural} forms a sentence about {names} @param {string[]} names
 * @returns {string}
 */
export function fillNames(forms, names) {
  const shown = names.length > NAMES_SHOWN + 1 ? names.slice(0, NAMES_SHOWN) : names;
  const rest = names.length - shown.length;
  const parts = shown.map((name) => FSI + name + PDI);
  const joined = parts.join(strings.comma);
  let all = (rest === 0 && language.list(parts)) || joined;
  if (rest > 0) all = fillCount(strings.andOthers, rest).replace('{names}', () => joined);
  return forms[language.formOf(names.length)].replace('{names}', () => all);
}
