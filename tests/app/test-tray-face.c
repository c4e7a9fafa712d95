/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-tray-face.h"
#include "host/hub-host-fixture.h"
#include "host/hub-host-guest.h"
#include "hub-fake-service.h"
#include "hub-test-home.h"
#include "support/hub-bus-caller.h"
#include "support/hub-fake-clock.h"
#include "support/hub-fake-tray.h"

#include <string.h>

#define ITEM "/StatusNotifierItem"
#define INTERFACE "org.kde.StatusNotifierItem"
#define MENU "/StatusNotifierItem/Menu"
#define ICON(state) "'" HUB_APPLICATION_ID "-tray-" state "-symbolic'"

/* A face in front of a real host, on a bus of its own. */
typedef struct
{
  HubHostFixture host;
  HubPreferences *preferences;
  HubStatus *status;
  GDBusConnection *bus;
  HubBusCaller *caller;
  GSimpleActionGroup *actions;
  HubTrayFace *face;
  char *token; /* of what was shown last */
  guint n_lost;
} Fixture;

static void
on_show (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *f = user_data;

  g_free (f->token);
  f->token = hub_tray_face_take_activation_token (f->face);
}

static void
on_lost (HubTrayFace *face, Fixture *f)
{
  f->n_lost++;
}

static void
set_up (Fixture *f, gconstpointer address)
{
  static const GActionEntry entries[] = {
    { "show", on_show }, { "copy", NULL }, { "lock", NULL, NULL, "false" },
    { "start", NULL },   { "stop", NULL }, { "quit", NULL },
  };

  f->preferences = hub_preferences_new ("io.example.NotInstalled");
  hub_host_fixture_init (&f->host);
  f->status = hub_status_new (f->host.host, f->preferences);
  f->bus = hub_bus_caller_connect (address);
  f->caller = hub_bus_caller_new (address, g_dbus_connection_get_unique_name (f->bus));
  f->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (f->actions), entries, G_N_ELEMENTS (entries), f);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (f->actions), "stop")), FALSE);
  f->face = hub_tray_face_new (f->status, f->bus, G_ACTION_GROUP (f->actions));
  g_signal_connect (f->face, "lost", G_CALLBACK (on_lost), f);
}

static void
tear_down (Fixture *f, gconstpointer address)
{
  g_assert_finalize_object (f->face);
  hub_bus_caller_settle (f->caller);
  hub_bus_caller_free (f->caller);
  g_assert_finalize_object (f->actions);
  g_dbus_connection_close_sync (f->bus, NULL, NULL);
  g_object_unref (f->bus);
  g_assert_finalize_object (f->status);
  g_assert_finalize_object (f->preferences);
  hub_host_fixture_clear (&f->host);
  g_free (f->token);
}

