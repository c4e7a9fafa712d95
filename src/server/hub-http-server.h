/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-door.h"
#include "server/hub-host-list.h"
#include "server/hub-posts.h"
#include "server/hub-routes.h"

G_BEGIN_DECLS

/*
 * HubHttpServer: the chat over HTTP: one early handler that checks every request, the routes, the
 * WebSocket upgrade, and the POSTs for who has no WebSocket.
 *
 * Owned by HubServer; lives on the thread whose default context it was made in.
 */
typedef struct _HubHttpServer HubHttpServer;

typedef struct
{
  /* A WebSocket at /chat: the connection's stage is HUB_STAGE_UPGRADED. */
  void (*upgraded) (HubConnection *connection,
                    SoupWebsocketConnection *websocket,
                    const char *user_agent,
                    gpointer user_data);
  HubPostFuncs posts;
} HubHttpServerFuncs;

/* Borrows @door and what is in @routes; takes @hosts, what `Host` may say. Fails where the system
 * has no descriptors. */
HubHttpServer *hub_http_server_new (HubDoor *door,
                                    const HubRoutes *routes,
                                    HubHostList *hosts,
                                    const HubHttpServerFuncs *funcs,
                                    gpointer user_data,
                                    GError **error);

/* Ends the HTTP connections politely. */
void hub_http_server_free (HubHttpServer *self);

/* What `Host` may say from now on; takes @hosts. */
void hub_http_server_set_hosts (HubHttpServer *self, HubHostList *hosts);

/* What it may say on connections to the loopback listener, by the listener's port; there is none
 * until this is called. */
void hub_http_server_set_local_port (HubHttpServer *self, guint16 port);

/* Serves a connection of the door's; one of HUB_CONNECTION_PLAIN is cut. */
void hub_http_server_accept (HubHttpServer *self, HubConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubHttpServer, hub_http_server_free)

G_END_DECLS
