/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-room-private.h"

#include "base/hub-limits.h"
#include "base/hub-name.h"

static guint signals[HUB_ROOM_N_SIGNALS];

G_DEFINE_FINAL_TYPE (HubRoom, hub_room, G_TYPE_OBJECT)

static void
hub_room_finalize (GObject *object)
{
  HubRoom *self = HUB_ROOM (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->roster, hub_roster_free);
  g_clear_pointer (&self->seats, hub_seat_table_free);
  g_clear_pointer (&self->backlog, hub_backlog_free);
  g_clear_pointer (&self->tries, hub_code_tries_free);
  g_clear_pointer (&self->bars, hub_bar_list_free);
  g_clear_pointer (&self->meter, hub_key_meter_free);
  g_free (self->code);
  g_free (self->id);
  g_free (self->name);
  g_free (self->name_skeleton);

  G_OBJECT_CLASS (hub_room_parent_class)->finalize (object);
}

static guint
hub_room_add_signal (const char *name, GType argument)
{
  return g_signal_new (name, HUB_TYPE_ROOM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       argument == G_TYPE_NONE ? 0 : 1, argument);
}

static void
hub_room_class_init (HubRoomClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_room_finalize;

  signals[HUB_ROOM_GUEST_JOINED] = hub_room_add_signal ("guest-joined", HUB_TYPE_GUEST);
  signals[HUB_ROOM_GUEST_LEFT] = hub_room_add_signal ("guest-left", HUB_TYPE_GUEST);
  signals[HUB_ROOM_GUEST_AWAY] = hub_room_add_signal ("guest-away", HUB_TYPE_GUEST);
  signals[HUB_ROOM_GUEST_BACK] = hub_room_add_signal ("guest-back", HUB_TYPE_GUEST);
  signals[HUB_ROOM_GUEST_REMOVED] = hub_room_add_signal ("guest-removed", HUB_TYPE_GUEST);
  signals[HUB_ROOM_MESSAGE_SAID] = hub_room_add_signal ("message-said", HUB_TYPE_MESSAGE);
  signals[HUB_ROOM_CHANGED] = hub_room_add_signal ("changed", G_TYPE_NONE);
  signals[HUB_ROOM_DEADLINE_CHANGED] = hub_room_add_signal ("deadline-changed", G_TYPE_NONE);
}

static void
hub_room_init (HubRoom *self)
{
  self->deadline = -1;
}

void
hub_room_limits_init (HubRoomLimits *limits, guint max_guests)
{
  g_return_if_fail (limits != NULL);
  g_return_if_fail (max_guests > 0);

  *limits = (HubRoomLimits){
    .max_guests = max_guests,
    .max_per_key = HUB_MAX_PER_ADDRESS,
    .max_seats = (guint) MIN ((guint64) max_guests * HUB_SEATS_PER_GUEST, G_MAXUINT),
    .message_rate = HUB_MESSAGE_RATE,
    .message_burst = HUB_MESSAGE_BURST,
    .key_rate = HUB_KEY_RATE_BYTES,
    .key_burst = HUB_KEY_BURST_BYTES,
    .backlog_messages = HUB_BACKLOG_MESSAGES,
    .backlog_bytes = HUB_BACKLOG_BYTES,
    .away_after = HUB_AWAY_AFTER_MS,
    .left_after = HUB_LEFT_AFTER_MS,
  };
}

void
hub_room_limits_set_shares (HubRoomLimits *limits, guint max_per_key, guint message_rate)
{
  guint64 key_rate = HUB_KEY_RATE_BYTES;

  g_return_if_fail (limits != NULL);

  if (message_rate > HUB_MESSAGE_RATE)
    key_rate = MIN (key_rate * message_rate / HUB_MESSAGE_RATE, G_MAXUINT);
  else if (message_rate == 0)
    key_rate = 0;

  limits->max_per_key = max_per_key;
  limits->message_rate = message_rate;
  limits->message_burst = MAX (HUB_MESSAGE_BURST, message_rate);
  limits->key_rate = max_per_key != 0 ? (guint) key_rate : 0;
  limits->key_burst = MAX (HUB_KEY_BURST_BYTES, limits->key_rate);
}

HubRoom *
hub_room_new (HubClock *clock, const char *id, const char *name, const HubRoomLimits *limits)
{
  HubRoom *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (id != NULL && name != NULL, NULL);
  g_return_val_if_fail (limits != NULL, NULL);
  g_return_val_if_fail (limits->max_guests > 0, NULL);
  g_return_val_if_fail (limits->max_seats >= limits->max_guests, NULL);
  g_return_val_if_fail (limits->left_after >= limits->away_after, NULL);

  self = g_object_new (HUB_TYPE_ROOM, NULL);
  self->clock = g_object_ref (clock);
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->name_skeleton = hub_name_dup_skeleton (name);
  self->limits = *limits;
  self->roster = hub_roster_new ();
  self->seats = hub_seat_table_new (limits->max_seats);
  self->backlog = hub_backlog_new (limits->backlog_messages, limits->backlog_bytes);
  self->tries = hub_code_tries_new ();
  self->bars = hub_bar_list_new (HUB_MAX_BARS);
  self->meter = hub_key_meter_new (limits->key_rate, limits->key_burst);

  return self;
}

const char *
hub_room_get_id (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), NULL);

  return self->id;
}

const char *
hub_room_get_name (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), NULL);

  return self->name;
}

guint64
hub_room_get_last_id (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), 0);

  return self->last_id;
}

guint
hub_room_get_n_present (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), 0);

  return hub_roster_get_length (self->roster);
}

GPtrArray *
hub_room_get_present (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), NULL);

  return hub_roster_get_guests (self->roster);
}

