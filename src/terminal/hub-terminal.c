/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-terminal.h"

#include "terminal/hub-commander.h"
#include "terminal/hub-complaint.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct _HubTerminal
{
  GObject parent_instance;

  /* Owned */
  HubHost *host;
  HubReporter *reporter;
  HubInput *input;
  HubCommander *commander;
  GMainLoop *loop;
  guint signal_sources[3];

  /* State */
  gboolean has_terminal;
  gboolean was_ready;
  gboolean is_over; /* perhaps before the loop ran */
  int exit_status;
};

G_DEFINE_FINAL_TYPE (HubTerminal, hub_terminal, G_TYPE_OBJECT)

/* Whether the process has a controlling terminal. Asked at the start: once the terminal hangs up,
 * which is when SIGHUP comes, it is gone. */
static gboolean
has_controlling_terminal (void)
{
  int fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (fd < 0)
    return FALSE;

  close (fd);
  return TRUE;
}

static gboolean
is_ignored (int signal_number)
{
  struct sigaction action;

  return sigaction (signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static void
end (HubTerminal *self, int exit_status)
{
  self->is_over = TRUE;
  self->exit_status = exit_status;
  g_main_loop_quit (self->loop);
}

static gboolean
on_input_line (const char *line, gsize length, gpointer user_data)
{
  HubTerminal *self = HUB_TERMINAL (user_data);

  return hub_commander_execute (self->commander, line, length);
}

/* One command after the other: each sees what the one before it changed. */
static void
on_host_decided (HubHost *host, HubTerminal *self)
{
  hub_input_resume (self->input);
}

static void
on_host_state_changed (HubHost *host, HubTerminal *self)
{
  switch (hub_host_get_state (host))
    {
    case HUB_HOST_READY:
      self->was_ready = TRUE;
      hub_reporter_ready (self->reporter, hub_host_get_snapshot (host));
      hub_input_start (self->input, on_input_line, self);
      break;
    case HUB_HOST_STOPPING:
      hub_input_stop (self->input);
      if (self->was_ready)
        hub_reporter_stopping (self->reporter);
      break;
    case HUB_HOST_FAILED:
      hub_complaint_print_error (hub_host_get_error (host));
      end (self, EXIT_FAILURE);
      break;
    case HUB_HOST_STOPPED:
      if (self->was_ready)
        hub_reporter_stopped (self->reporter);
      end (self, EXIT_SUCCESS);
      break;
    case HUB_HOST_STARTING:
    default:
      break;
    }
}

static void
on_host_events (HubHost *host, GPtrArray *events, HubTerminal *self)
{
  HubSnapshot *snapshot = hub_host_get_snapshot (host);

  for (guint i = 0; i < events->len; i++)
    {
      const HubEvent *event = g_ptr_array_index (events, i);

      /* Before the chat is open there is nothing to tell but what the host should know. */
      if (snapshot != NULL || event->type == HUB_EVENT_WARNING
          || event->type == HUB_EVENT_PORT_IN_USE)
        hub_reporter_event (self->reporter, event, snapshot);
    }
}

/* The first time asks the chat to end, the second time ends the program as the signal would. */
static gboolean
stop (HubTerminal *self, int signal_number)
{
  if (hub_host_get_state (self->host) == HUB_HOST_STOPPING)
    _exit (128 + signal_number);

  hub_host_stop (self->host);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_sigint (gpointer user_data)
{
  return stop (HUB_TERMINAL (user_data), SIGINT);
}

static gboolean
on_sigterm (gpointer user_data)
{
  return stop (HUB_TERMINAL (user_data), SIGTERM);
}

static gboolean
on_sighup (gpointer user_data)
{
  HubTerminal *self = HUB_TERMINAL (user_data);

  /* Never the second signal that stop() waits for: nobody is impatient here, they are gone. */
  if (self->has_terminal)
    hub_host_stop (self->host);
  else
    hub_host_reload_certificate (self->host);

  return G_SOURCE_CONTINUE;
}

static void
watch_signals (HubTerminal *self)
{
  self->signal_sources[0] = g_unix_signal_add (SIGINT, on_sigint, self);
  self->signal_sources[1] = g_unix_signal_add (SIGTERM, on_sigterm, self);
  /* nohup(1): who ignores hangups for us means it. */
  if (!is_ignored (SIGHUP))
    self->signal_sources[2] = g_unix_signal_add (SIGHUP, on_sighup, self);
}

static void
hub_terminal_finalize (GObject *object)
{
  HubTerminal *self = HUB_TERMINAL (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  g_signal_handlers_disconnect_by_data (self->host, self);
  hub_input_stop (self->input);
  g_clear_object (&self->input);
  g_clear_object (&self->commander);
  g_clear_object (&self->host);
  g_clear_object (&self->reporter);
  g_clear_pointer (&self->loop, g_main_loop_unref);

  G_OBJECT_CLASS (hub_terminal_parent_class)->finalize (object);
}

static void
hub_terminal_class_init (HubTerminalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_terminal_finalize;
}

static void
hub_terminal_init (HubTerminal *self)
{
  self->loop = g_main_loop_new (NULL, FALSE);
  self->has_terminal = has_controlling_terminal ();
}

HubTerminal *
hub_terminal_new (HubHost *host, HubReporter *reporter, HubInput *input)
{
  HubTerminal *self = g_object_new (HUB_TYPE_TERMINAL, NULL);

  self->host = g_object_ref (host);
  self->reporter = g_object_ref (reporter);
  self->input = g_object_ref (input);
  self->commander = hub_commander_new (host, reporter);
  g_signal_connect (host, "state-changed", G_CALLBACK (on_host_state_changed), self);
  g_signal_connect (host, "events", G_CALLBACK (on_host_events), self);
  g_signal_connect (host, "decided", G_CALLBACK (on_host_decided), self);

  return self;
}

int
hub_terminal_run (HubTerminal *self, const HubSettings *settings)
{
  g_return_val_if_fail (HUB_IS_TERMINAL (self), EXIT_FAILURE);

  watch_signals (self);
  hub_host_start (self->host, settings);
  if (!self->is_over)
    g_main_loop_run (self->loop);

  return self->exit_status;
}
