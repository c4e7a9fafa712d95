/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-fake-service.h"

#include <string.h>

struct _HubFakeService
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  char *address;
  char *name;
  char *path;
  GDBusNodeInfo *node;
  HubFakeServiceAnswer answer;
  gpointer data;

  GMutex lock;
  GCond is_changed;
  GDBusConnection *bus; /* once it is there */
  GString *log;
};

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  HubFakeService *self = data;
  g_autofree char *arguments = g_variant_print (parameters, FALSE);

  g_mutex_lock (&self->lock);
  g_string_append_printf (self->log, "%s%s\n", method, arguments);
  g_mutex_unlock (&self->lock);
  g_main_context_wakeup (NULL);

  if (self->answer != NULL && g_str_equal (path, self->path))
    self->answer (self, invocation, self->data);
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
on_get (GDBusConnection *bus,
        const char *sender,
        const char *path,
        const char *interface,
        const char *property,
        GError **error,
        gpointer data)
{
  return g_variant_new_uint32 (2); /* every property of ours is a "version" */
}

static const GDBusInterfaceVTable table = { .method_call = on_call, .get_property = on_get };

void
hub_fake_service_add_object (HubFakeService *self, const char *path, const char *xml)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, &error);

  g_assert_no_error (error);
  g_dbus_connection_register_object (self->bus, path, node->interfaces[0], &table, self, NULL,
                                     &error);
  g_assert_no_error (error);
}

static GDBusConnection *
connect_to (HubFakeService *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (
      self->address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; self->node->interfaces[i] != NULL; i++)
    {
      g_dbus_connection_register_object (bus, self->path, self->node->interfaces[i], &table, self,
                                         NULL, &error);
      g_assert_no_error (error);
    }
  reply = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
      g_variant_new ("(su)", self->name, 0), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);

  return bus;
}

static gpointer
serve (gpointer data)
{
  HubFakeService *self = data;
  GDBusConnection *bus;

  g_main_context_push_thread_default (self->context);
  bus = connect_to (self);
  g_mutex_lock (&self->lock);
  self->bus = bus;
  g_cond_signal (&self->is_changed);
  g_mutex_unlock (&self->lock);

  g_main_loop_run (self->loop);

  g_dbus_connection_close_sync (bus, NULL, NULL);
  g_object_unref (bus);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

HubFakeService *
hub_fake_service_new (const char *address,
                      const char *name,
                      const char *path,
                      const char *xml,
                      HubFakeServiceAnswer answer,
                      gpointer data)
{
  HubFakeService *self = g_new0 (HubFakeService, 1);
  g_autoptr (GError) error = NULL;

  self->address = address != NULL
                      ? g_strdup (address)
                      : g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self->node = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  self->name = g_strdup (name);
  self->path = g_strdup (path);
  self->answer = answer;
  self->data = data;
  self->log = g_string_new (NULL);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->lock);
  g_cond_init (&self->is_changed);

  g_mutex_lock (&self->lock);
  self->thread = g_thread_new ("fake-service", serve, self);
  while (self->bus == NULL)
    g_cond_wait (&self->is_changed, &self->lock);
  g_mutex_unlock (&self->lock);

  return self;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

void
hub_fake_service_free (HubFakeService *self)
{
  /* By the context, so that it is heard even before the loop runs. */
  g_main_context_invoke (self->context, quit, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_dbus_node_info_unref (self->node);
  g_free (self->address);
  g_free (self->name);
  g_free (self->path);
  g_string_free (self->log, TRUE);
  g_cond_clear (&self->is_changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
hub_fake_service_emit (HubFakeService *self,
                       const char *destination,
                       const char *path,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters)
{
  g_dbus_connection_emit_signal (self->bus, destination, path, interface, signal, parameters, NULL);
}

char *
hub_fake_service_dup_log (HubFakeService *self)
{
  char *log;

  g_mutex_lock (&self->lock);
  log = g_strdup (self->log->str);
  g_mutex_unlock (&self->lock);

  return log;
}

guint
hub_fake_service_count (HubFakeService *self, const char *text)
{
  g_autofree char *log = hub_fake_service_dup_log (self);
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], text) != NULL)
      n++;

  return n;
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("Nothing came of: %s", (const char *) data);

  return G_SOURCE_REMOVE;
}

void
hub_fake_service_wait_for (HubFakeService *self, const char *text, guint n)
{
  g_autofree char *what = g_strdup (text);
  guint deadline = g_timeout_add_seconds (30, on_deadline, what);

  while (hub_fake_service_count (self, text) < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

void
hub_fake_service_run_until (const gboolean *condition, const char *what)
{
  g_autofree char *copy = g_strdup (what);
  guint deadline = g_timeout_add_seconds (30, on_deadline, copy);

  while (!*condition)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}
