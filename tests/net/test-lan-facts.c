/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-lan-facts.h"

#include <glib/gstdio.h>
#include <linux/rtnetlink.h>
#include <string.h>

/* Messages as the kernel lays them out. */

static void
append_attribute (GByteArray *body, guint16 type, const void *value, gsize length)
{
  struct nlattr header = { .nla_len = NLA_HDRLEN + length, .nla_type = type };

  g_byte_array_append (body, (const guint8 *) &header, sizeof header);
  g_byte_array_append (body, value, length);
  while (body->len % 4 != 0)
    g_byte_array_append (body, (const guint8 *) "", 1);
}

static void
append_message (GByteArray *messages, guint16 type, GByteArray *body)
{
  struct nlmsghdr header = { .nlmsg_len = NLMSG_LENGTH (body->len), .nlmsg_type = type };

  g_byte_array_append (messages, (const guint8 *) &header, sizeof header);
  g_byte_array_append (messages, body->data, body->len);
}

static void
append_link (GByteArray *messages, int index, const char *name, const char *kind)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GByteArray) info = g_byte_array_new ();
  struct ifinfomsg link = { .ifi_index = index, .ifi_flags = IFF_UP };
  guint32 master = 9;

  append_attribute (info, IFLA_INFO_KIND, kind, strlen (kind) + 1);
  g_byte_array_append (body, (const guint8 *) &link, sizeof link);
  append_attribute (body, IFLA_IFNAME, name, strlen (name) + 1);
  append_attribute (body, IFLA_MASTER, &master, sizeof master);
  append_attribute (body, IFLA_LINKINFO | NLA_F_NESTED, info->data, info->len);
  append_message (messages, RTM_NEWLINK, body);
}

static void
append_inet (GByteArray *messages, int index, const char *local, const char *peer, guint8 prefix)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GInetAddress) ours = local != NULL ? g_inet_address_new_from_string (local) : NULL;
  g_autoptr (GInetAddress) theirs = g_inet_address_new_from_string (peer);
  gsize length = g_inet_address_get_native_size (theirs);
  struct ifaddrmsg inet = { .ifa_family = g_inet_address_get_family (theirs),
                            .ifa_index = index,
                            .ifa_prefixlen = prefix };
  guint32 flags = 0x800;

  g_byte_array_append (body, (const guint8 *) &inet, sizeof inet);
  append_attribute (body, IFA_ADDRESS, g_inet_address_to_bytes (theirs), length);
  if (ours != NULL)
    append_attribute (body, IFA_LOCAL, g_inet_address_to_bytes (ours), length);
  append_attribute (body, IFA_FLAGS, &flags, sizeof flags);
  append_message (messages, RTM_NEWADDR, body);
}

static void
append_route (GByteArray *messages, int index, guint32 metric, struct rtmsg route)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  route.rtm_family = AF_INET;
  g_byte_array_append (body, (const guint8 *) &route, sizeof route);
  append_attribute (body, RTA_OIF, &index, sizeof index);
  append_attribute (body, RTA_PRIORITY, &metric, sizeof metric);
  append_message (messages, RTM_NEWROUTE, body);
}

static GByteArray *
make_messages (void)
{
  const struct rtmsg usual = { .rtm_table = RT_TABLE_MAIN, .rtm_type = RTN_UNICAST };
  struct rtmsg other;
  GByteArray *messages = g_byte_array_new ();

  append_link (messages, 2, "eth0", "");
  append_link (messages, 3, "a-name-that-is-too-long", "bridge");
  append_inet (messages, 2, NULL, "fd00::2", 64);
  append_inet (messages, 2, "192.168.1.2", "192.168.1.2", 25);
  append_inet (messages, 3, "10.0.0.1", "10.0.0.2", 32);
  append_route (messages, 2, 100, usual);
  other = usual;
  other.rtm_dst_len = 1;
  append_route (messages, 3, 1, other);
  other = usual;
  other.rtm_table = 51;
  append_route (messages, 3, 2, other);
  other = usual;
  other.rtm_type = RTN_BLACKHOLE;
  append_route (messages, 3, 3, other);
  other = usual;
  other.rtm_flags = RTNH_F_LINKDOWN;
  append_route (messages, 3, 4, other);

  return messages;
}

