/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-backlog.h"
#include "chat/hub-bar-list.h"
#include "chat/hub-code-tries.h"
#include "chat/hub-key-meter.h"
#include "chat/hub-room.h"
#include "chat/hub-roster.h"
#include "chat/hub-seat-table.h"

G_BEGIN_DECLS

/* HubRoom's inside, shared by hub-room.c (staying and going), hub-room-enter.c (coming),
 * hub-room-say.c (speaking) and hub-room-rule.c (what the host decides). */
struct _HubRoom
{
  GObject parent_instance;

  /* Owned */
  HubClock *clock;
  char *id;
  char *name;
  char *name_skeleton;
  HubRoster *roster;
  HubSeatTable *seats;
  HubBacklog *backlog;
  HubCodeTries *tries;
  HubBarList *bars;
  HubKeyMeter *meter;
  char *code; /* NULL: none is asked for */

  /* State */
  HubRoomLimits limits;
  guint64 last_guest_id;
  guint64 last_id;
  gint64 deadline;
  gboolean is_locked;
};

typedef enum
{
  HUB_ROOM_GUEST_JOINED,
  HUB_ROOM_GUEST_LEFT,
  HUB_ROOM_GUEST_AWAY,
  HUB_ROOM_GUEST_BACK,
  HUB_ROOM_GUEST_REMOVED,
  HUB_ROOM_MESSAGE_SAID,
  HUB_ROOM_CHANGED,
  HUB_ROOM_DEADLINE_CHANGED,
  HUB_ROOM_N_SIGNALS,
} HubRoomSignal;

/* Emits a signal about @subject, a HubGuest, a HubMessage, or NULL where it has none. Handlers may call the room again, so
 * whoever emits has finished changing it. */
void hub_room_tell (HubRoom *self, HubRoomSignal signal, gpointer subject);

/* Emits deadline-changed if it has. */
void hub_room_update_deadline (HubRoom *self);

/* Takes @guest off the list of those present: the name is free. */
void hub_room_drop_guest (HubRoom *self, HubGuest *guest);

/* Whether @hello is not of somebody that the host removed; else @refusal says so. */
gboolean hub_room_lets_back (HubRoom *self, const HubHello *hello, HubRefusal *refusal);

/* The guest of @seat, which is away, has left; the seat stays.
 * Returns: (transfer full): who is to be told as left */
HubGuest *hub_room_end_presence (HubRoom *self, HubSeat *seat);

/* Takes @seat away for good.
 * Returns: (transfer full) (nullable): who is to be told as left; NULL: that was told before */
HubGuest *hub_room_void_seat (HubRoom *self, HubSeat *seat);

/* @guest (may be NULL) has left. */
void hub_room_tell_left (HubRoom *self, HubGuest *guest);

G_END_DECLS
