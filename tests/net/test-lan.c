/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-lan.h"

/* Sanity on the machine that the test runs on, whatever its networks are; test-lan-namespace.py
 * builds networks of its own. */

static HubLan *
open_lan (void)
{
  g_autoptr (GError) error = NULL;
  HubLan *lan = hub_lan_new (&error);

  g_assert_no_error (error);
  g_assert_nonnull (lan);

  return lan;
}

static void
test_own (void)
{
  g_autoptr (HubLan) lan = open_lan ();
  GPtrArray *addresses = hub_lan_get_addresses (lan);

  g_assert_nonnull (addresses);
  for (guint i = 0; i < addresses->len; i++)
    {
      HubLanAddress *shown = g_ptr_array_index (addresses, i);
      GInetAddress *address = hub_lan_address_get_address (shown);
      g_autofree char *label = hub_lan_address_dup_label (shown);
      g_autofree char *key = hub_lan_dup_throttle_key (lan, address);

      g_assert_false (g_inet_address_get_is_loopback (address));
      g_assert_nonnull (strstr (label, hub_lan_address_get_interface (shown)));
      g_assert_cmpuint (hub_lan_address_get_prefix (shown), >, 0);
      g_assert_true (hub_lan_has_address (lan, address));
      g_assert_true (hub_lan_is_on_link (lan, address));
      g_assert_true (hub_lan_admits (lan, address));
      g_assert_cmpstr (key, ==, "loopback");
    }

  g_assert_finalize_object (g_steal_pointer (&lan));
}

static void
test_peers (void)
{
  /* Ranges that are nobody's: documentation and benchmarks (RFC 5737, 3849, 2544). */
  static const struct
  {
    const char *peer;
    gboolean is_admitted;
    const char *key;
  } cases[] = {
    { "127.0.0.1", TRUE, "loopback" },
    { "127.9.9.9", TRUE, "loopback" },
    { "::1", TRUE, "loopback" },
    { "::ffff:127.0.0.1", TRUE, "loopback" },
    { "198.51.100.7", FALSE, "ip:198.51.100.7" },
    { "::ffff:198.51.100.7", FALSE, "ip:198.51.100.7" },
    { "2001:db8:1:2:3:4:5:6", FALSE, "net6:2001:db8:1:2::/64" },
    { "2001:db8:1:2:ffff:ffff:ffff:ffff", FALSE, "net6:2001:db8:1:2::/64" },
    { "2001:db8:1:3::1", FALSE, "net6:2001:db8:1:3::/64" },
    { "100.127.255.254", TRUE, NULL },
    { "::ffff:10.255.255.254", TRUE, NULL },
    { "fdff:ffff:ffff:fffe::1", TRUE, NULL },
    { "198.18.0.1", FALSE, NULL },
  };
  g_autoptr (HubLan) lan = open_lan ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) peer = g_inet_address_new_from_string (cases[i].peer);
      g_autofree char *key = hub_lan_dup_throttle_key (lan, peer);

      g_test_message ("%s: %s", cases[i].peer, key);
      g_assert_cmpint (hub_lan_admits (lan, peer), ==, cases[i].is_admitted);
      if (cases[i].key != NULL)
        g_assert_cmpstr (key, ==, cases[i].key);
    }
}

static void
test_private (void)
{
  static const struct
  {
    const char *address;
    gboolean is_private;
  } cases[] = {
    { "10.0.0.1", TRUE },        { "172.31.255.255", TRUE },
    { "172.32.0.0", FALSE },     { "192.168.0.1", TRUE },
    { "169.254.1.1", TRUE },     { "100.64.0.1", TRUE },
    { "100.128.0.0", FALSE },    { "8.8.8.8", FALSE },
    { "fe80::1", TRUE },         { "fd00::1", TRUE },
    { "2001:db8::1", FALSE },    { "::1", TRUE },
    { "::ffff:10.0.0.1", TRUE }, { "::ffff:8.8.8.8", FALSE },
    { "0.0.0.0", FALSE },        { "::", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (hub_lan_address_is_private (address), ==, cases[i].is_private);
    }
}

static void
test_address (void)
{
  static const struct
  {
    HubLinkKind kind;
    const char *label;
  } cases[] = {
    { HUB_LINK_WIRED, "Wired (enp3s0)" },   { HUB_LINK_WIFI, "Wi-Fi (enp3s0)" },
    { HUB_LINK_VPN, "VPN (enp3s0)" },       { HUB_LINK_VIRTUAL, "Virtual (enp3s0)" },
    { HUB_LINK_OTHER, "Network (enp3s0)" },
  };
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string ("192.168.1.2");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HubLanAddress) address = hub_lan_address_new (inet, 24, "enp3s0", cases[i].kind);
      g_autoptr (HubLanAddress) other = hub_lan_address_new (inet, 25, "enp3s0", cases[i].kind);
      g_autoptr (HubLanAddress) same = hub_lan_address_ref (address);
      g_autofree char *label = hub_lan_address_dup_label (address);

      g_assert_cmpstr (label, ==, cases[i].label);
      g_assert_true (hub_lan_address_equal (address, same));
      g_assert_false (hub_lan_address_equal (address, other));
    }
}

static void
test_strange_name (void)
{
  /* The kernel takes any bytes but white space, '/' and ':'. */
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string ("192.168.1.2");
  g_autoptr (HubLanAddress) address = hub_lan_address_new (inet, 24, "e\xff", HUB_LINK_WIRED);

  g_assert_cmpstr (hub_lan_address_get_interface (address), ==, "e\xef\xbf\xbd");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/lan/own", test_own);
  g_test_add_func ("/net/lan/peers", test_peers);
  g_test_add_func ("/net/lan/private", test_private);
  g_test_add_func ("/net/lan/address", test_address);
  g_test_add_func ("/net/lan/strange-name", test_strange_name);

  return g_test_run ();
}
