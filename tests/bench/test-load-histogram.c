/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-histogram.h"

#define MS 1000000

static void
assert_near (double value, double wanted)
{
  g_assert_cmpfloat (value, >=, wanted * 0.984);
  g_assert_cmpfloat (value, <=, wanted * 1.016);
}

static void
test_empty (void)
{
  g_autoptr (HubLoadHistogram) histogram = hub_load_histogram_new ();

  g_assert_cmpuint (hub_load_histogram_get_count (histogram), ==, 0);
  g_assert_cmpfloat (hub_load_histogram_get_ms (histogram, 0.99), ==, 0);
  g_assert_cmpfloat (hub_load_histogram_get_max_ms (histogram), ==, 0);
}

static void
test_quantiles (void)
{
  g_autoptr (HubLoadHistogram) histogram = hub_load_histogram_new ();

  for (gint64 ms = 1; ms <= 1000; ms++)
    hub_load_histogram_add (histogram, ms * MS);

  g_assert_cmpuint (hub_load_histogram_get_count (histogram), ==, 1000);
  assert_near (hub_load_histogram_get_ms (histogram, 0), 1);
  assert_near (hub_load_histogram_get_ms (histogram, 0.5), 500);
  assert_near (hub_load_histogram_get_ms (histogram, 0.99), 990);
  assert_near (hub_load_histogram_get_ms (histogram, 1), 1000);
  g_assert_cmpfloat (hub_load_histogram_get_max_ms (histogram), ==, 1000);
}

/* Whatever there is stays near itself. */
static void
test_extremes (void)
{
  static const gint64 times[]
      = { 1, 63, 64, 65, 127, 128, 1000, MS, G_MAXINT32, G_MAXINT64 / 2, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (HubLoadHistogram) histogram = hub_load_histogram_new ();

      hub_load_histogram_add (histogram, times[i]);
      assert_near (hub_load_histogram_get_ms (histogram, 0.5), (double) times[i] / MS);
    }
}

static void
test_negative (void)
{
  g_autoptr (HubLoadHistogram) histogram = hub_load_histogram_new ();

  hub_load_histogram_add (histogram, -5);
  g_assert_cmpuint (hub_load_histogram_get_count (histogram), ==, 1);
  g_assert_cmpfloat (hub_load_histogram_get_ms (histogram, 1), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load-histogram/empty", test_empty);
  g_test_add_func ("/load-histogram/quantiles", test_quantiles);
  g_test_add_func ("/load-histogram/extremes", test_extremes);
  g_test_add_func ("/load-histogram/negative", test_negative);
  return g_test_run ();
}
