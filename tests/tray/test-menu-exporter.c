/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-menu-exporter.h"

#include "base/hub-limits.h"
#include "tray/menu-fixture.h"

#define FIRST_LAYOUT                                                                               \
  "revision 1\n"                                                                                   \
  "0 children-display='submenu'\n"                                                                 \
  "  1 label='_Show'\n"                                                                            \
  "  2 label='_Lock' toggle-state=0 toggle-type='checkmark'\n"                                     \
  "  3 type='separator'\n"                                                                         \
  "  4 label='_Quit'\n"

static void
test_layout (MenuFixture *fixture, gconstpointer address)
{
  menu_fixture_start (fixture);
  menu_fixture_assert_layout (fixture, FIRST_LAYOUT);
  menu_fixture_assert_signals (fixture, "");

  menu_fixture_assert_answer (fixture, "GetLayout", "(0, 0, ['children-display'])",
                              "(1, (0, {'children-display': <'submenu'>}, []))");
  menu_fixture_assert_answer (fixture, "GetLayout", "(2, -1, ['label', 'type'])",
                              "(1, (2, {'label': <'_Lock'>}, []))");
  menu_fixture_assert_answer (fixture, "GetLayout", "(0, 1, ['nothing'])",
                              "(1, (0, {}, [<(1, @a{sv} {}, @av [])>, <(2, @a{sv} {}, @av [])>, "
                              "<(3, @a{sv} {}, @av [])>, <(4, @a{sv} {}, @av [])>]))");
  menu_fixture_assert_answer (fixture, "GetLayout", "(0, -2147483648, ['nothing'])",
                              "(1, (0, {}, [<(1, @a{sv} {}, @av [])>, <(2, @a{sv} {}, @av [])>, "
                              "<(3, @a{sv} {}, @av [])>, <(4, @a{sv} {}, @av [])>]))");
  menu_fixture_assert_answer (fixture, "GetGroupProperties", "([4, 1, 4, 99], ['label'])",
                              "([(1, {'label': <'_Show'>}), (4, {'label': <'_Quit'>})],)");
  menu_fixture_assert_answer (
      fixture, "GetGroupProperties", "(@ai [], ['type'])",
      "([(0, {}), (1, {}), (2, {}), (3, {'type': <'separator'>}), (4, {})],)");
  menu_fixture_assert_answer (fixture, "GetProperty", "(2, 'toggle-state')", "(<0>,)");
  menu_fixture_assert_answer (fixture, "AboutToShow", "(0,)", "(false,)");
  menu_fixture_assert_answer (fixture, "AboutToShowGroup", "([0, 77],)", "([], [77])");
  menu_fixture_assert_answer (fixture, "AboutToShowGroup", "(@ai [],)", "([], [])");
}

static void
test_properties (MenuFixture *fixture, gconstpointer address)
{
  static const struct
  {
    const char *name;
    const char *value;
  } expected[] = {
    { "Version", "3" },
    { "TextDirection", "'ltr'" },
    { "Status", "'normal'" },
    { "IconThemePath", "[]" },
  };
  g_autofree char *direction = NULL;

  menu_fixture_start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *value = hub_bus_caller_ask_property (
          fixture->caller, MENU_FIXTURE_PATH, MENU_FIXTURE_INTERFACE, expected[i].name);

      g_assert_cmpstr (value, ==, expected[i].value);
    }

  hub_menu_exporter_set_rtl (fixture->exporter, TRUE);
  direction = hub_bus_caller_ask_property (fixture->caller, MENU_FIXTURE_PATH,
                                           MENU_FIXTURE_INTERFACE, "TextDirection");
  g_assert_cmpstr (direction, ==, "'rtl'");
}

/* A question that comes before the news is answered by how it is now. */
static void
test_question_first (MenuFixture *fixture, gconstpointer address)
{
  menu_fixture_start (fixture);
  g_menu_remove (fixture->first, 1);
  menu_fixture_assert_layout (fixture, "revision 2\n"
                                       "0 children-display='submenu'\n"
                                       "  1 label='_Show'\n"
                                       "  3 type='separator'\n"
                                       "  4 label='_Quit'\n");
  menu_fixture_assert_signals (fixture, "LayoutUpdated (2, 0)\n");
}

