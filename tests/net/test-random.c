/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-random.h"

#include <string.h>

static void
test_fill (void)
{
  guint8 one[32] = { 0 }, other[32] = { 0 };
  const guint8 zeros[32] = { 0 };

  hub_random_fill (one, sizeof one);
  hub_random_fill (other, sizeof other);
  g_assert_cmpint (memcmp (one, zeros, sizeof one), !=, 0);
  g_assert_cmpint (memcmp (one, other, sizeof one), !=, 0);

  /* Not a byte further. */
  memset (one, 0, sizeof one);
  hub_random_fill (one, 16);
  g_assert_cmpmem (one + 16, 16, zeros, 16);
  hub_random_fill (one + 16, 0);
  g_assert_cmpmem (one + 16, 16, zeros, 16);
}

static void
test_hex (void)
{
  g_autofree char *none = hub_random_dup_hex (0);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpstr (none, ==, "");

  for (guint i = 0; i < 1000; i++)
    {
      char *hex = hub_random_dup_hex (16);

      g_assert_cmpuint (strlen (hex), ==, 32);
      g_assert_cmpuint (strspn (hex, "0123456789abcdef"), ==, 32);
      g_assert_true (g_hash_table_add (seen, hex));
    }
}

/* Every value of a byte comes up: 1 in 10^43 that one does not in this many. */
static void
test_spread (void)
{
  guint8 bytes[64 * 1024];
  gboolean seen[256] = { FALSE };

  hub_random_fill (bytes, sizeof bytes);
  for (gsize i = 0; i < sizeof bytes; i++)
    seen[bytes[i]] = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_true (seen[i]);
}

/* Each sign is as likely as any other: a byte modulo 31 would have the first eight come up 9 % more
 * often, which is nearly twice the deviation allowed; and that is 7 standard deviations. */
static void
test_text (void)
{
  static const char alphabet[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  const guint each = 20000;
  const guint n_signs = sizeof alphabet - 1;
  g_autofree char *none = hub_random_dup_text (alphabet, 0);
  g_autofree char *same = hub_random_dup_text ("x", 3);
  g_autofree char *text = hub_random_dup_text (alphabet, n_signs * each);
  guint counts[256] = { 0 };

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (same, ==, "xxx");
  g_assert_cmpuint (strlen (text), ==, n_signs * each);
  for (const char *sign = text; *sign != '\0'; sign++)
    counts[(guint8) *sign]++;
  for (guint i = 0; i < n_signs; i++)
    {
      g_assert_cmpuint (counts[(guint8) alphabet[i]], >, each - 1000);
      g_assert_cmpuint (counts[(guint8) alphabet[i]], <, each + 1000);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/random/fill", test_fill);
  g_test_add_func ("/random/hex", test_hex);
  g_test_add_func ("/random/spread", test_spread);
  g_test_add_func ("/random/text", test_text);

  return g_test_run ();
}
