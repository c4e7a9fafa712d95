/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-restart-row.h"

#include "host/hub-host-guest.h"
#include "hub-widget-fixture.h"

typedef struct
{
  HubWidgetFixture base;
  HubRestartRow *row;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  hub_widget_fixture_init (&fixture->base);
  fixture->row = g_object_ref_sink (g_object_new (HUB_TYPE_RESTART_ROW, NULL));
  hub_restart_row_follow (fixture->row, fixture->base.preferences, fixture->base.status);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->row);
  hub_widget_fixture_clear (&fixture->base);
}

static gboolean
is_shown (Fixture *fixture)
{
  return gtk_widget_get_visible (GTK_WIDGET (fixture->row));
}

static void
test_what_counts (Fixture *fixture, gconstpointer data)
{
  static const char *const other[] = { "127.0.0.2", NULL };
  static const char *const same[] = { "127.0.0.1", NULL };
  static const struct
  {
    const char *name;
    guint value;
  } caps[]
      = { { "port", 9999 }, { "max-guests", 7 }, { "max-per-address", 0 }, { "message-rate", 9 } };
  HubPreferences *preferences = fixture->base.preferences;

  g_object_set (preferences, "room-name", "Before", NULL);
  g_assert_false (is_shown (fixture)); /* nothing runs */
  hub_widget_fixture_start (&fixture->base);
  g_assert_false (is_shown (fixture));

  g_object_set (preferences, "room-name", "After", NULL);
  g_assert_true (is_shown (fixture));
  g_object_set (preferences, "room-name", "Before", NULL);
  g_assert_false (is_shown (fixture));

  g_object_set (preferences, "addresses", other, NULL);
  g_assert_true (is_shown (fixture));
  g_object_set (preferences, "addresses", same, NULL);
  g_assert_false (is_shown (fixture));

  for (guint i = 0; i < G_N_ELEMENTS (caps); i++)
    {
      guint before;

      g_object_get (preferences, caps[i].name, &before, NULL);
      g_object_set (preferences, caps[i].name, caps[i].value, NULL);
      g_assert_true (is_shown (fixture));
      g_object_set (preferences, caps[i].name, before, NULL);
      g_assert_false (is_shown (fixture));
    }

  g_object_set (preferences, "ask-code", TRUE, "keep-running", TRUE, "notify-stuck", FALSE, NULL);
  g_assert_false (is_shown (fixture));
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = hub_widget_fixture_find (GTK_WIDGET (fixture->row), GTK_TYPE_BUTTON);

  hub_widget_fixture_start (&fixture->base);
  g_object_set (fixture->base.preferences, "room-name", "Another", NULL);
  g_assert_true (gtk_widget_get_visible (button));

  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (hub_status_get_state (fixture->base.status), ==, HUB_HOST_STOPPING);
  hub_host_fixture_wait_for_state (&fixture->base.host, HUB_HOST_READY);
  g_assert_cmpstr (hub_snapshot_get_room_name (hub_status_get_snapshot (fixture->base.status)), ==,
                   "Another");
  g_assert_false (is_shown (fixture));
}

/* A restart would end their chat: it is not offered, and not done. */
static void
test_people (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = hub_widget_fixture_find (GTK_WIDGET (fixture->row), GTK_TYPE_BUTTON);
  g_autoptr (HubCrowdSocket) guest = NULL;

  hub_widget_fixture_start (&fixture->base);
  g_object_set (fixture->base.preferences, "room-name", "Another", NULL);
  guest = hub_host_guest_join (hub_host_fixture_get_port (&fixture->base.host), "Ana");
  while (hub_status_get_n_people (fixture->base.status) == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (gtk_widget_get_visible (button));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (fixture->row)), ==,
                   "Starting it again now would end it for 1 person.");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (hub_status_get_state (fixture->base.status), ==, HUB_HOST_READY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function)                                                                        \
  g_test_add ("/app/restart-row/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("what-counts", test_what_counts);
  ADD ("restart", test_restart);
  ADD ("people", test_people);

  return g_test_run ();
}
