/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-door.h"
#include "server/hub-host-list.h"
#include "server/hub-routes.h"

G_BEGIN_DECLS

/*
 * HubHttpServer: a SoupServer on the door's connections: one early handler that checks every
 * request, the routes, the WebSocket upgrade, and the stage of each connection told to the door.
 *
 * Owned by HubServer; lives on the thread whose default context it was made in.
 */
typedef struct _HubHttpServer HubHttpServer;

/* A WebSocket at /chat: the connection's stage is HUB_STAGE_UPGRADED. */
typedef void (*HubHttpUpgradedFunc) (HubConnection *connection,
                                     SoupWebsocketConnection *websocket,
                                     const char *user_agent,
                                     gpointer user_data);

/* Borrows @door and what is in @routes; takes @hosts, what `Host` may say. Fails where the system has no descriptors. */
HubHttpServer *hub_http_server_new (HubDoor *door,
                                    const HubRoutes *routes,
                                    HubHostList *hosts,
                                    HubHttpUpgradedFunc upgraded,
                                    gpointer user_data,
                                    GError **error);

/* Ends the HTTP connections politely. */
void hub_http_server_free (HubHttpServer *self);

/* What `Host` may say from now on; takes @hosts. */
void hub_http_server_set_hosts (HubHttpServer *self, HubHostList *hosts);

/* Serves a connection whose handshake is done. */
void hub_http_server_accept (HubHttpServer *self, HubConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubHttpServer, hub_http_server_free)

G_END_DECLS