guint
hub_room_get_n_seats (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), 0);

  return hub_seat_table_get_size (self->seats);
}

void
hub_room_tell (HubRoom *self, HubRoomSignal signal, gpointer subject)
{
  g_signal_emit (self, signals[signal], 0, subject);
}

/* The seat whose time comes next, and when. */
static HubSeat *
hub_room_get_next_seat (HubRoom *self, gint64 *deadline)
{
  HubSeat *silent = hub_seat_table_peek (self->seats, HUB_SEAT_SILENT);
  HubSeat *away = hub_seat_table_peek (self->seats, HUB_SEAT_AWAY);
  gint64 away_at = silent != NULL ? silent->detached_at + self->limits.away_after : G_MAXINT64;
  gint64 left_at = away != NULL ? away->detached_at + self->limits.left_after : G_MAXINT64;

  *deadline = MIN (away_at, left_at);
  if (*deadline == G_MAXINT64)
    *deadline = -1;

  return left_at <= away_at ? away : silent;
}

void
hub_room_update_deadline (HubRoom *self)
{
  gint64 deadline;

  hub_room_get_next_seat (self, &deadline);
  if (deadline == self->deadline)
    return;

  self->deadline = deadline;
  g_signal_emit (self, signals[HUB_ROOM_DEADLINE_CHANGED], 0);
}

gint64
hub_room_get_next_deadline (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), -1);

  return self->deadline;
}

void
hub_room_drop_guest (HubRoom *self, HubGuest *guest)
{
  if (!hub_guest_has_seat (guest))
    hub_seat_table_remove_seatless (self->seats, hub_guest_get_key (guest));
  hub_guest_set_presence (guest, HUB_PRESENCE_LEFT);
  hub_guest_set_announced_away (guest, FALSE);
  hub_roster_remove (self->roster, guest);
}

HubGuest *
hub_room_end_presence (HubRoom *self, HubSeat *seat)
{
  HubGuest *guest = g_object_ref (seat->guest);

  hub_seat_table_move (self->seats, seat, HUB_SEAT_LEFT);
  hub_room_drop_guest (self, guest);

  return guest;
}

HubGuest *
hub_room_void_seat (HubRoom *self, HubSeat *seat)
{
  g_autoptr (HubGuest) guest = g_object_ref (seat->guest);
  gboolean was_present = hub_guest_get_presence (guest) != HUB_PRESENCE_LEFT;

  if (was_present)
    hub_room_drop_guest (self, guest);
  hub_seat_table_remove (self->seats, seat);

  return was_present ? g_steal_pointer (&guest) : NULL;
}

void
hub_room_tell_left (HubRoom *self, HubGuest *guest)
{
  if (guest != NULL)
    hub_room_tell (self, HUB_ROOM_GUEST_LEFT, guest);
}

void
hub_room_expire (HubRoom *self)
{
  gint64 now;
  gint64 deadline;
  HubSeat *seat;

  g_return_if_fail (HUB_IS_ROOM (self));

  now = hub_clock_get_monotonic (self->clock);
  while ((seat = hub_room_get_next_seat (self, &deadline)) != NULL && deadline <= now)
    {
      if (seat->stage == HUB_SEAT_SILENT)
        {
          g_autoptr (HubGuest) guest = g_object_ref (seat->guest);

          hub_seat_table_move (self->seats, seat, HUB_SEAT_AWAY);
          hub_guest_set_announced_away (guest, TRUE);
          hub_room_tell (self, HUB_ROOM_GUEST_AWAY, guest);
        }
      else
        {
          g_autoptr (HubGuest) gone = hub_room_end_presence (self, seat);

          hub_room_tell_left (self, gone);
        }
    }
  hub_room_update_deadline (self);
}

void
hub_room_confirm (HubRoom *self, HubGuest *guest)
{
  HubSeat *seat;

  g_return_if_fail (HUB_IS_ROOM (self));
  g_return_if_fail (HUB_IS_GUEST (guest));

  seat = hub_guest_get_seat (guest);
  if (seat != NULL)
    hub_seat_table_confirm (self->seats, seat);
}

void
hub_room_detach (HubRoom *self, HubGuest *guest)
{
  HubSeat *seat;

  g_return_if_fail (HUB_IS_ROOM (self));
  g_return_if_fail (HUB_IS_GUEST (guest));

  if (hub_guest_get_presence (guest) != HUB_PRESENCE_HERE)
    return;

  seat = hub_guest_get_seat (guest);
  if (seat == NULL)
    {
      hub_room_leave (self, guest);
      return;
    }

  seat->detached_at = hub_clock_get_monotonic (self->clock);
  hub_seat_table_move (self->seats, seat, HUB_SEAT_SILENT);
  hub_guest_set_presence (guest, HUB_PRESENCE_AWAY);
  hub_room_update_deadline (self);
}

void
hub_room_leave (HubRoom *self, HubGuest *guest)
{
  HubSeat *seat;

  g_return_if_fail (HUB_IS_ROOM (self));
  g_return_if_fail (HUB_IS_GUEST (guest));

  seat = hub_guest_get_seat (guest);
  if (seat != NULL)
    {
      g_autoptr (HubGuest) gone = hub_room_void_seat (self, seat);

      hub_room_tell_left (self, gone);
      hub_room_update_deadline (self);
    }
  else if (hub_guest_get_presence (guest) != HUB_PRESENCE_LEFT)
    {
      g_object_ref (guest);
      hub_room_drop_guest (self, guest);
      hub_room_tell (self, HUB_ROOM_GUEST_LEFT, guest);
      g_object_unref (guest);
    }
}
