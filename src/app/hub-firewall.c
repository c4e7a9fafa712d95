/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-firewall.h"

#include <string.h>

static gboolean
is_enabled (const char *line)
{
  g_autofree char *value = NULL;

  if (!g_str_has_prefix (line, "ENABLED="))
    return FALSE;

  value = g_strstrip (g_strdelimit (g_strdup (line + strlen ("ENABLED=")), "\"'", ' '));

  return g_ascii_strcasecmp (value, "yes") == 0;
}

/* As ufw itself reads it: shell-like lines, the last one counts. */
static gboolean
is_ufw_enabled (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean result = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (g_strstrip (lines[i]), "ENABLED="))
      result = is_enabled (lines[i]);

  return result;
}

static void
look_for_ufw (GTask *task)
{
  g_autofree char *text = NULL;

  /* A few lines of a local file: not worth a thread. */
  if (g_file_get_contents (g_task_get_task_data (task), &text, NULL, NULL) && is_ufw_enabled (text))
    g_task_return_int (task, HUB_FIREWALL_UFW);
  else
    g_task_return_int (task, HUB_FIREWALL_UNKNOWN);
}

static void
owner_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  gboolean is_owned = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &is_owned);

  if (is_owned)
    g_task_return_int (task, HUB_FIREWALL_FIREWALLD);
  else
    look_for_ufw (task);
}

void
hub_firewall_find_async (GDBusConnection *system_bus,
                         const char *ufw_conf,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (system_bus == NULL || G_IS_DBUS_CONNECTION (system_bus));
  g_return_if_fail (ufw_conf != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hub_firewall_find_async);
  g_task_set_task_data (task, g_strdup (ufw_conf), g_free);

  if (system_bus == NULL)
    {
      look_for_ufw (task);
      return;
    }

  /* Asking who owns it does not start it. */
  g_dbus_connection_call (
      system_bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "NameHasOwner", g_variant_new ("(s)", "org.fedoraproject.FirewallD1"), G_VARIANT_TYPE ("(b)"),
      G_DBUS_CALL_FLAGS_NONE, -1, cancellable, owner_cb, g_steal_pointer (&task));
}

HubFirewall
hub_firewall_find_finish (GAsyncResult *result)
{
  gssize found;

  g_return_val_if_fail (g_task_is_valid (result, NULL), HUB_FIREWALL_UNKNOWN);

  found = g_task_propagate_int (G_TASK (result), NULL);

  return found > 0 ? (HubFirewall) found : HUB_FIREWALL_UNKNOWN;
}

const char *
hub_firewall_get_name (HubFirewall firewall)
{
  switch (firewall)
    {
    case HUB_FIREWALL_FIREWALLD:
      return "firewalld";
    case HUB_FIREWALL_UFW:
      return "ufw";
    case HUB_FIREWALL_NFTABLES:
      return "nftables";
    case HUB_FIREWALL_UNKNOWN:
    default:
      return "";
    }
}

char *
hub_firewall_dup_command (HubFirewall firewall, guint16 port)
{
  switch (firewall)
    {
    case HUB_FIREWALL_FIREWALLD:
      /* Until firewalld is loaded again: what was opened for a chat does not stay open for ever. */
      return g_strdup_printf ("sudo firewall-cmd --add-port=%u/tcp", port);
    case HUB_FIREWALL_UFW:
      return g_strdup_printf ("sudo ufw allow %u/tcp", port);
    case HUB_FIREWALL_NFTABLES:
      /* The table and chain of nft's own examples, which distributions start from; at the chain's
       * beginning, as its end may refuse everything. */
      return g_strdup_printf ("sudo nft insert rule inet filter input tcp dport %u accept", port);
    case HUB_FIREWALL_UNKNOWN:
    default:
      return g_strdup ("");
    }
}
