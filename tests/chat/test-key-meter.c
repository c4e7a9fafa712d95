/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-key-meter.h"

#define RATE 100
#define BURST 1000

static void
test_take (void)
{
  g_autoptr (HubKeyMeter) meter = hub_key_meter_new (RATE, BURST);

  g_assert_cmpuint (hub_key_meter_take (meter, "a", 700, 0), ==, 0);
  g_assert_cmpuint (hub_key_meter_take (meter, "a", 400, 0), ==, 1000);
  /* What was refused was not taken, and others are not slowed. */
  g_assert_cmpuint (hub_key_meter_take (meter, "a", 300, 0), ==, 0);
  g_assert_cmpuint (hub_key_meter_take (meter, "b", BURST, 0), ==, 0);

  g_assert_cmpuint (hub_key_meter_take (meter, "a", 400, 3999), ==, 1);
  g_assert_cmpuint (hub_key_meter_take (meter, "a", 400, 4000), ==, 0);
}

static void
test_no_limit (void)
{
  g_autoptr (HubKeyMeter) meter = hub_key_meter_new (0, BURST);

  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (hub_key_meter_take (meter, "a", BURST, 0), ==, 0);
  g_assert_cmpuint (hub_key_meter_get_n_keys (meter), ==, 0);
}

/* What is remembered does not grow with those who ever said something. */
static void
test_forgets (void)
{
  g_autoptr (HubKeyMeter) meter = hub_key_meter_new (RATE, BURST);
  gint64 now = 0;

  g_assert_cmpuint (hub_key_meter_take (meter, "debtor", BURST, now), ==, 0);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *key = g_strdup_printf ("ip:10.0.%u.%u", i / 250, i % 250);

      g_assert_cmpuint (hub_key_meter_take (meter, key, RATE / 10, now), ==, 0);
      now += 1;
      /* Each has what it took again after a tenth of a second: a hundred are at once, and the
       * search for those who do lets as many again come. */
      g_assert_cmpuint (hub_key_meter_get_n_keys (meter), <=, 2 * 101 + 1);
      /* Whoever has not stays known. */
      if (now < BURST * 1000 / RATE)
        g_assert_cmpuint (hub_key_meter_take (meter, "debtor", BURST, now), >, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/key-meter/take", test_take);
  g_test_add_func ("/chat/key-meter/no-limit", test_no_limit);
  g_test_add_func ("/chat/key-meter/forgets", test_forgets);

  return g_test_run ();
}
