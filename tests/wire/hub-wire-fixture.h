/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"
#include "support/hub-fake-clock.h"

G_BEGIN_DECLS

#define HUB_WIRE_FIXTURE_ROOM_ID "00112233445566778899aabbccddeeff"

/* A room "Chat on \"Attic\"" with guests of hubbub.v1, to write objects about. */
typedef struct
{
  HubFakeClock *clock;
  HubRoom *room;
  HubSecret token; /* of the guest that entered last */
} HubWireFixture;

void hub_wire_fixture_init (HubWireFixture *self);
void hub_wire_fixture_clear (HubWireFixture *self);

/* A new guest; aborts if it is refused. */
HubEntry hub_wire_fixture_enter (HubWireFixture *self, const char *name);

/* The latest guest comes back with its token, having seen messages up to @last_seen. */
HubEntry hub_wire_fixture_resume (HubWireFixture *self, const char *name, guint64 last_seen);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubWireFixture, hub_wire_fixture_clear)

G_END_DECLS
