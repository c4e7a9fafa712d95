/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-clock.h"
#include "support/hub-fake-clock.h"

static void
test_finalize (void)
{
  HubClock *clock = hub_clock_new ();

  g_assert_finalize_object (clock);
}

/* In milliseconds, between the system's own readings before and after. */
static void
test_system_time (void)
{
  g_autoptr (HubClock) clock = hub_clock_new ();
  gint64 before = g_get_monotonic_time () / 1000;
  gint64 monotonic = hub_clock_get_monotonic (clock);
  gint64 after = g_get_monotonic_time () / 1000;
  gint64 real;

  g_assert_cmpint (before, <=, monotonic);
  g_assert_cmpint (monotonic, <=, after);

  before = g_get_real_time () / 1000;
  real = hub_clock_get_real (clock);
  after = g_get_real_time () / 1000;
  g_assert_cmpint (before, <=, real);
  g_assert_cmpint (real, <=, after);
}

/* The one that all other tests rely on. */
static void
test_fake_clock (void)
{
  HubFakeClock *fake = hub_fake_clock_new ();
  HubClock *clock = HUB_CLOCK (fake);

  g_assert_cmpint (hub_clock_get_monotonic (clock), ==, 1000000);
  g_assert_cmpint (hub_clock_get_real (clock), ==, G_GINT64_CONSTANT (1767225600000));

  hub_fake_clock_advance (fake, 1500);
  g_assert_cmpint (hub_clock_get_monotonic (clock), ==, 1001500);
  g_assert_cmpint (hub_clock_get_real (clock), ==, G_GINT64_CONSTANT (1767225601500));

  g_assert_finalize_object (fake);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/finalize", test_finalize);
  g_test_add_func ("/clock/system-time", test_system_time);
  g_test_add_func ("/clock/fake-clock", test_fake_clock);

  return g_test_run ();
}
