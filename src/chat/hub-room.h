/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"
#include "chat/hub-guest.h"
#include "chat/hub-message.h"
#include "chat/hub-refusal.h"

G_BEGIN_DECLS

/*
 * HubRoom: who is here and what was said; the only mutator of guests and messages.
 *
 * Pure logic: no I/O, no threads, no timers. Time comes from a HubClock; whoever owns the room
 * calls hub_room_expire() when hub_room_get_next_deadline() has come. Owned by the engine, lives
 * on its thread. The rules are those of src/wire/README.md ("Seats: coming back").
 *
 * Signals, all emitted inside the call that causes them:
 *   guest-joined (HubGuest)   announced as joined (also when a seat comes back after `left`)
 *   guest-left (HubGuest)     announced as left
 *   guest-away (HubGuest)     told as away
 *   guest-back (HubGuest)     back after having been told as away
 *   guest-removed (HubGuest)  removed by the host: the connection it has is to be ended. guest-left
 *                             follows, unless that was announced before
 *   message-said (HubMessage) said by somebody, already in the backlog
 *   changed ()                locked or unlocked, another code or none
 *   deadline-changed ()       hub_room_get_next_deadline() may have moved
 */
#define HUB_TYPE_ROOM (hub_room_get_type ())
G_DECLARE_FINAL_TYPE (HubRoom, hub_room, HUB, ROOM, GObject)

#define HUB_SECRET_BYTES 16

/* 128 bits that only one client and the host know: a seat's token, a Join's nonce. */
typedef struct
{
  guint8 bytes[HUB_SECRET_BYTES];
} HubSecret;

typedef struct
{
  guint max_guests;    /* present guests, at least 1 */
  guint max_seats;     /* held seats, at least max_guests */
  guint max_per_key;   /* present guests of one throttle key above which those of them who are away
                        * give way to those who come; 0: no limit */
  guint message_rate;  /* per guest and second; 0: no limit */
  guint message_burst; /* at least 1 */
  guint key_rate;      /* bytes a second that those of one throttle key say together, each message
                        * with HUB_MESSAGE_EXTRA_BYTES; 0: no limit */
  guint key_burst;     /* the same at once */
  guint backlog_messages;
  gsize backlog_bytes;
  gint64 away_after; /* ms */
  gint64 left_after; /* ms */
} HubRoomLimits;

/* The defaults of base/hub-limits.h for this many guests. */
void hub_room_limits_init (HubRoomLimits *limits, guint max_guests);

/* What the host chooses of these; 0: no limit. How much those of one throttle key may say follows
 * from both: everybody may come through one address where that has no limit. */
void hub_room_limits_set_shares (HubRoomLimits *limits, guint max_per_key, guint message_rate);

/* @id: random per start, as the contract spells it (32 hex digits). @name: normalized text. */
HubRoom *
hub_room_new (HubClock *clock, const char *id, const char *name, const HubRoomLimits *limits);

const char *hub_room_get_id (HubRoom *self);
const char *hub_room_get_name (HubRoom *self);
guint64 hub_room_get_last_id (HubRoom *self);

/* Guests that are present: here or away, not left. */
guint hub_room_get_n_present (HubRoom *self);

/* The present guests in the order of their joining; valid until one joins or leaves.
 * Returns: (transfer none) (element-type HubGuest) */
GPtrArray *hub_room_get_present (HubRoom *self);

/* Held seats: of guests that are present and of those that may come back. */
guint hub_room_get_n_seats (HubRoom *self);

/* ---- What the host decides ---- */

/* A locked room lets nobody new in. Whoever holds a seat may come back. */
gboolean hub_room_is_locked (HubRoom *self);
void hub_room_set_locked (HubRoom *self, gboolean is_locked);

/* The code that newcomers are asked for, as hub_code_normalize() has it, or NULL: none is asked
 * for. Those who hold a seat stay and come back without it. */
gboolean hub_room_has_code (HubRoom *self);
const char *hub_room_get_code (HubRoom *self);
void hub_room_set_code (HubRoom *self, const char *code);

/* The guest with this @id, present or holding a seat. Returns: (transfer none) (nullable) */
HubGuest *hub_room_find_guest (HubRoom *self, guint64 id);

/* The guest whose seat @token takes, present or not; not the token it replaced, even while that is
 * still good for hub_room_enter(). Returns: (transfer none) (nullable) */
