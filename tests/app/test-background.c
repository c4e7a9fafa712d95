/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-autostart.h"
#include "app/hub-background.h"

#include "hub-fake-portal.h"

#include <glib/gstdio.h>

typedef struct
{
  GTestDBus *daemon;
  HubFakePortal portal;
  HubFakeService *service;
  HubPreferences *preferences;
  HubBackground *background;
  char *home;
  char *directory; /* not there yet */
  char *refusal;
  gboolean is_refused;
} Fixture;

typedef struct
{
  gboolean is_granted;
  gboolean is_done;
  GError *error;
} Outcome;

static void
on_refused (HubBackground *background, const GError *error, Fixture *fixture)
{
  g_free (fixture->refusal);
  fixture->refusal = g_strdup (error->message);
  fixture->is_refused = TRUE;
}

static void
make (Fixture *fixture, gboolean is_sandboxed, guint patience)
{
  g_autoptr (GDBusConnection) bus
      = is_sandboxed ? g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL) : NULL;

  fixture->background
      = g_object_new (HUB_TYPE_BACKGROUND, "preferences", fixture->preferences, "portal", bus,
                      "autostart-dir", fixture->directory, "patience", patience, NULL);
  g_signal_connect (fixture->background, "refused", G_CALLBACK (on_refused), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->daemon);
  fixture->service
      = hub_fake_portal_new (&fixture->portal, g_test_dbus_get_bus_address (fixture->daemon));
  fixture->preferences = hub_preferences_new ("nothing.is.installed");
  fixture->home = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  fixture->directory = g_build_filename (fixture->home, "config", "autostart", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->directory);

  hub_autostart_turn_off (fixture->directory, NULL);
  g_remove (fixture->directory);
  g_rmdir (parent);
  g_rmdir (fixture->home);
  g_free (fixture->home);
  g_assert_finalize_object (fixture->background);
  g_assert_finalize_object (fixture->preferences);
  hub_fake_service_free (fixture->service);
  g_free (fixture->directory);
  g_free (fixture->refusal);
  g_test_dbus_down (fixture->daemon);
  g_object_unref (fixture->daemon);
}

static gboolean
is_wanted (Fixture *fixture)
{
  gboolean is_on;

  g_object_get (fixture->preferences, "start-with-session", &is_on, NULL);

  return is_on;
}

static void
want (Fixture *fixture, gboolean is_on)
{
  g_object_set (fixture->preferences, "start-with-session", is_on, NULL);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  make (fixture, FALSE, 1);

  want (fixture, TRUE);
  g_assert_true (hub_autostart_is_on (fixture->directory));
  want (fixture, FALSE);
  g_assert_false (hub_autostart_is_on (fixture->directory));
  g_assert_false (fixture->is_refused);
}

/* Whoever changed the file meanwhile is right. */
static void
test_file_was_there (Fixture *fixture, gconstpointer data)
{
  g_assert_true (hub_autostart_turn_on (fixture->directory, "/usr/bin/hubbub", NULL));
  make (fixture, FALSE, 1);
  g_assert_true (is_wanted (fixture));
  g_assert_finalize_object (g_steal_pointer (&fixture->background));

  g_assert_true (hub_autostart_turn_off (fixture->directory, NULL));
  make (fixture, FALSE, 1);
  g_assert_false (is_wanted (fixture));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->directory);

  make (fixture, FALSE, 1);
  g_mkdir_with_parents (parent, 0700);
  g_assert_true (g_file_set_contents (fixture->directory, "a file", -1, NULL));

  want (fixture, TRUE);
  g_assert_true (is_wanted (fixture)); /* it is told afterwards */
  hub_fake_service_run_until (&fixture->is_refused, "the refusal");
  g_assert_nonnull (strstr (fixture->refusal, "Not a directory"));
  g_assert_false (is_wanted (fixture));

  /* What was wanted since is not undone. */
  fixture->is_refused = FALSE;
  want (fixture, TRUE);
  g_assert_no_errno (g_unlink (fixture->directory));
  want (fixture, FALSE);
  want (fixture, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_false (fixture->is_refused);
  g_assert_true (is_wanted (fixture));
  g_assert_true (hub_autostart_is_on (fixture->directory));
}

static void
test_portal (Fixture *fixture, gconstpointer data)
{
  make (fixture, TRUE, 60000);

  want (fixture, TRUE);
  hub_fake_service_wait_for (fixture->service, "'autostart': <true>", 1);
  g_assert_cmpuint (
      hub_fake_service_count (fixture->service, "'commandline': <['hubbub', '--background']>"), ==,
      1);
  want (fixture, FALSE);
  hub_fake_service_wait_for (fixture->service, "'autostart': <false>", 1);
  g_assert_false (fixture->is_refused);
  g_assert_false (hub_autostart_is_on (fixture->directory));
}