static void
test_events (MenuFixture *fixture, gconstpointer address)
{
  menu_fixture_start (fixture);
  menu_fixture_assert_answer (fixture, "Event", "(1, 'clicked', <''>, uint32 123)", "()");
  g_assert_cmpstr (fixture->done->str, ==, "show() ");
  menu_fixture_assert_answer (fixture, "Event", "(1, 'hovered', <''>, uint32 0)", "()");
  menu_fixture_assert_answer (fixture, "Event", "(0, 'opened', <''>, uint32 0)", "()");
  menu_fixture_assert_answer (fixture, "Event", "(0, 'clicked', <''>, uint32 0)", "()");
  menu_fixture_assert_answer (fixture, "Event", "(3, 'clicked', <''>, uint32 0)", "()");
  g_assert_cmpstr (fixture->done->str, ==, "show() ");

  menu_fixture_assert_answer (fixture, "EventGroup",
                              "([(1, 'clicked', <0>, uint32 0), (9, 'clicked', <0>, uint32 0), "
                              "(4, 'clicked', <0>, uint32 0), (0, 'closed', <0>, uint32 0)],)",
                              "([9],)");
  g_assert_cmpstr (fixture->done->str, ==, "show() show() quit() ");
  menu_fixture_assert_answer (fixture, "EventGroup", "(@a(isvu) [],)", "([],)");

  menu_fixture_assert_answer (fixture, "Event", "(2, 'clicked', <0>, uint32 0)", "()");
  menu_fixture_assert_signals (fixture,
                               "ItemsPropertiesUpdated ([(2, {'toggle-state': <1>})], [])\n");
}

static GVariant *
make_ids (guint length)
{
  g_autofree gint32 *ids = g_new0 (gint32, length);

  return g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, ids, length, sizeof *ids);
}

static GVariant *
make_names (guint length)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < length; i++)
    g_variant_builder_add (&builder, "s", "label");

  return g_variant_builder_end (&builder);
}

static GVariant *
make_clicks (guint length)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(isvu)"));
  for (guint i = 0; i < length; i++)
    g_variant_builder_add (&builder, "(isvu)", 1, "clicked", g_variant_new_int32 (0), 0);

  return g_variant_builder_end (&builder);
}

