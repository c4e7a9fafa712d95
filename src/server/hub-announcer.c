/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-announcer.h"

#include "wire/hub-plain.h"
#include "wire/hub-wire.h"

struct _HubAnnouncer
{
  HubRoom *room;
  HubFanout *fanout; /* borrowed */
  HubAttendance *attendance;

  /* What clients were told last of the room itself */
  char **urls;
  gboolean is_locked;
};

/* Both ways in which hubbub.v1 travels. */
static const HubFormat json_formats[] = { HUB_FORMAT_JSON, HUB_FORMAT_LINES };

static gboolean
has_json_members (HubAnnouncer *self)
{
  return hub_fanout_has_members (self->fanout, HUB_FORMAT_JSON)
         || hub_fanout_has_members (self->fanout, HUB_FORMAT_LINES);
}

static void
publish (HubAnnouncer *self, GBytes *payload)
{
  for (guint i = 0; i < G_N_ELEMENTS (json_formats); i++)
    {
      g_autoptr (GBytes) frame = NULL;

      if (!hub_fanout_has_members (self->fanout, json_formats[i]))
        continue;

      frame = hub_format_frame (json_formats[i], g_bytes_ref (payload));
      hub_fanout_publish (self->fanout, json_formats[i], frame);
    }
}

/* Takes @payload: a line about who came or went. A crowd that comes at once makes the square of its
 * number of them, and to send each turn's few to all is most of what its coming costs. */
static void
publish_line (HubAnnouncer *self, GBytes *payload)
{
  g_autoptr (GBytes) frame = hub_format_frame (HUB_FORMAT_PLAIN, payload);

  hub_fanout_publish_soon (self->fanout, HUB_FORMAT_PLAIN, frame);
}

static void
publish_room (HubAnnouncer *self)
{
  g_autoptr (GBytes) payload = NULL;

  if (!has_json_members (self))
    return;

  payload = hub_wire_room (hub_room_get_name (self->room), self->is_locked,
                           (const char *const *) self->urls);
  publish (self, payload);
}

static void
on_room_guest_joined (HubRoom *room, HubGuest *guest, gpointer user_data)
{
  HubAnnouncer *self = user_data;

  if (hub_fanout_has_members (self->fanout, HUB_FORMAT_PLAIN))
    publish_line (self, hub_plain_joined (guest));
  hub_attendance_note (self->attendance, guest, HUB_ATTENDANCE_JOINED);
}

static void
on_room_guest_left (HubRoom *room, HubGuest *guest, gpointer user_data)
{
  HubAnnouncer *self = user_data;

  if (hub_fanout_has_members (self->fanout, HUB_FORMAT_PLAIN))
    publish_line (self, hub_plain_left (guest));
  hub_attendance_note (self->attendance, guest, HUB_ATTENDANCE_LEFT);
}

static void
on_room_guest_away (HubRoom *room, HubGuest *guest, gpointer user_data)
{
  HubAnnouncer *self = user_data;

  hub_attendance_note (self->attendance, guest, HUB_ATTENDANCE_AWAY);
}

static void
on_room_guest_back (HubRoom *room, HubGuest *guest, gpointer user_data)
{
  HubAnnouncer *self = user_data;

  hub_attendance_note (self->attendance, guest, HUB_ATTENDANCE_BACK);
}

static void
on_room_message_said (HubRoom *room, HubMessage *message, gpointer user_data)
{
  HubAnnouncer *self = user_data;

  for (guint format = 0; format < HUB_N_FORMATS; format++)
    {
      if (hub_fanout_has_members (self->fanout, format))
        hub_fanout_publish (self->fanout, format, hub_format_said (format, message));
    }
}

/* Of a new code nobody who is in needs to know. */
static void
on_room_changed (HubRoom *room, gpointer user_data)
{
  HubAnnouncer *self = user_data;

  if (hub_room_is_locked (room) == self->is_locked)
    return;

  self->is_locked = hub_room_is_locked (room);
  publish_room (self);
}

static void
on_attendance (GBytes *payload, gpointer user_data)
{
  publish (user_data, payload);
}

HubAnnouncer *
hub_announcer_new (HubClock *clock, HubRoom *room, HubFanout *fanout)
{
  HubAnnouncer *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (HUB_IS_ROOM (room), NULL);
  g_return_val_if_fail (fanout != NULL, NULL);

  self = g_new0 (HubAnnouncer, 1);
  self->room = g_object_ref (room);
  self->fanout = fanout;
  self->attendance = hub_attendance_new (clock, room, on_attendance, self);
  self->urls = g_new0 (char *, 1);
  self->is_locked = hub_room_is_locked (room);
  g_signal_connect (room, "guest-joined", G_CALLBACK (on_room_guest_joined), self);
  g_signal_connect (room, "guest-left", G_CALLBACK (on_room_guest_left), self);
  g_signal_connect (room, "guest-away", G_CALLBACK (on_room_guest_away), self);
  g_signal_connect (room, "guest-back", G_CALLBACK (on_room_guest_back), self);
  g_signal_connect (room, "message-said", G_CALLBACK (on_room_message_said), self);
  g_signal_connect (room, "changed", G_CALLBACK (on_room_changed), self);

  return self;
}

void
hub_announcer_free (HubAnnouncer *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->room, self);
  hub_attendance_free (self->attendance);
  g_strfreev (self->urls);
  g_object_unref (self->room);
  g_free (self);
}

void
hub_announcer_set_urls (HubAnnouncer *self, const char *const *urls)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (urls != NULL);

  if (g_strv_equal ((const char *const *) self->urls, urls))
    return;

  g_strfreev (self->urls);
  self->urls = g_strdupv ((char **) urls);
  publish_room (self);
}

const char *const *
hub_announcer_get_urls (HubAnnouncer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->urls;
}

HubAttendance *
hub_announcer_get_attendance (HubAnnouncer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->attendance;
}