static void
test_portal_refuses (Fixture *fixture, gconstpointer data)
{
  static const HubFakePortalMood moods[]
      = { HUB_FAKE_PORTAL_DENIES, HUB_FAKE_PORTAL_DISMISSES, HUB_FAKE_PORTAL_FAILS };

  make (fixture, TRUE, 60000);
  for (guint i = 0; i < G_N_ELEMENTS (moods); i++)
    {
      fixture->portal.mood = moods[i];
      fixture->is_refused = FALSE;
      want (fixture, TRUE);
      hub_fake_service_run_until (&fixture->is_refused, "the refusal");
      g_assert_false (is_wanted (fixture));
    }
}

/* Only what was wanted last counts, also where the portal has not answered before. */
static void
test_portal_hesitates (Fixture *fixture, gconstpointer data)
{
  make (fixture, TRUE, 60000);
  fixture->portal.mood = HUB_FAKE_PORTAL_IS_SILENT;
  want (fixture, TRUE);
  hub_fake_service_wait_for (fixture->service, "'autostart': <true>", 1);

  fixture->portal.mood = HUB_FAKE_PORTAL_GRANTS;
  want (fixture, FALSE);
  hub_fake_service_wait_for (fixture->service, "'autostart': <false>", 1);
  g_assert_false (fixture->is_refused);

  /* And none of what is still under way touches an object that is gone. */
  fixture->portal.mood = HUB_FAKE_PORTAL_IS_SILENT;
  want (fixture, TRUE);
}

static void
on_requested (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->is_granted
      = hub_background_request_finish (HUB_BACKGROUND (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static Outcome
request (Fixture *fixture)
{
  Outcome outcome = { FALSE };

  hub_background_request_async (fixture->background, NULL, on_requested, &outcome);
  hub_fake_service_run_until (&outcome.is_done, "the answer");
  /* The source is let go in an idle. */
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return outcome;
}

static void
test_request (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    HubFakePortalMood mood;
    gboolean is_granted;
    gboolean is_error;
  } rows[] = {
    { HUB_FAKE_PORTAL_GRANTS, TRUE, FALSE },     { HUB_FAKE_PORTAL_DENIES, FALSE, FALSE },
    { HUB_FAKE_PORTAL_DISMISSES, FALSE, FALSE }, { HUB_FAKE_PORTAL_IS_SILENT, FALSE, FALSE },
    { HUB_FAKE_PORTAL_FAILS, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Outcome outcome;

      make (fixture, TRUE, rows[i].mood == HUB_FAKE_PORTAL_IS_SILENT ? 20 : 60000);
      fixture->portal.mood = rows[i].mood;
      outcome = request (fixture);
      g_assert_cmpint (outcome.is_granted, ==, rows[i].is_granted);
      g_assert_cmpint (outcome.error != NULL, ==, rows[i].is_error);
      g_clear_error (&outcome.error);
      if (i + 1 < G_N_ELEMENTS (rows))
        g_assert_finalize_object (g_steal_pointer (&fixture->background));
    }
}

/* A request that said nothing of it would switch the start with the session off. */
static void
test_request_keeps_autostart (Fixture *fixture, gconstpointer data)
{
  Outcome outcome;

  make (fixture, TRUE, 60000);
  want (fixture, TRUE);
  hub_fake_service_wait_for (fixture->service, "'autostart': <true>", 1);
  outcome = request (fixture);
  g_assert_true (outcome.is_granted);
  g_assert_cmpuint (hub_fake_service_count (fixture->service, "'autostart': <true>"), ==, 2);
}

static void
test_request_without_sandbox (Fixture *fixture, gconstpointer data)
{
  Outcome outcome;

  make (fixture, FALSE, 1);
  outcome = request (fixture);
  g_assert_true (outcome.is_granted);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (hub_fake_service_count (fixture->service, ""), ==, 0);
}

static void
test_request_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { FALSE };

  make (fixture, TRUE, 60000);
  fixture->portal.mood = HUB_FAKE_PORTAL_IS_SILENT;
  hub_background_request_async (fixture->background, cancellable, on_requested, &outcome);
  hub_fake_service_wait_for (fixture->service, "RequestBackground", 1);
  g_cancellable_cancel (cancellable);
  hub_fake_service_run_until (&outcome.is_done, "the cancellation");
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_status (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (96, 'x');
  g_autofree char *message = g_strconcat (longest, "yz", NULL);
  g_autofree char *logged = g_strdup_printf ("<'%s'>", longest);

  make (fixture, TRUE, 1);
  hub_background_set_status (fixture->background, "3 people");
  hub_fake_service_wait_for (fixture->service, "SetStatus({'message': <'3 people'>},)", 1);
  hub_background_set_status (fixture->background, message);
  hub_fake_service_wait_for (fixture->service, logged, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/app/background/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("file", test_file);
  ADD ("file-was-there", test_file_was_there);
  ADD ("no-folder", test_no_folder);
  ADD ("portal", test_portal);
  ADD ("portal-refuses", test_portal_refuses);
  ADD ("portal-hesitates", test_portal_hesitates);
  ADD ("request", test_request);
  ADD ("request-keeps-autostart", test_request_keeps_autostart);
  ADD ("request-without-sandbox", test_request_without_sandbox);
  ADD ("request-cancelled", test_request_cancelled);
  ADD ("status", test_status);

  return g_test_run ();
}
