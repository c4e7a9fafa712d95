/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubMdnsName: publishes LABEL.local with this computer's addresses over Avahi's D-Bus interface,
 * and the service _https._tcp. Where the system bus or Avahi is missing it stays silent.
 * Lives on the thread whose default context it was made in.
 *
 * Signals: changed () when hub_mdns_name_get_label() is another (published, collision, gone).
 */
#define HUB_TYPE_MDNS_NAME (hub_mdns_name_get_type ())
G_DECLARE_FINAL_TYPE (HubMdnsName, hub_mdns_name, HUB, MDNS_NAME, GObject)

/* The first part of @host_name as a label of a DNS name: letters, digits and hyphens, lower case, at
 * most 63 of them (RFC 1035, 2.3.1); "hubbub" where nothing useful is left.
 * Returns: (transfer full) */
char *hub_mdns_name_make_label (const char *host_name);

/* @label: first choice; passed through hub_mdns_name_make_label(), so the host's name will do.
 * @service_name: for people who browse for services; what one label holds of it. */
HubMdnsName *hub_mdns_name_new (const char *label, const char *service_name, guint16 port);

/* The addresses to publish (element-type GInetAddress), each on the interface that has it; the first
 * HUB_LEAF_MAX_ADDRESSES. Publishes, or publishes again when they differ from before. None: nothing
 * is published. */
void hub_mdns_name_set_addresses (HubMdnsName *self, GPtrArray *addresses);

/* The label that is established on the network now, without ".local"; NULL when none is. */
const char *hub_mdns_name_get_label (HubMdnsName *self);

/* Withdraws the name; nothing is published afterwards. */
void hub_mdns_name_withdraw (HubMdnsName *self);

G_END_DECLS
