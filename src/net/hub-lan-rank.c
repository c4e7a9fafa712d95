/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-lan-rank.h"

#include <linux/if_addr.h>
#include <net/if_arp.h>

/* From best to worst; a HIDDEN one is not shown. */
typedef enum
{
  TIER_DEFAULT,
  TIER_REAL,
  TIER_LINK_LOCAL,
  TIER_VPN,
  TIER_VIRTUAL,
  TIER_HIDDEN,
} Tier;

/* What an interface is, whatever its routes are. */
typedef enum
{
  NATURE_REAL,    /* a device, or stacked on one */
  NATURE_BRIDGE,  /* as real as its ports */
  NATURE_TUNNEL,  /* leads to another place */
  NATURE_END,     /* one end of a pair: a container sees its network through it */
  NATURE_VIRTUAL, /* stays within this computer */
  NATURE_MODEM,   /* no phone gets in by a mobile network */
} Nature;

typedef struct
{
  HubLanAddress *address;
  Tier tier;
  guint32 metric;
  gboolean is_cable;
  int index;
  gboolean is_v6;
  gboolean is_public;
  guint position;
} Candidate;

static const struct
{
  const char *kind;
  Nature nature;
} natures[] = {
  { "bridge", NATURE_BRIDGE },    { "openvswitch", NATURE_BRIDGE }, { "veth", NATURE_END },
  { "vlan", NATURE_REAL },        { "bond", NATURE_REAL },          { "team", NATURE_REAL },
  { "macvlan", NATURE_REAL },     { "ipvlan", NATURE_REAL },        { "macsec", NATURE_REAL },
  { "batadv", NATURE_REAL },      { "hsr", NATURE_REAL },           { "ipoib", NATURE_REAL },
  { "wireguard", NATURE_TUNNEL }, { "tun", NATURE_TUNNEL },         { "ppp", NATURE_TUNNEL },
  { "ovpn", NATURE_TUNNEL },      { "ovpn-dco", NATURE_TUNNEL },    { "xfrm", NATURE_TUNNEL },
  { "ipip", NATURE_TUNNEL },      { "sit", NATURE_TUNNEL },         { "gre", NATURE_TUNNEL },
  { "gretap", NATURE_TUNNEL },    { "ip6tnl", NATURE_TUNNEL },      { "ip6gre", NATURE_TUNNEL },
  { "ip6gretap", NATURE_TUNNEL }, { "vti", NATURE_TUNNEL },         { "vti6", NATURE_TUNNEL },
  { "wwan", NATURE_MODEM },       { "rmnet", NATURE_MODEM },
};

static Nature
get_nature (const HubLanLink *link)
{
  if (g_str_equal (link->devtype, "wwan") || link->hardware == ARPHRD_RAWIP)
    return NATURE_MODEM;

  for (guint i = 0; i < G_N_ELEMENTS (natures); i++)
    if (g_str_equal (link->kind, natures[i].kind))
      return natures[i].nature;

  if ((link->flags & IFF_POINTOPOINT) || link->hardware == ARPHRD_NONE)
    return NATURE_TUNNEL;

  /* Anything else that software makes (dummy, vxlan, vmnet1), kinds of tomorrow included. */
  return link->kind[0] == '\0' && link->has_device ? NATURE_REAL : NATURE_VIRTUAL;
}

static gboolean
has_real_port (const HubLanFacts *facts, const HubLanLink *bridge)
{
  for (guint i = 0; i < facts->links->len; i++)
    {
      const HubLanLink *port = &g_array_index (facts->links, HubLanLink, i);

      if (port->master == bridge->index && get_nature (port) == NATURE_REAL)
        return TRUE;
    }

  return FALSE;
}

/* @metric: that of the best default route by this link. */
static gboolean
has_default_route (const HubLanFacts *facts, const HubLanLink *link, guint32 *metric)
{
  gboolean is_found = FALSE;

  *metric = G_MAXUINT32;
  for (guint i = 0; i < facts->routes->len; i++)
    {
      const HubLanRoute *route = &g_array_index (facts->routes, HubLanRoute, i);

      if (route->index != link->index)
        continue;
      is_found = TRUE;
      *metric = MIN (*metric, route->metric);
    }

  return is_found;
}