static void
test_read (void)
{
  g_autoptr (GByteArray) messages = make_messages ();
  g_autoptr (HubLanFacts) facts = hub_lan_facts_new ();
  g_autoptr (GInetAddress) far = g_inet_address_new_from_string ("10.0.0.2");
  const HubLanLink *link;
  const HubLanRoute *route;

  hub_lan_facts_add (facts, messages->data, messages->len);

  g_assert_cmpuint (facts->links->len, ==, 2);
  link = hub_lan_facts_find_link (facts, 3);
  g_assert_cmpstr (link->name, ==, "a-name-that-is-");
  g_assert_cmpstr (link->kind, ==, "bridge");
  g_assert_cmpint (link->master, ==, 9);
  g_assert_null (hub_lan_facts_find_link (facts, 4));

  g_assert_cmpuint (facts->inets->len, ==, 3);
  g_assert_cmpuint (g_array_index (facts->inets, HubLanInet, 0).flags, ==, 0x800);
  g_assert_cmpint (hub_lan_facts_find_address (facts, far), ==, 0);

  g_assert_cmpuint (facts->routes->len, ==, 1);
  route = &g_array_index (facts->routes, HubLanRoute, 0);
  g_assert_cmpint (route->index, ==, 2);
  g_assert_cmpuint (route->metric, ==, 100);
}

static void
test_networks (void)
{
  static const struct
  {
    const char *peer;
    int index;
  } peers[] = {
    { "192.168.1.2", 2 },  { "192.168.1.127", 2 }, { "192.168.1.128", 0 },
    { "192.168.0.2", 0 },  { "10.0.0.2", 3 },      { "10.0.0.1", 0 },
    { "fd00::ffff:1", 2 }, { "fd00:0:0:1::1", 0 }, { "c0a8:102::1", 0 },
  };
  g_autoptr (GByteArray) messages = make_messages ();
  g_autoptr (HubLanFacts) facts = hub_lan_facts_new ();

  append_inet (messages, 7, "0.0.0.0", "0.0.0.0", 0);     /* the world is not our neighbour */
  append_inet (messages, 7, "10.0.0.9", "10.0.0.9", 200); /* nonsense */
  hub_lan_facts_add (facts, messages->data, messages->len);

  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      g_autoptr (GInetAddress) peer = g_inet_address_new_from_string (peers[i].peer);
      guint next = 0;

      g_test_message ("%s", peers[i].peer);
      g_assert_cmpint (hub_lan_facts_next_network (facts, peer, &next), ==, peers[i].index);
      if (peers[i].index != 0)
        g_assert_cmpint (hub_lan_facts_next_network (facts, peer, &next), ==, 0);
    }
}

/* Every end, and every byte changed: nothing is read beyond the end (sanitizers watch). */
static void
test_broken (void)
{
  g_autoptr (GByteArray) messages = make_messages ();

  for (gsize length = 0; length <= messages->len; length++)
    {
      g_autofree guint8 *cut = g_memdup2 (messages->data, length);
      g_autoptr (HubLanFacts) facts = hub_lan_facts_new ();

      hub_lan_facts_add (facts, cut, length);
      g_assert_cmpuint (facts->inets->len, <=, 3);
    }

  for (gsize i = 0; i < messages->len; i++)
    {
      static const guint8 values[] = { 0, 1, 3, 4, 0x7f, 0xff };

      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_autofree guint8 *changed = g_memdup2 (messages->data, messages->len);
          g_autoptr (HubLanFacts) facts = hub_lan_facts_new ();

          changed[i] = values[j];
          hub_lan_facts_add (facts, changed, messages->len);
          g_assert_cmpuint (facts->links->len, <=, 12);
        }
    }
}

