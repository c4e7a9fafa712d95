/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-host-fixture.h"
#include "host/hub-host-guest.h"
#include "hub-application-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
has_state (HubApplicationFixture *f, const char *action, gboolean wanted)
{
  g_autoptr (GVariant) state
      = g_action_group_get_action_state (hub_application_fixture_get_actions (f), action);

  return g_variant_get_boolean (state) == wanted;
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
get_n_people (HubApplicationFixture *f)
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
  HubApplicationFixture f;

  hub_application_fixture_init (&f, FALSE);
  /* Everybody on the bus could call it. */
  g_assert_false (g_action_group_has_action (hub_application_fixture_get_actions (&f), "remove"));
  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    g_assert_true (
        g_action_group_get_action_enabled (hub_application_fixture_get_actions (&f), always[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (open); i++)
    g_assert_true (
        g_action_group_get_action_enabled (hub_application_fixture_get_actions (&f), open[i]));
  g_assert_false (
      g_action_group_get_action_enabled (hub_application_fixture_get_actions (&f), "start"));
  g_assert_false (
      g_action_group_get_action_enabled (hub_application_fixture_get_actions (&f), "new-code"));

  /* Nobody is present: at once. */
  hub_application_fixture_activate (&f, "stop");
  g_assert_null (find_dialog ());
  HUB_APPLICATION_WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_STOPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    g_assert_true (
        g_action_group_get_action_enabled (hub_application_fixture_get_actions (&f), always[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (open); i++)
    g_assert_false (
        g_action_group_get_action_enabled (hub_application_fixture_get_actions (&f), open[i]));
  hub_application_fixture_activate (&f, "start");
  HUB_APPLICATION_WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_READY);
  hub_application_fixture_clear (&f);
}

static void
test_states (void)
{
  HubApplicationFixture f;
  gboolean asks;
  g_autofree char *code = NULL;

  hub_application_fixture_init (&f, FALSE);
  g_assert_true (has_state (&f, "lock", FALSE));
  hub_application_fixture_activate (&f, "lock");
  HUB_APPLICATION_WAIT_FOR (has_state (&f, "lock", TRUE));
  g_assert_true (hub_snapshot_is_locked (hub_status_get_snapshot (f.status)));
  hub_application_fixture_activate (&f, "lock");
  HUB_APPLICATION_WAIT_FOR (has_state (&f, "lock", FALSE));

  hub_application_fixture_activate (&f, "ask-code");
  HUB_APPLICATION_WAIT_FOR (has_state (&f, "ask-code", TRUE));
  g_object_get (hub_application_get_preferences (f.application), "ask-code", &asks, NULL);
  g_assert_true (asks);
  code = g_strdup (hub_snapshot_get_code (hub_status_get_snapshot (f.status)));
  hub_application_fixture_activate (&f, "new-code");
  HUB_APPLICATION_WAIT_FOR (
      g_strcmp0 (hub_snapshot_get_code (hub_status_get_snapshot (f.status)), code) != 0);

  /* Also while no chat is open it is what the next one begins with. */
  hub_application_fixture_activate (&f, "stop");
  HUB_APPLICATION_WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_STOPPED);
  g_assert_true (has_state (&f, "ask-code", TRUE));
  hub_application_fixture_activate (&f, "ask-code");
  g_assert_true (has_state (&f, "ask-code", FALSE));
  hub_application_fixture_activate (&f, "start");
  HUB_APPLICATION_WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_READY);
  g_assert_null (hub_snapshot_get_code (hub_status_get_snapshot (f.status)));
  hub_application_fixture_clear (&f);
}

/* People are asked about, whoever wants the end: then it goes on, or ends for them. */
static void
test_stop_asks (void)
{
  HubApplicationFixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;

  hub_application_fixture_init (&f, FALSE);
  ana = hub_host_guest_join (f.port, "Ana");
  HUB_APPLICATION_WAIT_FOR (get_n_people (&f) == 1);
  hub_application_fixture_activate (&f, "quit");
  hub_application_fixture_activate (&f, "stop");
  HUB_APPLICATION_WAIT_FOR (find_dialog () != NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (find_dialog ()), ==,
                   "End the chat for 1 person?");
  answer ("cancel");
  /* The second request was the same question. */
  g_assert_null (find_dialog ());
  g_assert_cmpint (hub_status_get_state (f.status), ==, HUB_HOST_READY);
  while (g_main_context_iteration (NULL, FALSE))
    continue;

  /* One question, about what was wanted last. */
  hub_application_fixture_activate (&f, "quit");
  hub_application_fixture_activate (&f, "stop");
  HUB_APPLICATION_WAIT_FOR (find_dialog () != NULL);
  answer ("end");
  HUB_APPLICATION_WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_STOPPED);
  g_free (hub_host_guest_wait_for (ana, "ended"));
  hub_application_fixture_clear (&f);
}

