/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-lan-facts.h"

#include "net/hub-netlink-reader.h"

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#define SYSFS_DIRECTORY "/sys/class/net"

static void
inet_clear (gpointer data)
{
  HubLanInet *inet = data;

  g_clear_object (&inet->address);
  g_clear_object (&inet->peer);
}

HubLanFacts *
hub_lan_facts_new (void)
{
  HubLanFacts *self = g_new0 (HubLanFacts, 1);

  self->links = g_array_new (FALSE, TRUE, sizeof (HubLanLink));
  self->inets = g_array_new (FALSE, TRUE, sizeof (HubLanInet));
  g_array_set_clear_func (self->inets, inet_clear);
  self->routes = g_array_new (FALSE, TRUE, sizeof (HubLanRoute));

  return self;
}

void
hub_lan_facts_free (HubLanFacts *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->links);
  g_array_unref (self->inets);
  g_array_unref (self->routes);
  g_free (self);
}

static void
read_link_info (HubLanLink *link, HubNetlinkReader info)
{
  HubNetlinkReader value;
  guint16 type;

  while (hub_netlink_reader_next_attribute (&info, &type, &value))
    if (type == IFLA_INFO_KIND)
      hub_netlink_reader_get_string (&value, link->kind, sizeof link->kind);
}

static void
add_link (HubLanFacts *self, HubNetlinkReader body)
{
  HubLanLink link = { 0 };
  HubNetlinkReader value;
  struct ifinfomsg info;
  guint16 type;

  if (!hub_netlink_reader_take (&body, &info, sizeof info))
    return;

  link.index = info.ifi_index;
  link.flags = info.ifi_flags;
  link.hardware = info.ifi_type;
  while (hub_netlink_reader_next_attribute (&body, &type, &value))
    {
      if (type == IFLA_IFNAME)
        hub_netlink_reader_get_string (&value, link.name, sizeof link.name);
      else if (type == IFLA_MASTER)
        link.master = hub_netlink_reader_get_u32 (&value);
      else if (type == IFLA_LINKINFO)
        read_link_info (&link, value);
    }

  g_array_append_val (self->links, link);
}

static GInetAddress *
read_address (const HubNetlinkReader *value, guint8 family)
{
  if (family == AF_INET && value->length == 4)
    return g_inet_address_new_from_bytes (value->data, G_SOCKET_FAMILY_IPV4);
  if (family == AF_INET6 && value->length == 16)
    return g_inet_address_new_from_bytes (value->data, G_SOCKET_FAMILY_IPV6);

  return NULL;
}

static void
add_inet (HubLanFacts *self, HubNetlinkReader body)
{
  g_autoptr (GInetAddress) local = NULL;
  g_autoptr (GInetAddress) peer = NULL;
  HubLanInet inet = { 0 };
  HubNetlinkReader value;
  struct ifaddrmsg info;
  guint16 type;

  if (!hub_netlink_reader_take (&body, &info, sizeof info))
    return;

  inet.index = info.ifa_index;
  inet.prefix = info.ifa_prefixlen;
  inet.flags = info.ifa_flags;
  while (hub_netlink_reader_next_attribute (&body, &type, &value))
    {
      if (type == IFA_LOCAL && local == NULL)
        local = read_address (&value, info.ifa_family);
      else if (type == IFA_ADDRESS && peer == NULL)
        peer = read_address (&value, info.ifa_family);
      else if (type == IFA_FLAGS)
        inet.flags = hub_netlink_reader_get_u32 (&value);
    }

  if (local == NULL && peer == NULL)
    return;

  inet.address = g_object_ref (local != NULL ? local : peer);
  inet.peer = g_object_ref (peer != NULL ? peer : local);
  g_array_append_val (self->inets, inet);
}

static void
add_route (HubLanFacts *self, int index, guint32 metric)
{
  HubLanRoute route = { .index = index, .metric = metric };

  if (index > 0)
    g_array_append_val (self->routes, route);
}

/* A default route that is shared by several interfaces, RTA_MULTIPATH. */
static void
add_hops (HubLanFacts *self, HubNetlinkReader hops, guint32 metric)
{
  while (hops.length >= sizeof (struct rtnexthop))
    {
      struct rtnexthop hop;
      gsize step;

      memcpy (&hop, hops.data, sizeof hop);
      step = NLMSG_ALIGN ((gsize) hop.rtnh_len);
      if (step < sizeof hop || step > hops.length)
        return;

      if (!(hop.rtnh_flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN)))
        add_route (self, hop.rtnh_ifindex, metric);
      hops.data += step;
      hops.length -= step;
    }
}

static void
add_default_route (HubLanFacts *self, HubNetlinkReader body)
{
  HubNetlinkReader value, hops = { 0 };
  guint32 metric = 0, table;
  struct rtmsg info;
  guint16 type;
  int index = 0;

  if (!hub_netlink_reader_take (&body, &info, sizeof info) || info.rtm_dst_len != 0
      || info.rtm_type != RTN_UNICAST
      || (info.rtm_flags & (RTM_F_CLONED | RTNH_F_DEAD | RTNH_F_LINKDOWN)))
    return;

  table = info.rtm_table;
  while (hub_netlink_reader_next_attribute (&body, &type, &value))
    {
      if (type == RTA_OIF)
        index = hub_netlink_reader_get_u32 (&value);
      else if (type == RTA_PRIORITY)
        metric = hub_netlink_reader_get_u32 (&value);
      else if (type == RTA_TABLE)
        table = hub_netlink_reader_get_u32 (&value);
      else if (type == RTA_MULTIPATH)
        hops = value;
    }

  /* Other tables serve marked traffic, as wg-quick's does: not what guests come by. */
  if (table != RT_TABLE_MAIN)
    return;

  add_route (self, index, metric);
  add_hops (self, hops, metric);
}

