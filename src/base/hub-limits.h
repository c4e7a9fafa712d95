/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/*
 * Every cap of the program, with its unit and its reason. Whatever a guest controls ends at a
 * number of this file. Those marked (option) are defaults that the host may change.
 */

/* Names and text, in Unicode scalar values: src/wire/README.md, "Names and text". */
#define HUB_NAME_MAX_CHARS 32
#define HUB_NAME_MAX_COMBINING 4
#define HUB_TEXT_MAX_CHARS 4000

/* Bytes a client may put into one WebSocket message: 4,000 scalar values of 4 bytes, each written
 * as a JSON escape of 12 ("\ud83d\ude00"), and the object around them. */
#define HUB_FRAME_MAX_BYTES (64 * 1024)

/* json-glib recurses; no object of the contract is nested deeper than 3. */
#define HUB_JSON_MAX_DEPTH 8
/* Values in one object, those inside others included: json-glib takes a hundred times as long for a
 * frame full of empty objects as for one long text. No object of the contract has more than 8. */
#define HUB_JSON_MAX_VALUES 1000

/* Bytes of the code a `hello` may carry: what a person types, and some more. */
#define HUB_CODE_MAX_BYTES 64
/* Wrong codes within this time, in milliseconds: for one throttle key, and for all together. Six signs
 * of 31 are 888 million codes: at 300 a minute, a whole day of trying finds one in 2,000 times; and
 * to use up what all have, so that nobody else is let in, takes 60 addresses. */
#define HUB_CODE_TRIES_MS 60000
#define HUB_CODE_TRIES_PER_KEY 5
#define HUB_CODE_TRIES 300

/* Bytes of one request's line and headers, and of a POST's body. */
#define HUB_REQUEST_HEADER_MAX_BYTES (16 * 1024)
#define HUB_REQUEST_BODY_MAX_BYTES (64 * 1024)

/* Decrypted bytes one stream hands upwards in one turn of the loop, so that nobody is starved. */
#define HUB_READ_TURN_BYTES (16 * 1024)
/* What one read counts as at least, there and in the rate of a guest's bytes: a TLS record takes
 * microseconds however little it holds. */
#define HUB_READ_LEAST_BYTES 256
/* TLS records without data that a peer may send, beyond one for each with data: new keys now and
 * then, and what old libraries put before their data. Each costs as much as one with data. */
#define HUB_EMPTY_RECORDS 32

/* Microseconds of one turn given to TLS handshakes, after the guests were served: a signature
 * takes half a millisecond, and a burst of joins must not delay the chat. */
#define HUB_HANDSHAKE_TURN_US 2000

/* Bytes of HTTP responses that one connection may have queued before libsoup has to wait. */
#define HUB_RESPONSE_QUEUE_BYTES (256 * 1024)

/* Bytes thrown away from a peer that still sends while its connection is being closed. */
#define HUB_LINGER_INPUT_BYTES (256 * 1024)

/* Guests in the room (option; 0: what the descriptors allow). */
#define HUB_MAX_GUESTS 1000

/* Connections per throttle key (option): a classroom behind one NAT and its reconnects. */
#define HUB_MAX_PER_ADDRESS 128

/* Handshakes under way at once, all peers together (option). */
#define HUB_MAX_PENDING 512
/* While that many are under way, others wait in the kernel's queue; after this time, in
 * milliseconds, the oldest makes room for the next. */
#define HUB_PENDING_GRACE_MS 5000

/* New connections per throttle key and second (option), and how many may come at once, or twice the
 * cap on connections where that is more. */
#define HUB_MAX_ATTEMPTS_PER_SECOND 100
#define HUB_ATTEMPTS_BURST 1000

/* How long a throttle key that made the host pay for it gets no new connection, in milliseconds. */
#define HUB_BAR_MS 60000
/* What libsoup before 3.6 loses for good (up to HUB_REQUEST_HEADER_MAX_BYTES each time) by requests
 * of one throttle key before that key is barred: 256 KiB; and of all keys before each is barred at
 * its first: 16 MiB. Behind one key may be a whole school, of which one has an odd client. */
#define HUB_MISDEEDS 16
#define HUB_MISDEEDS_TOTAL 1024

/* Messages per guest and second (option), and how many may come at once. */
#define HUB_MESSAGE_RATE 5
#define HUB_MESSAGE_BURST 10
/* What all guests of one throttle key may say together, a second and at once, in bytes of text, each
 * message counted as so many more, which is about what it takes to tell it. The rate is 60 people
 * behind one router who all say 5 messages of 180 bytes a second; at once each of the 60 may paste
 * the longest text in its longest UTF-8. One machine with as many connections as it may have could
 * say 10 MB a second without it. With another rate of messages this one is as many times higher. */