static void
assert_property (Fixture *f, const char *name, const char *expected)
{
  g_autofree char *value = hub_bus_caller_ask_property (f->caller, ITEM, INTERFACE, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
assert_looks (Fixture *f, const char *icon, const char *status, const char *words)
{
  g_autofree char *title = g_strconcat ("'", words, "'", NULL);

  assert_property (f, "IconName", icon);
  assert_property (f, "Status", status);
  assert_property (f, "IconAccessibleDesc", title);
}

static void
test_states (Fixture *f, gconstpointer address)
{
  g_autoptr (HubCrowdSocket) ana = NULL;
  g_autoptr (HubCrowdSocket) ben = NULL;

  assert_property (f, "Title", "'Hubbub'");
  assert_looks (f, ICON ("stopped"), "'Active'", "Hubbub: no chat");
  hub_host_start (f->host.host, f->host.settings);
  assert_property (f, "IconAccessibleDesc", "'Hubbub: starting…'");
  hub_host_fixture_wait_for_state (&f->host, HUB_HOST_READY);
  assert_looks (f, ICON ("running"), "'Active'", "Hubbub: nobody here yet");
  ana = hub_host_guest_join (hub_host_fixture_get_port (&f->host), "Ana");
  hub_host_fixture_wait_for_told (&f->host, "+Ana ");
  assert_looks (f, ICON ("running"), "'Active'", "Hubbub: 1 person");
  ben = hub_host_guest_join (hub_host_fixture_get_port (&f->host), "Ben");
  hub_host_fixture_wait_for_told (&f->host, "+Ben ");
  assert_looks (f, ICON ("running"), "'Active'", "Hubbub: 2 people");
  g_assert_true (ana != ben);
  hub_host_fixture_stop (&f->host);
  assert_looks (f, ICON ("stopped"), "'Active'", "Hubbub: no chat");
}

static void
test_failed (Fixture *f, gconstpointer address)
{
  g_autofree char *tooltip = NULL;

  g_free (f->host.settings->data_dir);
  f->host.settings->data_dir = g_strdup ("/proc/nothing-can-be-made-here");
  hub_host_start (f->host.host, f->host.settings);
  hub_host_fixture_wait_for_state (&f->host, HUB_HOST_FAILED);
  assert_property (f, "IconName", ICON ("attention"));
  assert_property (f, "Status", "'NeedsAttention'");

  /* Why is for the window: the reason may name a path. */
  tooltip = hub_bus_caller_ask_property (f->caller, ITEM, INTERFACE, "ToolTip");
  g_assert_nonnull (strstr (tooltip, "Hubbub: couldn"));
  g_assert_null (strstr (tooltip, "/proc"));
}

/* Everything that every program of the session can read. */
static void
test_tells_nobody (Fixture *f, gconstpointer address)
{
  g_autoptr (HubCrowdSocket) ana = NULL;
  g_autofree char *item = NULL;
  g_autofree char *menu = NULL;

  hub_host_fixture_start (&f->host);
  ana = hub_host_guest_join (hub_host_fixture_get_port (&f->host), "Zuzanna");
  hub_host_fixture_wait_for_told (&f->host, "+Zuzanna ");
  item = hub_bus_caller_ask (f->caller, ITEM, "org.freedesktop.DBus.Properties", "GetAll",
                             g_variant_new ("(s)", INTERFACE));
  menu = hub_bus_caller_ask (f->caller, MENU, "com.canonical.dbusmenu", "GetLayout",
                             g_variant_new_parsed ("(0, -1, @as [])"));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (strstr (i == 0 ? item : menu, "Zuzanna"));
      g_assert_null (strstr (i == 0 ? item : menu, "127.0.0.1"));
      g_assert_null (strstr (i == 0 ? item : menu, "https:"));
    }
  g_assert_nonnull (strstr (item, "Hubbub: 1 person"));
  g_assert_nonnull (ana);
}

static void
test_menu (Fixture *f, gconstpointer address)
{
  static const char *const labels[]
      = { "_Show Hubbub", "_Copy Address", "_Lock Room", "St_art Chat", "S_top Chat", "_Quit" };
  g_autofree char *menu
      = hub_bus_caller_ask (f->caller, MENU, "com.canonical.dbusmenu", "GetLayout",
                            g_variant_new_parsed ("(0, -1, @as [])"));
  g_autofree char *stop = hub_bus_caller_ask (f->caller, MENU, "com.canonical.dbusmenu",
                                              "GetProperty", g_variant_new ("(is)", 6, "visible"));
  const char *at = menu;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      at = strstr (at, labels[i]);
      g_assert_nonnull (at);
    }
  g_assert_cmpstr (stop, ==, "(<false>,)");
}

