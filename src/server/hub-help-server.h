/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-door.h"
#include "server/hub-host-list.h"

G_BEGIN_DECLS

/*
 * HubHelpServer: what plain http gets at the port of https. A browser that asks for `/` is told how
 * to pass the warning that comes; everything else is sent to the https address. It has no route,
 * no file, no WebSocket; connections end with their response.
 *
 * Owned by HubServer; lives on the thread whose default context it was made in.
 */
typedef struct _HubHelpServer HubHelpServer;

/* Borrows @door; takes @hosts, what `Host` may say. */
HubHelpServer *hub_help_server_new (HubDoor *door, HubHostList *hosts, GError **error);
void hub_help_server_free (HubHelpServer *self);

/* What `Host` may say from now on; takes @hosts. */
void hub_help_server_set_hosts (HubHelpServer *self, HubHostList *hosts);

/* Serves a connection of HUB_CONNECTION_PLAIN. */
void hub_help_server_accept (HubHelpServer *self, HubConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubHelpServer, hub_help_server_free)

G_END_DECLS
