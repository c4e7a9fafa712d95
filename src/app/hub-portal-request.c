/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-portal-request.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

/* Of the task that waits for the answer. */
typedef struct
{
  GDBusConnection *bus;
  char *path; /* of the Request */
  guint subscription;
  GSource *deadline;     /* or NULL */
  GSource *cancellation; /* or NULL */
  gboolean is_open;      /* the portal has said that there is one */
  gboolean is_unwanted;  /* and nobody waits for its answer */
} Request;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Nothing comes back to the task from then on. */
static void
request_settle (Request *request)
{
  clear_source (&request->deadline);
  clear_source (&request->cancellation);
  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  request->subscription = 0;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  request_settle (request);
  g_object_unref (request->bus);
  g_free (request->path);
  g_free (request);
}

/* Takes the question off the screen, if need be once it is there. */
static void
request_close (Request *request)
{
  request->is_unwanted = TRUE;
  if (!request->is_open)
    return;

  g_dbus_connection_call (request->bus, PORTAL_NAME, request->path, REQUEST_INTERFACE, "Close",
                          NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

/* @task, which waits, is the subscription's and the sources'; it goes with them. */
static void
fail (GTask *task, GIOErrorEnum code, const char *message)
{
  g_autoptr (GTask) hold = g_object_ref (task);
  Request *request = g_task_get_task_data (task);

  request_settle (request);
  g_task_return_new_error (hold, G_IO_ERROR, code, "%s", message);
}

static gboolean
on_deadline (gpointer data)
{
  request_close (g_task_get_task_data (data));
  fail (data, G_IO_ERROR_TIMED_OUT, "The portal did not answer");

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  request_close (g_task_get_task_data (data));
  fail (data, G_IO_ERROR_CANCELLED, "Cancelled");

  return G_SOURCE_REMOVE;
}

static void
on_response (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  g_autoptr (GVariant) results = NULL;
  guint response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response != 0)
    {
      fail (task, G_IO_ERROR_PERMISSION_DENIED, "The request was refused");
      return;
    }

  request_settle (g_task_get_task_data (task));
  g_task_return_pointer (task, g_steal_pointer (&results), (GDestroyNotify) g_variant_unref);
}

static void
call_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  request->is_open = reply != NULL;
  if (request->is_unwanted)
    request_close (request);
  else if (reply == NULL && request->subscription != 0)
    {
      request_settle (request);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/* Where the Request will be, so that its answer cannot be missed. */
static char *
dup_request_path (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  return g_strdup_printf (PORTAL_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
}

static GVariant *
add_token (GVariant *options, const char *token)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (options);

  g_variant_dict_insert (&dict, "handle_token", "s", token);

  return g_variant_dict_end (&dict);
}

static void
watch (GTask *task, guint timeout_ms)
{
  Request *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GMainContext *context = g_task_get_context (task);

  request->subscription = g_dbus_connection_signal_subscribe (
      request->bus, PORTAL_NAME, REQUEST_INTERFACE, "Response", request->path, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_response, g_object_ref (task), g_object_unref);

  if (timeout_ms > 0)
    {
      request->deadline = g_timeout_source_new (timeout_ms);
      g_source_set_callback (request->deadline, on_deadline, task, NULL);
      g_source_attach (request->deadline, context);
    }

  if (cancellable != NULL)
    {
      request->cancellation = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->cancellation, G_SOURCE_FUNC (on_cancelled), task, NULL);
      g_source_attach (request->cancellation, context);
    }
}

void
hub_portal_request_async (GDBusConnection *bus,
                          const char *interface,
                          const char *method,
                          GVariant *options,
                          guint timeout_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autofree char *token = g_strdup_printf ("hubbub%08x", g_random_int ());
  g_autoptr (GVariant) given = NULL;
  Request *request;
  GTask *task;

  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));
  g_return_if_fail (interface != NULL && method != NULL);
  g_return_if_fail (g_variant_is_of_type (options, G_VARIANT_TYPE_VARDICT));

  given = g_variant_ref_sink (options);
  request = g_new0 (Request, 1);
  request->bus = g_object_ref (bus);
  request->path = dup_request_path (bus, token);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hub_portal_request_async);
  g_task_set_task_data (task, request, request_free);
  watch (task, timeout_ms);

  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, interface, method,
                          g_variant_new ("(s@a{sv})", "", add_token (given, token)),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, call_cb, task);
}

GVariant *
hub_portal_request_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
