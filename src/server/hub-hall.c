/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-hall.h"

#include "base/hub-limits.h"
#include "server/hub-session.h"
#include "server/hub-timeout-queue.h"
#include "wire/hub-plain.h"
#include "wire/hub-wire.h"

struct _HubHall
{
  HubClock *clock;
  HubRoom *room;
  guint message_rate;
  char **urls;

  HubFanout *fanout;
  HubAttendance *attendance;
  HubTimeoutQueue *hellos;
  GHashTable *sessions; /* a set of HubSession, owned */
  GHashTable *seats;    /* HubGuest -> HubSession, both borrowed */
};

static void
publish (HubHall *self, HubFormat format, GBytes *payload)
{
  g_autoptr (GBytes) frame = hub_format_frame (format, payload);

  hub_fanout_publish (self->fanout, format, frame);
}

static void
on_room_guest_joined (HubRoom *room, HubGuest *guest, gpointer user_data)
{
  HubHall *self = user_data;

  if (hub_fanout_has_members (self->fanout, HUB_FORMAT_PLAIN))
    publish (self, HUB_FORMAT_PLAIN, hub_plain_joined (guest));
  hub_attendance_note (self->attendance, guest, HUB_ATTENDANCE_JOINED);
}

static void
on_room_guest_left (HubRoom *room, HubGuest *guest, gpointer user_data)
{
  HubHall *self = user_data;

  if (hub_fanout_has_members (self->fanout, HUB_FORMAT_PLAIN))
    publish (self, HUB_FORMAT_PLAIN, hub_plain_left (guest));
  hub_attendance_note (self->attendance, guest, HUB_ATTENDANCE_LEFT);
}

static void
on_room_guest_away (HubRoom *room, HubGuest *guest, gpointer user_data)
{
  HubHall *self = user_data;

  hub_attendance_note (self->attendance, guest, HUB_ATTENDANCE_AWAY);
}

static void
on_room_guest_back (HubRoom *room, HubGuest *guest, gpointer user_data)
{
  HubHall *self = user_data;

  hub_attendance_note (self->attendance, guest, HUB_ATTENDANCE_BACK);
}

static void
on_room_message_said (HubRoom *room, HubMessage *message, gpointer user_data)
{
  HubHall *self = user_data;

  for (guint format = 0; format < HUB_N_FORMATS; format++)
    {
      if (hub_fanout_has_members (self->fanout, format))
        hub_fanout_publish (self->fanout, format, hub_format_said (format, message));
    }
}

static void
on_attendance (GBytes *payload, gpointer user_data)
{
  HubHall *self = user_data;

  if (hub_fanout_has_members (self->fanout, HUB_FORMAT_JSON))
    publish (self, HUB_FORMAT_JSON, g_bytes_ref (payload));
}

static void
on_hello_deadline (gpointer owner, gpointer user_data)
{
  hub_session_expire (owner);
}

HubHall *
hub_hall_new (HubClock *clock, HubRoom *room, guint message_rate)
{
  HubHall *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (HUB_IS_ROOM (room), NULL);

  self = g_new0 (HubHall, 1);
  self->clock = g_object_ref (clock);
  self->room = g_object_ref (room);
  self->message_rate = message_rate;
  self->urls = g_new0 (char *, 1);
  self->fanout = hub_fanout_new ();
  self->attendance = hub_attendance_new (clock, room, on_attendance, self);
  self->hellos = hub_timeout_queue_new (clock, HUB_HELLO_DEADLINE_MS, on_hello_deadline, self);
  self->sessions = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->seats = g_hash_table_new (NULL, NULL);
  g_signal_connect (room, "guest-joined", G_CALLBACK (on_room_guest_joined), self);
  g_signal_connect (room, "guest-left", G_CALLBACK (on_room_guest_left), self);
  g_signal_connect (room, "guest-away", G_CALLBACK (on_room_guest_away), self);
  g_signal_connect (room, "guest-back", G_CALLBACK (on_room_guest_back), self);
  g_signal_connect (room, "message-said", G_CALLBACK (on_room_message_said), self);

  return self;
}

