/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-room-private.h"

#include "base/hub-limits.h"
#include "base/hub-name.h"
#include "base/hub-reserved-name.h"

static gboolean
hub_room_is_full (HubRoom *self)
{
  return hub_roster_get_length (self->roster) >= self->limits.max_guests;
}

/* When a place becomes free for sure, or asking again makes sense. */
static gboolean
hub_room_refuse_full (HubRoom *self, HubRefusal *refusal)
{
  gint64 now = hub_clock_get_monotonic (self->clock);
  gint64 wait = HUB_FULL_RETRY_MS;
  HubSeat *away = hub_seat_table_peek (self->seats, HUB_SEAT_AWAY);

  if (away != NULL)
    wait = MIN (wait, away->detached_at + self->limits.left_after - now);
  refusal->code = HUB_REFUSAL_FULL;
  refusal->retry_after = (guint) MAX (wait, 1);

  return FALSE;
}

/* HubNameTakenFunc: what no guest can be given now. */
static gboolean
hub_room_is_taken (const char *skeleton, gpointer user_data)
{
  HubRoom *self = user_data;

  return hub_roster_has_skeleton (self->roster, skeleton)
         || g_str_equal (skeleton, self->name_skeleton);
}

/* Whether somebody can come in as @name; else @refusal says why not. */
static gboolean
hub_room_admits_name (HubRoom *self, const char *name, const char *skeleton, HubRefusal *refusal)
{
  if (hub_reserved_name_matches (skeleton) || g_str_equal (skeleton, self->name_skeleton))
    {
      refusal->code = HUB_REFUSAL_NAME_RESERVED;
      return FALSE;
    }

  if (hub_roster_has_skeleton (self->roster, skeleton))
    {
      refusal->code = HUB_REFUSAL_NAME_TAKEN;
      refusal->suggestion = hub_name_suggest (name, hub_room_is_taken, self);
      return FALSE;
    }

  return TRUE;
}

/* The guest that @hello asks for, not yet in the room; @ghost (may be NULL) gives its place.
 * Returns: (transfer full) (nullable) */
static HubGuest *
hub_room_make_guest (HubRoom *self, const HubHello *hello, HubSeat *ghost, HubRefusal *refusal)
{
  g_autofree char *skeleton = NULL;
  HubGuest *guest;

  if (hub_room_is_full (self) && ghost == NULL)
    {
      hub_room_refuse_full (self, refusal);
      return NULL;
    }

  skeleton = hub_name_dup_skeleton (hello->name);
  if (!hub_room_admits_name (self, hello->name, skeleton, refusal))
    return NULL;

  guest = hub_guest_new (++self->last_guest_id, hello->name, skeleton);
  hub_guest_set_connection (guest, hello->key, hello->device);
  hub_bucket_init (hub_guest_get_bucket (guest), self->limits.message_burst,
                   hub_clock_get_monotonic (self->clock));

  return guest;
}

/* Puts @guest among those present. */
static void
hub_room_seat_guest (HubRoom *self, HubGuest *guest)
{
  hub_guest_set_joined_at (guest, hub_clock_get_real (self->clock));
  hub_roster_add (self->roster, guest);
}

static gboolean
hub_room_enter_newcomer (HubRoom *self,
                         const HubHello *hello,
                         const HubSecret *fresh,
                         HubEntry *entry,
                         HubRefusal *refusal)
{
  g_autoptr (HubGuest) guest = NULL;
  g_autoptr (HubGuest) gone = NULL;
  g_autoptr (HubGuest) evicted = NULL;
  HubSeat *ghost, *victim;

  if (!hub_room_admits (self, hello, refusal))
    return FALSE;
  if (!hub_seat_table_has_place (self->seats, hello->key, &victim))
    return hub_room_refuse_full (self, refusal);

  ghost = hub_seat_table_get_ghost (self->seats, hello->key, self->limits.max_per_key);
  guest = hub_room_make_guest (self, hello, ghost, refusal);
  if (guest == NULL)
    return FALSE;

  hub_room_seat_guest (self, guest);
  hub_seat_table_add (self->seats, hub_seat_new (guest, self->last_id, fresh, hello->join),
                      hello->key);
  *entry = (HubEntry){ .guest = guest, .replay_after = self->last_id, .last_id = self->last_id };

  if (ghost != NULL && ghost != victim)
    gone = hub_room_end_presence (self, ghost);
  if (victim != NULL)
    evicted = hub_room_void_seat (self, victim);
  hub_room_tell_left (self, gone);
  hub_room_tell_left (self, evicted);
  hub_room_update_deadline (self);
  hub_room_tell (self, HUB_ROOM_GUEST_JOINED, guest);

  return TRUE;
}

/* Token and newest message count only in the room that they are of. */
static gboolean
hub_room_is_meant (HubRoom *self, const HubHello *hello)
{
  return hello->room_id == NULL || g_str_equal (hello->room_id, self->id);
}

static HubSeat *
hub_room_find_seat (HubRoom *self, const HubHello *hello, const HubSecret **presented)
{
  HubSeat *seat = NULL;

  *presented = NULL;
  if (hello->token != NULL && hub_room_is_meant (self, hello))
    seat = hub_seat_table_find_token (self->seats, hello->token);
  if (seat != NULL)
    *presented = hello->token;
  else if (hello->join != NULL)
    seat = hub_seat_table_find_join (self->seats, hello->join);

  return seat;
}

