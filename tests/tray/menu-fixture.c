/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/menu-fixture.h"

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MenuFixture *fixture = user_data;
  g_autofree char *text = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");

  g_string_append_printf (fixture->done, "%s(%s) ", g_action_get_name (G_ACTION (action)), text);
}

GSimpleAction *
menu_fixture_add_action (MenuFixture *fixture, const char *name, const GVariantType *type)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, type);

  g_signal_connect (action, "activate", G_CALLBACK (on_activate), fixture);
  g_action_map_add_action (G_ACTION_MAP (fixture->actions), G_ACTION (action));

  return action;
}

static void
add_actions (MenuFixture *fixture)
{
  g_autoptr (GSimpleAction) lock
      = g_simple_action_new_stateful ("lock", NULL, g_variant_new_boolean (FALSE));
  g_autoptr (GSimpleAction) size = g_simple_action_new_stateful ("size", G_VARIANT_TYPE_STRING,
                                                                 g_variant_new_string ("small"));

  menu_fixture_add_action (fixture, "show", NULL);
  menu_fixture_add_action (fixture, "quit", NULL);
  menu_fixture_add_action (fixture, "number", G_VARIANT_TYPE_INT32);
  g_action_map_add_action (G_ACTION_MAP (fixture->actions), G_ACTION (lock));
  g_action_map_add_action (G_ACTION_MAP (fixture->actions), G_ACTION (size));
}

void
menu_fixture_set_up (MenuFixture *fixture, gconstpointer address)
{
  fixture->bus = hub_bus_caller_connect (address);
  fixture->caller = hub_bus_caller_new (address, g_dbus_connection_get_unique_name (fixture->bus));
  fixture->done = g_string_new (NULL);
  fixture->actions = g_simple_action_group_new ();
  add_actions (fixture);

  fixture->menu = g_menu_new ();
  fixture->first = g_menu_new ();
  fixture->second = g_menu_new ();
  g_menu_append (fixture->first, "_Show", "app.show");
  g_menu_append (fixture->first, "_Lock", "app.lock");
  g_menu_append (fixture->second, "_Quit", "app.quit");
  g_menu_append_section (fixture->menu, NULL, G_MENU_MODEL (fixture->first));
  g_menu_append_section (fixture->menu, NULL, G_MENU_MODEL (fixture->second));
}

void
menu_fixture_start (MenuFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->exporter
      = hub_menu_exporter_new (fixture->bus, MENU_FIXTURE_PATH, G_MENU_MODEL (fixture->menu),
                               G_ACTION_GROUP (fixture->actions), &error);
  g_assert_no_error (error);
  hub_bus_caller_settle (fixture->caller);
}

void
menu_fixture_tear_down (MenuFixture *fixture, gconstpointer address)
{
  g_assert_finalize_object (fixture->exporter);
  hub_bus_caller_settle (fixture->caller);
  g_assert_finalize_object (fixture->menu);
  g_assert_finalize_object (fixture->first);
  g_assert_finalize_object (fixture->second);
  g_assert_finalize_object (fixture->actions);
  g_clear_pointer (&fixture->caller, hub_bus_caller_free);
  g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  g_object_unref (fixture->bus);
  g_string_free (fixture->done, TRUE);
}

static char *
ask (MenuFixture *fixture, const char *method, const char *parameters)
{
  GVariant *value = g_variant_new_parsed (parameters);

  return hub_bus_caller_ask (fixture->caller, MENU_FIXTURE_PATH, MENU_FIXTURE_INTERFACE, method,
                             value);
}

void
menu_fixture_assert_answer (MenuFixture *fixture,
                            const char *method,
                            const char *parameters,
                            const char *expected)
{
  g_autofree char *answer = ask (fixture, method, parameters);

  g_assert_cmpstr (answer, ==, expected);
}

void
menu_fixture_assert_error (MenuFixture *fixture,
                           const char *method,
                           GVariant *parameters,
                           const char *name)
{
  g_autofree char *prefix = g_strconcat ("GDBus.Error:org.freedesktop.DBus.Error.", name, NULL);
  g_autofree char *answer = hub_bus_caller_ask (fixture->caller, MENU_FIXTURE_PATH,
                                                MENU_FIXTURE_INTERFACE, method, parameters);

  g_assert_true (g_str_has_prefix (answer, prefix));
}

void
menu_fixture_assert_signals (MenuFixture *fixture, const char *expected)
{
  g_autofree char *got = NULL;

  hub_bus_caller_settle (fixture->caller);
  got = hub_bus_caller_take_signals (fixture->caller);
  g_assert_cmpstr (got, ==, expected);
}

static int
compare_names (gconstpointer one, gconstpointer other)
{
  return g_strcmp0 (*(const char *const *) one, *(const char *const *) other);
}

static void
dump (GVariant *layout, guint depth, GString *text)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (layout, 1);
  g_autoptr (GVariant) children = g_variant_get_child_value (layout, 2);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GVariantIter iter;
  const char *name;
  GVariant *value;
  int id;

  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      g_autofree char *printed = g_variant_print (value, FALSE);

      g_ptr_array_add (words, g_strdup_printf (" %s=%s", name, printed));
    }
  g_ptr_array_sort (words, compare_names);

  g_variant_get_child (layout, 0, "i", &id);
  g_string_append_printf (text, "%*s%d", (int) depth * 2, "", id);
  for (guint i = 0; i < words->len; i++)
    g_string_append (text, g_ptr_array_index (words, i));
  g_string_append_c (text, '\n');

  for (gsize i = 0; i < g_variant_n_children (children); i++)
    {
      g_autoptr (GVariant) boxed = g_variant_get_child_value (children, i);
      g_autoptr (GVariant) child = g_variant_get_variant (boxed);

      dump (child, depth + 1, text);
    }
}

void
menu_fixture_assert_layout (MenuFixture *fixture, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) layout = NULL;
  g_autoptr (GVariant) reply
      = hub_bus_caller_call (fixture->caller, MENU_FIXTURE_PATH, MENU_FIXTURE_INTERFACE,
                             "GetLayout", g_variant_new_parsed ("(0, -1, @as [])"), &error);
  guint32 revision;

  g_assert_no_error (error);
  g_variant_get (reply, "(u@(ia{sv}av))", &revision, &layout);
  g_string_append_printf (text, "revision %u\n", revision);
  dump (layout, 0, text);
  g_assert_cmpstr (text->str, ==, expected);
}
