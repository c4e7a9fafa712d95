/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-certificate.h"

G_BEGIN_DECLS

/*
 * What this installation's CA does: it is made once, constrained to the address table and to
 * "local" and "localhost" in both types of name (constraining one leaves the other open), and
 * signs the server's certificate. ECDSA P-256. Times are milliseconds since the epoch.
 */

/* Generates a key: some milliseconds of CPU. Returns: (transfer full) (nullable) */
gnutls_x509_privkey_t hub_authority_make_key (GError **error);

/* A CA with @key (taken). Its subject follows from the key, so that one made again with the same
 * key stands in for the first. */
HubCertificate *hub_authority_make (gnutls_x509_privkey_t key, gint64 now, GError **error);

/* Whether @authority, read from @path, may go on signing: CORRUPT when it is no CA's, EXPIRED. */
gboolean
hub_authority_check (HubCertificate *authority, const char *path, gint64 now, GError **error);

/* A server certificate for @names and @addresses (element-type GInetAddress; all of them within
 * the constraints) with @key (taken), the CA behind it in its chain. */
HubCertificate *hub_authority_issue (HubCertificate *authority,
                                     gnutls_x509_privkey_t key,
                                     const char *const *names,
                                     GPtrArray *addresses,
                                     gint64 now,
                                     GError **error);

G_END_DECLS
