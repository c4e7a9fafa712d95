/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-places.h"
#include "host/hub-snapshot-private.h"
#include "server/hub-server.h"

#include <string.h>

static GPtrArray *
make_lan (void)
{
  static const struct
  {
    const char *address;
    const char *interface;
    HubLinkKind kind;
  } addresses[] = {
    { "192.168.1.5", "wlp3s0", HUB_LINK_WIFI },
    { "fd00::5", "wlp3s0", HUB_LINK_WIFI },
    { "10.8.0.2", "tun0", HUB_LINK_VPN },
  };
  GPtrArray *lan = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_lan_address_unref);

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (addresses[i].address);

      g_ptr_array_add (
          lan, hub_lan_address_new (address, 24, addresses[i].interface, addresses[i].kind));
    }

  return lan;
}

/* What the host wrote, and the URLs that come of it. */
static void
test_urls (void)
{
  static const struct
  {
    const char *addresses[4];
    const char *label;
    const char *urls;
  } cases[] = {
    { { NULL },
      "basil",
      "https://192.168.1.5:8443/ https://[fd00::5]:8443/ https://10.8.0.2:8443/ "
      "https://basil.local:8443/" },
    { { NULL }, NULL, "https://192.168.1.5:8443/ https://[fd00::5]:8443/ https://10.8.0.2:8443/" },
    { { "10.8.0.2", NULL }, NULL, "https://10.8.0.2:8443/" },
    { { "10.8.0.2", "192.168.1.5", NULL },
      NULL,
      "https://192.168.1.5:8443/ https://10.8.0.2:8443/" },
    { { "127.0.0.1", NULL }, NULL, "https://127.0.0.1:8443/" },
    { { "::1", "fd00::5", NULL }, NULL, "https://[fd00::5]:8443/ https://[::1]:8443/" },
    { { "0.0.0.0", NULL }, NULL, "https://192.168.1.5:8443/ https://10.8.0.2:8443/" },
    { { "::", NULL }, NULL, "https://[fd00::5]:8443/" },
  };
  g_autoptr (GPtrArray) lan = make_lan ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) listen_on = hub_places_parse_addresses (cases[i].addresses, &error);
      g_autoptr (GPtrArray) shown = hub_places_choose (lan, listen_on);
      g_autoptr (GPtrArray) places = hub_places_make (shown, cases[i].label, 8443);
      g_auto (GStrv) urls = hub_places_dup_urls (places);
      g_autofree char *joined = g_strjoinv (" ", urls);

      g_assert_no_error (error);
      g_assert_cmpstr (joined, ==, cases[i].urls);
    }
}

static void
test_labels (void)
{
  static const char *const only[] = { "::1", "10.9.9.9", NULL };
  g_autoptr (GPtrArray) lan = make_lan ();
  g_autoptr (GPtrArray) all = hub_places_make (lan, "basil", 443);
  g_autoptr (GPtrArray) listen_on = hub_places_parse_addresses (only, NULL);
  g_autoptr (GPtrArray) shown = hub_places_choose (lan, listen_on);
  g_autoptr (GPtrArray) chosen = hub_places_make (shown, NULL, 443);
  const HubPlace *place = g_ptr_array_index (all, 0);

  g_assert_cmpstr (place->label, ==, "Wi-Fi (wlp3s0)");
  g_assert_cmpstr (place->url, ==, "https://192.168.1.5:443/");
  g_assert_false (place->is_vpn);
  place = g_ptr_array_index (all, 2);
  g_assert_true (place->is_vpn);
  place = g_ptr_array_index (all, 3);
  g_assert_cmpstr (place->label, ==, "Name");

  place = g_ptr_array_index (chosen, 0);
  g_assert_cmpstr (place->label, ==, "This computer only");
  place = g_ptr_array_index (chosen, 1);
  g_assert_cmpstr (place->label, ==, "10.9.9.9");
}

static void
test_not_addresses (void)
{
  static const char *const words[] = { "basil", "", "192.168.1.5:8443", "[::1]", "192.168.1" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *addresses[] = { "127.0.0.1", words[i], NULL };
      g_autoptr (GError) error = NULL;

      g_assert_null (hub_places_parse_addresses (addresses, &error));
      g_assert_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_ADDRESS);
      g_assert_nonnull (strstr (error->message, words[i]));
    }
}

/* Twice would be listened on twice, which fails. */
static void
test_each_once (void)
{
  static const char *const addresses[] = { "::1", "127.0.0.1", "0:0::1", "127.0.0.1", NULL };
  g_autoptr (GPtrArray) parsed = hub_places_parse_addresses (addresses, NULL);

  g_assert_cmpuint (parsed->len, ==, 2);
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) lan = g_ptr_array_new ();
  g_autoptr (GPtrArray) shown = hub_places_choose (lan, NULL);
  g_autoptr (GPtrArray) places = hub_places_make (shown, NULL, 8443);
  g_auto (GStrv) urls = hub_places_dup_urls (places);

  g_assert_cmpuint (places->len, ==, 0);
  g_assert_null (urls[0]);
}

static void
test_equal (void)
{
  g_autoptr (GPtrArray) lan = make_lan ();
  g_autoptr (GPtrArray) places = hub_places_make (lan, NULL, 8443);
  g_autoptr (GPtrArray) same = hub_places_make (lan, NULL, 8443);
  g_autoptr (GPtrArray) other_port = hub_places_make (lan, NULL, 8444);
  g_autoptr (GPtrArray) with_name = hub_places_make (lan, "basil", 8443);
  g_autoptr (GPtrArray) copy = hub_places_copy (places);

  g_assert_true (hub_places_equal (places, same));
  g_assert_false (hub_places_equal (places, other_port));
  g_assert_false (hub_places_equal (places, with_name));

  g_clear_pointer (&places, g_ptr_array_unref);
  g_assert_true (hub_places_equal (copy, same));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/places/urls", test_urls);
  g_test_add_func ("/host/places/labels", test_labels);
  g_test_add_func ("/host/places/not-addresses", test_not_addresses);
  g_test_add_func ("/host/places/each-once", test_each_once);
  g_test_add_func ("/host/places/nothing", test_nothing);
  g_test_add_func ("/host/places/equal", test_equal);

  return g_test_run ();
}
