/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-address-table.h"

static const struct
{
  const char *address;
  gboolean is_permitted;
} cases[] = {
  { "10.0.0.0", TRUE },
  { "10.255.255.255", TRUE },
  { "9.255.255.255", FALSE },
  { "11.0.0.0", FALSE },
  { "172.15.255.255", FALSE },
  { "172.16.0.1", TRUE },
  { "172.31.255.255", TRUE },
  { "172.32.0.0", FALSE },
  { "192.167.255.255", FALSE },
  { "192.168.0.1", TRUE },
  { "192.169.0.0", FALSE },
  { "169.254.1.1", TRUE },
  { "169.253.1.1", FALSE },
  { "100.63.255.255", FALSE },
  { "100.64.0.0", TRUE },
  { "100.127.255.255", TRUE },
  { "100.128.0.0", FALSE },
  { "127.0.0.1", TRUE },
  { "127.255.255.254", TRUE },
  { "128.0.0.1", FALSE },
  { "0.0.0.0", FALSE },
  { "8.8.8.8", FALSE },
  { "224.0.0.251", FALSE },
  { "255.255.255.255", FALSE },
  { "::1", TRUE },
  { "::", FALSE },
  { "::2", FALSE },
  { "fbff::1", FALSE },
  { "fc00::1", TRUE },
  { "fdff:ffff::1", TRUE },
  { "fe00::1", FALSE },
  { "fe7f::1", FALSE },
  { "fe80::1", TRUE },
  { "febf::1", TRUE },
  { "fec0::1", FALSE },
  { "ff02::fb", FALSE },
  { "2001:db8::1", FALSE },
  /* A certificate cannot name these: their ranges are looked up by whoever unwraps them. */
  { "::ffff:192.168.0.1", FALSE },
  { "::ffff:8.8.8.8", FALSE },
};

static void
test_permits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      g_test_message ("%s", cases[i].address);
      g_assert_nonnull (address);
      g_assert_cmpint (hub_address_table_permits (address), ==, cases[i].is_permitted);
    }
}

static void
test_ranges (void)
{
  const char *const *ranges = hub_address_table_get_ranges ();

  g_assert_cmpuint (g_strv_length ((GStrv) ranges), ==, 9);
  for (guint i = 0; ranges[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (ranges[i], &error);

      /* GLib refuses a range with bits behind its prefix. */
      g_assert_no_error (error);
      g_assert_true (hub_address_table_permits (g_inet_address_mask_get_address (mask)));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address-table/permits", test_permits);
  g_test_add_func ("/address-table/ranges", test_ranges);

  return g_test_run ();
}
