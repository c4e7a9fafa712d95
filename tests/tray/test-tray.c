/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-tray.h"

#include "base/hub-limits.h"
#include "support/hub-bus-caller.h"
#include "support/hub-fake-tray.h"

#include <string.h>

#define ITEM "/StatusNotifierItem"
#define INTERFACE "org.kde.StatusNotifierItem"
#define MENU "/StatusNotifierItem/Menu"
#define MENU_INTERFACE "com.canonical.dbusmenu"

typedef struct
{
  const char *address;
  GDBusConnection *bus;
  HubBusCaller *caller;
  HubTray *tray;
  GMenu *menu;
  GSimpleActionGroup *actions;
  GString *done; /* "show(token) " for each that was activated */
} Fixture;

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *token = hub_tray_take_activation_token (fixture->tray);

  g_assert_null (hub_tray_take_activation_token (fixture->tray));
  g_string_append_printf (fixture->done, "%s(%s) ", g_action_get_name (G_ACTION (action)),
                          token != NULL ? token : "");
}

static void
set_up (Fixture *fixture, gconstpointer address)
{
  static const GActionEntry entries[] = { { "show" }, { "quit" } };

  fixture->address = address;
  fixture->bus = hub_bus_caller_connect (address);
  fixture->caller = hub_bus_caller_new (address, g_dbus_connection_get_unique_name (fixture->bus));
  fixture->done = g_string_new (NULL);

  fixture->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (fixture->actions), entries, G_N_ELEMENTS (entries),
                                   fixture);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_signal_connect (g_action_map_lookup_action (G_ACTION_MAP (fixture->actions), entries[i].name),
                      "activate", G_CALLBACK (on_activate), fixture);

  fixture->menu = g_menu_new ();
  g_menu_append (fixture->menu, "_Show", "app.show");
  g_menu_append (fixture->menu, "_Quit", "app.quit");
  fixture->tray = hub_tray_new (fixture->bus, "org.example.Test", G_MENU_MODEL (fixture->menu),
                                G_ACTION_GROUP (fixture->actions), "show");
}

static void
tear_down (Fixture *fixture, gconstpointer address)
{
  g_assert_finalize_object (fixture->tray);
  hub_bus_caller_settle (fixture->caller);
  g_assert_finalize_object (fixture->menu);
  g_assert_finalize_object (fixture->actions);
  hub_bus_caller_free (fixture->caller);
  g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  g_object_unref (fixture->bus);
  g_string_free (fixture->done, TRUE);
}

/* Two pixels, and one. */
static GVariant *
make_pixmaps (void)
{
  return g_variant_new_parsed ("[(2, 1, @ay [0xff, 1, 2, 3, 0xff, 4, 5, 6]), "
                               "(1, 1, @ay [0, 0, 0, 0])]");
}