/* Calls @func for every session; each may leave meanwhile. */
static void
foreach_session (HubHall *self,
                 void (*func) (HubSession *session, gpointer user_data),
                 gpointer data)
{
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    g_ptr_array_add (sessions, g_object_ref (session));
  for (guint i = 0; i < sessions->len; i++)
    func (g_ptr_array_index (sessions, i), data);
}

static void
cut_session (HubSession *session, gpointer user_data)
{
  hub_session_cut (session);
}

void
hub_hall_free (HubHall *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->room, self);
  foreach_session (self, cut_session, NULL);
  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->seats);
  hub_timeout_queue_free (self->hellos);
  hub_attendance_free (self->attendance);
  hub_fanout_free (self->fanout);
  g_strfreev (self->urls);
  g_clear_object (&self->room);
  g_clear_object (&self->clock);
  g_free (self);
}

void
hub_hall_open (HubHall *self, HubTransport *transport, const char *key, const char *device)
{
  HubSession *session;

  g_return_if_fail (self != NULL);

  session = hub_session_new (self, transport, key, device);
  g_hash_table_add (self->sessions, session);
  hub_timeout_queue_start (self->hellos, hub_session_get_deadline (session), session);
}

void
hub_hall_set_urls (HubHall *self, const char *const *urls)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (urls != NULL);

  if (g_strv_equal ((const char *const *) self->urls, urls))
    return;

  g_strfreev (self->urls);
  self->urls = g_strdupv ((char **) urls);
  if (hub_fanout_has_members (self->fanout, HUB_FORMAT_JSON))
    publish (self, HUB_FORMAT_JSON, hub_wire_room (hub_room_get_name (self->room), FALSE, urls));
}

void
hub_hall_flush (HubHall *self)
{
  g_return_if_fail (self != NULL);

  hub_fanout_flush (self->fanout);
}

typedef struct
{
  HubEnd why;
  guint linger;
} Ending;

static void
end_session (HubSession *session, gpointer user_data)
{
  Ending *ending = user_data;

  hub_session_end (session, ending->why, ending->linger);
}

void
hub_hall_end (HubHall *self, HubEnd why, guint linger)
{
  Ending ending = { why, linger };

  g_return_if_fail (self != NULL);

  foreach_session (self, end_session, &ending);
}

void
hub_hall_run (HubHall *self)
{
  g_return_if_fail (self != NULL);

  hub_timeout_queue_run (self->hellos);
}

guint
hub_hall_get_n_sessions (HubHall *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->sessions);
}

HubClock *
hub_hall_get_clock (HubHall *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->clock;
}

HubRoom *
hub_hall_get_room (HubHall *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->room;
}

HubFanout *
hub_hall_get_fanout (HubHall *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fanout;
}

HubAttendance *
hub_hall_get_attendance (HubHall *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->attendance;
}

const char *const *
hub_hall_get_urls (HubHall *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->urls;
}

guint
hub_hall_get_message_rate (HubHall *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->message_rate;
}

void
hub_hall_seat (HubHall *self, HubSession *session, HubGuest *guest)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (!g_hash_table_contains (self->seats, guest));

  g_hash_table_insert (self->seats, guest, session);
}

void
hub_hall_unseat (HubHall *self, HubSession *session, HubGuest *guest)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (g_hash_table_lookup (self->seats, guest) == session);

  g_hash_table_remove (self->seats, guest);
}

HubSession *
hub_hall_find (HubHall *self, HubGuest *guest)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->seats, guest);
}

void
hub_hall_stop_deadline (HubHall *self, HubSession *session)
{
  g_return_if_fail (self != NULL);

  hub_timeout_queue_stop (self->hellos, hub_session_get_deadline (session));
}

void
hub_hall_close (HubHall *self, HubSession *session)
{
  g_return_if_fail (self != NULL);

  hub_hall_stop_deadline (self, session);
  g_hash_table_remove (self->sessions, session);
}