#define HUB_MESSAGE_EXTRA_BYTES 256
#define HUB_KEY_RATE_BYTES (128 * 1024)
#define HUB_KEY_BURST_BYTES (1024 * 1024)
_Static_assert(HUB_KEY_RATE_BYTES
                   >= HUB_MESSAGE_RATE * (4 * HUB_TEXT_MAX_CHARS + HUB_MESSAGE_EXTRA_BYTES),
               "one guest alone may use its own rate");

/* Times a connection may ask to be let in, each second and at once: enough for people who try
 * names, and too few to find out by trying. */
#define HUB_HELLO_RATE 1
#define HUB_HELLO_BURST 10

/* POSTs with a token of nobody's, each second and at once, of one throttle key before its next ones
 * cost it their connections: a whole school whose streams have just ended has one each on its way, and
 * nobody guesses one of 128 bits. */
#define HUB_WRONG_TOKEN_RATE 5
#define HUB_WRONG_TOKEN_BURST 256

/* Pages of the list a guest may ask for, each second and at once: a page is 400 times as long as what
 * asks for it. The list of 20,000 guests may be had at once. */
#define HUB_WHO_RATE 5
#define HUB_WHO_BURST 100

/* WebSocket frames of any kind per guest and second, fragments included: a client's own pings and
 * what it says, with plenty to spare. Nothing a person does comes near. */
#define HUB_FRAME_RATE 50
#define HUB_FRAME_BURST 200
/* Bytes of a guest per second, and at once. The rate is 5 messages a second of the longest text in
 * its longest UTF-8 (16,000 bytes), and half as much again; at once may come a paste of 60 such
 * texts, or 16 frames that hold all that a frame may. */
#define HUB_INPUT_RATE_BYTES (128 * 1024)
#define HUB_INPUT_BURST_BYTES (1024 * 1024)

/* Deadlines in milliseconds. */
#define HUB_HANDSHAKE_DEADLINE_MS 10000
#define HUB_REQUEST_DEADLINE_MS 10000
#define HUB_KEEP_ALIVE_DEADLINE_MS 20000
/* To take in a whole response: the page's largest file over a bad connection. */
#define HUB_RESPONSE_DEADLINE_MS 60000
#define HUB_HELLO_DEADLINE_MS (10 * 60 * 1000)
/* A closed connection may go on as long as its peer takes something within each of these, */
#define HUB_LINGER_MS 2000
/* and so long in all: 256 KiB at 10 KB a second. */
#define HUB_LINGER_MAX_MS 30000
#define HUB_STOP_LINGER_MS 1500

/* The server's pings: a peer that is silent this long after one is gone. */
#define HUB_PING_INTERVAL_MS 20000
#define HUB_PING_TIMEOUT_MS 10000

/* A stream of lines gets an empty one this often, in milliseconds, so that its client knows that it
 * is there: proxies and phones drop what is silent for 30 seconds. */
#define HUB_BLANK_LINE_INTERVAL_MS 15000
/* What the client of such a stream may send on that connection after its request before it is cut,
 * in bytes: it has nothing to say there. */
#define HUB_STREAM_INPUT_BYTES 1024

/* Seats: told as away after the first, as left after the second; both in milliseconds. */
#define HUB_AWAY_AFTER_MS 15000
#define HUB_LEFT_AFTER_MS 120000
/* Held seats = this many times the guests allowed; at most a quarter of them per throttle key. */
#define HUB_SEATS_PER_GUEST 4
#define HUB_SEATS_KEY_SHARE 4
/* What a full room tells those it refuses to wait at most, in milliseconds: a place may become free
 * at any time. */
#define HUB_FULL_RETRY_MS 10000
/* What removing guests bars until the chat ends, the newest: a removed guest is barred by up to three
 * secrets and its throttle key. More than a host can click away in a day; some 200 bytes each. */
#define HUB_MAX_BARS 8192
/* Accepted refs remembered per seat, to answer a repeated `say` with its first `accepted`. */
#define HUB_SEAT_REFS 64

/* The backlog: whichever is reached first. Bytes are those of hub_message_get_size(): a text and
 * what its encodings take at most. */
#define HUB_BACKLOG_MESSAGES 2000
#define HUB_BACKLOG_BYTES (4 * 1024 * 1024)

/* What may wait for one guest's socket; a whole replay must fit, or a resume would cut itself. */
#define HUB_OUTBOX_SLACK_BYTES (1024 * 1024)
#define HUB_OUTBOX_BYTES (6 * 1024 * 1024)
_Static_assert(HUB_OUTBOX_BYTES >= HUB_BACKLOG_BYTES + HUB_OUTBOX_SLACK_BYTES,
               "a replay must fit into the outbox");
