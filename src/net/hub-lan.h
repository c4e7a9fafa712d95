/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

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
typedef enum
{
  HUB_LINK_OTHER,
  HUB_LINK_WIRED,
  HUB_LINK_WIFI,
  HUB_LINK_VPN,     /* tun, wireguard, point to point: phones on the Wi-Fi may not reach it */
  HUB_LINK_VIRTUAL, /* containers and virtual machines */
} HubLinkKind;

/* One address. Immutable, reference counted atomically (snapshots cross threads). */
typedef struct _HubLanAddress HubLanAddress;
#define HUB_TYPE_LAN_ADDRESS (hub_lan_address_get_type ())
GType hub_lan_address_get_type (void);
HubLanAddress *hub_lan_address_ref (HubLanAddress *self);
void hub_lan_address_unref (HubLanAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubLanAddress, hub_lan_address_unref)

GInetAddress *hub_lan_address_get_address (HubLanAddress *self);
guint hub_lan_address_get_prefix (HubLanAddress *self);
/* Kernel name, "wlp3s0". */
const char *hub_lan_address_get_interface (HubLanAddress *self);
HubLinkKind hub_lan_address_get_kind (HubLanAddress *self);
/* For people: "Wi-Fi (wlp3s0)". Returns: (transfer full) */
char *hub_lan_address_dup_label (HubLanAddress *self);

#define HUB_TYPE_LAN (hub_lan_get_type ())
G_DECLARE_FINAL_TYPE (HubLan, hub_lan, HUB, LAN, GObject)

/* Reads once, then follows. Fails where netlink cannot be opened. */
HubLan *hub_lan_new (GError **error);

/* What to show, best first: IPv4 before IPv6 on each interface; never loopback or fe80::/10.
 * Returns: (transfer none) (element-type HubLanAddress) */
GPtrArray *hub_lan_get_addresses (HubLan *self);

/* Whether @peer is on one of this computer's own networks, by the prefixes of its interfaces. */
gboolean hub_lan_is_on_link (HubLan *self, GInetAddress *peer);

/* Whether @peer may connect without --allow-remote: loopback, private (the ranges of the CA's
 * name constraints) or on-link. IPv4-mapped IPv6 addresses count as IPv4. */
gboolean hub_lan_admits (HubLan *self, GInetAddress *peer);

/* What connections of one machine have in common: its link-layer address for an on-link peer
 * (RTM_GETNEIGH), else the IPv4 address, else the IPv6 /64. Returns: (transfer full) */
char *hub_lan_dup_throttle_key (HubLan *self, GInetAddress *peer);

/* Whether this is an address that the CA may sign for: private, link-local, loopback, 100.64/10. */
gboolean hub_lan_address_is_private (GInetAddress *address);

G_END_DECLS
