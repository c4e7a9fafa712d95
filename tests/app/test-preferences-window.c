/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-preferences-window.h"

#include "hub-widget-fixture.h"

#include <glib/gstdio.h>

typedef struct
{
  HubWidgetFixture base;
  HubBackground *background;
  char *directory;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  hub_widget_fixture_init (&fixture->base);
  fixture->directory = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  fixture->background = hub_background_new (fixture->base.preferences, NULL, fixture->directory);
  fixture->window = GTK_WIDGET (hub_preferences_window_new (
      fixture->base.preferences, fixture->base.status, fixture->background));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    hub_widget_fixture_destroy (fixture->window);
  g_assert_finalize_object (fixture->background);
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
  hub_widget_fixture_clear (&fixture->base);
}

static GtkWidget *
find (Fixture *fixture, const char *title)
{
  GtkWidget *row = hub_widget_fixture_find_row (fixture->window, title);

  g_test_message ("%s", title);
  g_assert_nonnull (row);

  return row;
}

static guint
get_port (Fixture *fixture)
{
  guint port;

  g_object_get (fixture->base.preferences, "port", &port, NULL);

  return port;
}

static void
test_port (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    guint kept;
    const char *title;
    const char *class;
  } rows[] = {
    { "9000", 9000, "Port", NULL },
    { " 9001 ", 9001, "Port", NULL },
    { "80", 80, "Port: below 1024 the system must permit it", "warning" },
    { "1024", 1024, "Port", NULL },
    { "65535", 65535, "Port", NULL },
    { "65536", 65535, "Port: a number from 1024 to 65535", "error" },
    { "0", 65535, "Port: a number from 1024 to 65535", "error" },
    { "", 65535, "Port: a number from 1024 to 65535", "error" },
    { "-1", 65535, "Port: a number from 1024 to 65535", "error" },
    { "84 43", 65535, "Port: a number from 1024 to 65535", "error" },
    { "0x50", 65535, "Port: a number from 1024 to 65535", "error" },
    { "08443", 8443, "Port", NULL },
  };
  GtkWidget *row = find (fixture, "Port");

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "8443");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint before = get_port (fixture);

      g_test_message ("“%s”", rows[i].text);
      gtk_editable_set_text (GTK_EDITABLE (row), rows[i].text);
      g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                       rows[i].title);
      g_assert_cmpint (gtk_widget_has_css_class (row, "error"), ==,
                       g_strcmp0 (rows[i].class, "error") == 0);
      g_assert_cmpint (gtk_widget_has_css_class (row, "warning"), ==,
                       g_strcmp0 (rows[i].class, "warning") == 0);
      g_assert_cmpuint (get_port (fixture), ==, before); /* it may not be complete */

      g_signal_emit_by_name (row, "entry-activated");
      g_assert_cmpuint (get_port (fixture), ==, rows[i].kept);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, rows[i].text);
    }

  g_object_set (fixture->base.preferences, "port", 1234, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "1234");
}

static void
assert_room_name (Fixture *fixture, const char *expected)
{
  g_autofree char *name = NULL;

  g_object_get (fixture->base.preferences, "room-name", &name, NULL);
  g_assert_cmpstr (name, ==, expected);
}

static void
test_room_name (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = find (fixture, "Room Name");
  g_autoptr (GString) longest = g_string_new (NULL);
  g_autofree char *longer = NULL;

  for (guint i = 0; i < 64; i++)
    g_string_append (longest, "é");
  longer = g_strconcat (longest->str, "<b>", NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), longest->str);
  g_signal_emit_by_name (row, "entry-activated");
  assert_room_name (fixture, longest->str);

  gtk_editable_set_text (GTK_EDITABLE (row), longer);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                   "Room Name: at most 64 characters, not 67");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_signal_emit_by_name (row, "entry-activated");
  assert_room_name (fixture, longest->str);

  gtk_editable_set_text (GTK_EDITABLE (row), "Tom & Jerry");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Room Name");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
}

/* Typed, then closed: nothing is lost. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, "Room Name")), "Tom & Jerry");
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, "Port")), "9443");
  gtk_window_close (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  hub_widget_fixture_settle ();
  assert_room_name (fixture, "Tom & Jerry");
  g_assert_cmpuint (get_port (fixture), ==, 9443);
}

static void
test_switches (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *title;
    const char *preference;
  } rows[] = {
    { "_Start with the Session", "start-with-session" },
    { "_Keep Running in Background", "keep-running" },
    { "_First Guest", "notify-first-guest" },
    { "_Network Changes", "notify-network" },
    { "_Guests Who Are Stuck", "notify-stuck" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *control = hub_widget_fixture_find (find (fixture, rows[i].title), GTK_TYPE_SWITCH);
      gboolean before, after;

      g_object_get (fixture->base.preferences, rows[i].preference, &before, NULL);
      g_assert_cmpint (gtk_switch_get_active (GTK_SWITCH (control)), ==, before);
      gtk_switch_set_active (GTK_SWITCH (control), !before);
      g_object_get (fixture->base.preferences, rows[i].preference, &after, NULL);
      g_assert_cmpint (after, ==, !before);
      gtk_switch_set_active (GTK_SWITCH (control), before);
    }
}

/* The switch goes back, and why is said. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = find (fixture, "_Start with the Session");
  GtkSwitch *control = GTK_SWITCH (hub_widget_fixture_find (row, GTK_TYPE_SWITCH));

  g_rmdir (fixture->directory);
  g_assert_true (g_file_set_contents (fixture->directory, "a file", -1, NULL));
  gtk_switch_set_active (control, TRUE);
  hub_widget_fixture_settle ();
  g_assert_false (gtk_switch_get_active (control));
  g_remove (fixture->directory);
}

static void
test_forgetful (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = find (fixture, "Settings aren’t kept");

  g_assert_false (hub_preferences_is_kept (fixture->base.preferences));
  g_assert_true (
      gtk_widget_get_visible (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function)                                                                        \
  g_test_add ("/app/preferences-window/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("port", test_port);
  ADD ("room-name", test_room_name);
  ADD ("close", test_close);
  ADD ("switches", test_switches);
  ADD ("refused", test_refused);
  ADD ("forgetful", test_forgetful);

  return g_test_run ();
}
