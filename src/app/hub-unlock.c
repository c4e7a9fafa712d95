/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-unlock.h"

/* https://gitlab.gnome.org/GNOME/gnome-shell: data/dbus-interfaces/org.gnome.ScreenSaver.xml */
#define SCREEN_SAVER_NAME "org.gnome.ScreenSaver"
#define SCREEN_SAVER_PATH "/org/gnome/ScreenSaver"

/* What is waited with; owned by its task. */
typedef struct
{
  GDBusConnection *session_bus;
  guint subscription;  /* to ActiveChanged */
  guint watch;         /* of the name: a shell that ends has no lock screen */
  GSource *cancelling; /* or NULL */
  gboolean was_locked;
  gboolean is_over;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_object_unref (wait->session_bus);
  g_free (wait);
}

/* Ends it once, from the main loop. */
static void
end (GTask *task)
{
  Wait *wait = g_task_get_task_data (task);

  if (wait->is_over)
    return;

  wait->is_over = TRUE;
  g_dbus_connection_signal_unsubscribe (wait->session_bus, wait->subscription);
  g_bus_unwatch_name (wait->watch);
  if (wait->cancelling != NULL)
    g_source_destroy (wait->cancelling);
  g_clear_pointer (&wait->cancelling, g_source_unref);
  g_task_return_boolean (task, wait->was_locked);
}

static void
on_active_changed (GDBusConnection *connection,
                   const char *sender,
                   const char *path,
                   const char *interface,
                   const char *signal,
                   GVariant *parameters,
                   gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Wait *wait = g_task_get_task_data (task);
  gboolean is_active = TRUE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &is_active);
  if (is_active)
    return;

  /* Until now, also where the answer to the question is still on its way. */
  wait->was_locked = TRUE;
  end (task);
}

static void
get_active_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Wait *wait = g_task_get_task_data (task);
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  gboolean is_active = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &is_active);

  wait->was_locked = wait->was_locked || is_active;
  if (!is_active)
    end (task);
}

static void
on_name_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer data)
{
  g_dbus_connection_call (
      connection, SCREEN_SAVER_NAME, SCREEN_SAVER_PATH, SCREEN_SAVER_NAME, "GetActive", NULL,
      G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
      g_task_get_cancellable (G_TASK (data)), get_active_cb, g_object_ref (data));
}

static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer data)
{
  end (G_TASK (data));
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  end (G_TASK (data));

  return G_SOURCE_REMOVE;
}

void
hub_unlock_wait_async (GDBusConnection *session_bus,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Wait *wait;

  g_return_if_fail (G_IS_DBUS_CONNECTION (session_bus));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hub_unlock_wait_async);
  wait = g_new0 (Wait, 1);
  wait->session_bus = g_object_ref (session_bus);
  g_task_set_task_data (task, wait, wait_free);

  wait->subscription = g_dbus_connection_signal_subscribe (
      session_bus, SCREEN_SAVER_NAME, SCREEN_SAVER_NAME, "ActiveChanged", SCREEN_SAVER_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_active_changed, g_object_ref (task), g_object_unref);
  wait->watch = g_bus_watch_name_on_connection (
      session_bus, SCREEN_SAVER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
      on_name_vanished, g_object_ref (task), g_object_unref);
  if (cancellable != NULL)
    {
      wait->cancelling = g_cancellable_source_new (cancellable);
      g_task_attach_source (task, wait->cancelling, G_SOURCE_FUNC (on_cancelled));
    }
}

gboolean
hub_unlock_wait_finish (GAsyncResult *result, gboolean *was_locked, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  *was_locked = g_task_propagate_boolean (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}
