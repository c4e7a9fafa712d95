/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hub-load-tls.h"

G_BEGIN_DECLS

/*
 * HubLoadLink: a client's end of one connection: TCP, TLS, the upgrade to /chat, WebSocket frames;
 * non-blocking. What is received is handed on where it lies, without a copy; only a frame that has
 * come in part is kept. Owned by its guest.
 */
typedef struct _HubLoadLink HubLoadLink;

typedef enum
{
  HUB_LOAD_LINK_CONNECTING,
  HUB_LOAD_LINK_HANDSHAKE,
  HUB_LOAD_LINK_UPGRADE,
  HUB_LOAD_LINK_OPEN,
  HUB_LOAD_LINK_CLOSED,
} HubLoadLinkState;

/* A text frame has come, @now: nanoseconds. The link must not be freed in here. */
typedef void (*HubLoadReceived) (gpointer data, const char *text, gsize length, gint64 now);

/* @address: numeric; @protocol: (nullable): of WebSocket; @ticket: (nullable): to resume.
 * Returns: (nullable): NULL when the socket could not be had */
HubLoadLink *hub_load_link_new (HubLoadTls *tls,
                                const char *address,
                                guint16 port,
                                const char *protocol,
                                SSL_SESSION *ticket,
                                HubLoadReceived received,
                                gpointer data);

/* Closes the socket, without any goodbye. */
void hub_load_link_free (HubLoadLink *self);

int hub_load_link_get_fd (HubLoadLink *self);
HubLoadLinkState hub_load_link_get_state (HubLoadLink *self);

/* Waits for its socket to take something. */
gboolean hub_load_link_wants_write (HubLoadLink *self);

/* Does what the socket allows. */
void hub_load_link_pump (HubLoadLink *self);

/* Sends a text frame of at most 65,535 bytes; what the socket does not take now is kept. */
void hub_load_link_send (HubLoadLink *self, const char *text, gsize length);

/* Once it is open. */
const char *hub_load_link_get_cipher (HubLoadLink *self);
gboolean hub_load_link_is_resumed (HubLoadLink *self);

/* Returns: (transfer full) (nullable) */
SSL_SESSION *hub_load_link_take_ticket (HubLoadLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubLoadLink, hub_load_link_free)

G_END_DECLS
