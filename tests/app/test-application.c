/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-application.h"
#include "app/hub-window.h"
#include "host/hub-host-fixture.h"
#include "host/hub-host-guest.h"

#include <glib/gstdio.h>
#include <string.h>

/* The real application with a real guest, in a session of the test's own. */
typedef struct
{
  HubApplication *application;
  HubStatus *status;
  guint16 port;
} Fixture;

static gboolean
on_deadline (gpointer data)
{
  g_error ("Nothing happened for 30 s");

  return G_SOURCE_REMOVE;
}

/* Runs the loop until @condition. */
#define WAIT_FOR(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint deadline = g_timeout_add_seconds (30, on_deadline, NULL);                                \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (deadline);                                                                    \
  }                                                                                                \
  G_STMT_END

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static void
fixture_init (Fixture *f, gboolean ask_code)
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
  WAIT_FOR (hub_status_get_state (f->status) == HUB_HOST_READY);
  f->port = hub_snapshot_get_port (hub_status_get_snapshot (f->status));
}

static void
on_idle_quit (gpointer data)
{
  g_application_quit (data);
}

/* As the session does it, which does not ask. */
static void
fixture_clear (Fixture *f)
{
  g_idle_add_once (on_idle_quit, f->application);
  g_assert_cmpint (g_application_run (G_APPLICATION (f->application), 0, NULL), ==, 0);
  g_assert_null (hub_application_get_status (f->application));
  g_assert_finalize_object (f->application);
}

static GActionGroup *
get_actions (Fixture *f)
{
  return G_ACTION_GROUP (f->application);
}

static gboolean
has_state (Fixture *f, const char *action, gboolean wanted)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (get_actions (f), action);

  return g_variant_get_boolean (state) == wanted;
}

static void
activate (Fixture *f, const char *action)
{
  g_action_group_activate_action (get_actions (f), action, NULL);
}

static GtkWindow *
get_window (Fixture *f)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (f->application));

  for (; windows != NULL; windows = windows->next)
    if (HUB_IS_WINDOW (windows->data))
      return windows->data;

  return NULL;
}

/* The question that is open, or NULL. */
static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      return l->data;

  return NULL;
}

