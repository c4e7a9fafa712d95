/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-hall.h"

#include "base/hub-limits.h"
#include "server/hub-announcer.h"
#include "server/hub-session.h"
#include "server/hub-timeout-queue.h"

struct _HubHall
{
  HubClock *clock;
  HubRoom *room;
  guint message_rate;

  HubFanout *fanout;
  HubAnnouncer *announcer;
  HubTimeoutQueue *hellos;
  GHashTable *sessions; /* a set of HubSession, owned */
  GHashTable *seats;    /* HubGuest -> HubSession, both borrowed */
};

static void
on_room_guest_removed (HubRoom *room, HubGuest *guest, gpointer user_data)
{
  HubHall *self = user_data;
  HubSession *session = hub_hall_find (self, guest);

  if (session != NULL)
    hub_session_end (session, HUB_END_REMOVED, HUB_LINGER_MS);
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
  self->fanout = hub_fanout_new ();
  self->announcer = hub_announcer_new (clock, room, self->fanout);
  self->hellos = hub_timeout_queue_new (clock, HUB_HELLO_DEADLINE_MS, on_hello_deadline, self);
  self->sessions = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->seats = g_hash_table_new (NULL, NULL);
  g_signal_connect (room, "guest-removed", G_CALLBACK (on_room_guest_removed), self);

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
  hub_announcer_free (self->announcer);
  hub_fanout_free (self->fanout);
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

HubTransport *
hub_hall_find_stream (HubHall *self, const HubSecret *token)
{
  HubSession *session;
  HubGuest *guest;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (token != NULL, NULL);

  guest = hub_room_find_token (self->room, token);
  session = guest != NULL ? hub_hall_find (self, guest) : NULL;
  if (session == NULL || hub_session_get_format (session) != HUB_FORMAT_LINES)
    return NULL;

  return hub_session_get_transport (session);
}

void
hub_hall_set_urls (HubHall *self, const char *const *urls)
{
  g_return_if_fail (self != NULL);

  hub_announcer_set_urls (self->announcer, urls);
}

void
hub_hall_flush (HubHall *self)
{
  g_return_if_fail (self != NULL);

  hub_fanout_flush (self->fanout);
}

void
hub_hall_end_turn (HubHall *self)
{
  g_return_if_fail (self != NULL);

  hub_fanout_end_turn (self->fanout);
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

  return hub_announcer_get_attendance (self->announcer);
}

const char *const *
hub_hall_get_urls (HubHall *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return hub_announcer_get_urls (self->announcer);
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
