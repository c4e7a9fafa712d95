/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-netlink.h"

#include <gio/gio.h>
#include <net/if.h>

G_BEGIN_DECLS

/* A network interface. */
typedef struct
{
  int index;
  int master;     /* index of the bridge or bond that it is a port of; 0: none */
  guint flags;    /* IFF_*, netdevice(7) */
  guint hardware; /* ARPHRD_* */
  char name[IF_NAMESIZE];
  char kind[24];    /* what software made it: "bridge", "veth", "wireguard"; "" for a device */
  char devtype[16]; /* what sort of device: "wlan", "wwan", "bluetooth"; "" for Ethernet */
  gboolean has_device;
} HubLanLink;

/* An address of this computer on the interface @index. */
typedef struct
{
  int index;
  GInetAddress *address;
  GInetAddress *peer; /* what @prefix is about: the other end of a point-to-point link, else us */
  guint prefix;
  guint flags; /* IFA_F_* */
} HubLanInet;

/* A default route by the interface @index. */
typedef struct
{
  int index;
  guint32 metric;
} HubLanRoute;

/*
 * HubLanFacts: what the kernel said about this computer's networks at one moment, unjudged.
 * Owned by whoever made it, immutable once filled.
 */
typedef struct
{
  GArray *links;  /* HubLanLink */
  GArray *inets;  /* HubLanInet */
  GArray *routes; /* HubLanRoute */
} HubLanFacts;

HubLanFacts *hub_lan_facts_new (void);

/* What the kernel says now. Returns: (transfer full) (nullable) */
HubLanFacts *hub_lan_facts_read (HubNetlink *netlink, GError **error);
void hub_lan_facts_free (HubLanFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubLanFacts, hub_lan_facts_free)

/* Adds what the rtnetlink @messages say: RTM_NEWLINK, RTM_NEWADDR, RTM_NEWROUTE; whatever else they
 * hold is passed over. */
void hub_lan_facts_add (HubLanFacts *self, const guint8 *messages, gsize length);

/* Fills in what only sysfs knows about the links: @directory is /sys/class/net. Where it is hidden
 * from us (sandboxes), the names that udev gives must do. */
void hub_lan_facts_look_up_devices (HubLanFacts *self, const char *directory);

/* The link @index. Returns: (transfer none) (nullable) */
const HubLanLink *hub_lan_facts_find_link (const HubLanFacts *self, int index);

/* Looks for a network of ours that @peer is on, from the position *@next on, which it moves behind
 * the one found. Returns: the interface's index; 0 at the end. */
int hub_lan_facts_next_network (const HubLanFacts *self, GInetAddress *peer, guint *next);

/* The interface that has @address. Returns: its index; 0 if none has. */
int hub_lan_facts_find_address (const HubLanFacts *self, GInetAddress *address);

G_END_DECLS