static void
answer (const char *response)
{
  AdwMessageDialog *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static guint
get_n_people (Fixture *f)
{
  return hub_status_get_n_people (f->status);
}

static void
test_actions (void)
{
  static const char *const always[]
      = { "show", "quit",       "about",        "preferences", "shortcuts",
          "help", "start-chat", "copy-address", "ask-code",    "rename-room" };
  static const char *const open[] = { "stop", "open-chat", "lock", "copy" };
  Fixture f;

  fixture_init (&f, FALSE);
  /* Everybody on the bus could call it. */
  g_assert_false (g_action_group_has_action (get_actions (&f), "remove"));
  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    g_assert_true (g_action_group_get_action_enabled (get_actions (&f), always[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (open); i++)
    g_assert_true (g_action_group_get_action_enabled (get_actions (&f), open[i]));
  g_assert_false (g_action_group_get_action_enabled (get_actions (&f), "start"));
  g_assert_false (g_action_group_get_action_enabled (get_actions (&f), "new-code"));

  /* Nobody is present: at once. */
  activate (&f, "stop");
  g_assert_null (find_dialog ());
  WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_STOPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    g_assert_true (g_action_group_get_action_enabled (get_actions (&f), always[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (open); i++)
    g_assert_false (g_action_group_get_action_enabled (get_actions (&f), open[i]));
  activate (&f, "start");
  WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_READY);
  fixture_clear (&f);
}

static void
test_states (void)
{
  Fixture f;
  gboolean asks;
  g_autofree char *code = NULL;

  fixture_init (&f, FALSE);
  g_assert_true (has_state (&f, "lock", FALSE));
  activate (&f, "lock");
  WAIT_FOR (has_state (&f, "lock", TRUE));
  g_assert_true (hub_snapshot_is_locked (hub_status_get_snapshot (f.status)));
  activate (&f, "lock");
  WAIT_FOR (has_state (&f, "lock", FALSE));

  activate (&f, "ask-code");
  WAIT_FOR (has_state (&f, "ask-code", TRUE));
  g_object_get (hub_application_get_preferences (f.application), "ask-code", &asks, NULL);
  g_assert_true (asks);
  code = g_strdup (hub_snapshot_get_code (hub_status_get_snapshot (f.status)));
  activate (&f, "new-code");
  WAIT_FOR (g_strcmp0 (hub_snapshot_get_code (hub_status_get_snapshot (f.status)), code) != 0);

  /* Also while no chat is open it is what the next one begins with. */
  activate (&f, "stop");
  WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_STOPPED);
  g_assert_true (has_state (&f, "ask-code", TRUE));
  activate (&f, "ask-code");
  g_assert_true (has_state (&f, "ask-code", FALSE));
  activate (&f, "start");
  WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_READY);
  g_assert_null (hub_snapshot_get_code (hub_status_get_snapshot (f.status)));
  fixture_clear (&f);
}

/* People are asked about, whoever wants the end: then it goes on, or ends for them. */
static void
test_stop_asks (void)
{
  Fixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;

  fixture_init (&f, FALSE);
  ana = hub_host_guest_join (f.port, "Ana");
  WAIT_FOR (get_n_people (&f) == 1);
  activate (&f, "quit");
  activate (&f, "stop");
  WAIT_FOR (find_dialog () != NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (find_dialog ()), ==,
                   "End the chat for 1 person?");
  answer ("cancel");
  /* The second request was the same question. */
  g_assert_null (find_dialog ());
  g_assert_cmpint (hub_status_get_state (f.status), ==, HUB_HOST_READY);
  while (g_main_context_iteration (NULL, FALSE))
    continue;

  /* One question, about what was wanted last. */
  activate (&f, "quit");
  activate (&f, "stop");
  WAIT_FOR (find_dialog () != NULL);
  answer ("end");
  WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_STOPPED);
  g_free (hub_host_guest_wait_for (ana, "ended"));
  fixture_clear (&f);
}

static gboolean
shows (GtkWidget *widget, const char *part)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, part))
      return TRUE;

  return FALSE;
}

/* The reason may name a folder, and a folder may have any name. */
static void
test_failed (void)
{
  Fixture f;
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "hubbub", NULL);
  g_autofree char *aside = g_strconcat (folder, ".aside", NULL);

  fixture_init (&f, FALSE);
  activate (&f, "stop");
  WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_STOPPED);
  g_assert_no_errno (g_rename (folder, aside));
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  activate (&f, "start");
  WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_FAILED);
  WAIT_FOR (shows (GTK_WIDGET (get_window (&f)), " <b> & "));

  g_assert_no_errno (g_unlink (folder));
  g_assert_no_errno (g_rename (aside, folder));
  activate (&f, "start");
  WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_READY);
  fixture_clear (&f);
}

/* A session that ends does not ask, and GTK does not wait: the guest is told nevertheless, and soon. */
static void
test_session_ends (void)
{
  Fixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;
  gint64 begin;

  fixture_init (&f, FALSE);
  ana = hub_host_guest_join (f.port, "Ana");
  WAIT_FOR (get_n_people (&f) == 1);
  begin = g_get_monotonic_time ();
  fixture_clear (&f);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, HUB_TEST_STOP_US);
  g_free (hub_host_guest_wait_for (ana, "ended"));
  hub_host_guest_wait_for_end (ana);
}

