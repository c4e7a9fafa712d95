/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-caretaker.h"

#include "base/hub-limits.h"
#include "host/hub-alarm.h"

struct _HubCaretaker
{
  HubRoom *room;
  HubNews *news; /* borrowed */
  GSource *alarm;
};

static void
hub_caretaker_tell (HubCaretaker *self, HubEventType type, HubGuest *guest)
{
  guint n_present = hub_room_get_n_present (self->room);
  gboolean is_large = n_present > HUB_PRESENCE_MAX_GUESTS;

  hub_news_set_interval (self->news, is_large ? HUB_NEWS_SLOW_INTERVAL_MS : HUB_NEWS_INTERVAL_MS);
  hub_news_add_presence (self->news, type, hub_guest_get_id (guest), hub_guest_get_name (guest),
                         n_present);
}

static void
on_room_guest_joined (HubRoom *room, HubGuest *guest, HubCaretaker *self)
{
  hub_caretaker_tell (self, HUB_EVENT_JOINED, guest);
}

static void
on_room_guest_left (HubRoom *room, HubGuest *guest, HubCaretaker *self)
{
  if (!hub_guest_is_removed (guest))
    hub_caretaker_tell (self, HUB_EVENT_LEFT, guest);
}

static void
on_room_guest_removed (HubRoom *room, HubGuest *guest, HubCaretaker *self)
{
  hub_caretaker_tell (self, HUB_EVENT_REMOVED, guest);
}

static void
on_room_guest_away (HubRoom *room, HubGuest *guest, HubCaretaker *self)
{
  hub_caretaker_tell (self, HUB_EVENT_AWAY, guest);
}

static void
on_room_guest_back (HubRoom *room, HubGuest *guest, HubCaretaker *self)
{
  hub_caretaker_tell (self, HUB_EVENT_BACK, guest);
}

static void
on_room_message_said (HubRoom *room, HubMessage *message, HubCaretaker *self)
{
  hub_news_add (self->news, HUB_EVENT_SAID, hub_message_get_from_id (message),
                hub_message_get_from_name (message), hub_message_get_text (message));
}

static void
on_room_deadline_changed (HubRoom *room, HubCaretaker *self)
{
  gint64 deadline = hub_room_get_next_deadline (room);

  g_source_set_ready_time (self->alarm, deadline < 0 ? -1 : deadline * 1000);
}

static void
on_alarm (gpointer data)
{
  HubCaretaker *self = data;

  hub_room_expire (self->room);
  /* The deadline may be the same still, where nothing was due by the room's own clock. */
  on_room_deadline_changed (self->room, self);
}

HubCaretaker *
hub_caretaker_new (HubRoom *room, HubNews *news)
{
  HubCaretaker *self;

  g_return_val_if_fail (HUB_IS_ROOM (room), NULL);
  g_return_val_if_fail (news != NULL, NULL);

  self = g_new0 (HubCaretaker, 1);
  self->room = g_object_ref (room);
  self->news = news;
  self->alarm
      = hub_alarm_new (g_main_context_get_thread_default (), G_PRIORITY_DEFAULT, on_alarm, self);
  on_room_deadline_changed (room, self);
  g_signal_connect (room, "guest-joined", G_CALLBACK (on_room_guest_joined), self);
  g_signal_connect (room, "guest-left", G_CALLBACK (on_room_guest_left), self);
  g_signal_connect (room, "guest-away", G_CALLBACK (on_room_guest_away), self);
  g_signal_connect (room, "guest-back", G_CALLBACK (on_room_guest_back), self);
  g_signal_connect (room, "guest-removed", G_CALLBACK (on_room_guest_removed), self);
  g_signal_connect (room, "message-said", G_CALLBACK (on_room_message_said), self);
  g_signal_connect (room, "deadline-changed", G_CALLBACK (on_room_deadline_changed), self);

  return self;
}

void
hub_caretaker_free (HubCaretaker *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->room, self);
  hub_alarm_free (self->alarm);
  g_object_unref (self->room);
  g_free (self);
}
