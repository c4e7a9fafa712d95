/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"

#include <gio/gio.h>
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

/* A server session: TLS 1.2 and 1.3, ALPN http/1.1, tickets, non-blocking, no SIGPIPE. The
 * caller keeps a reference to @self until gnutls_deinit(). */
gnutls_session_t hub_credentials_new_session (HubCredentials *self, GError **error);

/* SHA-256 of the server certificate, "AB:CD:...". */
const char *hub_credentials_get_fingerprint (HubCredentials *self);

/* DNS names the certificate is valid for (an owner's own certificate brings its names).
 * NULL-terminated. */
const char *const *hub_credentials_get_names (HubCredentials *self);

typedef enum
{
  HUB_IDENTITY_ERROR_FAILED,    /* the system said no: the message has errno's text */
  HUB_IDENTITY_ERROR_DIRECTORY, /* data directory cannot be made, or belongs to somebody else */
  HUB_IDENTITY_ERROR_UNREADABLE,
  HUB_IDENTITY_ERROR_PERMISSIONS, /* a key others may read, or not a regular file */
  HUB_IDENTITY_ERROR_CORRUPT,
  HUB_IDENTITY_ERROR_ENCRYPTED,
  HUB_IDENTITY_ERROR_MISMATCH, /* certificate and key do not belong together */
  HUB_IDENTITY_ERROR_EXPIRED,
} HubIdentityError;

#define HUB_IDENTITY_ERROR (hub_identity_error_quark ())
GQuark hub_identity_error_quark (void);

/*
 * HubIdentity: this installation's CA and its server certificate, kept in the data directory; or
 * an owner's PEM pair. Rules: src/server/README.md, "Certificates". File work and key generation
 * block: hub_identity_open() is called before the chat starts (5-9 ms for both keys).
 */
#define HUB_TYPE_IDENTITY (hub_identity_get_type ())
G_DECLARE_FINAL_TYPE (HubIdentity, hub_identity, HUB, IDENTITY, GObject)

/* Opens, or makes, the identity in @directory (made 0700 where missing). Nothing that exists is
 * ever replaced on failure: each bad file is its own error with a way out in its message. */
HubIdentity *hub_identity_open (HubClock *clock, const char *directory, GError **error);

/* An owner's own pair of PEM files. */
HubIdentity *hub_identity_open_pair (HubClock *clock,
                                     const char *certificate_file,
                                     const char *key_file,
                                     GError **error);

/* Sees to a server certificate that covers @addresses (element-type GInetAddress; those outside
 * the CA's constraints are left out) and @label.local (NULL: none).
 * Re-issues when one of them is not covered, or, with @is_quiet (start, or nobody present), when a
 * third of its life or less is left; the newest 16 addresses stay in it; the key stays the same.
 * An owner's pair is never re-issued.
 * Returns: FALSE on error (the old credentials stay); @changed tells whether they are new. */
gboolean hub_identity_ensure (HubIdentity *self,
                              GPtrArray *addresses,
                              const char *label,
                              gboolean is_quiet,
                              gboolean *changed,
                              GError **error);

/* An owner's pair: reads both files again; on error the old credentials stay. */
gboolean hub_identity_reload (HubIdentity *self, gboolean *changed, GError **error);

/* After the first hub_identity_ensure() (own CA) or at once (pair). Returns: (transfer none) */
HubCredentials *hub_identity_get_credentials (HubIdentity *self);

/* The CA certificate in PEM; NULL with an owner's pair. Returns: (transfer full) (nullable) */
char *hub_identity_dup_ca_pem (HubIdentity *self);

/* When the certificate ends, in milliseconds since the epoch. */
gint64 hub_identity_get_expiry (HubIdentity *self);

G_END_DECLS
