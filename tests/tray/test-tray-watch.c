/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-tray-watch.h"

#include "base/hub-limits.h"
#include "support/hub-bus-caller.h"
#include "support/hub-fake-tray.h"

typedef struct
{
  const char *address;
  GDBusConnection *bus;
  HubBusCaller *stranger;
  HubFakeTray *tray;
  HubTrayWatch *watch;
  GString *history; /* what is-shown was told to be */
} Fixture;

static void
on_watch_is_shown (HubTrayWatch *watch, GParamSpec *pspec, Fixture *fixture)
{
  gboolean is_shown;

  g_object_get (watch, "is-shown", &is_shown, NULL);
  g_assert_cmpint (is_shown, ==, hub_tray_watch_is_shown (watch));
  g_string_append (fixture->history, is_shown ? "+" : "-");
}

static void
set_up (Fixture *fixture, gconstpointer address)
{
  fixture->address = address;
  fixture->bus = hub_bus_caller_connect (address);
  fixture->stranger
      = hub_bus_caller_new (address, g_dbus_connection_get_unique_name (fixture->bus));
  fixture->history = g_string_new (NULL);
}

static void
start_tray (Fixture *fixture, gboolean has_host)
{
  fixture->tray = hub_fake_tray_new (fixture->address, has_host);
}

static void
stop_tray (Fixture *fixture)
{
  g_clear_pointer (&fixture->tray, hub_fake_tray_free);
}

static void
start_watch (Fixture *fixture)
{
  fixture->watch = hub_tray_watch_new (fixture->bus);
  g_signal_connect (fixture->watch, "notify::is-shown", G_CALLBACK (on_watch_is_shown), fixture);
  g_assert_false (hub_tray_watch_is_shown (fixture->watch));
}

static void
tear_down (Fixture *fixture, gconstpointer address)
{
  g_assert_finalize_object (fixture->watch);
  stop_tray (fixture);
  hub_bus_caller_settle (fixture->stranger);
  hub_bus_caller_free (fixture->stranger);
  if (!g_dbus_connection_is_closed (fixture->bus))
    g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  g_object_unref (fixture->bus);
  g_string_free (fixture->history, TRUE);
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the loop until so many registrations were tried and this was told. */
static void
wait_for (Fixture *fixture, guint n_items, const char *history)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  guint tick = g_timeout_add (10, on_tick, NULL);

  while (g_get_monotonic_time () < deadline
         && (!g_str_equal (fixture->history->str, history)
             || (fixture->tray != NULL && hub_fake_tray_count (fixture->tray) != n_items)))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);

  /* Nothing comes behind it. */
  hub_bus_caller_settle (fixture->stranger);
  g_assert_cmpstr (fixture->history->str, ==, history);
  if (fixture->tray != NULL)
    g_assert_cmpuint (hub_fake_tray_count (fixture->tray), ==, n_items);
}

static void
test_tray_first (Fixture *fixture, gconstpointer address)
{
  start_tray (fixture, TRUE);
  start_watch (fixture);
  wait_for (fixture, 1, "+");
  g_assert_cmpstr (hub_fake_tray_get_item (fixture->tray), ==,
                   g_dbus_connection_get_unique_name (fixture->bus));
}

static void
test_tray_later (Fixture *fixture, gconstpointer address)
{
  start_watch (fixture);
  wait_for (fixture, 0, "");
  start_tray (fixture, TRUE);
  wait_for (fixture, 1, "+");
}

/* The watcher is there, what shows icons comes and goes: nothing has to be registered again. */
static void
test_host (Fixture *fixture, gconstpointer address)
{
  start_tray (fixture, FALSE);
  start_watch (fixture);
  wait_for (fixture, 1, "");
  hub_fake_tray_set_host (fixture->tray, TRUE);
  wait_for (fixture, 1, "+");
  hub_fake_tray_set_host (fixture->tray, FALSE);
  wait_for (fixture, 1, "+-");

  /* The answers come in the order of the last question. */
  for (guint i = 0; i < 20; i++)
    hub_fake_tray_set_host (fixture->tray, i % 2 == 0);
  hub_fake_tray_set_host (fixture->tray, TRUE);
  wait_for (fixture, 1, "+-+");
}

static void
test_restart (Fixture *fixture, gconstpointer address)
{
  start_tray (fixture, TRUE);
  start_watch (fixture);
  wait_for (fixture, 1, "+");
  stop_tray (fixture);
  wait_for (fixture, 0, "+-");
  start_tray (fixture, TRUE);
  wait_for (fixture, 1, "+-+");
}

static void
test_refused (Fixture *fixture, gconstpointer address)
{
  start_tray (fixture, TRUE);
  hub_fake_tray_refuse (fixture->tray, TRUE);
  start_watch (fixture);
  wait_for (fixture, 1, "");
  hub_fake_tray_set_host (fixture->tray, TRUE);
  wait_for (fixture, 1, "");

  stop_tray (fixture);
  start_tray (fixture, TRUE);
  wait_for (fixture, 1, "+");
}