static void
assert_property (Fixture *fixture, const char *name, const char *expected)
{
  g_autofree char *value = hub_bus_caller_ask_property (fixture->caller, ITEM, INTERFACE, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
call (Fixture *fixture, const char *method, const char *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = hub_bus_caller_call (fixture->caller, ITEM, INTERFACE, method,
                                                    g_variant_new_parsed (parameters), &error);

  g_assert_no_error (error);
  g_assert_true (g_variant_is_of_type (reply, G_VARIANT_TYPE_UNIT));
}

static void
click (Fixture *fixture, int id, guint32 timestamp)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = hub_bus_caller_call (
      fixture->caller, MENU, MENU_INTERFACE, "Event",
      g_variant_new ("(isvu)", id, "clicked", g_variant_new_int32 (0), timestamp), &error);

  g_assert_no_error (error);
  g_assert_nonnull (reply);
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the loop until these signals were sent since the last time. */
static void
wait_for_signals (Fixture *fixture, const char *expected)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  guint tick = g_timeout_add (10, on_tick, NULL);
  g_autoptr (GString) got = g_string_new (NULL);

  do
    {
      g_autofree char *more = hub_bus_caller_take_signals (fixture->caller);

      g_string_append (got, more);
      if (g_str_equal (got->str, expected))
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  while (g_get_monotonic_time () < deadline);
  g_source_remove (tick);

  g_assert_cmpstr (got->str, ==, expected);
}

static void
test_defaults (Fixture *fixture, gconstpointer address)
{
  static const struct
  {
    const char *name;
    const char *value;
  } expected[] = {
    { "Category", "'Communications'" },
    { "Id", "'org.example.Test'" },
    { "Title", "''" },
    { "Status", "'Active'" },
    { "WindowId", "0" },
    { "IconThemePath", "''" },
    { "Menu", "'" MENU "'" },
    { "ItemIsMenu", "false" },
    { "IconName", "''" },
    { "IconPixmap", "[]" },
    { "IconAccessibleDesc", "''" },
    { "OverlayIconName", "''" },
    { "OverlayIconPixmap", "[]" },
    { "AttentionIconName", "''" },
    { "AttentionIconPixmap", "[]" },
    { "AttentionMovieName", "''" },
    { "ToolTip", "('', [], '', '')" },
  };
  g_autoptr (GVariant) all
      = hub_bus_caller_call (fixture->caller, ITEM, "org.freedesktop.DBus.Properties", "GetAll",
                             g_variant_new ("(s)", INTERFACE), NULL);
  g_autoptr (GVariant) values = g_variant_get_child_value (all, 0);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_property (fixture, expected[i].name, expected[i].value);
  g_assert_cmpuint (g_variant_n_children (values), ==, G_N_ELEMENTS (expected));
}

#define PIXMAPS                                                                                    \
  "[(2, 1, [0xff, 0x01, 0x02, 0x03, 0xff, 0x04, 0x05, 0x06]), "                                    \
  "(1, 1, [0x00, 0x00, 0x00, 0x00])]"

static void
test_looks (Fixture *fixture, gconstpointer address)
{
  hub_tray_set_title (fixture->tray, "Test");
  hub_tray_set_icon (fixture->tray, "some-icon", make_pixmaps ());
  hub_tray_set_tooltip (fixture->tray, "Tom & Jerry", "<b>x</b> & y");
  assert_property (fixture, "Title", "'Test'");
  assert_property (fixture, "IconName", "'some-icon'");
  assert_property (fixture, "IconPixmap", PIXMAPS);
  assert_property (fixture, "AttentionIconName", "''");
  assert_property (fixture, "AttentionIconPixmap", "[]");
  assert_property (fixture, "OverlayIconPixmap", "[]");
  assert_property (fixture, "IconAccessibleDesc", "'Tom & Jerry'");
  assert_property (fixture, "ToolTip",
                   "('some-icon', " PIXMAPS ", 'Tom & Jerry', '&lt;b&gt;x&lt;/b&gt; &amp; y')");

  hub_tray_set_urgent (fixture->tray, TRUE);
  assert_property (fixture, "Status", "'NeedsAttention'");
  assert_property (fixture, "AttentionIconName", "'some-icon'");
  assert_property (fixture, "AttentionIconPixmap", PIXMAPS);

  hub_tray_set_icon (fixture->tray, "other-icon", NULL);
  assert_property (fixture, "IconPixmap", "[]");
}

#define ICON_SIGNALS "NewIcon ()\nNewAttentionIcon ()\n"

/* All at once and only once; what changes again within a moment waits for its turn. */
static void
test_signals (Fixture *fixture, gconstpointer address)
{
  gint64 first, second;

  hub_tray_set_title (fixture->tray, "Test");
  hub_tray_set_icon (fixture->tray, "some-icon", NULL);
  hub_tray_set_urgent (fixture->tray, TRUE);
  hub_tray_set_tooltip (fixture->tray, "title", "text");
  wait_for_signals (fixture,
                    "NewTitle ()\nNewStatus ('NeedsAttention',)\n" ICON_SIGNALS "NewToolTip ()\n");
  first = g_get_monotonic_time ();

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      hub_tray_set_tooltip (fixture->tray, "title", text);
      g_main_context_iteration (NULL, FALSE);
    }
  wait_for_signals (fixture, "NewToolTip ()\n");
  second = g_get_monotonic_time ();
  g_assert_cmpint (second - first, >=, HUB_TRAY_INTERVAL_MS * 1000 / 2);
  assert_property (fixture, "ToolTip", "('some-icon', [], 'title', '999')");

  hub_tray_set_urgent (fixture->tray, FALSE);
  wait_for_signals (fixture, "NewStatus ('Active',)\n" ICON_SIGNALS);
  hub_tray_set_tooltip (fixture->tray, "other", "999");
  wait_for_signals (fixture, ICON_SIGNALS "NewToolTip ()\n");

  /* What is as before is no news. */
  hub_tray_set_title (fixture->tray, "Test");
  hub_tray_set_icon (fixture->tray, "some-icon", NULL);
  hub_tray_set_urgent (fixture->tray, FALSE);
  hub_tray_set_tooltip (fixture->tray, "other", "999");
  hub_bus_caller_settle (fixture->caller);
  wait_for_signals (fixture, "");
  hub_tray_set_icon (fixture->tray, "some-icon", make_pixmaps ());
  wait_for_signals (fixture, ICON_SIGNALS);
}

static void
test_activate (Fixture *fixture, gconstpointer address)
{
  call (fixture, "Activate", "(10, 20)");
  call (fixture, "SecondaryActivate", "(-1, -1)");
  g_assert_cmpstr (fixture->done->str, ==, "show() show() ");
  call (fixture, "ContextMenu", "(0, 0)");
  call (fixture, "Scroll", "(120, 'vertical')");
  click (fixture, 2, 0);
  g_assert_cmpstr (fixture->done->str, ==, "show() show() quit() ");
}

/* A token is for one click, and only while it is being served. */
static void
test_token (Fixture *fixture, gconstpointer address)
{
  call (fixture, "ProvideXdgActivationToken", "('abc',)");
  g_assert_null (hub_tray_take_activation_token (fixture->tray));
  call (fixture, "Activate", "(0, 0)");
  call (fixture, "Activate", "(0, 0)");
  g_assert_cmpstr (fixture->done->str, ==, "show(abc) show() ");

  g_string_truncate (fixture->done, 0);
  call (fixture, "ProvideXdgActivationToken", "('def',)");
  call (fixture, "ProvideXdgActivationToken", "('ghi',)");
  click (fixture, 1, 42);
  click (fixture, 1, 42);
  click (fixture, 1, 0);
  g_assert_cmpstr (fixture->done->str, ==, "show(ghi) show(_TIME42) show() ");
  g_assert_null (hub_tray_take_activation_token (fixture->tray));
}

static void
test_hostile (Fixture *fixture, gconstpointer address)
{
  static const struct
  {
    const char *method;
    const char *parameters;
    const char *error;
  } cases[] = {
    { "Activate", "('a', 'b')", "InvalidArgs" },
    { "Activate", "()", "InvalidArgs" },
    { "ProvideXdgActivationToken", "(5,)", "InvalidArgs" },
    { "Scroll", "(1, 2)", "InvalidArgs" },
    { "Reboot", "()", "UnknownMethod" },
  };
  g_autofree char *long_token = g_strnfill (HUB_TRAY_TOKEN_MAX_BYTES + 1, 'x');
  g_autofree char *answer = NULL;
  g_autofree char *written = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = hub_bus_caller_ask (fixture->caller, ITEM, INTERFACE, cases[i].method,
                                                  g_variant_new_parsed (cases[i].parameters));

      g_assert_nonnull (strstr (text, cases[i].error));
    }

  answer = hub_bus_caller_ask (fixture->caller, ITEM, INTERFACE, "ProvideXdgActivationToken",
                               g_variant_new ("(s)", long_token));
  g_assert_nonnull (strstr (answer, "LimitsExceeded"));
  call (fixture, "Activate", "(2147483647, -2147483648)");
  g_assert_cmpstr (fixture->done->str, ==, "show() ");

  written = hub_bus_caller_ask (
      fixture->caller, ITEM, "org.freedesktop.DBus.Properties", "Set",
      g_variant_new ("(ssv)", INTERFACE, "Title", g_variant_new_string ("mine")));
  g_assert_nonnull (strstr (written, "Error"));
  assert_property (fixture, "Title", "''");
}

