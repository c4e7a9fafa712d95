/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/menu-fixture.h"

/* Each change by the smallest news there is for it. */
static void
test_actions (MenuFixture *fixture, gconstpointer address)
{
  GActionMap *map = G_ACTION_MAP (fixture->actions);
  GSimpleAction *quit = G_SIMPLE_ACTION (g_action_map_lookup_action (map, "quit"));
  GSimpleAction *lock = G_SIMPLE_ACTION (g_action_map_lookup_action (map, "lock"));

  menu_fixture_start (fixture);
  g_simple_action_set_enabled (quit, FALSE);
  menu_fixture_assert_signals (fixture,
                               "ItemsPropertiesUpdated ([(4, {'enabled': <false>})], [])\n");
  g_simple_action_set_enabled (quit, TRUE);
  menu_fixture_assert_signals (fixture, "ItemsPropertiesUpdated ([], [(4, ['enabled'])])\n");
  g_simple_action_set_state (lock, g_variant_new_boolean (TRUE));
  menu_fixture_assert_signals (fixture,
                               "ItemsPropertiesUpdated ([(2, {'toggle-state': <1>})], [])\n");

  /* There and back before anybody was told. */
  g_simple_action_set_enabled (quit, FALSE);
  g_simple_action_set_state (lock, g_variant_new_boolean (FALSE));
  g_simple_action_set_state (lock, g_variant_new_boolean (TRUE));
  g_simple_action_set_enabled (quit, TRUE);
  menu_fixture_assert_signals (fixture, "");

  g_action_map_remove_action (map, "lock");
  menu_fixture_assert_signals (fixture, "ItemsPropertiesUpdated ([(2, {'enabled': <false>})], "
                                        "[(2, ['toggle-type', 'toggle-state'])])\n");
  menu_fixture_add_action (fixture, "lock", NULL);
  menu_fixture_assert_signals (fixture, "ItemsPropertiesUpdated ([], [(2, ['enabled'])])\n");
  menu_fixture_assert_answer (fixture, "GetProperty", "(2, 'label')", "(<'_Lock'>,)");
}

/* A label that changes is no other row; a row that is gone never lends its number to another. */
static void
test_rows (MenuFixture *fixture, gconstpointer address)
{
  menu_fixture_start (fixture);
  g_menu_remove (fixture->second, 0);
  g_menu_append (fixture->second, "Quit _Now", "app.quit");
  menu_fixture_assert_signals (fixture,
                               "ItemsPropertiesUpdated ([(4, {'label': <'Quit _Now'>})], [])\n");

  g_menu_insert (fixture->first, 0, "Three people", NULL);
  menu_fixture_assert_signals (fixture, "LayoutUpdated (2, 0)\n");
  menu_fixture_assert_layout (fixture, "revision 2\n"
                                       "0 children-display='submenu'\n"
                                       "  5 enabled=false label='Three people'\n"
                                       "  1 label='_Show'\n"
                                       "  2 label='_Lock' toggle-state=0 toggle-type='checkmark'\n"
                                       "  3 type='separator'\n"
                                       "  4 label='Quit _Now'\n");

  g_menu_remove (fixture->first, 0);
  g_menu_prepend (fixture->first, "Four people", NULL);
  menu_fixture_assert_signals (fixture, "LayoutUpdated (3, 0)\n");
  menu_fixture_assert_answer (fixture, "GetProperty", "(6, 'label')", "(<'Four people'>,)");
  menu_fixture_assert_error (fixture, "GetProperty", g_variant_new ("(is)", 5, "label"),
                             "InvalidArgs");

  /* Order counts. */
  g_menu_remove (fixture->first, 0);
  g_menu_remove (fixture->first, 0);
  g_menu_append (fixture->first, "_Show", "app.show");
  menu_fixture_assert_signals (fixture, "LayoutUpdated (4, 0)\n");
  menu_fixture_assert_layout (fixture, "revision 4\n"
                                       "0 children-display='submenu'\n"
                                       "  2 label='_Lock' toggle-state=0 toggle-type='checkmark'\n"
                                       "  1 label='_Show'\n"
                                       "  3 type='separator'\n"
                                       "  4 label='Quit _Now'\n");

  g_menu_remove_all (fixture->second);
  menu_fixture_assert_layout (fixture, "revision 5\n"
                                       "0 children-display='submenu'\n"
                                       "  2 label='_Lock' toggle-state=0 toggle-type='checkmark'\n"
                                       "  1 label='_Show'\n");
  g_menu_remove_all (fixture->menu);
  menu_fixture_assert_layout (fixture, "revision 6\n"
                                       "0 children-display='submenu'\n");
}

