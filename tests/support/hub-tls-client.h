/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/*
 * HubTlsClient: a peer made of GnuTLS on a socket, independent of the code under test. It shares
 * the thread with the server: while it waits it runs the default main context. Waiting for longer
 * than 20 s fails the test.
 */
typedef struct _HubTlsClient HubTlsClient;

/* Takes @fd, a connected socket. @priorities: of GnuTLS; NULL for "NORMAL". @alpn: protocols to
 * offer, NULL-terminated, or NULL for none. */
HubTlsClient *hub_tls_client_new (int fd, const char *priorities, const char *const *alpn);
void hub_tls_client_free (HubTlsClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubTlsClient, hub_tls_client_free)

/* The same without TLS: nobody shakes hands, and ends are not told from one another. */
HubTlsClient *hub_tls_client_new_plain (int fd);

/* Shakes hands. Returns: 0, or GnuTLS's fatal error. */
int hub_tls_client_shake (HubTlsClient *self);

/* Sends all of @data. Returns: whether the connection took it. */
gboolean hub_tls_client_send (HubTlsClient *self, const void *data, gsize length);

/* Sends what can be sent without waiting. Returns: bytes; negative: GnuTLS's error. */
gssize hub_tls_client_try_send (HubTlsClient *self, const void *data, gsize length);

/* Receives until there are @length bytes or the connection ends. @end: GnuTLS's code at the end, 0
 * for close_notify; HUB_TLS_CLIENT_OPEN while it is open. Returns: (transfer full) */
#define HUB_TLS_CLIENT_OPEN 1
GByteArray *hub_tls_client_receive (HubTlsClient *self, gsize length, int *end);

/* Takes at most @bytes from the socket at a time; 0: no limit. */
void hub_tls_client_set_sip (HubTlsClient *self, gsize bytes);

/* Gives at most @bytes to the socket at a time; 0: no limit. */
void hub_tls_client_set_dribble (HubTlsClient *self, gsize bytes);

/* Has this system acknowledge what came at once; it likes to wait some milliseconds with that, which
 * are hours by a clock that a test moves. */
void hub_tls_client_acknowledge (HubTlsClient *self);

gnutls_session_t hub_tls_client_get_session (HubTlsClient *self);
int hub_tls_client_get_fd (HubTlsClient *self);

/* Closes the socket without a word, and without RST unless something was unread. */
void hub_tls_client_hang_up (HubTlsClient *self);

/* Lets the main context do one turn. Does not block: the peer that is waited for is in this very
 * thread. */
void hub_tls_client_pump (void);

/* Runs the main context until @flag is set. */
void hub_test_wait_for (const gboolean *flag);

G_END_DECLS
