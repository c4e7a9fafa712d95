/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubCrowdSocket: a client's end of one TLS connection with WebSocket frames on it, non-blocking;
 * only what HubCrowd needs. The certificate is not verified: that is other tests' subject.
 */
typedef struct _HubCrowdSocket HubCrowdSocket;

/* Connects to loopback and starts the handshake; the upgrade to /chat with @protocol follows by
 * itself. */
HubCrowdSocket *hub_crowd_socket_new (guint16 port, const char *protocol);
void hub_crowd_socket_free (HubCrowdSocket *self);

int hub_crowd_socket_get_fd (HubCrowdSocket *self);

/* Gone through the upgrade: messages may be sent. */
gboolean hub_crowd_socket_is_open (HubCrowdSocket *self);

/* The peer or the network ended it. */
gboolean hub_crowd_socket_is_closed (HubCrowdSocket *self);

/* Sends a masked text frame; what the socket does not take is kept for the next pump. */
void hub_crowd_socket_send (HubCrowdSocket *self, const char *text);

/* Reads and writes what is possible now. */
void hub_crowd_socket_pump (HubCrowdSocket *self);

/* The next whole text message received. Pings are answered inside.
 * Returns: (transfer full) (nullable) */
char *hub_crowd_socket_take (HubCrowdSocket *self);

/* Closes the socket so that the peer gets a RST, whatever is unread. */
void hub_crowd_socket_reset (HubCrowdSocket *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubCrowdSocket, hub_crowd_socket_free)

G_END_DECLS