static void
test_submenu (MenuFixture *fixture, gconstpointer address)
{
  g_autoptr (GMenu) sizes = g_menu_new ();
  g_autoptr (GMenu) inner = g_menu_new ();

  g_menu_append (sizes, "Small", "app.size::small");
  g_menu_append (sizes, "Large", "app.size::large");
  g_menu_append (inner, "One", "app.number(1)");
  g_menu_append (inner, "Text", "app.number::one");
  g_menu_append_submenu (sizes, "More", G_MENU_MODEL (inner));
  g_menu_append_submenu (fixture->second, "_Size", G_MENU_MODEL (sizes));
  menu_fixture_start (fixture);
  menu_fixture_assert_layout (fixture, "revision 1\n"
                                       "0 children-display='submenu'\n"
                                       "  1 label='_Show'\n"
                                       "  2 label='_Lock' toggle-state=0 toggle-type='checkmark'\n"
                                       "  3 type='separator'\n"
                                       "  4 label='_Quit'\n"
                                       "  5 children-display='submenu' label='_Size'\n"
                                       "    6 label='Small' toggle-state=1 toggle-type='radio'\n"
                                       "    7 label='Large' toggle-state=0 toggle-type='radio'\n"
                                       "    8 children-display='submenu' label='More'\n"
                                       "      9 label='One'\n"
                                       "      10 enabled=false label='Text'\n");

  /* A radio item that is chosen, and one that is not any more, in one breath. */
  menu_fixture_assert_answer (fixture, "Event", "(7, 'clicked', <0>, uint32 0)", "()");
  menu_fixture_assert_signals (fixture, "ItemsPropertiesUpdated ([(6, {'toggle-state': <0>}), "
                                        "(7, {'toggle-state': <1>})], [])\n");

  /* News name the smallest menu that holds them all. */
  g_menu_remove (inner, 1);
  menu_fixture_assert_signals (fixture, "LayoutUpdated (2, 8)\n");
  g_menu_remove (inner, 0);
  g_menu_append (sizes, "Huge", "app.size::huge");
  menu_fixture_assert_signals (fixture, "LayoutUpdated (3, 5)\n");
  g_menu_append (inner, "One", "app.number(1)");
  g_menu_append (fixture->first, "Other", "app.other");
  menu_fixture_assert_signals (fixture, "LayoutUpdated (4, 0)\n");

  menu_fixture_assert_answer (fixture, "Event", "(13, 'clicked', <0>, uint32 0)", "()");
  g_assert_cmpstr (fixture->done->str, ==, "number(1) ");
}

static void
append_hidden (GMenu *menu, const char *label, const char *action, const char *hidden_when)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", hidden_when);
  g_menu_append_item (menu, item);
}

