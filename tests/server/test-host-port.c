/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-host-port.h"

static const struct
{
  const char *text;
  const char *host;
  guint16 port;
} good[] = {
  { "192.168.1.5:8443", "192.168.1.5", 8443 },
  { "192.168.1.5", "192.168.1.5", 443 },
  { "localhost:1", "localhost", 1 },
  { "LocalHost:65535", "localhost", 65535 },
  { "attic.local.:8443", "attic.local", 8443 },
  { "my_pi.lan", "my_pi.lan", 443 },
  { "xn--bcher-kva.example", "xn--bcher-kva.example", 443 },
  { "[::1]:8443", "::1", 8443 },
  { "[0:0:0:0:0:0:0:1]", "::1", 443 },
  { "[FE80::A]:8443", "fe80::a", 8443 },
  { "[::ffff:192.168.1.5]:8443", "::ffff:192.168.1.5", 8443 },
};

static const char *const bad[] = {
  "",
  ":",
  ":8443",
  ".",
  ".local",
  "a..b",
  "a:",
  "a:0",
  "a:65536",
  "a:99999999",
  "a:-1",
  "a:+1",
  "a: 1",
  "a:1 ",
  "a:1:2",
  "a b",
  " a",
  "a ",
  "user@a",
  "a/b",
  "a?b",
  "a#b",
  "a%41",
  "a\\b",
  "[",
  "[]",
  "[]:1",
  "[::1",
  "[::1]x",
  "[::1]]",
  "[::1]:",
  "[::1]:x",
  "[127.0.0.1]",
  "[fe80::1%1]",
  "[fe80::1%25eth0]",
  "::1",
  "::1:8443",
  "b\303\274cher",
  "a\tb",
  "a\nb",
  "a,b",
  "*",
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_auto (HubHostPort) parsed = HUB_HOST_PORT_INIT;

      g_assert_true (hub_host_port_parse (good[i].text, &parsed));
      g_assert_cmpstr (parsed.host, ==, good[i].host);
      g_assert_cmpuint (parsed.port, ==, good[i].port);
    }
}

static void
test_bad (void)
{
  g_autofree char *long_name = g_strnfill (254, 'a');
  HubHostPort parsed;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (hub_host_port_parse (bad[i], &parsed));
      g_assert_null (parsed.host);
      g_assert_null (parsed.address);
    }
  g_assert_false (hub_host_port_parse (long_name, &parsed));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-port/good", test_good);
  g_test_add_func ("/host-port/bad", test_bad);
  return g_test_run ();
}
