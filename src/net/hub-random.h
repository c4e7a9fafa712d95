/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Cryptographically strong random bytes (GnuTLS, GNUTLS_RND_KEY); aborts if the system has none. */
void hub_random_fill (void *buffer, gsize length);

/* @n_bytes of them as lower-case hex digits. Returns: (transfer full) */
char *hub_random_dup_hex (gsize n_bytes);

/* @length signs of @alphabet (ASCII, 1 to 256 of them), each as likely as any other.
 * Returns: (transfer full) */
char *hub_random_dup_text (const char *alphabet, gsize length);

G_END_DECLS
