/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-place.h"

static HubPlace places[] = {
  { (char *) "https://192.168.1.5:8443/", (char *) "Wired (eth0)", FALSE },
  { (char *) "https://10.0.0.5:8443/", (char *) "Wired (eth0)", FALSE },
  { (char *) "https://192.168.2.5:8443/", (char *) "Wi-Fi (wlan0)", FALSE },
  { (char *) "https://[fd00::5]:8443/", (char *) "Wi-Fi (wlan0)", FALSE },
  { (char *) "https://[fd00::6]:8443/", (char *) "Wi-Fi (wlan0)", FALSE },
  { (char *) "https://[fd01::7]:8443/", (char *) "VPN (wg0)", TRUE },
  { (char *) "https://desk.local:8443/", (char *) "Name", FALSE },
};

static GPtrArray *
list_places (guint first, guint n)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (list, &places[i]);

  return list;
}

/* Two of a network are told apart; the other family is no place of its own. */
static void
test_names (void)
{
  g_autoptr (GPtrArray) all = list_places (0, G_N_ELEMENTS (places));
  g_autoptr (GPtrArray) one = list_places (1, 1);
  g_auto (GStrv) names = hub_place_dup_names (all);
  g_autofree char *joined = g_strjoinv ("|", names);
  g_autofree char *alone = hub_place_dup_name (one, &places[1]);

  g_assert_cmpstr (
      joined, ==,
      "Wired (eth0) · 192.168.1.5|Wired (eth0) · 10.0.0.5|Wi-Fi (wlan0)|VPN (wg0)|Name");
  g_assert_cmpstr (alone, ==, "Wired (eth0)");
}

static void
test_find (void)
{
  static const struct
  {
    const char *name;
    guint found;
  } cases[] = {
    { NULL, 0 },
    { "Wired (eth0) · 192.168.1.5", 0 },
    { "Wired (eth0) · 10.0.0.5", 1 },
    /* A new address on the network that was chosen. */
    { "Wi-Fi (wlan0) · 192.168.2.9", 2 },
    { "Wi-Fi (wlan0)", 2 },
    { "Wired (eth0)", 0 },
    { "VPN (wg0)", 5 },
    { "Name", 6 },
    /* It is not there now. */
    { "Wired (eth1) · 10.1.0.5", 0 },
    { "Wi-Fi", 0 },
  };
  g_autoptr (GPtrArray) all = list_places (0, G_N_ELEMENTS (places));
  g_autoptr (GPtrArray) none = list_places (0, 0);
  g_autoptr (GPtrArray) name_only = list_places (G_N_ELEMENTS (places) - 1, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (hub_place_find (all, cases[i].name) == &places[cases[i].found]);
  g_assert_null (hub_place_find (none, NULL));
  g_assert_null (hub_place_find (name_only, "Name"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/place/names", test_names);
  g_test_add_func ("/place/find", test_find);

  return g_test_run ();
}
