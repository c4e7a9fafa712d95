/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-bucket.h"

#define START 1000000

static void
test_burst (void)
{
  HubBucket bucket;

  hub_bucket_init (&bucket, 10, START);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (hub_bucket_take (&bucket, 5, 10, START), ==, 0);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 10, START), ==, 200);
}

static void
test_refusal_costs_nothing (void)
{
  HubBucket bucket;

  hub_bucket_init (&bucket, 1, START);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 1, START), ==, 0);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (hub_bucket_take (&bucket, 5, 1, START), ==, 200);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 1, START + 150), ==, 50);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 1, START + 200), ==, 0);
}

/* Whoever waits as long as he was told gets his token, and nobody who waits less. */
static void
test_wait_is_exact (void)
{
  static const guint rates[] = { 1, 3, 5, 7, 50, 333, 999, 1000, 100000 };

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      HubBucket bucket;
      gint64 now = START;

      hub_bucket_init (&bucket, 1, now);
      g_assert_cmpuint (hub_bucket_take (&bucket, rates[i], 1, now), ==, 0);
      for (guint round = 0; round < 1000; round++)
        {
          guint wait = hub_bucket_take (&bucket, rates[i], 1, now);

          g_assert_cmpuint (wait, >, 0);
          g_assert_cmpuint (wait, <=, 1000 / rates[i] + 1);
          g_assert_cmpuint (hub_bucket_take (&bucket, rates[i], 1, now + wait - 1), !=, 0);
          now += wait;
          g_assert_cmpuint (hub_bucket_take (&bucket, rates[i], 1, now), ==, 0);
        }
    }
}

static void
test_sustained_rate (void)
{
  HubBucket bucket;
  guint taken = 0;

  hub_bucket_init (&bucket, 10, START);
  for (gint64 ms = 0; ms <= 10000; ms++)
    taken += hub_bucket_take (&bucket, 5, 10, START + ms) == 0 ? 1 : 0;

  g_assert_cmpuint (taken, ==, 10 + 10 * 5);
}

static void
test_refills_to_the_burst_only (void)
{
  HubBucket bucket;

  hub_bucket_init (&bucket, 3, START);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (hub_bucket_take (&bucket, 5, 3, START + G_GINT64_CONSTANT (86400000)), ==, 0);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 3, START + G_GINT64_CONSTANT (86400000)), >, 0);
}

static void
test_no_limit (void)
{
  HubBucket bucket;

  hub_bucket_init (&bucket, 0, START);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (hub_bucket_take (&bucket, 0, 0, START), ==, 0);
}

static void
test_no_burst (void)
{
  HubBucket bucket;

  hub_bucket_init (&bucket, 0, START);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 0, START), ==, 200);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 0, START + 200), ==, 0);
}

static void
test_many (void)
{
  HubBucket bucket;

  hub_bucket_init (&bucket, 1000, START);
  g_assert_cmpuint (hub_bucket_take_many (&bucket, 0, 100, 1000, START), ==, 0);
  g_assert_cmpuint (hub_bucket_take_many (&bucket, 700, 100, 1000, START), ==, 0);
  g_assert_cmpuint (hub_bucket_take_many (&bucket, 301, 100, 1000, START), ==, 10);
  g_assert_cmpuint (hub_bucket_take_many (&bucket, 300, 100, 1000, START), ==, 0);
  g_assert_cmpuint (hub_bucket_take_many (&bucket, 1, 100, 1000, START), ==, 10);
  /* More than there is room for can be had all the same, after its time. */
  g_assert_cmpuint (hub_bucket_take_many (&bucket, 2000, 100, 1000, START + 19999), ==, 1);
  g_assert_cmpuint (hub_bucket_take_many (&bucket, 2000, 100, 1000, START + 20000), ==, 0);
}

static void
test_is_full (void)
{
  HubBucket bucket;

  hub_bucket_init (&bucket, 10, START);
  g_assert_true (hub_bucket_is_full (&bucket, 3, 10, START));
  g_assert_cmpuint (hub_bucket_take_many (&bucket, 4, 3, 10, START), ==, 0);
  g_assert_false (hub_bucket_is_full (&bucket, 3, 10, START));
  g_assert_false (hub_bucket_is_full (&bucket, 3, 10, START + 1333));
  g_assert_true (hub_bucket_is_full (&bucket, 3, 10, START + 1334));
  g_assert_false (hub_bucket_is_full (&bucket, 3, 10, START - 5000));
}

static void
test_time_that_goes_back (void)
{
  HubBucket bucket;

  hub_bucket_init (&bucket, 1, START);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 1, START), ==, 0);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 1, START - 5000), ==, 200);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 1, START), ==, 200);
  g_assert_cmpuint (hub_bucket_take (&bucket, 5, 1, START + 200), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bucket/burst", test_burst);
  g_test_add_func ("/bucket/refusal-costs-nothing", test_refusal_costs_nothing);
  g_test_add_func ("/bucket/wait-is-exact", test_wait_is_exact);
  g_test_add_func ("/bucket/sustained-rate", test_sustained_rate);
  g_test_add_func ("/bucket/refills-to-the-burst-only", test_refills_to_the_burst_only);
  g_test_add_func ("/bucket/no-limit", test_no_limit);
  g_test_add_func ("/bucket/no-burst", test_no_burst);
  g_test_add_func ("/bucket/many", test_many);
  g_test_add_func ("/bucket/is-full", test_is_full);
  g_test_add_func ("/bucket/time-that-goes-back", test_time_that_goes_back);

  return g_test_run ();
}
