/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-fake-portal.h"

#define DESKTOP_PATH "/org/freedesktop/portal/desktop"

static const char xml[]
    = "<node>"
      "<interface name='org.freedesktop.portal.Background'>"
      "<method name='RequestBackground'><arg type='s' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
      "<method name='SetStatus'><arg type='a{sv}' direction='in'/></method>"
      "<property name='version' type='u' access='read'/>"
      "</interface>"
      "<interface name='org.freedesktop.portal.Inhibit'>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
      "<method name='CreateMonitor'><arg type='s' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
      "<property name='version' type='u' access='read'/>"
      "</interface>"
      "</node>";

static const char request_xml[] = "<node><interface name='org.freedesktop.portal.Request'>"
                                  "<method name='Close'/></interface></node>";

static char *
dup_request_path (const char *sender, GVariant *options)
{
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  const char *token = "none";

  g_variant_lookup (options, "handle_token", "&s", &token);

  return g_strdup_printf (DESKTOP_PATH "/request/%s/%s", name, token);
}

static void
answer_background (HubFakeService *service,
                   HubFakePortal *self,
                   const char *sender,
                   const char *path,
                   GVariant *options)
{
  gboolean is_granted = self->mood == HUB_FAKE_PORTAL_GRANTS;
  gboolean with_autostart = FALSE;
  GVariantDict results;

  if (self->mood == HUB_FAKE_PORTAL_IS_SILENT)
    return;

  g_variant_lookup (options, "autostart", "b", &with_autostart);
  g_variant_dict_init (&results, NULL);
  g_variant_dict_insert (&results, "background", "b", is_granted);
  g_variant_dict_insert (&results, "autostart", "b", is_granted && with_autostart);
  hub_fake_service_emit (service, sender, path, "org.freedesktop.portal.Request", "Response",
                         g_variant_new ("(u@a{sv})",
                                        self->mood == HUB_FAKE_PORTAL_DISMISSES ? 1 : 0,
                                        g_variant_dict_end (&results)));
}

static void
on_call (HubFakeService *service, GDBusMethodInvocation *invocation, gpointer data)
{
  HubFakePortal *self = data;
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  g_autofree char *sender = g_strdup (g_dbus_method_invocation_get_sender (invocation));
  g_autoptr (GVariant) options
      = g_variant_get_child_value (parameters, g_variant_n_children (parameters) - 1);
  g_autofree char *path = NULL;

  if (g_str_equal (method, "SetStatus"))
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  if (self->mood == HUB_FAKE_PORTAL_FAILS)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.portal.Error.Failed",
                                                  "No");
      return;
    }

  path = dup_request_path (sender, options);
  hub_fake_service_add_object (service, path, request_xml);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", path));
  if (g_str_equal (method, "RequestBackground"))
    answer_background (service, self, sender, path, options);
}

HubFakeService *
hub_fake_portal_new (HubFakePortal *self, const char *address)
{
  return hub_fake_service_new (address, "org.freedesktop.portal.Desktop", DESKTOP_PATH, xml,
                               on_call, self);
}
