/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "hub-application-fixture.h"

#include "app/hub-window.h"

#include <glib/gstdio.h>
#include <string.h>

gboolean
hub_application_fixture_fail (gpointer data)
{
  g_error ("Nothing came of: %s", (const char *) data);

  return G_SOURCE_REMOVE;
}

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

void
hub_application_fixture_init (HubApplicationFixture *f, gboolean ask_code)
{
  g_autoptr (HubPreferences) preferences = hub_preferences_new (HUB_APPLICATION_ID);

  g_assert_true (hub_preferences_is_kept (preferences));
  /* Nobody here would show a notification. */
  g_object_set (preferences, "notify-first-guest", FALSE, NULL);
  g_object_set (preferences, "port", find_free_port (), "room-name", "Lab", "ask-code", ask_code,
                "addresses", (const char *const[]){ "127.0.0.1", NULL }, NULL);
  g_settings_sync ();

  f->application = hub_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (f->application), NULL, NULL));
  f->status = hub_application_get_status (f->application);
  /* Without anything else being asked for. */
  g_assert_cmpint (hub_status_get_state (f->status), ==, HUB_HOST_STARTING);
  g_application_activate (G_APPLICATION (f->application));
  HUB_APPLICATION_WAIT_FOR (hub_status_get_state (f->status) == HUB_HOST_READY);
  f->port = hub_snapshot_get_port (hub_status_get_snapshot (f->status));
}

static void
on_idle_quit (gpointer data)
{
  g_application_quit (data);
}

void
hub_application_fixture_clear (HubApplicationFixture *f)
{
  g_idle_add_once (on_idle_quit, f->application);
  g_assert_cmpint (g_application_run (G_APPLICATION (f->application), 0, NULL), ==, 0);
  g_assert_null (hub_application_get_status (f->application));
  g_assert_finalize_object (f->application);
}

GActionGroup *
hub_application_fixture_get_actions (HubApplicationFixture *f)
{
  return G_ACTION_GROUP (f->application);
}

void
hub_application_fixture_activate (HubApplicationFixture *f, const char *action)
{
  g_action_group_activate_action (hub_application_fixture_get_actions (f), action, NULL);
}

GtkWindow *
hub_application_fixture_get_window (HubApplicationFixture *f)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (f->application));

  for (; windows != NULL; windows = windows->next)
    if (HUB_IS_WINDOW (windows->data))
      return windows->data;

  return NULL;
}

gboolean
hub_application_fixture_shows (GtkWidget *widget, const char *part)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (hub_application_fixture_shows (child, part))
      return TRUE;

  return FALSE;
}

void
hub_application_fixture_prepare (void)
{
  g_autofree char *schemas = g_build_filename (g_getenv ("HUB_TEST_BUILD_ROOT"), "data", NULL);
  g_autofree char *data_home = g_build_filename (g_getenv ("XDG_DATA_HOME"), "Tom <b> & Co", NULL);

  g_assert_no_errno (g_mkdir_with_parents (data_home, 0700));
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
}