static void
test_shown (Fixture *f, gconstpointer address)
{
  g_autoptr (HubFakeTray) tray = NULL;
  g_autoptr (GVariant) given = NULL;
  g_autoptr (GVariant) activated = NULL;

  g_assert_false (hub_tray_face_is_shown (f->face));
  tray = hub_fake_tray_new (address, TRUE);
  while (!hub_tray_face_is_shown (f->face))
    g_main_context_iteration (NULL, TRUE);

  given = hub_bus_caller_call (f->caller, ITEM, INTERFACE, "ProvideXdgActivationToken",
                               g_variant_new ("(s)", "abc"), NULL);
  activated = hub_bus_caller_call (f->caller, ITEM, INTERFACE, "Activate",
                                   g_variant_new ("(ii)", 0, 0), NULL);
  g_assert_nonnull (given);
  g_assert_nonnull (activated);
  g_assert_cmpstr (f->token, ==, "abc");

  /* A panel that is restarted is not lost; one that stays away is, once. */
  hub_fake_tray_set_host (tray, FALSE);
  while (hub_tray_face_is_shown (f->face))
    g_main_context_iteration (NULL, TRUE);
  hub_fake_tray_set_host (tray, TRUE);
  while (!hub_tray_face_is_shown (f->face))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->n_lost, ==, 0);
  g_clear_pointer (&tray, hub_fake_tray_free);
  while (f->n_lost == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (hub_tray_face_is_shown (f->face));
  g_assert_cmpuint (f->n_lost, ==, 1);
}

/* The shell of a GNOME session, whose lock screen is up. */
static void
answer_locked (HubFakeService *shell, GDBusMethodInvocation *invocation, gpointer data)
{
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(b)", TRUE));
}

/* GNOME takes its tray away while the screen is locked: nothing is lost by that, only by what does not
 * come back afterwards. */
static void
test_locked (Fixture *f, gconstpointer address)
{
  static const char xml[]
      = "<node><interface name='org.gnome.ScreenSaver'><method name='GetActive'>"
        "<arg type='b' direction='out'/></method></interface></node>";
  g_autoptr (HubFakeService) shell = hub_fake_service_new (
      address, "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", xml, answer_locked, NULL);
  g_autoptr (HubFakeTray) tray = hub_fake_tray_new (address, TRUE);

  while (!hub_tray_face_is_shown (f->face))
    g_main_context_iteration (NULL, TRUE);
  hub_fake_tray_set_host (tray, FALSE);
  hub_fake_service_wait_for (shell, "GetActive", 1);
  g_assert_cmpuint (f->n_lost, ==, 0);

  hub_fake_service_emit (shell, NULL, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver",
                         "ActiveChanged", g_variant_new ("(b)", FALSE));
  /* Unlocked, it is waited for again; and asked about again, as it may be locked again. */
  hub_fake_service_wait_for (shell, "GetActive", 2);
  g_assert_cmpuint (f->n_lost, ==, 0);
  /* A shell that ends has no lock screen. */
  g_clear_pointer (&shell, hub_fake_service_free);
  while (f->n_lost == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->n_lost, ==, 1);
}

/* Drawn by the program, for trays that do not find the icons. */
static void
test_pixmaps (Fixture *f, gconstpointer address)
{
  g_autoptr (GVariant) reply
      = hub_bus_caller_call (f->caller, ITEM, "org.freedesktop.DBus.Properties", "Get",
                             g_variant_new ("(ss)", INTERFACE, "IconPixmap"), NULL);
  g_autoptr (GVariant) pixmaps = NULL;
  GVariantIter iter;
  GVariant *pixels;
  int width, height;
  guint n = 0;

  g_variant_get (reply, "(v)", &pixmaps);
  g_variant_iter_init (&iter, pixmaps);
  while (g_variant_iter_loop (&iter, "(ii@ay)", &width, &height, &pixels))
    {
      g_assert_cmpint (width, ==, height);
      g_assert_cmpuint (g_variant_n_children (pixels), ==, (gsize) width * height * 4);
      n++;
    }
  g_assert_cmpuint (n, ==, 2);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/tray-face/" name, Fixture, g_test_dbus_get_bus_address (bus), set_up, function,    \
              tear_down)

int
main (int argc, char *argv[])
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  char *home = hub_test_home_make ();
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_up (bus);

  ADD ("states", test_states);
  ADD ("failed", test_failed);
  ADD ("tells-nobody", test_tells_nobody);
  ADD ("menu", test_menu);
  ADD ("shown", test_shown);
  ADD ("locked", test_locked);
  ADD ("pixmaps", test_pixmaps);

  status = g_test_run ();
  g_test_dbus_down (bus);
  hub_test_home_remove (home);

  return status;
}