static void
test_shown (Fixture *fixture, gconstpointer address)
{
  g_autoptr (HubFakeTray) tray = NULL;
  gboolean is_shown = TRUE;

  g_object_get (fixture->tray, "is-shown", &is_shown, NULL);
  g_assert_false (is_shown);
  tray = hub_fake_tray_new (address, TRUE);
  while (!hub_tray_is_shown (fixture->tray))
    g_main_context_iteration (NULL, TRUE);
  g_object_get (fixture->tray, "is-shown", &is_shown, NULL);
  g_assert_true (is_shown);

  hub_tray_withdraw (fixture->tray);
  g_assert_false (hub_tray_is_shown (fixture->tray));
  hub_bus_caller_settle (fixture->caller);
  wait_for_signals (fixture, "NewStatus ('Passive',)\n");
  hub_tray_withdraw (fixture->tray);
  hub_tray_set_title (fixture->tray, "late");
  hub_tray_set_tooltip (fixture->tray, "late", "late");
  hub_tray_set_rtl (fixture->tray, TRUE);
  hub_bus_caller_settle (fixture->caller);
  wait_for_signals (fixture, "");
}

/* Two of them on one connection: the second is none, and says so. */
static void
test_second (Fixture *fixture, gconstpointer address)
{
  g_autoptr (HubFakeTray) fake = hub_fake_tray_new (address, TRUE);
  HubTray *second = hub_tray_new (fixture->bus, "org.example.Second", G_MENU_MODEL (fixture->menu),
                                  G_ACTION_GROUP (fixture->actions), "show");

  while (!hub_tray_is_shown (fixture->tray))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (hub_tray_is_shown (second));
  g_assert_cmpuint (hub_fake_tray_count (fake), ==, 1);
  hub_tray_set_title (second, "Second");
  hub_tray_set_icon (second, "second", NULL);
  hub_tray_set_tooltip (second, "Second", "");
  hub_tray_set_urgent (second, TRUE);
  hub_tray_set_rtl (second, TRUE);
  g_assert_null (hub_tray_take_activation_token (second));
  hub_tray_withdraw (second);
  g_assert_finalize_object (second);
  assert_property (fixture, "Id", "'org.example.Test'");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/tray/tray/" name, Fixture, g_test_dbus_get_bus_address (bus), set_up, function,    \
              tear_down)

int
main (int argc, char *argv[])
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_up (bus);

  ADD ("defaults", test_defaults);
  ADD ("looks", test_looks);
  ADD ("signals", test_signals);
  ADD ("activate", test_activate);
  ADD ("token", test_token);
  ADD ("hostile", test_hostile);
  ADD ("shown", test_shown);
  ADD ("second", test_second);

  status = g_test_run ();
  g_test_dbus_down (bus);

  return status;
}
