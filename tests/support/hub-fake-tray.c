/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-fake-tray.h"

#define NAME "org.kde.StatusNotifierWatcher"
#define PATH "/StatusNotifierWatcher"

static const char introspection[]
    = "<node><interface name='" NAME "'>"
      "<method name='RegisterStatusNotifierItem'><arg type='s' direction='in'/></method>"
      "<property name='IsStatusNotifierHostRegistered' type='b' access='read'/>"
      "<property name='RegisteredStatusNotifierItems' type='as' access='read'/>"
      "<property name='ProtocolVersion' type='i' access='read'/>"
      "<signal name='StatusNotifierItemRegistered'><arg type='s'/></signal>"
      "<signal name='StatusNotifierItemUnregistered'><arg type='s'/></signal>"
      "<signal name='StatusNotifierHostRegistered'/>"
      "<signal name='StatusNotifierHostUnregistered'/>"
      "</interface></node>";

struct _HubFakeTray
{
  GDBusConnection *bus;
  guint registration;
  guint name;
  char *item;
  guint n_items;
  gboolean has_host;
  gboolean refuses;
};

void
hub_fake_tray_emit (HubFakeTray *self, const char *signal, GVariant *parameters)
{
  g_dbus_connection_emit_signal (self->bus, NULL, PATH, NAME, signal, parameters, NULL);
}

static void
on_method_call (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  HubFakeTray *self = user_data;

  g_free (self->item);
  g_variant_get (parameters, "(s)", &self->item);
  self->n_items++;

  if (self->refuses)
    g_dbus_method_invocation_return_dbus_error (invocation, "org.example.Refused", "as asked");
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
on_get_property (GDBusConnection *bus,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GError **error,
                 gpointer user_data)
{
  HubFakeTray *self = user_data;

  if (g_str_equal (name, "IsStatusNotifierHostRegistered"))
    return g_variant_new_boolean (self->has_host);
  if (g_str_equal (name, "ProtocolVersion"))
    return g_variant_new_int32 (0);

  return g_variant_new_strv ((const char *const *) &self->item, self->item != NULL ? 1 : 0);
}

HubFakeTray *
hub_fake_tray_new (const char *address, gboolean has_host)
{
  static const GDBusInterfaceVTable vtable
      = { .method_call = on_method_call, .get_property = on_get_property };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  HubFakeTray *self = g_new0 (HubFakeTray, 1);

  self->has_host = has_host;
  self->bus = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  self->registration = g_dbus_connection_register_object (self->bus, PATH, node->interfaces[0],
                                                          &vtable, self, NULL, NULL);
  self->name = g_bus_own_name_on_connection (self->bus, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                             NULL, NULL, NULL);

  return self;
}

void
hub_fake_tray_free (HubFakeTray *self)
{
  g_bus_unown_name (self->name);
  g_dbus_connection_unregister_object (self->bus, self->registration);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_free (self->item);
  g_free (self);
}

void
hub_fake_tray_set_host (HubFakeTray *self, gboolean has_host)
{
  self->has_host = has_host;
  hub_fake_tray_emit (
      self, has_host ? "StatusNotifierHostRegistered" : "StatusNotifierHostUnregistered", NULL);
}

void
hub_fake_tray_refuse (HubFakeTray *self, gboolean refuses)
{
  self->refuses = refuses;
}

void
hub_fake_tray_lose (HubFakeTray *self, const char *suffix)
{
  g_autofree char *item = g_strconcat (self->item, suffix, NULL);

  hub_fake_tray_emit (self, "StatusNotifierItemUnregistered", g_variant_new ("(s)", item));
}

guint
hub_fake_tray_count (HubFakeTray *self)
{
  return self->n_items;
}

const char *
hub_fake_tray_get_item (HubFakeTray *self)
{
  return self->item;
}
