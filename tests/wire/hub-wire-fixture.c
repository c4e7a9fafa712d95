/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-wire-fixture.h"

#define MAX_GUESTS 1000

void
hub_wire_fixture_init (HubWireFixture *self)
{
  HubRoomLimits limits;

  hub_room_limits_init (&limits, MAX_GUESTS);
  self->clock = hub_fake_clock_new ();
  self->room = hub_room_new (HUB_CLOCK (self->clock), HUB_WIRE_FIXTURE_ROOM_ID, "Chat on \"Attic\"",
                             &limits);
  self->token = (HubSecret){ { 0 } };
}

void
hub_wire_fixture_clear (HubWireFixture *self)
{
  g_clear_object (&self->room);
  g_clear_object (&self->clock);
}

static HubEntry
enter (HubWireFixture *self, const HubHello *hello)
{
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubSecret fresh = self->token;
  HubEntry entry;

  fresh.bytes[0]++;
  fresh.bytes[1] += fresh.bytes[0] == 0;
  g_assert_true (hub_room_enter (self->room, hello, &fresh, &entry, &refusal));
  self->token = fresh;

  return entry;
}

HubEntry
hub_wire_fixture_enter (HubWireFixture *self, const char *name)
{
  HubHello hello = { .name = name, .key = "key", .device = "" };

  return enter (self, &hello);
}

HubEntry
hub_wire_fixture_resume (HubWireFixture *self, const char *name, guint64 last_seen)
{
  HubHello hello = {
    .name = name,
    .key = "key",
    .device = "",
    .token = &self->token,
    .has_last_seen = TRUE,
    .last_seen = last_seen,
  };

  return enter (self, &hello);
}
