// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The shapes that pass between the parts of the client. Types only: no code, not in the page.
 *
 * @typedef and friends below; see protocol.js for what comes from the host and state.js for who
 * changes what.
 */

/** @typedef {{ id: number, name: string, away: boolean }} Person */

/**
 * One line of the conversation. Keys are unique for the life of the page: message ids are not,
 * since a restarted host counts from one again.
 * @typedef {object} Message
 * @property {'message'} kind
 * @property {string} key
 * @property {number} id
 * @property {number} fromId
 * @property {string} name
 * @property {string} text
 * @property {number} at  ms since the epoch, by this device's clock
 * @property {boolean} own
 * @property {boolean} [live]  heard as it was said, not as part of a replay
 * @property {import('./mentions.js').Span[]} [calls]  where it names me; none in what I say
 * @property {Unsent} [unsent]  what it still is, until the host has said it
 */

/**
 * @typedef {object} Presence
 * @property {'joined' | 'left'} kind
 * @property {string} key
 * @property {number} id
 * @property {string} name
 */

/**
 * @typedef {object} Note
 * @property {'gap' | 'earlier' | 'restarted' | 'away' | 'renamed'} kind
 * @property {string} key
 * @property {number} [minutes]
 * @property {number} [messages]
 * @property {string} [name]
 */

/** @typedef {Message | Presence | Note} Entry */

/**
 * Something this guest wrote that the host has not confirmed.
 *
 * - `waiting`: not sent over any connection since it got its ref
 * - `sent`: sent, no answer yet
 * - `slow`: refused for coming too fast; sent again at `retryAt`
 * - `failed`: refused or lost; only the person can send it again
 * - `held`: written for another seat or another start of the host; the person decides
 * @typedef {object} Unsent
 * @property {number} key
 * @property {number} ref  0 until it is first sent
 * @property {string} text
 * @property {'waiting' | 'sent' | 'slow' | 'failed' | 'held'} status
 * @property {number} retryAt  by the clock that nobody sets, 0 unless slow
 * @property {number} at  ms since the epoch when it was written
 * @property {number} id  the message it became, 0 while that is unknown
 */

/**
 * @typedef {object} Refusal
 * @property {string} code  as the host gave it; `code-missing` where none was sent
 * @property {string} name  the name that was asked for
 * @property {string} [suggestion]
 */

/**
 * Why a name cannot be changed to another: as the host gave it; `unreachable`, or `crowded`, where it
 * could not be asked.
 * @typedef {{ code: string, suggestion: string, retryAfter: number }} NameRefusal
 */

/** @typedef {{ people: Person[], next: number }} Roll  next: the page to come */

/** @typedef {'connecting' | 'open' | 'joined' | 'lost'} LinkPhase */

/** What carries the link: a WebSocket, or POST requests. @typedef {'websocket' | 'http'} LinkKind */

/**
 * Why this page does not come back by itself.
 *
 * - `stopped`, `removed`: the host said so; the seat is gone
 * - `elsewhere`: another page has the seat
 * - `paused`: the host had enough of this connection; coming back is for the person to ask
 * - `crowded`: too many tabs of this browser chat by POST; coming back is for the person to ask
 * - `mistake`: this page said something the host cannot read; loading it again may help
 * @typedef {'stopped' | 'elsewhere' | 'removed' | 'paused' | 'crowded' | 'mistake'} EndReason
 */

/**
 * Everything the page shows is drawn from this.
 * @typedef {object} State
 * @property {'join' | 'chat'} stage
 * @property {{ id: string, name: string, locked: boolean, code: boolean, urls: string[] }} room
 * @property {{ id: number, name: string } | null} me
 * @property {number} former  id of the seat that was given up for this one, 0 for none
 * @property {LinkPhase} link
 * @property {LinkKind} linkKind  of the last one that opened
 * @property {boolean} unreachable
 * @property {EndReason | null} ended
 * @property {boolean} taken  living tabs hold all seats of this browser
 * @property {{ name: string, code: string, found: string, scans: number, pending: boolean,
 *   retryAt: number, refusal: Refusal | null }} join  code: for the next hello; found, scans: the code
 *   in the address, and how often one came; retryAt: by the same clock, when what the host put off
 *   is asked again if it is pending, and may be if it is not; 0 unless it did
 * @property {Person[] | null} people  null: only their number is known
 * @property {Roll | null} roll  the list that is being asked for, page by page
 * @property {boolean} isListOld  somebody came or went and the list does not tell who
 * @property {number} count
 * @property {Entry[]} entries
 * @property {Unsent[]} outbox
 * @property {number} nextRef
 * @property {string} draft
 * @property {number} lastSeen  id of the newest message here
 * @property {number} replayedTo  id of the last message that a replay brings
 * @property {number} clockOffset  the host's clock minus this device's, ms
 * @property {{ name: number, text: number }} limits
 * @property {number} unread  messages that came while the page was hidden
 * @property {boolean} visible
 * @property {{ sound: boolean, awake: boolean }} wishes  what the menu switches, for this page
 * @property {number} serial  grows with every key handed out
 */

/**
 * What a slot of the browser's storage keeps of one seat.
 * @typedef {object} Saved
 * @property {string} name
 * @property {string} join
 * @property {string} token
 * @property {string} roomId
 * @property {number} guestId
 * @property {number} nextRef
 * @property {string} draft
 * @property {{ ref: number, text: string, status: Unsent['status'], at?: number }[]} outbox
 */

export {};
