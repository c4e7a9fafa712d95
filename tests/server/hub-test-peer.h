/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "support/hub-tls-client.h"

G_BEGIN_DECLS

/*
 * HubTestPeer: a browser's or tool's end of one connection, by hand: raw HTTP requests and raw
 * WebSocket frames over a HubTlsClient. Waits by running the default main context.
 */
typedef struct _HubTestPeer HubTestPeer;

/* Connects to 127.0.0.1 and shakes hands. */
HubTestPeer *hub_test_peer_new (guint16 port);
/* Only connects: without TLS. */
HubTestPeer *hub_test_peer_new_plain (guint16 port);
void hub_test_peer_free (HubTestPeer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubTestPeer, hub_test_peer_free)

/* Only connects; @source: 127.x.y.z to come from, or NULL. Returns: a non-blocking descriptor */
int hub_test_peer_connect (guint16 port, const char *source);

HubTlsClient *hub_test_peer_get_client (HubTestPeer *self);

/* ---- HTTP ---- */

/* A response as it came. */
typedef struct
{
  guint status;
  char *head; /* status line and headers */
  GByteArray *body;
} HubTestResponse;

void hub_test_response_clear (HubTestResponse *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubTestResponse, hub_test_response_clear)

/* Sends @request as it is, with "{host}" replaced by 127.0.0.1 and the port. */
void hub_test_peer_send_request (HubTestPeer *self, const char *request);

/* Reads one response; @has_body: FALSE for one to HEAD, and for 304. Returns: FALSE where the
 * connection ended before it was whole. */
gboolean
hub_test_peer_read_response (HubTestPeer *self, gboolean has_body, HubTestResponse *response);

/* A header's value, or NULL. Returns: (transfer full) */
char *hub_test_response_dup_header (const HubTestResponse *self, const char *name);

/* One request on a connection of its own. */
HubTestResponse hub_test_peer_ask (guint16 port, const char *request);
HubTestResponse hub_test_peer_ask_plainly (guint16 port, const char *request);

/* @name has this value (NULL: is not there); all that protects the page is there. */
void
hub_test_response_assert_header (const HubTestResponse *self, const char *name, const char *value);
void hub_test_response_assert_protected (const HubTestResponse *self);

/* Whether the server closed the connection, and with close_notify. Reads what is left. */
gboolean hub_test_peer_is_closed (HubTestPeer *self);

/* ---- WebSocket ---- */

/* Upgrades at /chat. @protocol: or NULL. */
void hub_test_peer_upgrade (HubTestPeer *self, const char *protocol);

/* Sends one masked frame. @first: FIN, reserved bits and opcode. */
void hub_test_peer_send_frame (HubTestPeer *self, guint8 first, const void *payload, gsize length);
void hub_test_peer_send_text (HubTestPeer *self, const char *text);

/* Reads one frame. @first: its first byte; 0 where the connection ended instead.
 * Returns: (transfer full): its payload */
GBytes *hub_test_peer_read_frame (HubTestPeer *self, guint8 *first);

/* Reads frames, answering pings, until one of text. Returns: (transfer full) */
char *hub_test_peer_read_text (HubTestPeer *self);

/* The next text is @expected. */
void hub_test_peer_expect (HubTestPeer *self, const char *expected);

/* Reads up to the close frame. Returns: its code */
guint hub_test_peer_read_close (HubTestPeer *self);

G_END_DECLS
