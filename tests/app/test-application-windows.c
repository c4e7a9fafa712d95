/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-host-guest.h"
#include "hub-application-fixture.h"

static void
on_widget_gone (gpointer data, GObject *where)
{
  g_hash_table_remove (data, where);
}

/* Notes the names of the classes of @widget and all below it that are Hubbub's, and in @alive those
 * widgets as long as they live. */
static void
watch_widgets (GtkWidget *widget, GHashTable *seen, GHashTable *alive)
{
  if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Hub"))
    {
      g_hash_table_add (seen, (gpointer) G_OBJECT_TYPE_NAME (widget));
      if (g_hash_table_insert (alive, widget, (gpointer) G_OBJECT_TYPE_NAME (widget)))
        g_object_weak_ref (G_OBJECT (widget), on_widget_gone, alive);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    watch_widgets (child, seen, alive);
}

/* Each .ui file has been made into what it describes: the class of the same name was seen. */
static void
assert_all_made (GHashTable *seen)
{
  g_auto (GStrv) names = g_resources_enumerate_children ("/hubbub/desktop", 0, NULL);
  guint n = 0;

  g_assert_nonnull (names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GString) class_name = g_string_new (NULL);

      /* A window of GTK's own: made by a test of widgets. */
      if (!g_str_has_suffix (names[i], ".ui") || g_str_equal (names[i], "hub-shortcuts.ui"))
        continue;

      for (const char *c = names[i]; *c != '.'; c++)
        if (*c != '-')
          g_string_append_c (class_name, c == names[i] || c[-1] == '-' ? g_ascii_toupper (*c) : *c);
      if (!g_hash_table_contains (seen, class_name->str))
        g_error ("Nobody has made a %s", class_name->str);
      n++;
    }
  g_assert_cmpuint (n, >=, 10);
}

static void
test_windows (void)
{
  static const char *const actions[] = { "preferences", "help", "shortcuts", "about" };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (HubCrowdSocket) ana = NULL;
  g_autoptr (GHashTable) alive = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer name;
  HubApplicationFixture f;
  guint n;

  hub_application_fixture_init (&f, FALSE);
  ana = hub_host_guest_join (f.port, "Ana");
  HUB_APPLICATION_WAIT_FOR (
      hub_application_fixture_shows (GTK_WIDGET (hub_application_fixture_get_window (&f)), "Ana"));
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      hub_application_fixture_activate (&f, actions[i]);
      n = g_list_model_get_n_items (gtk_window_get_toplevels ());
      /* The same one again. */
      hub_application_fixture_activate (&f, actions[i]);
      if (!g_str_equal (actions[i], "about"))
        g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n);
    }

  gtk_widget_activate_action (GTK_WIDGET (hub_application_fixture_get_window (&f)), "win.enlarge",
                              NULL);
  n = g_list_model_get_n_items (gtk_window_get_toplevels ());
  gtk_widget_activate_action (GTK_WIDGET (hub_application_fixture_get_window (&f)), "win.enlarge",
                              NULL);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n);

  for (n = 0; n < g_list_model_get_n_items (gtk_window_get_toplevels ()); n++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (gtk_window_get_toplevels (), n);

      watch_widgets (window, seen, alive);
    }
  assert_all_made (seen);
  g_assert_cmpuint (g_hash_table_size (alive), >=, g_hash_table_size (seen));
  hub_application_fixture_clear (&f);
  g_hash_table_iter_init (&iter, alive);
  while (g_hash_table_iter_next (&iter, NULL, &name))
    /* libadwaita 1.2 keeps groups of windows; its own test has one that goes. */
    if (!g_str_equal (name, "HubNetworkGroup"))
      g_error ("Somebody still holds a %s", (const char *) name);
}

int
main (int argc, char *argv[])
{
  hub_application_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/application/windows", test_windows);

  return g_test_run ();
}
