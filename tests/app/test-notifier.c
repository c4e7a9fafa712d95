/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-notifier.h"

#include "host/hub-host-fixture.h"
#include "host/hub-host-guest.h"
#include "hub-fake-service.h"

#include <string.h>

/* What a notification server is told, of a real chat with real guests. */

static const char xml[]
    = "<node><interface name='org.freedesktop.Notifications'>"
      "<method name='Notify'>"
      "<arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='as' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
      "<arg type='u' direction='out'/></method>"
      "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
      "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
      "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
      "</interface></node>";

#define GUEST "<b>Tom</b>"

typedef struct
{
  HubHostFixture host;
  HubPreferences *preferences;
  HubStatus *status;
  HubNotifier *notifier;
} Fixture;

static GtkApplication *application;
static HubFakeService *server;
static GString *activated; /* names of actions: "show help " */
static guint n_before;     /* calls before this test's */

static void
answer (HubFakeService *service, GDBusMethodInvocation *invocation, gpointer data)
{
  static guint id;
  gboolean is_notify
      = g_str_equal (g_dbus_method_invocation_get_method_name (invocation), "Notify");

  g_dbus_method_invocation_return_value (invocation,
                                         is_notify ? g_variant_new ("(u)", ++id) : NULL);
}

static void
on_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_string_append_printf (activated, "%s ", g_action_get_name (G_ACTION (action)));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  n_before = hub_fake_service_count (server, "(");
  g_string_truncate (activated, 0);
  hub_host_fixture_init (&fixture->host);
  fixture->preferences = hub_preferences_new ("io.example.NotInstalled");
  fixture->status = hub_status_new (fixture->host.host, fixture->preferences);
  fixture->notifier = hub_notifier_new (application, fixture->status, fixture->preferences);
}

/* Lines of this test only. */
static guint
count (const char *text)
{
  g_autofree char *log = hub_fake_service_dup_log (server);
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  guint n = 0;

  for (guint i = n_before; i < g_strv_length (lines); i++)
    if (strstr (lines[i], text) != NULL)
      n++;

  return n;
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("Never told: %s", (const char *) data);

  return G_SOURCE_REMOVE;
}

static void
wait_for (const char *text, guint n)
{
  guint deadline = g_timeout_add_seconds (30, on_deadline, (gpointer) text);

  while (count (text) < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *is_settled = data;

  *is_settled = TRUE;
}

/* What was sent before this has come to the server, and its answers here, as answers keep their order: GLib
 * takes back only what has been answered. */
static void
settle (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  gboolean is_settled = FALSE;

  g_dbus_connection_call (bus, "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
                          "org.freedesktop.Notifications", "CloseNotification",
                          g_variant_new ("(u)", 999), NULL, 0, -1, NULL, on_settled, &is_settled);
  hub_fake_service_run_until (&is_settled, "an answer");
}

/* Whatever is still out is taken back, before the next test counts. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->notifier != NULL)
    g_assert_finalize_object (fixture->notifier);
  g_assert_finalize_object (fixture->status);
  g_assert_finalize_object (fixture->preferences);
  hub_host_fixture_clear (&fixture->host);
  settle ();
}

static void
test_first_guest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HubCrowdSocket) guest = NULL;

  hub_host_fixture_start (&fixture->host);
  guest = hub_host_guest_join (hub_host_fixture_get_port (&fixture->host), GUEST);
  wait_for ("'Somebody Joined the Chat', 'The first guest is here.'", 1);
  g_assert_cmpuint (count ("Tom"), ==, 0);

  /* Nobody is there any more. */
  settle ();
  hub_host_fixture_stop (&fixture->host);
  wait_for ("CloseNotification", 2); /* one of settle() */
}

static void
test_switched_off (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *preference;
    const char *signal;
    const char *title;
  } rows[] = {
    { "notify-first-guest", "first-guest", "'Somebody Joined the Chat'" },
    { "notify-network", "network-changed", "'Your Network Changed'" },
    { "notify-stuck", "stuck", "'Somebody Cannot Get In'" },
  };

  hub_host_fixture_start (&fixture->host);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_object_set (fixture->preferences, rows[i].preference, FALSE, NULL);
      g_signal_emit_by_name (fixture->status, rows[i].signal);
      settle ();
      g_assert_cmpuint (count (rows[i].title), ==, 0);

      g_object_set (fixture->preferences, rows[i].preference, TRUE, NULL);
      g_signal_emit_by_name (fixture->status, rows[i].signal);
      wait_for (rows[i].title, 1);
    }
}

