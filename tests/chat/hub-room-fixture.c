/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-room-fixture.h"

#include <string.h>

static void
hub_room_fixture_note (HubRoomFixture *self, const char *mark, const char *what)
{
  g_string_append_printf (self->news, "%s%s%s", self->news->len > 0 ? " " : "", mark, what);
}

static void
on_room_guest_joined (HubRoom *room, HubGuest *guest, HubRoomFixture *self)
{
  hub_room_fixture_note (self, "+", hub_guest_get_name (guest));
}

static void
on_room_guest_left (HubRoom *room, HubGuest *guest, HubRoomFixture *self)
{
  hub_room_fixture_note (self, "-", hub_guest_get_name (guest));
}

static void
on_room_guest_away (HubRoom *room, HubGuest *guest, HubRoomFixture *self)
{
  hub_room_fixture_note (self, "~", hub_guest_get_name (guest));
}

static void
on_room_guest_back (HubRoom *room, HubGuest *guest, HubRoomFixture *self)
{
  hub_room_fixture_note (self, "^", hub_guest_get_name (guest));
}

static void
on_room_guest_removed (HubRoom *room, HubGuest *guest, HubRoomFixture *self)
{
  g_assert_true (hub_guest_is_removed (guest));
  hub_room_fixture_note (self, "#", hub_guest_get_name (guest));
}

static void
on_room_changed (HubRoom *room, HubRoomFixture *self)
{
  hub_room_fixture_note (self, "*", hub_room_is_locked (room) ? "locked" : "open");
  if (hub_room_has_code (room))
    g_string_append_printf (self->news, "/%s", hub_room_get_code (room));
}

static void
on_room_message_said (HubRoom *room, HubMessage *message, HubRoomFixture *self)
{
  hub_room_fixture_note (self, hub_message_get_from_name (message), ":");
  g_string_append (self->news, hub_message_get_text (message));
  g_assert_cmpuint (hub_message_get_id (message), ==, hub_room_get_last_id (room));
}

static void
on_room_deadline_changed (HubRoom *room, HubRoomFixture *self)
{
  self->n_deadline_changes++;
}

HubRoomFixture *
hub_room_fixture_new (const HubRoomLimits *limits)
{
  HubRoomFixture *self = g_new0 (HubRoomFixture, 1);
  HubRoomLimits defaults;

  hub_room_limits_init (&defaults, 10);
  self->clock = hub_fake_clock_new ();
  self->room = hub_room_new (HUB_CLOCK (self->clock), HUB_ROOM_FIXTURE_ID, "Chat on Basil",
                             limits != NULL ? limits : &defaults);
  self->news = g_string_new (NULL);
  g_signal_connect (self->room, "guest-joined", G_CALLBACK (on_room_guest_joined), self);
  g_signal_connect (self->room, "guest-left", G_CALLBACK (on_room_guest_left), self);
  g_signal_connect (self->room, "guest-away", G_CALLBACK (on_room_guest_away), self);
  g_signal_connect (self->room, "guest-back", G_CALLBACK (on_room_guest_back), self);
  g_signal_connect (self->room, "guest-removed", G_CALLBACK (on_room_guest_removed), self);
  g_signal_connect (self->room, "changed", G_CALLBACK (on_room_changed), self);
  g_signal_connect (self->room, "message-said", G_CALLBACK (on_room_message_said), self);
  g_signal_connect (self->room, "deadline-changed", G_CALLBACK (on_room_deadline_changed), self);

  return self;
}

void
hub_room_fixture_free (HubRoomFixture *self)
{
  g_assert_finalize_object (self->room);
  g_assert_finalize_object (self->clock);
  g_string_free (self->news, TRUE);
  g_free (self);
}

HubSecret
hub_room_fixture_next_secret (HubRoomFixture *self)
{
  HubSecret secret = { { 0 } };

  self->n_secrets++;
  memcpy (secret.bytes, &self->n_secrets, sizeof self->n_secrets);

  return secret;
}

void
hub_room_fixture_assert_news (HubRoomFixture *self, const char *expected)
{
  g_assert_cmpstr (self->news->str, ==, expected);
  g_string_truncate (self->news, 0);
}

void
hub_room_fixture_wait (HubRoomFixture *self, gint64 ms)
{
  gint64 deadline = hub_room_get_next_deadline (self->room);

  hub_fake_clock_advance (self->clock, ms);
  if (deadline >= 0 && deadline <= hub_clock_get_monotonic (HUB_CLOCK (self->clock)))
    hub_room_expire (self->room);
}

void
hub_room_client_init (HubRoomClient *self, HubRoomFixture *fixture, const char *name)
{
  *self = (HubRoomClient){ .refusal = HUB_REFUSAL_INIT };
  self->join = hub_room_fixture_next_secret (fixture);
  self->hello = (HubHello){ .name = name, .key = "192.168.1.7", .device = "iPhone" };
  self->hello.join = &self->join;
}

void
hub_room_client_clear (HubRoomClient *self)
{
  hub_refusal_clear (&self->refusal);
}

gboolean
hub_room_client_enter (HubRoomClient *self, HubRoomFixture *fixture)
{
  HubSecret fresh = hub_room_fixture_next_secret (fixture);

  hub_refusal_clear (&self->refusal);
  if (!hub_room_enter (fixture->room, &self->hello, &fresh, &self->entry, &self->refusal))
    {
      g_assert_cmpint (self->refusal.code, !=, HUB_REFUSAL_NONE);
      return FALSE;
    }

  g_assert_cmpint (self->refusal.code, ==, HUB_REFUSAL_NONE);
  self->token = fresh;
  self->hello.token = &self->token;

  return TRUE;
}

void
hub_room_client_join (HubRoomClient *self, HubRoomFixture *fixture, const char *name)
{
  hub_room_client_init (self, fixture, name);
  g_assert_true (hub_room_client_enter (self, fixture));
  g_assert_false (self->entry.is_resumed);
}

guint64
hub_room_client_say (HubRoomClient *self,
                     HubRoomFixture *fixture,
                     gint64 ref,
                     const char *text,
                     HubSayResult expected)
{
  guint64 id = 0;

  hub_refusal_clear (&self->refusal);
  g_assert_cmpint (hub_room_say (fixture->room, self->entry.guest, ref, text, &id, &self->refusal),
                   ==, expected);

  return id;
}

static void
append_text (HubMessage *message, gpointer user_data)
{
  GString *texts = user_data;

  if (texts->len > 0)
    g_string_append_c (texts, ' ');
  g_string_append (texts, hub_message_get_text (message));
}

char *
hub_room_client_dup_replay (HubRoomClient *self, HubRoomFixture *fixture)
{
  g_autoptr (GString) texts = g_string_new (NULL);

  hub_room_foreach_message (fixture->room, self->entry.replay_after, self->entry.last_id,
                            append_text, texts);

  return g_string_free (g_steal_pointer (&texts), FALSE);
}
