/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"
#include "support/hub-fake-clock.h"

G_BEGIN_DECLS

/* A room under a clock moved by hand, and what it told. */
typedef struct
{
  HubFakeClock *clock;
  HubRoom *room;
  GString *news;
  guint n_deadline_changes;
  guint64 n_secrets;
} HubRoomFixture;

/* A client of hubbub.v1, with what it remembers. */
typedef struct
{
  HubHello hello;
  HubSecret join;
  HubSecret token; /* of the latest welcome it got */
  HubEntry entry;
  HubRefusal refusal;
} HubRoomClient;

#define HUB_ROOM_FIXTURE_ID "0123456789abcdef0123456789abcdef"

/* @limits: NULL for the defaults with 10 guests. */
HubRoomFixture *hub_room_fixture_new (const HubRoomLimits *limits);
void hub_room_fixture_free (HubRoomFixture *self);

/* A secret that was not used before. */
HubSecret hub_room_fixture_next_secret (HubRoomFixture *self);

/* What the room told since the last call, as "+Ana" (joined), "-Ana" (left), "~Ana" (away), "^Ana"
 * (back), "#Ana" (removed), "Ana:text" (said), "*locked", "*open" or "*open/CODE" (changed),
 * separated by spaces. */
void hub_room_fixture_assert_news (HubRoomFixture *self, const char *expected);

/* Moves the clock, and expires as the engine does: when the deadline has come. */
void hub_room_fixture_wait (HubRoomFixture *self, gint64 ms);

/* A client that has not joined yet, with a join of its own. */
void hub_room_client_init (HubRoomClient *self, HubRoomFixture *fixture, const char *name);
void hub_room_client_clear (HubRoomClient *self);

/* Sends `hello` with whatever is set in it. The client gets the welcome: it knows the new token. */
gboolean hub_room_client_enter (HubRoomClient *self, HubRoomFixture *fixture);

/* Joins as @name, expecting no refusal. */
void hub_room_client_join (HubRoomClient *self, HubRoomFixture *fixture, const char *name);

/* Says @text with @ref, expecting @expected; returns the message's id. */
guint64 hub_room_client_say (HubRoomClient *self,
                             HubRoomFixture *fixture,
                             gint64 ref,
                             const char *text,
                             HubSayResult expected);

/* The texts a replay of the latest entry brings, separated by spaces. Returns: (transfer full) */
char *hub_room_client_dup_replay (HubRoomClient *self, HubRoomFixture *fixture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubRoomFixture, hub_room_fixture_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubRoomClient, hub_room_client_clear)

G_END_DECLS