HubGuest *hub_room_find_token (HubRoom *self, const HubSecret *token);

/* Removes @guest, and bars its seat and the throttle key of its latest connection (never that of
 * this computer, HUB_LOCAL_KEY) until the room is gone: whoever says hello with the one, or from the
 * other, is refused. Others of the same key stay, but cannot come back either. */
void hub_room_remove (HubRoom *self, HubGuest *guest);

/* ---- Coming, speaking, going ---- */

/* What a client asks for when it wants to be in the room. */
typedef struct
{
  const char *name;       /* normalized by hub_name_normalize() */
  const char *code;       /* or NULL */
  const char *key;        /* throttle key of the connection */
  const char *device;     /* device hint, or "" */
  const HubSecret *join;  /* this Join's nonce, or NULL */
  const HubSecret *token; /* of a held seat, or NULL */
  const char *room_id;    /* the room that token and last_seen are of, or NULL: this one */
  gboolean has_last_seen;
  guint64 last_seen; /* newest message id the client has */
} HubHello;

typedef struct
{
  HubGuest *guest;     /* borrowed from the room */
  gboolean is_resumed; /* the seat was held: by token, or by a join seen before */
  gboolean
      was_connected;    /* its older connection is still there and has to be ended ("elsewhere") */
  guint64 replay_after; /* messages with a greater id are to be replayed ... */
  guint64 last_id;      /* ... up to this one, the newest */
  guint64 missed;       /* of those, how many have left the backlog */
} HubEntry;

/* hubbub.v1: takes the seat of @hello's token (or of its join), else a new one. On success the
 * guest is here, signals are emitted, and @fresh becomes the seat's token; the one presented stays
 * good until hub_room_confirm(). On refusal nothing changed. */
gboolean hub_room_enter (HubRoom *self,
                         const HubHello *hello,
                         const HubSecret *fresh,
                         HubEntry *entry,
                         HubRefusal *refusal);

/* Plain contract, where a code comes before the name: whether a newcomer with @hello's code and key
 * would be let in, but for the name. Counts a wrong code. */
gboolean hub_room_admits (HubRoom *self, const HubHello *hello, HubRefusal *refusal);

/* Plain contract: a guest without a seat; only @hello's name, code, key and device count. */
gboolean
hub_room_enter_plain (HubRoom *self, const HubHello *hello, HubGuest **guest, HubRefusal *refusal);

/* The first object after `welcome` came from @guest: older tokens are void. */
void hub_room_confirm (HubRoom *self, HubGuest *guest);

/* The connection of @guest closed without `bye`: away if it has a seat, else left. Not for a
 * connection that HubEntry.was_connected ended: the guest is on the newer one. */
void hub_room_detach (HubRoom *self, HubGuest *guest);

/* @guest said `bye`: left at once, the seat is void. */
void hub_room_leave (HubRoom *self, HubGuest *guest);

typedef enum
{
  HUB_SAY_SAID,     /* new; message-said was emitted */
  HUB_SAY_REPEATED, /* this ref was said before: its first id again */
  HUB_SAY_REFUSED,
} HubSayResult;

/* @text is normalized. @ref is the client's, growing per seat; negative for plain guests (none).
 * Counts against the guest's rate. @id gets the message's id unless refused. */
HubSayResult hub_room_say (HubRoom *self,
                           HubGuest *guest,
                           gint64 ref,
                           const char *text,
                           guint64 *id,
                           HubRefusal *refusal);

/* What @guest wanted to say with @ref was refused before it came to the room (not text, too long):
 * the ref is used up all the same, so that it is never said later. Negative: nothing happens. */
void hub_room_refuse_ref (HubRoom *self, HubGuest *guest, gint64 ref);

/* Calls @func for each message kept with @after < id <= @last, oldest first. It must
 * not change the room. */
typedef void (*HubRoomMessageFunc) (HubMessage *message, gpointer user_data);
void hub_room_foreach_message (HubRoom *self,
                               guint64 after,
                               guint64 last,
                               HubRoomMessageFunc func,
                               gpointer user_data);

/* Monotonic milliseconds at which hub_room_expire() has something to do, or -1. */
gint64 hub_room_get_next_deadline (HubRoom *self);

/* Tells who is away and who has left by now. */
void hub_room_expire (HubRoom *self);

G_END_DECLS
