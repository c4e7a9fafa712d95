/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where ufw says whether it is on: ufw(8). */
#define HUB_FIREWALL_UFW_CONF "/etc/ufw/ufw.conf"

/* Firewalls that keep guests out without a word. */
typedef enum
{
  HUB_FIREWALL_UNKNOWN, /* none found, or this program cannot look */
  HUB_FIREWALL_FIREWALLD,
  HUB_FIREWALL_UFW,
  HUB_FIREWALL_NFTABLES,
} HubFirewall;

/* Which one runs here: firewalld where it owns its name on @system_bus (nullable), else ufw where
 * @ufw_conf says ENABLED=yes. Needs no privilege; a sandbox cannot look and should not ask. */
void hub_firewall_find_async (GDBusConnection *system_bus,
                              const char *ufw_conf,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* Returns: HUB_FIREWALL_UNKNOWN too where nobody can say */
HubFirewall hub_firewall_find_finish (GAsyncResult *result);

/* "firewalld"; not translated: the name of a program. */
const char *hub_firewall_get_name (HubFirewall firewall);

/* The command that lets guests in at @port, to be copied into a terminal, exactly so.
 * Returns: (transfer full) */
char *hub_firewall_dup_command (HubFirewall firewall, guint16 port);

G_END_DECLS
