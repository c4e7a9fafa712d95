/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-admission.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

static HubAdmission *
make (HubFakeClock *clock, guint max_connections, guint max_per_key)
{
  const HubAdmissionCaps caps = { max_connections, max_per_key, HUB_MAX_ATTEMPTS_PER_SECOND };

  return hub_admission_new (HUB_CLOCK (clock), &caps);
}

/* Comes and goes @n times, or until it is too fast. Returns: how often it was let in */
static guint
come (HubAdmission *admission, const char *key, guint n, gboolean is_forgiven)
{
  guint i;

  for (i = 0; i < n && hub_admission_enter (admission, key) == HUB_ADMISSION_OK; i++)
    {
      hub_admission_leave (admission, key);
      if (is_forgiven)
        hub_admission_forgive (admission, key);
    }

  return i;
}

static void
test_caps (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = make (clock, 3, 2);

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
test_no_caps (void)
{
  const HubAdmissionCaps none = { 0, 0, 0 };
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = hub_admission_new (HUB_CLOCK (clock), &none);

  for (guint i = 0; i < 10 * HUB_ATTEMPTS_BURST; i++)
    g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
  for (guint i = 0; i < 10 * HUB_ATTEMPTS_BURST; i++)
    hub_admission_leave (admission, "a");
  /* Nothing has to be remembered of who is gone. */
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      come (admission, key, 1, FALSE);
    }
  g_assert_cmpuint (hub_admission_get_n_keys (admission), <=, 1024);
}

/* All of one key may come at once, and come back at once. */
static void
test_restart (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = make (clock, 1000, 500);

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
  g_autoptr (HubAdmission) admission = make (clock, 1000, 10);

  g_assert_cmpuint (come (admission, "a", G_MAXUINT, FALSE), ==, HUB_ATTEMPTS_BURST);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_TOO_FAST);
  g_assert_cmpint (hub_admission_enter (admission, "b"), ==, HUB_ADMISSION_OK);
  hub_fake_clock_advance (clock, 1000 / HUB_MAX_ATTEMPTS_PER_SECOND);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_TOO_FAST);
}

/* Chromium under a clicked-through certificate: every other handshake is refused. */
static void
test_forgiven (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = make (clock, 1000, 10);

  for (guint i = 0; i < HUB_ATTEMPTS_BURST; i++)
    {
      g_assert_cmpuint (come (admission, "a", 1, TRUE), ==, 1);
      g_assert_cmpuint (come (admission, "a", 1, FALSE), ==, 1);
    }
  g_assert_cmpuint (come (admission, "a", 1, FALSE), ==, 0);
}

/* Who refuses them all gets twice the share, at once and later, and no more. */
static void
test_forgiven_within_reason (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = make (clock, 1000, 10);

  g_assert_cmpuint (come (admission, "a", G_MAXUINT, TRUE), ==, 2 * HUB_ATTEMPTS_BURST);
  hub_fake_clock_advance (clock, 1000);
  g_assert_cmpuint (come (admission, "a", G_MAXUINT, TRUE), ==, 2 * HUB_MAX_ATTEMPTS_PER_SECOND);

  /* Nor does a good record let more in at once than a burst. */
  g_assert_cmpuint (come (admission, "b", 1, TRUE), ==, 1);
  hub_admission_forgive (admission, "b");
  g_assert_cmpuint (come (admission, "b", G_MAXUINT, FALSE), ==, HUB_ATTEMPTS_BURST);
}

static void
test_accused (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = make (clock, 10, 5);

  for (guint i = 0; i < HUB_MISDEEDS; i++)
    hub_admission_accuse (admission, "a");
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
  hub_admission_leave (admission, "a");

  hub_admission_accuse (admission, "a");
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_BARRED);
  g_assert_cmpint (hub_admission_enter (admission, "b"), ==, HUB_ADMISSION_OK);
  hub_fake_clock_advance (clock, HUB_BAR_MS - 1);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_BARRED);
  hub_fake_clock_advance (clock, 1);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
  hub_admission_leave (admission, "a");

  /* One a minute from then on. */
  hub_admission_accuse (admission, "a");
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_BARRED);
  hub_fake_clock_advance (clock, 2 * HUB_BAR_MS);
  hub_admission_accuse (admission, "a");
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
}

/* Coming from ever new keys does not make more of it. */
static void
test_all_accused (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = make (clock, 10, 5);

  for (guint i = 0; i < HUB_MISDEEDS_TOTAL; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      hub_admission_accuse (admission, key);
      g_assert_cmpuint (come (admission, key, 1, FALSE), ==, 1);
    }
  hub_admission_accuse (admission, "a");
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_BARRED);
  hub_fake_clock_advance (clock, HUB_BAR_MS);
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_OK);
}

/* A bar outlives the sweeps that forget keys without a connection. */
static void
test_bar_is_remembered (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = make (clock, 10, 5);

  for (guint i = 0; i <= HUB_MISDEEDS; i++)
    hub_admission_accuse (admission, "a");
  hub_fake_clock_advance (clock, HUB_BAR_MS / 2);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      come (admission, key, 1, FALSE);
    }
  g_assert_cmpint (hub_admission_enter (admission, "a"), ==, HUB_ADMISSION_BARRED);
}

/* Ever new keys do not gather. */
static void
test_forgets (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubAdmission) admission = make (clock, 10, 5);

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
  g_test_add_func ("/admission/no-caps", test_no_caps);
  g_test_add_func ("/admission/restart", test_restart);
  g_test_add_func ("/admission/rate", test_rate);
  g_test_add_func ("/admission/forgiven", test_forgiven);
  g_test_add_func ("/admission/forgiven-within-reason", test_forgiven_within_reason);
  g_test_add_func ("/admission/accused", test_accused);
  g_test_add_func ("/admission/all-accused", test_all_accused);
  g_test_add_func ("/admission/bar-is-remembered", test_bar_is_remembered);
  g_test_add_func ("/admission/forgets", test_forgets);
  return g_test_run ();
}
