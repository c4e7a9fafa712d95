/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-test-server.h"

#include "base/hub-limits.h"
#include "support/hub-tls-client.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

guint
hub_test_count_fds (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

gboolean
hub_test_can_open_beneath (void)
{
  const struct open_how how = { .flags = O_RDONLY };

  /* A call that is there finds fault with the descriptor. */
  if (syscall (SYS_openat2, -1, ".", &how, sizeof how) == -1 && errno == ENOSYS)
    {
      g_test_skip ("There is no openat2(2) here.");
      return FALSE;
    }

  return TRUE;
}

void
hub_test_server_set_up (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  HubRoomLimits limits;
  gboolean changed;

  self->directory = g_dir_make_tmp ("hub-server-XXXXXX", &error);
  g_assert_no_error (error);
  self->clock = hub_clock_new ();
  self->lan = hub_lan_new (&error);
  g_assert_no_error (error);
  self->identity = hub_identity_open (self->clock, self->directory, &error);
  g_assert_no_error (error);
  g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  hub_identity_ensure (self->identity, addresses, NULL, TRUE, &changed, &error);
  g_assert_no_error (error);

  hub_room_limits_init (&limits, HUB_MAX_GUESTS);
  self->room = hub_room_new (self->clock, "00112233445566778899aabbccddeeff", "Test room", &limits);
  self->listen_on = g_ptr_array_ref (addresses);
  self->config = (HubServerConfig){
    .clock = self->clock,
    .room = self->room,
    .lan = self->lan,
    .credentials = hub_identity_get_credentials (self->identity),
    .listen_on = self->listen_on,
    .max_connections = 1000,
    .max_per_address = HUB_MAX_PER_ADDRESS,
    .max_pending = HUB_MAX_PENDING,
    .max_attempts = HUB_MAX_ATTEMPTS_PER_SECOND,
    .message_rate = HUB_MESSAGE_RATE,
  };

  /* What GLib opens once, with the first GTask, and keeps is no leak. */
  g_object_unref (g_task_new (NULL, NULL, NULL, NULL));
  self->n_fds = hub_test_count_fds ();
}

static void
remove_directory (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR) && !g_file_test (file, G_FILE_TEST_IS_SYMLINK))
        remove_directory (file);
      else
        g_assert_cmpint (g_unlink (file), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
hub_test_server_tear_down (HubTestServer *self, gconstpointer user_data)
{
  if (self->server != NULL)
    hub_test_server_stop (self);
  g_assert_cmpuint (hub_test_count_fds (), ==, self->n_fds);

  g_assert_finalize_object (self->room);
  g_clear_object (&self->identity);
  g_clear_object (&self->lan);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->listen_on, g_ptr_array_unref);
  remove_directory (self->directory);
  g_clear_pointer (&self->directory, g_free);
}

void
hub_test_server_start (HubTestServer *self)
{
  g_autoptr (GError) error = NULL;

  self->server = hub_server_new (&self->config, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hub_server_get_port (self->server), !=, 0);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_stopped = user_data;
  g_autoptr (GError) error = NULL;

  *is_stopped = hub_server_stop_finish (HUB_SERVER (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

void
hub_test_server_stop_within (HubTestServer *self, guint ms)
{
  /* Of the least priority: it is its turn when the server has nothing to do, however late. */
  g_autoptr (GSource) limit = g_timeout_source_new (ms);
  gboolean is_stopped = FALSE;
  gboolean is_late = FALSE;
  HubServerFigures figures;

  g_source_set_priority (limit, G_MAXINT);
  g_source_set_callback (limit, on_late, &is_late, NULL);
  g_source_attach (limit, NULL);

  hub_server_stop_async (self->server, on_stopped, &is_stopped);
  while (!is_stopped)
    {
      g_assert_false (is_late);
      hub_tls_client_pump ();
    }
  g_source_destroy (limit);
  hub_server_get_figures (self->server, &figures);
  g_assert_cmpuint (figures.connections, ==, 0);
  g_assert_cmpuint (figures.sessions, ==, 0);
  g_assert_cmpuint (figures.handshakes, ==, 0);

  /* libsoup's closes end in the loop, and then hold nothing any more. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->server));
}

void
hub_test_server_stop (HubTestServer *self)
{
  hub_test_server_stop_within (self, HUB_SHUTDOWN_MS);
}

void
hub_test_server_wait_connections (HubTestServer *self, guint connections)
{
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;
  HubServerFigures figures;

  for (hub_server_get_figures (self->server, &figures); figures.connections != connections;
       hub_server_get_figures (self->server, &figures))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
      hub_tls_client_pump ();
    }
}

void
hub_test_server_wait_sessions (HubTestServer *self, guint sessions)
{
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;
  HubServerFigures figures;

  for (hub_server_get_figures (self->server, &figures); figures.sessions != sessions;
       hub_server_get_figures (self->server, &figures))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
      hub_tls_client_pump ();
    }
}