/* What may wait for all sockets together; the slowest guest is cut first. */
#define HUB_OUTBOX_TOTAL_BYTES (256 * 1024 * 1024)
/* Bytes of the batch of one turn at which it is flushed early. */
#define HUB_BATCH_BYTES (256 * 1024)
/* How long a line about who came or went may wait for more, in milliseconds: nobody sees it, and
 * the coming of 1,000 guests makes a fifth of the system calls (18,523 instead of 95,009). */
#define HUB_SOON_MS 20

/* Presence to JSON clients: frames a second; changes in one frame and guests in the room from
 * which only the count is told; guests in one page of the list. */
#define HUB_PRESENCE_INTERVAL_MS 250
#define HUB_PRESENCE_MAX_CHANGES 200
#define HUB_PRESENCE_MAX_GUESTS 500
#define HUB_WHO_PAGE_GUESTS 200

/* Listening: the first port tried (option), and how many after it when it is in use. */
#define HUB_PORT 8443
#define HUB_PORT_TRIES 20
#define HUB_PORT_RETRY_MS 2000
#define HUB_LISTEN_BACKLOG 4096

/* A connection whose own end's address this computer lost ends after this time, in milliseconds:
 * Wi-Fi that hesitates comes back sooner. */
#define HUB_STRANDED_MS 60000

/* A device that refused the certificate and then asked for nothing for the first of these times, in
 * milliseconds, stopped at its browser's warning, unless it had been given a page within the second
 * before; the host is told at most once each third. Devices remembered: some 150 bytes each. */
#define HUB_WARNING_PATIENCE_MS 15000
#define HUB_WARNING_MEMORY_MS (10 * 60 * 1000)
#define HUB_WARNING_AGAIN_MS 60000
#define HUB_WARNING_MAX_DEVICES 4096

/* Connections to the loopback listener: this computer's own browser. They come on top of all the
 * others, so that no crowd can lock the host out. */
#define HUB_MAX_LOCAL 32

/* Descriptors kept for everything that is not a guest (listeners, bus, files, timers: 64). */
#define HUB_RESERVED_DESCRIPTORS (64 + HUB_MAX_LOCAL)

/* Addresses that stay in the server certificate, newest first. */
#define HUB_LEAF_MAX_ADDRESSES 16
/* The same for "<label>.local": networks where the name collides get another one. */
#define HUB_LEAF_MAX_LABELS 4

/* Bytes of a file with a certificate chain or a key. */
#define HUB_PEM_MAX_BYTES (256 * 1024)

/* The room's name, in Unicode scalar values. */
#define HUB_ROOM_NAME_MAX_CHARS 64

/* A file of --web-root: it is sent out of memory. And all of them that are kept for who asks next:
 * more than the client of any folder has; those who ask for one file share it. */
#define HUB_WEB_FILE_MAX_BYTES (8 * 1024 * 1024)
#define HUB_WEB_FILES_BYTES (64 * 1024 * 1024)
_Static_assert(HUB_WEB_FILES_BYTES >= HUB_WEB_FILE_MAX_BYTES, "the largest file is kept");

/* Connections accepted in one turn of the loop, so that a flood of them delays nobody's chat. */
#define HUB_ACCEPTS_PER_TURN 64

/* Connections at most, however many descriptors there are: what Linux allows a process by default
 * (fs.nr_open), so that "no limit" is a number that can be counted with. */
#define HUB_MAX_CONNECTIONS (1024 * 1024)

/* News for the program's thread: batches at most this often (one frame; the slower one from
 * HUB_PRESENCE_MAX_GUESTS on, where a snapshot costs more), and bytes of events that may wait for
 * a thread that does not take them. */
#define HUB_NEWS_INTERVAL_MS 16
#define HUB_NEWS_SLOW_INTERVAL_MS 250
#define HUB_NEWS_MAX_BYTES (4 * 1024 * 1024)

/* How often the certificate's age is looked at when nothing else makes us. */
#define HUB_CERTIFICATE_CHECK_S (24 * 60 * 60)

/* The tray. Its object can be called by every program of the session: items named in one call, and
 * bytes of a token for the window system (xdg-activation's are below 100). Trays are told of changes
 * at most this often, in milliseconds: they fetch everything anew each time. A tray that keeps losing
 * the icon is asked to show it so many times. */
#define HUB_TRAY_LIST_MAX 256
#define HUB_TRAY_TOKEN_MAX_BYTES 1024
#define HUB_TRAY_INTERVAL_MS 250
#define HUB_TRAY_REGISTRATIONS_MAX 8

/* What a stop may take in all before what holds it up is dropped. */
#define HUB_SHUTDOWN_MS 2000