static Tier
get_link_tier (const HubLanFacts *facts, const HubLanLink *link, guint32 *metric)
{
  gboolean is_default = has_default_route (facts, link, metric);

  switch (get_nature (link))
    {
    case NATURE_MODEM:
      return TIER_HIDDEN;
    case NATURE_TUNNEL:
      return TIER_VPN;
    case NATURE_REAL:
      return is_default ? TIER_DEFAULT : TIER_REAL;
    case NATURE_BRIDGE:
      if (!is_default && !has_real_port (facts, link))
        return TIER_HIDDEN;
      return is_default ? TIER_DEFAULT : TIER_REAL;
    case NATURE_END:
      if (!is_default)
        return link->master == 0 ? TIER_VIRTUAL : TIER_HIDDEN;
      return TIER_DEFAULT;
    case NATURE_VIRTUAL:
    default:
      return is_default ? TIER_DEFAULT : TIER_HIDDEN;
    }
}

static HubLinkKind
get_kind (const HubLanLink *link, Tier tier)
{
  if (tier == TIER_VPN)
    return HUB_LINK_VPN;
  if (tier == TIER_VIRTUAL)
    return HUB_LINK_VIRTUAL;
  if (g_str_equal (link->devtype, "wlan"))
    return HUB_LINK_WIFI;
  if (link->hardware == ARPHRD_ETHER && !g_str_equal (link->devtype, "bluetooth"))
    return HUB_LINK_WIRED;

  return HUB_LINK_OTHER;
}

static gboolean
is_fit_to_show (const HubLanInet *inet)
{
  gboolean is_v6 = g_inet_address_get_family (inet->address) == G_SOCKET_FAMILY_IPV6;

  /* For IPv4 the bit of IFA_F_TEMPORARY means a secondary address, which is as good as another. */
  if ((inet->flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED | IFA_F_DEPRECATED))
      || (is_v6 && (inet->flags & IFA_F_TEMPORARY)))
    return FALSE;

  return !(is_v6 && g_inet_address_get_is_link_local (inet->address))
         && !g_inet_address_get_is_loopback (inet->address)
         && !g_inet_address_get_is_any (inet->address)
         && !g_inet_address_get_is_multicast (inet->address);
}

static void
add_candidate (GArray *candidates, const HubLanFacts *facts, const HubLanInet *inet, guint position)
{
  const guint needed = IFF_UP | IFF_RUNNING;
  const HubLanLink *link = hub_lan_facts_find_link (facts, inet->index);
  Candidate candidate = { .index = inet->index, .position = position };
  HubLinkKind kind;

  if (link == NULL || (link->flags & needed) != needed || (link->flags & IFF_LOOPBACK)
      || !is_fit_to_show (inet))
    return;

  candidate.tier = get_link_tier (facts, link, &candidate.metric);
  if (candidate.tier == TIER_HIDDEN)
    return;

  kind = get_kind (link, candidate.tier);
  if (candidate.tier < TIER_LINK_LOCAL && g_inet_address_get_is_link_local (inet->address))
    candidate.tier = TIER_LINK_LOCAL;
  candidate.is_cable = kind != HUB_LINK_WIFI;
  candidate.is_v6 = g_inet_address_get_family (inet->address) == G_SOCKET_FAMILY_IPV6;
  candidate.is_public = !hub_lan_address_is_private (inet->address);
  candidate.address = hub_lan_address_new (inet->address, inet->prefix, link->name, kind);
  g_array_append_val (candidates, candidate);
}

#define COMPARE(field)                                                                             \
  if (one->field != other->field)                                                                  \
  return one->field < other->field ? -1 : 1

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  COMPARE (tier);
  COMPARE (metric);
  COMPARE (is_cable);
  COMPARE (index);
  COMPARE (is_v6);
  COMPARE (is_public);
  COMPARE (position);

  return 0;
}

GPtrArray *
hub_lan_rank (const HubLanFacts *facts)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GPtrArray) ranked = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  ranked = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_lan_address_unref);
  for (guint i = 0; i < facts->inets->len; i++)
    add_candidate (candidates, facts, &g_array_index (facts->inets, HubLanInet, i), i);

  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (ranked, g_array_index (candidates, Candidate, i).address);

  return g_steal_pointer (&ranked);
}
