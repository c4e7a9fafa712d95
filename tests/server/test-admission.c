/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-admission.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

static void
test_caps (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = hub_admission_new (HUB_CLOCK (clock), 3, 2);

  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_TOO_MANY);
  g_assert_cmpint (hub_admission_enter (admission, "b"), ==, HUB_ADMISSION_OK);
  g_assert_cmpint (hub_admission_enter (admission, "b"), ==, HUB_ADMISSION_FULL);
  g_assert_cmpuint (hub_admission_get_n_connections (admission), ==, 3);

  hub_admission_leave (admission, "a");
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
}

static void
test_no_cap_per_key (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = hub_admission_new (HUB_CLOCK (clock), 1000, 0);

  for (guint i = 0; i < 1000; i++)
    g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
}

/* All of one key may come at once, and come back at once. */
static void
test_restart (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = hub_admission_new (HUB_CLOCK (clock), 1000, 500);

  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < 500; i++)
        g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
      for (guint i = 0; i < 500; i++)
        hub_admission_leave (admission, "a");
    }
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_TOO_FAST);
}

static void
test_rate (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = hub_admission_new (HUB_CLOCK (clock), 1000, 10);

  for (guint i = 0; i < HUB_ATTEMPTS_BURST; i++)
    {
      g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
      hub_admission_leave (admission, "a");
    }
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_TOO_FAST);
  g_assert_cmpint (hub_admission_enter (admission, "b"), ==, HUB_ADMISSION_OK);
  hub_fake_clock_advance (clock, 1000 / HUB_MAX_ATTEMPTS_PER_SECOND);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_TOO_FAST);
}

static void
test_bar (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = hub_admission_new (HUB_CLOCK (clock), 10, 5);

  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
  hub_admission_bar (admission, "a");
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_BARRED);
  g_assert_cmpint (hub_admission_enter (admission, "b"), ==, HUB_ADMISSION_OK);
  hub_admission_leave (admission, "a");
  hub_fake_clock_advance (clock, HUB_BAR_MS - 1);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_BARRED);
  hub_fake_clock_advance (clock, 1);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
}

/* Ever new keys do not gather. */
static void
test_forgets (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = hub_admission_new (HUB_CLOCK (clock), 10, 5);

  g_assert_cmpint (hub_admission_enter (admission, "stays"), ==, HUB_ADMISSION_OK);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      g_assert_cmpint (hub_admission_enter (admission, key), ==, HUB_ADMISSION_OK);
      hub_admission_leave (admission, key);
      hub_fake_clock_advance (clock, 10);
    }
  g_assert_cmpuint (hub_admission_get_n_keys (admission), <, 2000);
  hub_admission_leave (admission, "stays");
  g_assert_cmpuint (hub_admission_get_n_connections (admission), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/admission/caps", test_caps);
  g_test_add_func ("/admission/no-cap-per-key", test_no_cap_per_key);
  g_test_add_func ("/admission/restart", test_restart);
  g_test_add_func ("/admission/rate", test_rate);
  g_test_add_func ("/admission/bar", test_bar);
  g_test_add_func ("/admission/forgets", test_forgets);
  return g_test_run ();
}