static void
test_hidden (MenuFixture *fixture, gconstpointer address)
{
  GActionMap *map = G_ACTION_MAP (fixture->actions);

  g_menu_remove_all (fixture->second);
  append_hidden (fixture->second, "Start", "app.start", "action-missing");
  append_hidden (fixture->second, "Stop", "app.quit", "action-disabled");
  menu_fixture_start (fixture);
  menu_fixture_assert_layout (fixture, "revision 1\n"
                                       "0 children-display='submenu'\n"
                                       "  1 label='_Show'\n"
                                       "  2 label='_Lock' toggle-state=0 toggle-type='checkmark'\n"
                                       "  3 type='separator'\n"
                                       "  4 enabled=false label='Start' visible=false\n"
                                       "  5 label='Stop'\n");

  /* A separator with nothing behind it goes with it. */
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "quit")), FALSE);
  menu_fixture_assert_signals (fixture, "ItemsPropertiesUpdated ([(3, {'visible': <false>}), "
                                        "(5, {'enabled': <false>, 'visible': <false>})], [])\n");
  menu_fixture_add_action (fixture, "start", NULL);
  menu_fixture_assert_signals (fixture, "ItemsPropertiesUpdated ([], "
                                        "[(3, ['visible']), (4, ['enabled', 'visible'])])\n");

  /* What is not to be seen cannot be clicked. */
  menu_fixture_assert_answer (fixture, "Event", "(5, 'clicked', <0>, uint32 0)", "()");
  menu_fixture_assert_answer (fixture, "Event", "(4, 'clicked', <0>, uint32 0)", "()");
  g_assert_cmpstr (fixture->done->str, ==, "start() ");
}

/* Separators only where there is something on both sides. */
static void
test_separators (MenuFixture *fixture, gconstpointer address)
{
  g_autoptr (GMenu) empty = g_menu_new ();
  g_autoptr (GMenu) nested = g_menu_new ();
  g_autoptr (GMenu) inner = g_menu_new ();

  g_menu_append (inner, "Inner", NULL);
  g_menu_append_section (nested, "Title", G_MENU_MODEL (inner));
  g_menu_append (nested, "Outer", NULL);
  g_menu_prepend_section (fixture->menu, NULL, G_MENU_MODEL (empty));
  g_menu_append_section (fixture->menu, NULL, G_MENU_MODEL (empty));
  g_menu_append_section (fixture->menu, NULL, G_MENU_MODEL (nested));
  g_menu_append (fixture->menu, "Last", NULL);
  g_menu_append_section (fixture->menu, NULL, G_MENU_MODEL (empty));
  menu_fixture_start (fixture);
  menu_fixture_assert_layout (fixture, "revision 1\n"
                                       "0 children-display='submenu'\n"
                                       "  1 label='_Show'\n"
                                       "  2 label='_Lock' toggle-state=0 toggle-type='checkmark'\n"
                                       "  3 type='separator'\n"
                                       "  4 label='_Quit'\n"
                                       "  5 type='separator'\n"
                                       "  6 enabled=false label='Inner'\n"
                                       "  7 type='separator'\n"
                                       "  8 enabled=false label='Outer'\n"
                                       "  9 type='separator'\n"
                                       "  10 enabled=false label='Last'\n");
}

static void
test_odd_attributes (MenuFixture *fixture, gconstpointer address)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
  g_autoptr (GIcon) icon = g_themed_icon_new ("system-lock-screen-symbolic");
  g_autoptr (GIcon) file = g_icon_new_for_string ("/usr/share/pixmaps/x.png", NULL);

  g_menu_remove_all (fixture->menu);
  g_menu_item_set_attribute (item, "label", "i", 5);
  g_menu_item_set_attribute (item, "action", "as", NULL);
  g_menu_item_set_icon (item, icon);
  g_menu_append_item (fixture->menu, item);
  g_menu_item_set_attribute (item, "label", "s", "a__b & <c>");
  g_menu_item_set_attribute (item, "action", "s", "show");
  g_menu_item_set_icon (item, file);
  g_menu_append_item (fixture->menu, item);
  menu_fixture_start (fixture);
  menu_fixture_assert_layout (fixture, "revision 1\n"
                                       "0 children-display='submenu'\n"
                                       "  1 enabled=false icon-name='system-lock-screen-symbolic'\n"
                                       "  2 label='a__b & <c>'\n");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/tray/menu-tree/" name, MenuFixture, g_test_dbus_get_bus_address (bus),             \
              menu_fixture_set_up, function, menu_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_up (bus);

  ADD ("actions", test_actions);
  ADD ("rows", test_rows);
  ADD ("submenu", test_submenu);
  ADD ("hidden", test_hidden);
  ADD ("separators", test_separators);
  ADD ("odd-attributes", test_odd_attributes);

  status = g_test_run ();
  g_test_dbus_down (bus);

  return status;
}
