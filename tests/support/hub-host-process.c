/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-host-process.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>

struct _HubHostProcess
{
  GSubprocess *process;
  GDataInputStream *output;
  char *directory;
  gboolean owns_directory;
  guint16 port;
};

static void
hub_host_process_read_ready (HubHostProcess *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  JsonObject *ready = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (line);
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  ready = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (ready, "type"), ==, "ready");
  self->port = (guint16) json_object_get_int_member (ready, "port");
}

/* The lines after `ready` are not looked at, but somebody has to read them: a full pipe would stop
 * a host that writes. */
static void
on_line_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *line
      = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line != NULL)
    g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL,
                                         on_line_read, NULL);
}

HubHostProcess *
hub_host_process_new (const char *directory, const char *const *options)
{
  HubHostProcess *self = g_new0 (HubHostProcess, 1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *root = g_getenv ("HUB_TEST_BUILD_ROOT");
  g_autofree char *program = NULL;

  g_assert_nonnull (root);
  program = g_build_filename (root, "src", "terminal", "hubbub-server", NULL);
  self->owns_directory = directory == NULL;
  self->directory
      = directory != NULL ? g_strdup (directory) : g_dir_make_tmp ("hub-XXXXXX", &error);
  g_assert_no_error (error);

  g_ptr_array_add (arguments, program);
  g_ptr_array_add (arguments, (gpointer) "--json");
  g_ptr_array_add (arguments, (gpointer) "--address=127.0.0.1");
  g_ptr_array_add (arguments, (gpointer) "--data-dir");
  g_ptr_array_add (arguments, self->directory);
  for (gsize i = 0; options != NULL && options[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer) options[i]);
  if (options == NULL || !g_strv_contains (options, "--port"))
    g_ptr_array_add (arguments, (gpointer) "--port=0");
  g_ptr_array_add (arguments, NULL);

  self->process = g_subprocess_newv ((const char *const *) arguments->pdata,
                                     G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  hub_host_process_read_ready (self);
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, NULL, on_line_read, NULL);
  return self;
}

guint16
hub_host_process_get_port (HubHostProcess *self)
{
  return self->port;
}

int
hub_host_process_get_pid (HubHostProcess *self)
{
  return atoi (g_subprocess_get_identifier (self->process));
}

const char *
hub_host_process_get_directory (HubHostProcess *self)
{
  return self->directory;
}

void
hub_host_process_signal (HubHostProcess *self, int signal_number)
{
  g_subprocess_send_signal (self->process, signal_number);
}

int
hub_host_process_wait (HubHostProcess *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_if_exited (self->process) ? g_subprocess_get_exit_status (self->process)
                                                    : -1;
}

static void
hub_host_process_remove_directory (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
hub_host_process_free (HubHostProcess *self)
{
  if (g_subprocess_get_identifier (self->process) != NULL)
    {
      hub_host_process_signal (self, SIGTERM);
      hub_host_process_wait (self);
    }
  if (self->owns_directory)
    hub_host_process_remove_directory (self->directory);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_free (self->directory);
  g_free (self);
}
