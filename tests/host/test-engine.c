/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-engine.h"

#include "support/hub-crowd-socket.h"

#include <glib/gstdio.h>
#include <string.h>

/* Descriptors that the system would allow. */
#define CONNECTIONS 100

/* An engine on the test's own thread and context. */
typedef struct
{
  char *directory;
  HubClock *clock;
  HubNews *news;
  HubEngine *engine;
  gboolean is_started;
  gboolean is_stopped;
} Fixture;

static void
ignore_news (GPtrArray *events, gboolean is_stale, gpointer user_data)
{
  g_ptr_array_unref (events);
}

static void
on_engine_started (HubEngine *engine, Fixture *f)
{
  f->is_started = TRUE;
}

static void
on_engine_failed (HubEngine *engine, const GError *error, Fixture *f)
{
  g_error ("Failed: %s", error->message);
}

static void
on_engine_stopped (HubEngine *engine, Fixture *f)
{
  f->is_stopped = TRUE;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (HubSettings) settings = hub_settings_new ();

  f->directory = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  settings->port = 0;
  settings->data_dir = g_strdup (f->directory);
  settings->addresses = g_strsplit ("127.0.0.1", " ", -1);
  f->clock = hub_clock_new ();
  f->news = hub_news_new (f->clock, ignore_news, NULL);
  f->engine = hub_engine_new (f->clock, settings, CONNECTIONS, f->news);
  g_signal_connect (f->engine, "started", G_CALLBACK (on_engine_started), f);
  g_signal_connect (f->engine, "failed", G_CALLBACK (on_engine_failed), f);
  g_signal_connect (f->engine, "stopped", G_CALLBACK (on_engine_stopped), f);
  hub_engine_start (f->engine);
  g_assert_true (f->is_started);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) directory = g_dir_open (f->directory, 0, NULL);
  const char *name;

  if (f->engine != NULL)
    g_assert_finalize_object (f->engine);
  hub_news_free (f->news);
  g_assert_finalize_object (f->clock);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->directory, name, NULL);

      g_assert_no_errno (g_remove (path));
    }
  g_assert_no_errno (g_remove (f->directory));
  g_free (f->directory);
}

/* What is ready, without waiting for more: as a thread ends. */
static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
turn (HubCrowdSocket *guest)
{
  drain ();
  hub_crowd_socket_pump (guest);
  g_assert_false (hub_crowd_socket_is_closed (guest));
}

/* Somebody who is in, and answers nothing from then on. */
static HubCrowdSocket *
join_silent (Fixture *f)
{
  g_autoptr (HubSnapshot) snapshot = hub_engine_make_snapshot (f->engine);
  HubCrowdSocket *guest = hub_crowd_socket_new (hub_snapshot_get_port (snapshot), "hubbub.v1");
  g_autofree char *text = NULL;

  while (!hub_crowd_socket_is_open (guest))
    turn (guest);
  hub_crowd_socket_send (guest, "{\"type\":\"hello\",\"name\":\"Ana\","
                                "\"join\":\"00112233445566778899aabbccddeeff\"}");
  while ((text = hub_crowd_socket_take (guest)) == NULL)
    turn (guest);
  g_assert_nonnull (strstr (text, "\"welcome\""));

  return guest;
}

static void
test_stop (Fixture *f, gconstpointer data)
{
  g_assert_nonnull (hub_engine_get_moderator (f->engine));
  hub_engine_stop (f->engine);
  g_assert_null (hub_engine_get_moderator (f->engine));
  drain ();
  g_assert_true (f->is_stopped);
}

/* A stop that a silent guest holds up waits for him; cut, it comes to its end at once and nothing is
 * left of it. Another cut then does nothing. */
static void
test_cut (Fixture *f, gconstpointer data)
{
  HubCrowdSocket *guest = join_silent (f);

  hub_engine_stop (f->engine);
  drain ();
  g_assert_false (f->is_stopped);

  hub_engine_cut (f->engine);
  drain ();
  g_assert_true (f->is_stopped);
  hub_engine_cut (f->engine);
  hub_crowd_socket_free (guest);
}

/* The owner has let go of it before its stop is over: it goes when that is. */
static void
test_cut_unowned (Fixture *f, gconstpointer data)
{
  HubCrowdSocket *guest = join_silent (f);

  hub_engine_stop (f->engine);
  hub_engine_cut (f->engine);
  g_signal_handlers_disconnect_by_data (f->engine, f);
  g_object_add_weak_pointer (G_OBJECT (f->engine), (gpointer *) &f->engine);
  g_object_unref (f->engine);
  g_assert_nonnull (f->engine);
  drain ();
  g_assert_null (f->engine);
  hub_crowd_socket_free (guest);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/host/engine/stop", Fixture, NULL, set_up, test_stop, tear_down);
  g_test_add ("/host/engine/cut", Fixture, NULL, set_up, test_cut, tear_down);
  g_test_add ("/host/engine/cut-unowned", Fixture, NULL, set_up, test_cut_unowned, tear_down);

  return g_test_run ();
}
