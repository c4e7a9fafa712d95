/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-host-list.h"

static HubHostList *
make_list (guint16 port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubLan) lan = hub_lan_new (&error);

  g_assert_no_error (error);
  return hub_host_list_new (lan, port);
}

static gboolean
allows (HubHostList *list, const char *host, const char *local)
{
  g_auto (HubHostPort) asked = HUB_HOST_PORT_INIT;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (local);

  g_assert_true (hub_host_port_parse (host, &asked));
  return hub_host_list_allows (list, &asked, address);
}

static void
test_listed (void)
{
  g_autoptr (HubHostList) list = make_list (8443);

  hub_host_list_add (list, "Attic.local");
  hub_host_list_add (list, "fd00::1");
  hub_host_list_add (list, "[fd00::2]");
  hub_host_list_add (list, "not a host");
  hub_host_list_add_url (list, "https://192.168.1.5:8443/");
  hub_host_list_add_url (list, "https://[fd00::3]:8443/");
  hub_host_list_add_url (list, "nonsense");

  g_assert_true (allows (list, "attic.local:8443", "10.0.0.1"));
  g_assert_true (allows (list, "ATTIC.LOCAL.:8443", "10.0.0.1"));
  g_assert_true (allows (list, "192.168.1.5:8443", "10.0.0.1"));
  g_assert_true (allows (list, "[fd00::1]:8443", "10.0.0.1"));
  g_assert_true (allows (list, "[fd00:0::2]:8443", "10.0.0.1"));
  g_assert_true (allows (list, "[fd00::3]:8443", "10.0.0.1"));
  g_assert_false (allows (list, "attic.local", "10.0.0.1"));
  g_assert_false (allows (list, "attic.local:8444", "10.0.0.1"));
  g_assert_false (allows (list, "evil.example:8443", "10.0.0.1"));
  g_assert_false (allows (list, "sub.attic.local:8443", "10.0.0.1"));
  g_assert_false (allows (list, "nonsense:8443", "10.0.0.1"));
}

/* As RFC 9525 section 6.3 reads certificates: one whole label. */
static void
test_wildcard (void)
{
  g_autoptr (HubHostList) list = make_list (8443);

  hub_host_list_add (list, "*.Example.org");
  hub_host_list_add (list, "a*.example.com");
  hub_host_list_add (list, "*.*.example.net");
  hub_host_list_add (list, "*.");
  hub_host_list_add (list, "*.7");
  hub_host_list_add (list, "*.10.0.0.3");

  g_assert_true (allows (list, "chat.example.org:8443", "10.0.0.1"));
  g_assert_false (allows (list, "example.org:8443", "10.0.0.1"));
  g_assert_false (allows (list, "a.chat.example.org:8443", "10.0.0.1"));
  g_assert_false (allows (list, "ab.example.com:8443", "10.0.0.1"));
  g_assert_false (allows (list, "a.b.example.net:8443", "10.0.0.1"));
  g_assert_false (allows (list, "org:8443", "10.0.0.1"));
  g_assert_false (allows (list, "10.0.0.3:8443", "10.0.0.1"));
}

static void
test_own_address (void)
{
  g_autoptr (HubHostList) list = make_list (8443);

  g_assert_true (allows (list, "10.0.0.1:8443", "10.0.0.1"));
  g_assert_true (allows (list, "[fd00::9]:8443", "fd00::9"));
  g_assert_false (allows (list, "10.0.0.2:8443", "10.0.0.1"));
}

static void
test_loopback (void)
{
  g_autoptr (HubHostList) list = make_list (8443);

  /* No name of a certificate or an option makes it ours elsewhere. */
  hub_host_list_add (list, "localhost");
  hub_host_list_add (list, "LocalHost.");
  g_assert_true (allows (list, "localhost:8443", "127.0.0.1"));
  g_assert_true (allows (list, "127.0.0.1:8443", "127.0.0.1"));
  g_assert_true (allows (list, "[::1]:8443", "::1"));
  g_assert_true (allows (list, "localhost:8443", "::1"));
  g_assert_false (allows (list, "localhost:8443", "10.0.0.1"));
  g_assert_false (allows (list, "127.0.0.1:8443", "10.0.0.1"));
  g_assert_false (allows (list, "[::1]:8443", "10.0.0.1"));
  g_assert_false (allows (list, "[::ffff:127.0.0.1]:8443", "10.0.0.1"));
  g_assert_false (allows (list, "localhost.evil.example:8443", "127.0.0.1"));
}

static void
test_default_port (void)
{
  g_autoptr (HubHostList) list = make_list (443);

  g_assert_true (allows (list, "10.0.0.1", "10.0.0.1"));
  g_assert_true (allows (list, "10.0.0.1:443", "10.0.0.1"));
}

static void
test_local (void)
{
  g_autoptr (HubHostList) list = hub_host_list_new_local (40000);

  g_assert_true (allows (list, "127.0.0.1:40000", "127.0.0.1"));
  g_assert_true (allows (list, "[::1]:40000", "::1"));
  g_assert_true (allows (list, "localhost:40000", "127.0.0.1"));
  g_assert_false (allows (list, "localhost:40000", "192.168.1.5"));
  g_assert_false (allows (list, "127.0.0.1:8443", "127.0.0.1"));
  g_assert_false (allows (list, "127.0.0.2:40000", "127.0.0.1"));
  g_assert_false (allows (list, "192.168.1.5:40000", "127.0.0.1"));
  g_assert_false (allows (list, "attic.local:40000", "127.0.0.1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-list/listed", test_listed);
  g_test_add_func ("/host-list/wildcard", test_wildcard);
  g_test_add_func ("/host-list/own-address", test_own_address);
  g_test_add_func ("/host-list/loopback", test_loopback);
  g_test_add_func ("/host-list/default-port", test_default_port);
  g_test_add_func ("/host-list/local", test_local);
  return g_test_run ();
}
