/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-local-key.h"
#include "net/hub-netlink.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The key that all connections by this computer to itself share. */
#define HUB_THROTTLE_KEY_LOOPBACK HUB_LOCAL_KEY

/* By the neighbour table: "lladdr:" and the link-layer address of @peer on the interface @index.
 * One machine may hold 2^64 addresses of a /64, but it has one of these. Needs Linux 5.0.
 * Returns: (transfer full) (nullable): NULL when the table does not know @peer. */
char *hub_throttle_key_dup_neighbour (HubNetlink *netlink, int index, GInetAddress *peer);

/* By the address alone: "loopback", "ip:" and the IPv4 address, "net6:" and the IPv6 /64.
 * Returns: (transfer full) */
char *hub_throttle_key_dup_address (GInetAddress *peer);

G_END_DECLS