static void
test_hostile (MenuFixture *fixture, gconstpointer address)
{
  const guint many = HUB_TRAY_LIST_MAX + 1;
  const guint huge = 1000 * 1000;

  menu_fixture_start (fixture);
  for (int id = -1; id < 100; id += 100)
    {
      menu_fixture_assert_error (fixture, "GetLayout",
                                 g_variant_new_parsed ("(%i, -1, @as [])", id), "InvalidArgs");
      menu_fixture_assert_error (fixture, "GetProperty", g_variant_new_parsed ("(%i, 'label')", id),
                                 "InvalidArgs");
      menu_fixture_assert_error (fixture, "Event",
                                 g_variant_new_parsed ("(%i, 'clicked', <0>, %u)", id, 0),
                                 "InvalidArgs");
      menu_fixture_assert_error (fixture, "AboutToShow", g_variant_new_parsed ("(%i,)", id),
                                 "InvalidArgs");
      menu_fixture_assert_error (fixture, "AboutToShowGroup",
                                 g_variant_new_parsed ("([%i, %i],)", id, id), "InvalidArgs");
      menu_fixture_assert_error (fixture, "EventGroup",
                                 g_variant_new_parsed ("([(%i, 'clicked', <0>, %u)],)", id, 0),
                                 "InvalidArgs");
    }
  menu_fixture_assert_error (fixture, "GetProperty", g_variant_new_parsed ("(1, 'no-such')"),
                             "InvalidArgs");

  /* Of other types than the interface has. */
  menu_fixture_assert_error (fixture, "GetLayout", NULL, "InvalidArgs");
  menu_fixture_assert_error (fixture, "GetLayout", g_variant_new_parsed ("('a', 'b', 'c')"),
                             "InvalidArgs");
  menu_fixture_assert_error (fixture, "Event", g_variant_new_parsed ("(1, 'clicked')"),
                             "InvalidArgs");
  menu_fixture_assert_error (fixture, "Reboot", NULL, "UnknownMethod");

  menu_fixture_assert_error (fixture, "GetGroupProperties",
                             g_variant_new ("(@ai@as)", make_ids (many), make_names (0)),
                             "LimitsExceeded");
  menu_fixture_assert_error (fixture, "GetGroupProperties",
                             g_variant_new ("(@ai@as)", make_ids (huge), make_names (0)),
                             "LimitsExceeded");
  menu_fixture_assert_error (fixture, "GetGroupProperties",
                             g_variant_new ("(@ai@as)", make_ids (0), make_names (many)),
                             "LimitsExceeded");
  menu_fixture_assert_error (fixture, "GetLayout",
                             g_variant_new ("(ii@as)", 0, -1, make_names (huge)), "LimitsExceeded");
  menu_fixture_assert_error (fixture, "AboutToShowGroup", g_variant_new ("(@ai)", make_ids (huge)),
                             "LimitsExceeded");
  menu_fixture_assert_error (fixture, "EventGroup",
                             g_variant_new ("(@a(isvu))", make_clicks (many)), "LimitsExceeded");
  g_assert_cmpstr (fixture->done->str, ==, "");

  menu_fixture_assert_layout (fixture, FIRST_LAYOUT);
  menu_fixture_assert_signals (fixture, "");
}

/* An action that takes away the menu it was chosen from, and the exporter. */
static void
on_activate_withdraw (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MenuFixture *fixture = user_data;

  g_menu_remove_all (fixture->menu);
  hub_menu_exporter_withdraw (fixture->exporter);
}

static void
test_withdraw (MenuFixture *fixture, gconstpointer address)
{
  GActionMap *map = G_ACTION_MAP (fixture->actions);

  g_signal_connect (g_action_map_lookup_action (map, "quit"), "activate",
                    G_CALLBACK (on_activate_withdraw), fixture);
  menu_fixture_start (fixture);
  menu_fixture_assert_answer (fixture, "EventGroup",
                              "([(4, 'clicked', <0>, uint32 0), (1, 'clicked', <0>, uint32 0)],)",
                              "([],)");
  menu_fixture_assert_error (fixture, "AboutToShow", g_variant_new ("(i)", 0), "UnknownMethod");
  menu_fixture_add_action (fixture, "late", NULL);
  menu_fixture_assert_signals (fixture, "");
  g_assert_cmpstr (fixture->done->str, ==, "quit() show() ");

  /* Its place is free again. */
  g_assert_finalize_object (fixture->exporter);
  menu_fixture_start (fixture);
  menu_fixture_assert_layout (fixture, "revision 1\n0 children-display='submenu'\n");
}

static void
test_taken (MenuFixture *fixture, gconstpointer address)
{
  g_autoptr (GError) error = NULL;

  menu_fixture_start (fixture);
  g_assert_null (hub_menu_exporter_new (fixture->bus, MENU_FIXTURE_PATH,
                                        G_MENU_MODEL (fixture->menu),
                                        G_ACTION_GROUP (fixture->actions), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/tray/menu-exporter/" name, MenuFixture, g_test_dbus_get_bus_address (bus),         \
              menu_fixture_set_up, function, menu_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_up (bus);

  ADD ("layout", test_layout);
  ADD ("properties", test_properties);
  ADD ("question-first", test_question_first);
  ADD ("events", test_events);
  ADD ("hostile", test_hostile);
  ADD ("withdraw", test_withdraw);
  ADD ("taken", test_taken);

  status = g_test_run ();
  g_test_dbus_down (bus);

  return status;
}
