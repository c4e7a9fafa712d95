/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-allowance.h"

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * HubGuest: somebody in the room. Made and changed by HubRoom only; others read it.
 * Lives on the engine's thread.
 */
typedef enum
{
  HUB_PRESENCE_HERE, /* connected */
  HUB_PRESENCE_AWAY, /* the connection is gone, the seat is kept; told to others a little later */
  HUB_PRESENCE_LEFT, /* announced as gone; the name is free */
} HubPresence;

#define HUB_TYPE_GUEST (hub_guest_get_type ())
G_DECLARE_FINAL_TYPE (HubGuest, hub_guest, HUB, GUEST, GObject)

/* Unique per room, from 1, never used again. */
guint64 hub_guest_get_id (HubGuest *self);

/* The name as shown (normalized). Changes only when a seat comes back after its name was taken. */
const char *hub_guest_get_name (HubGuest *self);

HubPresence hub_guest_get_presence (HubGuest *self);

/* Whether others were told that this guest is away. */
gboolean hub_guest_is_announced_away (HubGuest *self);

/* Whether the host removed this guest. */
gboolean hub_guest_is_removed (HubGuest *self);

/* Milliseconds since the epoch of the (last) announced join. */
gint64 hub_guest_get_joined_at (HubGuest *self);

/* The throttle key of the latest connection: for caps per address, never shown. */
const char *hub_guest_get_key (HubGuest *self);

/* What kind of device it says it is ("iPhone", "Windows"), or "". */
const char *hub_guest_get_device (HubGuest *self);

/* What it might still send when its latest connection ended; kept for who carries its messages. */
HubAllowance *hub_guest_get_allowance (HubGuest *self);

/* Whether it can come back (a hubbub.v1 client), or left when its connection closed (plain). */
gboolean hub_guest_has_seat (HubGuest *self);

G_END_DECLS
