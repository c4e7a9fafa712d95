/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-bucket.h"
#include "chat/hub-guest.h"

G_BEGIN_DECLS

/* What only HubRoom and its parts do to a guest. */

typedef struct _HubSeat HubSeat;

/* A guest that is here. @skeleton: of @name, by hub_name_dup_skeleton(). Returns: (transfer full) */
HubGuest *hub_guest_new (guint64 id, const char *name, const char *skeleton);

void hub_guest_set_name (HubGuest *self, const char *name, const char *skeleton);
const char *hub_guest_get_skeleton (HubGuest *self);

void hub_guest_set_presence (HubGuest *self, HubPresence presence);
void hub_guest_set_announced_away (HubGuest *self, gboolean is_announced_away);
void hub_guest_set_removed (HubGuest *self);
void hub_guest_set_joined_at (HubGuest *self, gint64 joined_at);

/* The connection it has now. */
void hub_guest_set_connection (HubGuest *self, const char *key, const char *device);

/* Borrowed from the seat table, which clears it when the seat is void. */
void hub_guest_set_seat (HubGuest *self, HubSeat *seat);
HubSeat *hub_guest_get_seat (HubGuest *self);

/* What it may still say: kept here so that coming back brings no new burst. */
HubBucket *hub_guest_get_bucket (HubGuest *self);

/* Its index in the roster. */
void hub_guest_set_position (HubGuest *self, guint position);
guint hub_guest_get_position (HubGuest *self);

G_END_DECLS