static void
hub_room_fill_replay (HubRoom *self, const HubSeat *seat, const HubHello *hello, HubEntry *entry)
{
  guint64 after = seat->first_id;
  guint64 kept = hub_backlog_get_first_id (self->backlog);

  if (hello->has_last_seen && hub_room_is_meant (self, hello))
    after = CLAMP (hello->last_seen, seat->first_id, self->last_id);

  entry->replay_after = after;
  entry->last_id = self->last_id;
  entry->missed = kept > after + 1 ? kept - (after + 1) : 0;
}

/* The name went to somebody else while @guest was gone: the suggestion then. */
static void
hub_room_find_name (HubRoom *self, HubGuest *guest)
{
  g_autofree char *name = NULL;
  g_autofree char *skeleton = NULL;

  if (!hub_roster_has_skeleton (self->roster, hub_guest_get_skeleton (guest)))
    return;

  name = hub_name_suggest (hub_guest_get_name (guest), hub_room_is_taken, self);
  skeleton = hub_name_dup_skeleton (name);
  hub_guest_set_name (guest, name, skeleton);
}

static gboolean
hub_room_enter_seat (HubRoom *self,
                     HubSeat *seat,
                     const HubSecret *presented,
                     const HubHello *hello,
                     const HubSecret *fresh,
                     HubEntry *entry,
                     HubRefusal *refusal)
{
  HubSeatStage stage = seat->stage;
  HubGuest *guest = seat->guest;
  g_autoptr (HubGuest) gone = NULL;

  if (stage == HUB_SEAT_LEFT)
    {
      HubSeat *ghost = hub_seat_table_get_ghost (self->seats, hub_seat_table_get_key (seat),
                                                 self->limits.max_per_key);

      if (hub_room_is_full (self) && ghost == NULL)
        return hub_room_refuse_full (self, refusal);
      if (ghost != NULL)
        gone = hub_room_end_presence (self, ghost);
      hub_room_find_name (self, guest);
      hub_room_seat_guest (self, guest);
    }

  hub_seat_table_renew (self->seats, seat, presented, fresh);
  hub_seat_table_move (self->seats, seat, HUB_SEAT_CONNECTED);
  hub_guest_set_presence (guest, HUB_PRESENCE_HERE);
  hub_guest_set_announced_away (guest, FALSE);
  hub_guest_set_connection (guest, hello->key, hello->device);

  *entry = (HubEntry){ .guest = guest,
                       .is_resumed = TRUE,
                       .was_connected = stage == HUB_SEAT_CONNECTED };
  hub_room_fill_replay (self, seat, hello, entry);

  hub_room_tell_left (self, gone);
  hub_room_update_deadline (self);
  if (stage == HUB_SEAT_LEFT)
    hub_room_tell (self, HUB_ROOM_GUEST_JOINED, guest);
  else if (stage == HUB_SEAT_AWAY)
    hub_room_tell (self, HUB_ROOM_GUEST_BACK, guest);

  return TRUE;
}

gboolean
hub_room_enter (HubRoom *self,
                const HubHello *hello,
                const HubSecret *fresh,
                HubEntry *entry,
                HubRefusal *refusal)
{
  const HubSecret *presented;
  HubSeat *seat;

  g_return_val_if_fail (HUB_IS_ROOM (self), FALSE);
  g_return_val_if_fail (hello != NULL, FALSE);
  g_return_val_if_fail (hello->name != NULL && hello->key != NULL, FALSE);
  g_return_val_if_fail (hello->device != NULL, FALSE);
  g_return_val_if_fail (fresh != NULL, FALSE);
  g_return_val_if_fail (entry != NULL && refusal != NULL, FALSE);

  /* The clock decides who is still here, not how late a timer is. */
  hub_room_expire (self);

  if (!hub_room_lets_back (self, hello, refusal))
    return FALSE;

  seat = hub_room_find_seat (self, hello, &presented);
  if (seat != NULL)
    return hub_room_enter_seat (self, seat, presented, hello, fresh, entry, refusal);

  return hub_room_enter_newcomer (self, hello, fresh, entry, refusal);
}

gboolean
hub_room_enter_plain (HubRoom *self, const HubHello *hello, HubGuest **guest, HubRefusal *refusal)
{
  g_autoptr (HubGuest) newcomer = NULL;
  g_autoptr (HubGuest) gone = NULL;
  HubSeat *ghost;

  g_return_val_if_fail (HUB_IS_ROOM (self), FALSE);
  g_return_val_if_fail (hello != NULL, FALSE);
  g_return_val_if_fail (hello->name != NULL && hello->key != NULL, FALSE);
  g_return_val_if_fail (hello->device != NULL, FALSE);
  g_return_val_if_fail (guest != NULL && refusal != NULL, FALSE);

  hub_room_expire (self);

  if (!hub_room_admits (self, hello, refusal))
    return FALSE;
  ghost = hub_seat_table_get_ghost (self->seats, hello->key, self->limits.max_per_key);
  newcomer = hub_room_make_guest (self, hello, ghost, refusal);
  if (newcomer == NULL)
    return FALSE;

  if (ghost != NULL)
    gone = hub_room_end_presence (self, ghost);
  hub_room_seat_guest (self, newcomer);
  hub_seat_table_add_seatless (self->seats, hello->key);
  *guest = newcomer;
  /* Its own "joined" is the first that a plain client is to hear. */
  hub_room_tell (self, HUB_ROOM_GUEST_JOINED, newcomer);
  hub_room_tell_left (self, gone);
  hub_room_update_deadline (self);

  return TRUE;
}