/* The reason may name a folder, and a folder may have any name. */
static void
test_failed (void)
{
  HubApplicationFixture f;
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "hubbub", NULL);
  g_autofree char *aside = g_strconcat (folder, ".aside", NULL);

  hub_application_fixture_init (&f, FALSE);
  hub_application_fixture_activate (&f, "stop");
  HUB_APPLICATION_WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_STOPPED);
  g_assert_no_errno (g_rename (folder, aside));
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  hub_application_fixture_activate (&f, "start");
  HUB_APPLICATION_WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_FAILED);
  HUB_APPLICATION_WAIT_FOR (hub_application_fixture_shows (
      GTK_WIDGET (hub_application_fixture_get_window (&f)), " <b> & "));

  g_assert_no_errno (g_unlink (folder));
  g_assert_no_errno (g_rename (aside, folder));
  hub_application_fixture_activate (&f, "start");
  HUB_APPLICATION_WAIT_FOR (hub_status_get_state (f.status) == HUB_HOST_READY);
  hub_application_fixture_clear (&f);
}

/* A session that ends does not ask, and GTK does not wait: the guest is told nevertheless, and soon. */
static void
test_session_ends (void)
{
  HubApplicationFixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;
  gint64 begin;

  hub_application_fixture_init (&f, FALSE);
  ana = hub_host_guest_join (f.port, "Ana");
  HUB_APPLICATION_WAIT_FOR (get_n_people (&f) == 1);
  begin = g_get_monotonic_time ();
  hub_application_fixture_clear (&f);
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
      HubApplicationFixture f;
      g_autoptr (HubCrowdSocket) guest = NULL;
      g_autofree char *heading = g_strdup_printf ("Remove “\u2068%s\u2069”?", names[i]);
      const HubPerson *person;

      hub_application_fixture_init (&f, FALSE);
      guest = hub_host_guest_join (f.port, names[i]);
      HUB_APPLICATION_WAIT_FOR (get_n_people (&f) == 1);
      person = hub_snapshot_get_people (hub_status_get_snapshot (f.status))->pdata[0];
      g_assert_true (gtk_widget_activate_action (
          GTK_WIDGET (hub_application_fixture_get_window (&f)), "guest.remove", "t", person->id));
      g_assert_nonnull (find_dialog ());
      g_assert_cmpstr (adw_message_dialog_get_heading (find_dialog ()), ==, heading);
      g_assert_false (adw_message_dialog_get_heading_use_markup (find_dialog ()));
      answer ("cancel");
      g_assert_cmpuint (get_n_people (&f), ==, 1);

      g_assert_true (gtk_widget_activate_action (
          GTK_WIDGET (hub_application_fixture_get_window (&f)), "guest.remove", "t", person->id));
      answer ("remove");
      HUB_APPLICATION_WAIT_FOR (get_n_people (&f) == 0);
      g_free (hub_host_guest_wait_for (guest, "ended"));
      /* Whoever is gone is not asked about. */
      g_assert_true (
          gtk_widget_activate_action (GTK_WIDGET (hub_application_fixture_get_window (&f)),
                                      "guest.remove", "t", G_GUINT64_CONSTANT (12345)));
      g_assert_null (find_dialog ());
      hub_application_fixture_clear (&f);
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
  HubApplicationFixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;
  g_autofree char *name = NULL;

  hub_application_fixture_init (&f, FALSE);
  hub_application_fixture_activate (&f, "rename-room");
  g_assert_cmpstr (gtk_editable_get_text (get_entry ()), ==, "Lab");
  gtk_editable_set_text (get_entry (), "  Room 7 ");
  answer ("rename");
  /* Nobody is present: at once. */
  HUB_APPLICATION_WAIT_FOR (
      hub_status_get_snapshot (f.status) != NULL
      && g_str_equal (hub_snapshot_get_room_name (hub_status_get_snapshot (f.status)), "Room 7"));

  ana = hub_host_guest_join (hub_snapshot_get_port (hub_status_get_snapshot (f.status)), "Ana");
  HUB_APPLICATION_WAIT_FOR (get_n_people (&f) == 1);
  hub_application_fixture_activate (&f, "rename-room");
  gtk_editable_set_text (get_entry (), "Room 8");
  answer ("rename");
  g_object_get (hub_application_get_preferences (f.application), "room-name", &name, NULL);
  g_assert_cmpstr (name, ==, "Room 8");
  g_assert_cmpint (hub_status_get_state (f.status), ==, HUB_HOST_READY);
  g_assert_cmpstr (hub_snapshot_get_room_name (hub_status_get_snapshot (f.status)), ==, "Room 7");
  hub_application_fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  hub_application_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/application/actions", test_actions);
  g_test_add_func ("/application/states", test_states);
  g_test_add_func ("/application/stop-asks", test_stop_asks);
  g_test_add_func ("/application/failed", test_failed);
  g_test_add_func ("/application/session-ends", test_session_ends);
  g_test_add_func ("/application/remove", test_remove);
  g_test_add_func ("/application/rename", test_rename);

  return g_test_run ();
}