void
hub_lan_facts_add (HubLanFacts *self, const guint8 *messages, gsize length)
{
  HubNetlinkReader reader = { messages, length };
  HubNetlinkReader body;
  struct nlmsghdr header;

  g_return_if_fail (self != NULL);

  while (hub_netlink_reader_next_message (&reader, &header, &body))
    {
      if (header.nlmsg_type == RTM_NEWLINK)
        add_link (self, body);
      else if (header.nlmsg_type == RTM_NEWADDR)
        add_inet (self, body);
      else if (header.nlmsg_type == RTM_NEWROUTE)
        add_default_route (self, body);
    }
}

static void
read_devtype (HubLanLink *link, const char *uevent)
{
  const char *devtype = strstr (uevent, "DEVTYPE=");

  if (devtype != NULL)
    {
      devtype += strlen ("DEVTYPE=");
      g_strlcpy (link->devtype, devtype, MIN (sizeof link->devtype, strcspn (devtype, "\n") + 1));
    }
}

static void
guess_device (HubLanLink *link)
{
  link->has_device = link->kind[0] == '\0';
  if (g_str_has_prefix (link->name, "wl"))
    g_strlcpy (link->devtype, "wlan", sizeof link->devtype);
  else if (g_str_has_prefix (link->name, "ww"))
    g_strlcpy (link->devtype, "wwan", sizeof link->devtype);
}

void
hub_lan_facts_look_up_devices (HubLanFacts *self, const char *directory)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (directory != NULL);

  for (guint i = 0; i < self->links->len; i++)
    {
      HubLanLink *link = &g_array_index (self->links, HubLanLink, i);
      g_autofree char *uevent_file = g_build_filename (directory, link->name, "uevent", NULL);
      g_autofree char *device = g_build_filename (directory, link->name, "device", NULL);
      g_autofree char *uevent = NULL;

      if (g_file_get_contents (uevent_file, &uevent, NULL, NULL))
        {
          read_devtype (link, uevent);
          link->has_device = g_file_test (device, G_FILE_TEST_EXISTS);
        }
      else
        guess_device (link);
    }
}

static gboolean
add_answers (HubLanFacts *self, HubNetlink *netlink, GError **error)
{
  static const guint16 types[] = { RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) answer = hub_netlink_dump (netlink, types[i], error);
      const guint8 *data;
      gsize length;

      if (answer == NULL)
        return FALSE;

      data = g_bytes_get_data (answer, &length);
      hub_lan_facts_add (self, data, length);
    }

  return TRUE;
}

HubLanFacts *
hub_lan_facts_read (HubNetlink *netlink, GError **error)
{
  HubLanFacts *self;

  g_return_val_if_fail (netlink != NULL, NULL);

  self = hub_lan_facts_new ();
  if (add_answers (self, netlink, error))
    hub_lan_facts_look_up_devices (self, SYSFS_DIRECTORY);
  else
    g_clear_pointer (&self, hub_lan_facts_free);

  return self;
}

const HubLanLink *
hub_lan_facts_find_link (const HubLanFacts *self, int index)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->links->len; i++)
    {
      const HubLanLink *link = &g_array_index (self->links, HubLanLink, i);

      if (link->index == index)
        return link;
    }

  return NULL;
}

static gboolean
is_on_network (const HubLanInet *inet, GInetAddress *peer)
{
  const guint8 *ours = g_inet_address_to_bytes (inet->peer);
  const guint8 *theirs = g_inet_address_to_bytes (peer);
  guint bytes = inet->prefix / 8, bits = inet->prefix % 8;

  /* A prefix of 0 would make the whole world our neighbour. */
  if (inet->prefix == 0 || inet->prefix > 8 * g_inet_address_get_native_size (peer)
      || g_inet_address_get_family (inet->peer) != g_inet_address_get_family (peer))
    return FALSE;

  return memcmp (ours, theirs, bytes) == 0
         && (bits == 0 || (ours[bytes] >> (8 - bits)) == (theirs[bytes] >> (8 - bits)));
}

int
hub_lan_facts_next_network (const HubLanFacts *self, GInetAddress *peer, guint *next)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (G_IS_INET_ADDRESS (peer), 0);
  g_return_val_if_fail (next != NULL, 0);

  while (*next < self->inets->len)
    {
      const HubLanInet *inet = &g_array_index (self->inets, HubLanInet, (*next)++);

      if (is_on_network (inet, peer))
        return inet->index;
    }

  return 0;
}

int
hub_lan_facts_find_address (const HubLanFacts *self, GInetAddress *address)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), 0);

  for (guint i = 0; i < self->inets->len; i++)
    {
      const HubLanInet *inet = &g_array_index (self->inets, HubLanInet, i);

      if (g_inet_address_equal (inet->address, address))
        return inet->index;
    }

  return 0;
}
