/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  HUB_LINK_OTHER,
  HUB_LINK_WIRED,
  HUB_LINK_WIFI,
  HUB_LINK_VPN,     /* tun, wireguard, point to point: phones on the Wi-Fi may not reach it */
  HUB_LINK_VIRTUAL, /* containers and virtual machines */
} HubLinkKind;

/*
 * HubLanAddress: one address of this computer with the network it belongs to. Immutable, reference
 * counted atomically (snapshots cross threads).
 */
typedef struct _HubLanAddress HubLanAddress;
#define HUB_TYPE_LAN_ADDRESS (hub_lan_address_get_type ())
GType hub_lan_address_get_type (void);

/* @prefix: length in bits. @interface: the kernel's name; bytes that are not UTF-8 are replaced.
 * Returns: (transfer full) */
HubLanAddress *
hub_lan_address_new (GInetAddress *address, guint prefix, const char *interface, HubLinkKind kind);
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

/* Whether all that can be asked of both is the same. */
gboolean hub_lan_address_equal (HubLanAddress *self, HubLanAddress *other);

/* Whether this is an address that the CA may sign for: private, link-local, loopback, 100.64/10.
 * IPv4-mapped IPv6 addresses count as IPv4. */
gboolean hub_lan_address_is_private (GInetAddress *address);

/* @address, or the IPv4 address that an IPv4-mapped one stands for (RFC 4291, 2.5.5.2): what a
 * socket that serves both families reports. Returns: (transfer full) */
GInetAddress *hub_lan_address_unmap (GInetAddress *address);

G_END_DECLS
