/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-identity.h"
#include "net/hub-tls-stream.h"
#include "support/hub-tls-client.h"

G_BEGIN_DECLS

/*
 * HubTlsPair: a HubTlsStream and, at the other end of a TCP connection over loopback, a client.
 * What the stream said about itself is noted. The handshake is the test's own business.
 */
typedef struct
{
  HubTlsStream *stream;
  HubTlsClient *client;
  gboolean is_shaken;
  gboolean is_ended;
  guint n_ended;
  HubStreamEnd end;
} HubTlsPair;

/* @credentials: NULL for a stream and a client without TLS. @buffer: bytes of the server's send and the client's receive buffer; 0: the system's own. */
HubTlsPair *hub_tls_pair_new (HubPoller *poller,
                              HubCredentials *credentials,
                              int buffer,
                              const char *priorities,
                              const char *const *alpn);
void hub_tls_pair_free (HubTlsPair *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubTlsPair, hub_tls_pair_free)

/* One that has shaken hands. */
HubTlsPair *hub_tls_pair_new_open (HubPoller *poller, HubCredentials *credentials, int buffer);

/* Credentials for 127.0.0.1, of an identity made in a directory that is gone again. */
HubCredentials *hub_test_make_credentials (void);

/* Two connected TCP sockets of loopback. */
void hub_test_connect (int buffer, int *server_fd, int *client_fd);

/* What a test of streams starts and ends with: all descriptors opened meanwhile are closed again. */
typedef struct
{
  HubPoller *poller;
  HubCredentials *credentials; /* NULL: plain */
  guint descriptors;
} HubTlsFixture;

void hub_tls_fixture_set_up (HubTlsFixture *fixture, gconstpointer user_data);
void hub_tls_fixture_set_up_plain (HubTlsFixture *fixture, gconstpointer user_data);
void hub_tls_fixture_tear_down (HubTlsFixture *fixture, gconstpointer user_data);

/* @length bytes in which every place is told from its neighbours'. Returns: (transfer full) */
GBytes *hub_test_make_bytes (guint seed, gsize length);

/* Descriptors this process has open. */
guint hub_test_count_descriptors (void);

G_END_DECLS