/* Once somebody is in again nobody is stuck, and the new address is known. */
static void
test_joined_since (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HubCrowdSocket) guest = NULL;

  g_object_set (fixture->preferences, "notify-first-guest", FALSE, NULL);
  hub_host_fixture_start (&fixture->host);
  g_signal_emit_by_name (fixture->status, "network-changed");
  g_signal_emit_by_name (fixture->status, "stuck");
  wait_for ("'Somebody Cannot Get In'", 1);
  wait_for ("['default', '', 'app.copy-address', 'Copy Address']", 1);
  wait_for ("['default', '', 'app.help', 'How to Continue']", 1);
  settle ();

  guest = hub_host_guest_join (hub_host_fixture_get_port (&fixture->host), GUEST);
  wait_for ("CloseNotification", 3); /* one of settle() */
}

static void
invoke (guint id, const char *action)
{
  hub_fake_service_emit (server, NULL, "/org/freedesktop/Notifications",
                         "org.freedesktop.Notifications", "ActionInvoked",
                         g_variant_new ("(us)", id, action));
}

/* Run by the application, as a click would. */
static void
test_actions (Fixture *fixture, gconstpointer data)
{
  guint deadline = g_timeout_add_seconds (30, on_deadline, (gpointer) "actions");

  hub_host_fixture_start (&fixture->host);
  hub_notifier_tell_keeps_running (fixture->notifier);
  wait_for ("'The Chat Keeps Running', 'Hubbub goes on without its window.'", 1);
  settle ();
  /* The id is the server's secret: one of those it gave out. */
  for (guint id = 1; id < 64; id++)
    invoke (id, "default");
  while (strstr (activated->str, "show") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

/* The window shows all of it itself. */
static void
test_attended (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (gtk_application_window_new (application));
  guint deadline = g_timeout_add_seconds (30, on_deadline, (gpointer) "an active window");

  hub_host_fixture_start (&fixture->host);
  hub_notifier_tell_keeps_running (fixture->notifier);
  wait_for ("'The Chat Keeps Running'", 1);
  settle ();

  gtk_window_present (window);
  while (!gtk_window_is_active (window))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  wait_for ("CloseNotification", 2); /* one of settle() */

  g_signal_emit_by_name (fixture->status, "first-guest");
  g_signal_emit_by_name (fixture->status, "network-changed");
  g_signal_emit_by_name (fixture->status, "stuck");
  settle ();
  g_assert_cmpuint (count ("Notify("), ==, 1);

  gtk_window_destroy (window);
  g_signal_emit_by_name (fixture->status, "stuck");
  wait_for ("'Somebody Cannot Get In'", 1);
}

static void
test_end (Fixture *fixture, gconstpointer data)
{
  hub_notifier_tell_keeps_running (fixture->notifier);
  wait_for ("'The Chat Keeps Running'", 1);
  settle ();
  g_assert_finalize_object (g_steal_pointer (&fixture->notifier));
  wait_for ("CloseNotification", 2);
}

int
main (int argc, char *argv[])
{
  static const char *const names[] = { "show", "copy-address", "help" };
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  server = hub_fake_service_new (NULL, "org.freedesktop.Notifications",
                                 "/org/freedesktop/Notifications", xml, answer, NULL);
  activated = g_string_new (NULL);
  application = gtk_application_new (HUB_APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);

      g_signal_connect (action, "activate", G_CALLBACK (on_action), NULL);
      g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
    }
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

#define ADD(name, function)                                                                        \
  g_test_add ("/app/notifier/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("first-guest", test_first_guest);
  ADD ("switched-off", test_switched_off);
  ADD ("joined-since", test_joined_since);
  ADD ("actions", test_actions);
  ADD ("attended", test_attended);
  ADD ("end", test_end);
  status = g_test_run ();

  g_object_unref (application);
  hub_fake_service_free (server);
  g_string_free (activated, TRUE);

  return status;
}
