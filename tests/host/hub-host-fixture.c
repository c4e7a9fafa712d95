/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-host-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
on_host_events (HubHost *host, GPtrArray *events, HubHostFixture *self)
{
  static const char *const marks[]
      = { "+", "-", "~", "^",        ":",          "<places>", "<certificate>",
          "!", "?", "#", "<locked>", "<unlocked>", "<code>",   "<stuck>" };

  for (guint i = 0; i < events->len; i++)
    {
      const HubEvent *event = g_ptr_array_index (events, i);

      g_string_append_printf (self->told, "%s%s%s ", marks[event->type],
                              event->name != NULL ? event->name : "",
                              event->text != NULL ? event->text : "");
    }
}

static void
on_host_snapshot_changed (HubHost *host, HubHostFixture *self)
{
  self->n_snapshots++;
}

void
hub_host_fixture_init (HubHostFixture *self)
{
  *self = (HubHostFixture){ .host = hub_host_new (), .settings = hub_settings_new () };
  self->directory = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  self->told = g_string_new (NULL);
  self->settings->port = 0;
  self->settings->data_dir = g_build_filename (self->directory, "identity", NULL);
  self->settings->addresses = g_strsplit ("127.0.0.1", " ", -1);
  self->settings->room_name = g_strdup ("Lab");
  g_signal_connect (self->host, "events", G_CALLBACK (on_host_events), self);
  g_signal_connect (self->host, "snapshot-changed", G_CALLBACK (on_host_snapshot_changed), self);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
hub_host_fixture_clear (HubHostFixture *self)
{
  hub_host_shutdown (self->host);
  g_assert_finalize_object (self->host);
  hub_settings_free (self->settings);
  g_string_free (self->told, TRUE);
  remove_tree (self->directory);
  g_free (self->directory);
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("Nothing happened for 30 s");

  return G_SOURCE_REMOVE;
}

void
hub_host_fixture_wait_for_state (HubHostFixture *self, HubHostState state)
{
  guint deadline = g_timeout_add_seconds (30, on_deadline, NULL);

  while (hub_host_get_state (self->host) != state)
    {
      if (hub_host_get_state (self->host) == HUB_HOST_FAILED)
        g_error ("Failed: %s", hub_host_get_error (self->host)->message);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (deadline);
}

void
hub_host_fixture_wait_for_told (HubHostFixture *self, const char *told)
{
  guint deadline = g_timeout_add_seconds (30, on_deadline, NULL);

  while (strstr (self->told->str, told) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

void
hub_host_fixture_start (HubHostFixture *self)
{
  hub_host_start (self->host, self->settings);
  g_assert_cmpint (hub_host_get_state (self->host), ==, HUB_HOST_STARTING);
  hub_host_fixture_wait_for_state (self, HUB_HOST_READY);
}

void
hub_host_fixture_stop (HubHostFixture *self)
{
  gint64 begin = g_get_monotonic_time ();

  hub_host_stop (self->host);
  g_assert_cmpint (hub_host_get_state (self->host), ==, HUB_HOST_STOPPING);
  hub_host_stop (self->host);
  hub_host_fixture_wait_for_state (self, HUB_HOST_STOPPED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, HUB_TEST_STOP_US);
}

void
hub_host_fixture_assert_fails (HubHostFixture *self, GQuark domain, int code)
{
  guint deadline = g_timeout_add_seconds (30, on_deadline, NULL);

  hub_host_start (self->host, self->settings);
  while (hub_host_get_state (self->host) == HUB_HOST_STARTING)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);

  g_assert_cmpint (hub_host_get_state (self->host), ==, HUB_HOST_FAILED);
  g_assert_error (hub_host_get_error (self->host), domain, code);
}

const char *
hub_host_fixture_get_fingerprint (HubHostFixture *self)
{
  return hub_snapshot_get_fingerprint (hub_host_get_snapshot (self->host));
}

guint16
hub_host_fixture_get_port (HubHostFixture *self)
{
  return hub_snapshot_get_port (hub_host_get_snapshot (self->host));
}
