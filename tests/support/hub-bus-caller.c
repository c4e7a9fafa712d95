/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-bus-caller.h"

struct _HubBusCaller
{
  GDBusConnection *bus;
  char *peer;
  guint subscription;
  GString *signals;
};

static void
on_signal (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *name,
           GVariant *parameters,
           gpointer user_data)
{
  HubBusCaller *self = user_data;
  g_autofree char *text = g_variant_print (parameters, FALSE);

  g_string_append_printf (self->signals, "%s %s\n", name, text);
}

GDBusConnection *
hub_bus_caller_connect (const char *address)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);

  return bus;
}

HubBusCaller *
hub_bus_caller_new (const char *address, const char *peer)
{
  HubBusCaller *self = g_new0 (HubBusCaller, 1);

  self->bus = hub_bus_caller_connect (address);
  self->peer = g_strdup (peer);
  self->signals = g_string_new (NULL);
  self->subscription = g_dbus_connection_signal_subscribe (
      self->bus, peer, NULL, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);

  return self;
}

void
hub_bus_caller_free (HubBusCaller *self)
{
  g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_free (self->peer);
  g_string_free (self->signals, TRUE);
  g_free (self);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

GVariant *
hub_bus_caller_call (HubBusCaller *self,
                     const char *path,
                     const char *interface,
                     const char *method,
                     GVariant *parameters,
                     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_dbus_connection_call (self->bus, self->peer, path, interface, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_dbus_connection_call_finish (self->bus, result, error);
}

char *
hub_bus_caller_ask (HubBusCaller *self,
                    const char *path,
                    const char *interface,
                    const char *method,
                    GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = hub_bus_caller_call (self, path, interface, method, parameters, &error);

  return reply != NULL ? g_variant_print (reply, FALSE) : g_strdup (error->message);
}

char *
hub_bus_caller_ask_property (HubBusCaller *self,
                             const char *path,
                             const char *interface,
                             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply
      = hub_bus_caller_call (self, path, "org.freedesktop.DBus.Properties", "Get",
                             g_variant_new ("(ss)", interface, name), &error);

  if (reply == NULL)
    return g_strdup (error->message);

  g_variant_get (reply, "(v)", &value);

  return g_variant_print (value, FALSE);
}

/* The answer comes after everything that was sent before. */
void
hub_bus_caller_settle (HubBusCaller *self)
{
  g_autoptr (GVariant) reply = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  reply = hub_bus_caller_call (self, "/", "org.freedesktop.DBus.Peer", "Ping", NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

char *
hub_bus_caller_take_signals (HubBusCaller *self)
{
  char *text = g_strdup (self->signals->str);

  g_string_truncate (self->signals, 0);

  return text;
}