static void
test_devices (void)
{
  static const struct
  {
    const char *name;
    const char *kind;
    const char *uevent; /* NULL: sysfs does not show it */
    gboolean has_sysfs_device;
    const char *devtype;
    gboolean has_device;
  } rows[] = {
    { "wlp2s0", "", "DEVTYPE=wlan\nINTERFACE=wlp2s0\n", TRUE, "wlan", TRUE },
    { "enp3s0", "", "INTERFACE=enp3s0\nIFINDEX=2\n", TRUE, "", TRUE },
    { "vmnet8", "", "INTERFACE=vmnet8\n", FALSE, "", FALSE },
    { "wlp3s0", "", NULL, FALSE, "wlan", TRUE },
    { "wwp0s20", "", NULL, FALSE, "wwan", TRUE },
    { "docker0", "bridge", NULL, FALSE, "", FALSE },
    { "eth1", "", "DEVTYPE=a-type-that-is-too-long\n", TRUE, "a-type-that-is-", TRUE },
    { "eth2", "", "DEVTYPE=", TRUE, "", TRUE },
  };
  g_autofree char *directory = g_dir_make_tmp ("hub-XXXXXX", NULL);
  g_autoptr (HubLanFacts) facts = hub_lan_facts_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *device = g_build_filename (directory, rows[i].name, "device", NULL);
      g_autofree char *uevent = g_build_filename (directory, rows[i].name, "uevent", NULL);
      g_autofree char *parent = g_path_get_dirname (uevent);
      HubLanLink link = { .index = i + 1 };

      g_strlcpy (link.name, rows[i].name, sizeof link.name);
      g_strlcpy (link.kind, rows[i].kind, sizeof link.kind);
      g_array_append_val (facts->links, link);
      if (rows[i].uevent == NULL)
        continue;
      g_assert_no_errno (g_mkdir (parent, 0700));
      g_assert_true (g_file_set_contents (uevent, rows[i].uevent, -1, NULL));
      if (rows[i].has_sysfs_device)
        g_assert_no_errno (g_mkdir (device, 0700));
    }

  hub_lan_facts_look_up_devices (facts, directory);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const HubLanLink *link = hub_lan_facts_find_link (facts, i + 1);
      g_autofree char *parent = g_build_filename (directory, rows[i].name, NULL);
      g_autofree char *device = g_build_filename (parent, "device", NULL);
      g_autofree char *uevent = g_build_filename (parent, "uevent", NULL);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpstr (link->devtype, ==, rows[i].devtype);
      g_assert_cmpint (link->has_device, ==, rows[i].has_device);
      g_rmdir (device);
      g_unlink (uevent);
      g_rmdir (parent);
    }
  g_assert_no_errno (g_rmdir (directory));
}

/* The real kernel, asked for what it does not have. */
static void
test_netlink_errors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubNetlink) netlink = hub_netlink_new (&error);
  g_autoptr (GBytes) answer = NULL;
  const struct ifinfomsg nobody = { .ifi_index = G_MAXINT };

  g_assert_no_error (error);
  answer = hub_netlink_get (netlink, RTM_GETLINK, &nobody, sizeof nobody, &error);
  g_assert_null (answer);
  g_assert_nonnull (error);
  g_clear_error (&error);

  /* The socket is good for the next question. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (HubLanFacts) facts = hub_lan_facts_read (netlink, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (facts->links->len, >, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/lan-facts/read", test_read);
  g_test_add_func ("/net/lan-facts/networks", test_networks);
  g_test_add_func ("/net/lan-facts/broken", test_broken);
  g_test_add_func ("/net/lan-facts/devices", test_devices);
  g_test_add_func ("/net/lan-facts/netlink-errors", test_netlink_errors);

  return g_test_run ();
}
