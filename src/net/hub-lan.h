/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-lan-address.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubLan: the addresses of this computer that guests can reach, best first, and what changes.
 *
 * Reads links, addresses and routes by rtnetlink(7): no privilege, works in a Flatpak. Ranking is
 * a pure function of what was read (hub-lan-rank.h). Lives on the thread whose default context it
 * was made in.
 *
 * Signals: changed () when the list differs from before (after a short settling time).
 */
#define HUB_TYPE_LAN (hub_lan_get_type ())
G_DECLARE_FINAL_TYPE (HubLan, hub_lan, HUB, LAN, GObject)

/* Reads once, then follows. Fails where netlink cannot be opened. */
HubLan *hub_lan_new (GError **error);

/* What to show, best first: IPv4 before IPv6 on each interface; never loopback or fe80::/10.
 * Stays as it is when the list changes: another takes its place.
 * Returns: (transfer none) (element-type HubLanAddress) */
GPtrArray *hub_lan_get_addresses (HubLan *self);

/* Whether @address is one of this computer's own now, those included that are not shown (loopback,
 * temporary, link-local, for virtual machines). */
gboolean hub_lan_has_address (HubLan *self, GInetAddress *address);

/* Whether @peer is on one of this computer's own networks, by the prefixes of its interfaces. */
gboolean hub_lan_is_on_link (HubLan *self, GInetAddress *peer);

/* Whether @peer may connect without --allow-remote: loopback, private (the ranges of the CA's
 * name constraints) or on-link. IPv4-mapped IPv6 addresses count as IPv4. */
gboolean hub_lan_admits (HubLan *self, GInetAddress *peer);

/* What connections of one machine have in common: "loopback" for this computer itself, by whatever
 * address of its own; its link-layer address for an on-link peer (RTM_GETNEIGH), "lladdr:02:00:...";
 * else the IPv4 address, "ip:192.0.2.1"; else the IPv6 /64, "net6:2001:db8::/64".
 * One system call to the kernel. Returns: (transfer full) */
char *hub_lan_dup_throttle_key (HubLan *self, GInetAddress *peer);

G_END_DECLS
