/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-widget-fixture.h"

void
hub_widget_fixture_init (HubWidgetFixture *self)
{
  static const char *const loopback[] = { "127.0.0.1", NULL };

  hub_host_fixture_init (&self->host);
  self->preferences = hub_preferences_new ("io.example.NotInstalled");
  g_object_set (self->preferences, "addresses", loopback, NULL);
  self->status = hub_status_new (self->host.host, self->preferences);
}

void
hub_widget_fixture_clear (HubWidgetFixture *self)
{
  g_assert_finalize_object (self->status);
  g_assert_finalize_object (self->preferences);
  hub_host_fixture_clear (&self->host);
}

void
hub_widget_fixture_start (HubWidgetFixture *self)
{
  hub_status_start (self->status);
  hub_host_fixture_wait_for_state (&self->host, HUB_HOST_READY);
}

GtkWidget *
hub_widget_fixture_find (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = hub_widget_fixture_find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
hub_widget_fixture_find_row (GtkWidget *root, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root)
      && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = hub_widget_fixture_find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

void
hub_widget_fixture_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
hub_widget_fixture_destroy (GtkWidget *window)
{
  gpointer remains = window;

  g_object_add_weak_pointer (G_OBJECT (window), &remains);
  gtk_window_destroy (GTK_WINDOW (window));
  hub_widget_fixture_settle ();
  g_assert_null (remains);
}