/* A tray that loses the icon is given it again, but not for ever. */
static void
test_lost (Fixture *fixture, gconstpointer address)
{
  static const char *const suffixes[] = { "", "/StatusNotifierItem", "@/StatusNotifierItem" };
  g_autoptr (GString) expected = g_string_new ("+");

  start_tray (fixture, TRUE);
  start_watch (fixture);
  wait_for (fixture, 1, "+");

  hub_fake_tray_lose (fixture->tray, "0");
  hub_fake_tray_lose (fixture->tray, "/org/example/Other");
  wait_for (fixture, 1, "+");

  for (guint i = 2; i <= HUB_TRAY_REGISTRATIONS_MAX; i++)
    {
      hub_fake_tray_lose (fixture->tray, suffixes[i % G_N_ELEMENTS (suffixes)]);
      g_string_append (expected, "-+");
      wait_for (fixture, i, expected->str);
    }
  hub_fake_tray_lose (fixture->tray, "");
  g_string_append (expected, "-");
  wait_for (fixture, HUB_TRAY_REGISTRATIONS_MAX, expected->str);
}

/* What another program says about our tray is not believed. */
static void
test_stranger (Fixture *fixture, gconstpointer address)
{
  g_autoptr (GDBusConnection) stranger = hub_bus_caller_connect (address);
  const char *name = g_dbus_connection_get_unique_name (fixture->bus);

  start_tray (fixture, TRUE);
  start_watch (fixture);
  wait_for (fixture, 1, "+");
  g_dbus_connection_emit_signal (stranger, name, "/StatusNotifierWatcher",
                                 "org.kde.StatusNotifierWatcher", "StatusNotifierItemUnregistered",
                                 g_variant_new ("(s)", name), NULL);
  g_dbus_connection_flush_sync (stranger, NULL, NULL);
  wait_for (fixture, 1, "+");
  g_dbus_connection_close_sync (stranger, NULL, NULL);
}

static void
test_odd_signals (Fixture *fixture, gconstpointer address)
{
  start_tray (fixture, TRUE);
  start_watch (fixture);
  wait_for (fixture, 1, "+");
  hub_fake_tray_emit (fixture->tray, "StatusNotifierItemUnregistered", g_variant_new ("(i)", 5));
  hub_fake_tray_emit (fixture->tray, "StatusNotifierItemUnregistered", NULL);
  hub_fake_tray_emit (fixture->tray, "SomethingElse", NULL);
  wait_for (fixture, 1, "+");
}

static void
test_stop (Fixture *fixture, gconstpointer address)
{
  start_tray (fixture, TRUE);
  start_watch (fixture);
  wait_for (fixture, 1, "+");
  hub_tray_watch_stop (fixture->watch);
  wait_for (fixture, 1, "+-");
  hub_fake_tray_lose (fixture->tray, "");
  hub_fake_tray_set_host (fixture->tray, TRUE);
  wait_for (fixture, 1, "+-");
  hub_tray_watch_stop (fixture->watch);
  wait_for (fixture, 1, "+-");
}

/* Gone in the middle of every call that it can be in the middle of. */
static void
test_abandoned (Fixture *fixture, gconstpointer address)
{
  guint tick = g_timeout_add (1, on_tick, NULL);

  start_tray (fixture, TRUE);
  for (guint turns = 0; fixture->history->len < 10; turns++)
    {
      start_watch (fixture);
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, TRUE);
      g_assert_finalize_object (g_steal_pointer (&fixture->watch));
    }
  g_source_remove (tick);
  start_watch (fixture);
}

/* The session ends before the program does. */
static void
test_bus_gone (Fixture *fixture, gconstpointer address)
{
  start_tray (fixture, TRUE);
  start_watch (fixture);
  wait_for (fixture, 1, "+");
  g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  while (g_str_equal (fixture->history->str, "+"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->history->str, ==, "+-");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/tray/tray-watch/" name, Fixture, g_test_dbus_get_bus_address (bus), set_up,        \
              function, tear_down)

int
main (int argc, char *argv[])
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_up (bus);

  ADD ("tray-first", test_tray_first);
  ADD ("tray-later", test_tray_later);
  ADD ("host", test_host);
  ADD ("restart", test_restart);
  ADD ("refused", test_refused);
  ADD ("lost", test_lost);
  ADD ("stranger", test_stranger);
  ADD ("odd-signals", test_odd_signals);
  ADD ("stop", test_stop);
  ADD ("abandoned", test_abandoned);
  ADD ("bus-gone", test_bus_gone);

  status = g_test_run ();
  g_test_dbus_down (bus);

  return status;
}
