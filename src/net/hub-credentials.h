/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-certificate.h"

#include <glib-object.h>
#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/*
 * HubCredentials: what a TLS session is made with: certificate, key, priorities, ticket key.
 * Immutable, reference counted (atomically), kept alive by every session made with it, so that a
 * new certificate never pulls the ground from under an old connection.
 */
typedef struct _HubCredentials HubCredentials;
#define HUB_TYPE_CREDENTIALS (hub_credentials_get_type ())
GType hub_credentials_get_type (void);
HubCredentials *hub_credentials_ref (HubCredentials *self);
void hub_credentials_unref (HubCredentials *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubCredentials, hub_credentials_unref)

/* A server session: TLS 1.2 and 1.3, ALPN http/1.1 (a client that offers protocols but not this
 * one fails its handshake with GNUTLS_E_NO_APPLICATION_PROTOCOL; one that offers none is let in),
 * tickets, no early data, non-blocking, no SIGPIPE. Renegotiation is for the caller to refuse.
 * The caller keeps a reference to @self until gnutls_deinit(). */
gnutls_session_t hub_credentials_new_session (HubCredentials *self, GError **error);

/* SHA-256 of the server certificate, "AB:CD:...". */
const char *hub_credentials_get_fingerprint (HubCredentials *self);

/* DNS names the certificate is valid for, in its order (an owner's own certificate brings its
 * names, which may be wildcards, "*.example.org"). NULL-terminated. */
const char *const *hub_credentials_get_names (HubCredentials *self);

/* Copies the certificate and its key. Takes a few milliseconds. */
HubCredentials *hub_credentials_new (HubCertificate *certificate, GError **error);

G_END_DECLS
