/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-life-cycle.h"

#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

/* https://www.freedesktop.org/wiki/Software/systemd/logind/ and .../inhibit */
#define LOGIND_NAME "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define LOGIND_INTERFACE "org.freedesktop.login1.Manager"

struct _HubLifeCycle
{
  GObject parent_instance;

  /* Owned */
  HubStatus *status;
  GDBusConnection *system_bus; /* or NULL */
  GCancellable *cancellable;
  int delay_lock; /* a descriptor that holds the shutdown up until it is closed, or -1 */

  /* Borrowed */
  GApplication *application;

  /* State */
  guint signal_sources[3];
  guint patience_source;
  guint logind_subscription;
  gboolean is_ending;
  gboolean is_final; /* told to by somebody who does not want it back */
};

G_DEFINE_FINAL_TYPE (HubLifeCycle, hub_life_cycle, G_TYPE_OBJECT)

static void
hub_life_cycle_release_delay (HubLifeCycle *self)
{
  if (self->delay_lock >= 0)
    close (self->delay_lock);
  self->delay_lock = -1;
}

static void
hub_life_cycle_dispose (GObject *object)
{
  HubLifeCycle *self = HUB_LIFE_CYCLE (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (self->logind_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system_bus, self->logind_subscription);
  self->logind_subscription = 0;
  g_cancellable_cancel (self->cancellable);
  hub_life_cycle_release_delay (self);
  g_clear_object (&self->system_bus);
  if (self->status != NULL)
    g_signal_handlers_disconnect_by_data (hub_status_get_host (self->status), self);
  g_clear_object (&self->status);

  G_OBJECT_CLASS (hub_life_cycle_parent_class)->dispose (object);
}

static void
hub_life_cycle_finalize (GObject *object)
{
  HubLifeCycle *self = HUB_LIFE_CYCLE (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (hub_life_cycle_parent_class)->finalize (object);
}

static void
hub_life_cycle_class_init (HubLifeCycleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_life_cycle_dispose;
  object_class->finalize = hub_life_cycle_finalize;
}

static void
hub_life_cycle_init (HubLifeCycle *self)
{
  self->cancellable = g_cancellable_new ();
  self->delay_lock = -1;
}

/* ---- the end ---- */

static void
hub_life_cycle_finish (HubLifeCycle *self)
{
  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_application_quit (self->application);
}

static gboolean
on_patience_over (gpointer user_data)
{
  HubLifeCycle *self = HUB_LIFE_CYCLE (user_data);

  self->patience_source = 0;
  hub_life_cycle_finish (self);

  return G_SOURCE_REMOVE;
}

static void
on_host_state_changed (HubHost *host, HubLifeCycle *self)
{
  HubHostState state = hub_host_get_state (host);

  if (self->is_ending && (state == HUB_HOST_STOPPED || state == HUB_HOST_FAILED))
    hub_life_cycle_finish (self);
}

void
hub_life_cycle_end (HubLifeCycle *self)
{
  HubHostState state;

  g_return_if_fail (HUB_IS_LIFE_CYCLE (self));

  if (self->is_ending)
    return;

  self->is_ending = TRUE;
  state = hub_status_get_state (self->status);
  if (state == HUB_HOST_STOPPED || state == HUB_HOST_FAILED)
    {
      hub_life_cycle_finish (self);
      return;
    }

  self->patience_source = g_timeout_add (HUB_LIFE_CYCLE_PATIENCE_MS, on_patience_over, self);
  hub_status_stop (self->status);
}

gboolean
hub_life_cycle_revive (HubLifeCycle *self)
{
  g_return_val_if_fail (HUB_IS_LIFE_CYCLE (self), FALSE);

  if (!self->is_ending || self->is_final)
    return FALSE;

  self->is_ending = FALSE;
  g_clear_handle_id (&self->patience_source, g_source_remove);

  return TRUE;
}

/* ---- signals ---- */

/* The first time asks the chat to end, the second time ends the program as the signal would. */
static gboolean
obey (HubLifeCycle *self, int signal_number)
{
  if (self->is_final)
    _exit (128 + signal_number);

  self->is_final = TRUE;
  hub_life_cycle_end (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_sigint (gpointer user_data)
{
  return obey (HUB_LIFE_CYCLE (user_data), SIGINT);
}

static gboolean
on_sigterm (gpointer user_data)
{
  return obey (HUB_LIFE_CYCLE (user_data), SIGTERM);
}

/* The terminal it was started from is gone. Nobody is impatient: never the second signal. */
static gboolean
on_sighup (gpointer user_data)
{
  HubLifeCycle *self = HUB_LIFE_CYCLE (user_data);

  self->is_final = TRUE;
  hub_life_cycle_end (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_ignored (int signal_number)
{
  struct sigaction action;

  return sigaction (signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

HubLifeCycle *
hub_life_cycle_new (GApplication *application, HubStatus *status)
{
  HubLifeCycle *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (HUB_IS_STATUS (status), NULL);

  self = g_object_new (HUB_TYPE_LIFE_CYCLE, NULL);
  self->application = application;
  self->status = g_object_ref (status);
  g_signal_connect (hub_status_get_host (status), "state-changed",
                    G_CALLBACK (on_host_state_changed), self);
  self->signal_sources[0] = g_unix_signal_add (SIGINT, on_sigint, self);
  self->signal_sources[1] = g_unix_signal_add (SIGTERM, on_sigterm, self);
  /* nohup(1): who ignores hangups for us means it. */
  if (!is_ignored (SIGHUP))
    self->signal_sources[2] = g_unix_signal_add (SIGHUP, on_sighup, self);

  return self;
}

/* ---- the computer shuts down ---- */

static void
on_prepare_for_shutdown (GDBusConnection *connection,
                         const char *sender,
                         const char *path,
                         const char *interface,
                         const char *name,
                         GVariant *parameters,
                         gpointer user_data)
{
  HubLifeCycle *self = HUB_LIFE_CYCLE (user_data);
  gboolean is_starting;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (parameters, "(b)", &is_starting);
  if (!is_starting)
    return;

  /* The lock goes with this object, once the chat has ended. */
  self->is_final = TRUE;
  hub_life_cycle_end (self);
}

static void
inhibit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GUnixFDList) descriptors = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  HubLifeCycle *self;
  int index;

  reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &descriptors,
                                                           result, &error);
  if (reply == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("No delay of the shutdown: %s", error->message);
      return;
    }

  self = HUB_LIFE_CYCLE (user_data);
  g_variant_get (reply, "(h)", &index);
  if (descriptors != NULL)
    self->delay_lock = g_unix_fd_list_get (descriptors, index, NULL);
}

void
hub_life_cycle_watch_shutdown (HubLifeCycle *self, GDBusConnection *system_bus)
{
  g_return_if_fail (HUB_IS_LIFE_CYCLE (self));
  g_return_if_fail (G_IS_DBUS_CONNECTION (system_bus));
  g_return_if_fail (self->system_bus == NULL);

  self->system_bus = g_object_ref (system_bus);
  g_dbus_connection_set_exit_on_close (system_bus, FALSE); /* the chat outlives it */
  self->logind_subscription = g_dbus_connection_signal_subscribe (
      system_bus, LOGIND_NAME, LOGIND_INTERFACE, "PrepareForShutdown", LOGIND_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_prepare_for_shutdown, self, NULL);
  g_dbus_connection_call_with_unix_fd_list (
      system_bus, LOGIND_NAME, LOGIND_PATH, LOGIND_INTERFACE, "Inhibit",
      /* Translators: why shutting the computer down waits a moment. */
      g_variant_new ("(ssss)", "shutdown", "Hubbub", _ ("Guests are told that the chat ends"),
                     "delay"),
      G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->cancellable,
      inhibit_cb, self);
}
