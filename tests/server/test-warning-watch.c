/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-warning-watch.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

typedef struct
{
  HubFakeClock *clock;
  HubWarningWatch *watch;
  const char *joined; /* a key, or NULL */
  guint n_told;
} Fixture;

static gboolean
has_joined (const char *key, gpointer user_data)
{
  Fixture *self = user_data;

  return g_strcmp0 (key, self->joined) == 0;
}

static void
on_stuck (gpointer user_data)
{
  Fixture *self = user_data;

  self->n_told++;
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  static const HubWarningWatchFuncs funcs = { has_joined, on_stuck };

  self->clock = hub_fake_clock_new ();
  self->watch = hub_warning_watch_new (HUB_CLOCK (self->clock), &funcs, self);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  hub_warning_watch_free (self->watch);
  g_assert_finalize_object (self->clock);
}

/* Time goes on; how often the host was told of somebody by the end of it, in all. */
static void
expect (Fixture *self, gint64 ms, guint n_told)
{
  hub_fake_clock_advance (self->clock, ms);
  hub_warning_watch_run (self->watch);
  g_assert_cmpuint (self->n_told, ==, n_told);
}

static void
test_stuck (Fixture *self, gconstpointer user_data)
{
  hub_warning_watch_refused (self->watch, "a");
  expect (self, HUB_WARNING_PATIENCE_MS - 1, 0);
  expect (self, 1, 1);
  /* Once only, however long it tries. */
  for (guint i = 0; i < 100; i++)
    {
      hub_warning_watch_refused (self->watch, "a");
      expect (self, HUB_WARNING_MEMORY_MS / 2, 1);
    }
  /* Until it gave up for a while. */
  expect (self, HUB_WARNING_MEMORY_MS, 1);
  g_assert_cmpuint (hub_warning_watch_get_n_devices (self->watch), ==, 0);
  hub_warning_watch_refused (self->watch, "a");
  expect (self, HUB_WARNING_PATIENCE_MS, 2);
}

static void
test_went_on (Fixture *self, gconstpointer user_data)
{
  hub_warning_watch_refused (self->watch, "a");
  expect (self, HUB_WARNING_PATIENCE_MS - 1, 0);
  hub_warning_watch_passed (self->watch, "a");
  expect (self, HUB_WARNING_PATIENCE_MS, 0);
  hub_warning_watch_refused (self->watch, "a");
  hub_warning_watch_refused (self->watch, "b");
  expect (self, HUB_WARNING_PATIENCE_MS, 1);
}

/* Chromium refuses one handshake before most connections after somebody chose to go on. */
static void
test_had_a_page (Fixture *self, gconstpointer user_data)
{
  hub_warning_watch_passed (self->watch, "a");
  expect (self, HUB_WARNING_MEMORY_MS - 1, 0);
  hub_warning_watch_refused (self->watch, "a");
  expect (self, HUB_WARNING_PATIENCE_MS, 0);
  /* By now it is long ago. */
  hub_warning_watch_refused (self->watch, "a");
  expect (self, HUB_WARNING_PATIENCE_MS, 1);
}

static void
test_has_joined (Fixture *self, gconstpointer user_data)
{
  self->joined = "a";
  hub_warning_watch_refused (self->watch, "a");
  expect (self, HUB_WARNING_PATIENCE_MS, 0);
  hub_warning_watch_refused (self->watch, "a");
  self->joined = NULL;
  expect (self, HUB_WARNING_PATIENCE_MS, 1);
}

/* A class that scans the code at once is one piece of news. */
static void
test_many (Fixture *self, gconstpointer user_data)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      hub_warning_watch_refused (self->watch, key);
    }
  expect (self, HUB_WARNING_PATIENCE_MS, 1);
  hub_warning_watch_refused (self->watch, "late");
  expect (self, HUB_WARNING_PATIENCE_MS, 1);
  expect (self, HUB_WARNING_AGAIN_MS, 1);
  hub_warning_watch_refused (self->watch, "later");
  expect (self, HUB_WARNING_PATIENCE_MS, 2);
}

static void
test_bounded (Fixture *self, gconstpointer user_data)
{
  for (guint i = 0; i < 2 * HUB_WARNING_MAX_DEVICES; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      if (i % 3 == 0)
        hub_warning_watch_passed (self->watch, key);
      else
        hub_warning_watch_refused (self->watch, key);
      g_assert_cmpuint (hub_warning_watch_get_n_devices (self->watch), <=, HUB_WARNING_MAX_DEVICES);
    }
  expect (self, HUB_WARNING_PATIENCE_MS, 1);
  expect (self, HUB_WARNING_MEMORY_MS, 1);
  g_assert_cmpuint (hub_warning_watch_get_n_devices (self->watch), ==, 0);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/warning-watch/stuck", test_stuck);
  add ("/warning-watch/went-on", test_went_on);
  add ("/warning-watch/had-a-page", test_had_a_page);
  add ("/warning-watch/has-joined", test_has_joined);
  add ("/warning-watch/many", test_many);
  add ("/warning-watch/bounded", test_bounded);
  return g_test_run ();
}