/* A guest's name is shown as it is, and goes with the guest. */
static void
test_remove (void)
{
  static const char *const names[] = { "<b>x</b>", "Tom & Jerry", "a_b", "%s%n" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Fixture f;
      g_autoptr (HubCrowdSocket) guest = NULL;
      g_autofree char *heading = g_strdup_printf ("Remove “\u2068%s\u2069”?", names[i]);
      const HubPerson *person;

      fixture_init (&f, FALSE);
      guest = hub_host_guest_join (f.port, names[i]);
      WAIT_FOR (get_n_people (&f) == 1);
      person = hub_snapshot_get_people (hub_status_get_snapshot (f.status))->pdata[0];
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_window (&f)), "guest.remove", "t",
                                                 person->id));
      g_assert_nonnull (find_dialog ());
      g_assert_cmpstr (adw_message_dialog_get_heading (find_dialog ()), ==, heading);
      g_assert_false (adw_message_dialog_get_heading_use_markup (find_dialog ()));
      answer ("cancel");
      g_assert_cmpuint (get_n_people (&f), ==, 1);

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_window (&f)), "guest.remove", "t",
                                                 person->id));
      answer ("remove");
      WAIT_FOR (get_n_people (&f) == 0);
      g_free (hub_host_guest_wait_for (guest, "ended"));
      /* Whoever is gone is not asked about. */
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_window (&f)), "guest.remove", "t",
                                                 G_GUINT64_CONSTANT (12345)));
      g_assert_null (find_dialog ());
      fixture_clear (&f);
    }
}

static GtkEditable *
get_entry (void)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (find_dialog ());

  g_assert_true (GTK_IS_EDITABLE (entry));

  return GTK_EDITABLE (entry);
}

static void
test_rename (void)
{
  Fixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;
  g_autofree char *name = NULL;

  fixture_init (&f, FALSE);
  activate (&f, "rename-room");
  g_assert_cmpstr (gtk_editable_get_text (get_entry ()), ==, "Lab");
  gtk_editable_set_text (get_entry (), "  Room 7 ");
  answer ("rename");
  /* Nobody is present: at once. */
  WAIT_FOR (
      hub_status_get_snapshot (f.status) != NULL
      && g_str_equal (hub_snapshot_get_room_name (hub_status_get_snapshot (f.status)), "Room 7"));

  ana = hub_host_guest_join (hub_snapshot_get_port (hub_status_get_snapshot (f.status)), "Ana");
  WAIT_FOR (get_n_people (&f) == 1);
  activate (&f, "rename-room");
  gtk_editable_set_text (get_entry (), "Room 8");
  answer ("rename");
  g_object_get (hub_application_get_preferences (f.application), "room-name", &name, NULL);
  g_assert_cmpstr (name, ==, "Room 8");
  g_assert_cmpint (hub_status_get_state (f.status), ==, HUB_HOST_READY);
  g_assert_cmpstr (hub_snapshot_get_room_name (hub_status_get_snapshot (f.status)), ==, "Room 7");
  fixture_clear (&f);
}

static void
test_windows (void)
{
  static const char *const actions[] = { "preferences", "help", "shortcuts", "about" };
  Fixture f;
  guint n;

  fixture_init (&f, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      activate (&f, actions[i]);
      n = g_list_model_get_n_items (gtk_window_get_toplevels ());
      /* The same one again. */
      activate (&f, actions[i]);
      if (!g_str_equal (actions[i], "about"))
        g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n);
    }

  gtk_widget_activate_action (GTK_WIDGET (get_window (&f)), "win.enlarge", NULL);
  n = g_list_model_get_n_items (gtk_window_get_toplevels ());
  gtk_widget_activate_action (GTK_WIDGET (get_window (&f)), "win.enlarge", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n);
  fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_autofree char *schemas = g_build_filename (g_getenv ("HUB_TEST_BUILD_ROOT"), "data", NULL);
  g_autofree char *data_home = g_build_filename (g_getenv ("XDG_DATA_HOME"), "Tom <b> & Co", NULL);

  g_assert_no_errno (g_mkdir_with_parents (data_home, 0700));
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/application/actions", test_actions);
  g_test_add_func ("/application/states", test_states);
  g_test_add_func ("/application/stop-asks", test_stop_asks);
  g_test_add_func ("/application/failed", test_failed);
  g_test_add_func ("/application/session-ends", test_session_ends);
  g_test_add_func ("/application/remove", test_remove);
  g_test_add_func ("/application/rename", test_rename);
  g_test_add_func ("/application/windows", test_windows);

  return g_test_run ();
}
