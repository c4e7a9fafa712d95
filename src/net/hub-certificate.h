/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-identity-error.h"

#include <gio/gio.h>
#include <gnutls/x509.h>

G_BEGIN_DECLS

/*
 * HubCertificate: an X.509 certificate, those that sign it, and its private key, which belong
 * together: no value of this type holds a key that is not the certificate's. Immutable.
 */
typedef struct _HubCertificate HubCertificate;

/* Takes @chain (at least one, the certificate first; of g_malloc()) and @key, on failure too.
 * Returns: (transfer full) (nullable): NULL with HUB_IDENTITY_ERROR_MISMATCH */
HubCertificate *hub_certificate_new (gnutls_x509_crt_t *chain,
                                     guint n_chain,
                                     gnutls_x509_privkey_t key,
                                     GError **error);
void hub_certificate_free (HubCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubCertificate, hub_certificate_free)

/* Reads PEM. The paths are for messages only. CORRUPT, ENCRYPTED or MISMATCH on failure. */
HubCertificate *hub_certificate_parse (GBytes *pem,
                                       const char *path,
                                       GBytes *key_pem,
                                       const char *key_path,
                                       GError **error);

/* Reads a PEM key (PKCS #8, SEC 1 or PKCS #1). Returns: (nullable): CORRUPT or ENCRYPTED */
gnutls_x509_privkey_t hub_certificate_parse_key (GBytes *pem, const char *path, GError **error);

/* The certificate and its chain, or a key as unencrypted PKCS #8, in PEM.
 * Returns: (transfer full) (nullable) */
char *hub_certificate_dup_pem (HubCertificate *self, GError **error);
char *hub_certificate_encode_key (gnutls_x509_privkey_t key, GError **error);

/* All borrowed. */
gnutls_x509_crt_t *hub_certificate_get_chain (HubCertificate *self, guint *n_chain);
gnutls_x509_crt_t hub_certificate_get_first (HubCertificate *self);
gnutls_x509_privkey_t hub_certificate_get_key (HubCertificate *self);

/* Milliseconds since the epoch. */
gint64 hub_certificate_get_activation (HubCertificate *self);
gint64 hub_certificate_get_expiry (HubCertificate *self);

/* HUB_IDENTITY_ERROR_EXPIRED when @now (milliseconds since the epoch) is past its end. One that is
 * not valid yet passes: more often than not it is this computer's clock that is wrong. */
gboolean
hub_certificate_check_time (HubCertificate *self, const char *path, gint64 now, GError **error);

/* SHA-256 of the DER form, "AB:CD:...". Returns: (transfer full) */
char *hub_certificate_dup_fingerprint (HubCertificate *self);

/* The dNSNames, in their order (wildcards as they stand). Returns: (transfer full) */
GStrv hub_certificate_dup_names (HubCertificate *self);

/* The iPAddresses, in their order. Returns: (transfer full) (element-type GInetAddress) */
GPtrArray *hub_certificate_dup_addresses (HubCertificate *self);

/* Whether @authority signed this and may have: constraints are looked at, times are not (ours is
 * an injected clock). */
gboolean hub_certificate_is_signed_by (HubCertificate *self, HubCertificate *authority);

G_END_DECLS
