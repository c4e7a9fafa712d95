/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-throttle-key.h"

#include "net/hub-netlink-reader.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>

/* States in which the link-layer address is, or was a moment ago, the neighbour's. */
#define NUD_KNOWN (NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE | NUD_PERMANENT)

/* InfiniBand has the longest. */
#define LINK_ADDRESS_MAX_BYTES 32

static char *
format_link_address (const HubNetlinkReader *value)
{
  g_autoptr (GString) key = g_string_new ("lladdr");

  for (gsize i = 0; i < value->length; i++)
    g_string_append_printf (key, ":%02x", value->data[i]);

  return g_string_free (g_steal_pointer (&key), FALSE);
}

static char *
find_link_address (HubNetlinkReader messages)
{
  HubNetlinkReader body, value;
  struct nlmsghdr header;
  struct ndmsg entry;
  guint16 type;

  while (hub_netlink_reader_next_message (&messages, &header, &body))
    {
      if (header.nlmsg_type != RTM_NEWNEIGH
          || !hub_netlink_reader_take (&body, &entry, sizeof entry)
          || !(entry.ndm_state & NUD_KNOWN))
        continue;

      while (hub_netlink_reader_next_attribute (&body, &type, &value))
        if (type == NDA_LLADDR && value.length > 0 && value.length <= LINK_ADDRESS_MAX_BYTES)
          return format_link_address (&value);
    }

  return NULL;
}

char *
hub_throttle_key_dup_neighbour (HubNetlink *netlink, int index, GInetAddress *peer)
{
  struct
  {
    struct ndmsg entry;
    struct nlattr attribute;
    guint8 address[16];
  } request = { 0 };
  g_autoptr (GBytes) answer = NULL;
  HubNetlinkReader reader;
  gsize length;

  g_return_val_if_fail (netlink != NULL, NULL);
  g_return_val_if_fail (G_IS_INET_ADDRESS (peer), NULL);

  length = g_inet_address_get_native_size (peer);
  request.entry.ndm_family = g_inet_address_get_family (peer);
  request.entry.ndm_ifindex = index;
  request.attribute.nla_type = NDA_DST;
  request.attribute.nla_len = NLA_HDRLEN + length;
  memcpy (request.address, g_inet_address_to_bytes (peer), length);

  answer = hub_netlink_get (netlink, RTM_GETNEIGH, &request,
                            sizeof request - sizeof request.address + length, NULL);
  if (answer == NULL)
    return NULL;

  reader.data = g_bytes_get_data (answer, &reader.length);

  return find_link_address (reader);
}

char *
hub_throttle_key_dup_address (GInetAddress *peer)
{
  g_autoptr (GInetAddress) network = NULL;
  g_autofree char *text = NULL;
  guint8 bytes[16] = { 0 };

  g_return_val_if_fail (G_IS_INET_ADDRESS (peer), NULL);

  if (g_inet_address_get_is_loopback (peer))
    return g_strdup (HUB_THROTTLE_KEY_LOOPBACK);

  if (g_inet_address_get_family (peer) == G_SOCKET_FAMILY_IPV4)
    {
      text = g_inet_address_to_string (peer);
      return g_strconcat ("ip:", text, NULL);
    }

  memcpy (bytes, g_inet_address_to_bytes (peer), 8);
  network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  text = g_inet_address_to_string (network);

  return g_strconcat ("net6:", text, "/64", NULL);
}
