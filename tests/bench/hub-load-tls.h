/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <openssl/ssl.h>

G_BEGIN_DECLS

/*
 * HubLoadTls: what all connections share: how they speak TLS, and the two buffers through which
 * everything that is received goes. TLS 1.3 with AES-128-GCM and X25519 only, so that every server
 * does the same work; nothing is verified.
 *
 * OpenSSL reads what hub_load_tls_receive() has put into the first buffer: one system call for any
 * number of records.
 */
typedef struct
{
  SSL_CTX *context;
  BIO_METHOD *method;

  guint8 *cipher;
  gsize cipher_length;
  gsize cipher_position;
  gboolean is_at_end;

  guint8 *plain;
} HubLoadTls;

/* Size of each of the two buffers. */
#define HUB_LOAD_TLS_BYTES (512 * 1024)

HubLoadTls *hub_load_tls_new (void);
void hub_load_tls_free (HubLoadTls *self);

/* A client's session over @fd, which may resume @ticket.
 * @ticket: (nullable) */
SSL *hub_load_tls_connect (HubLoadTls *self, int fd, SSL_SESSION *ticket);

/* Takes what has come from @fd. The session of that socket has to read all of it before the next
 * call. Returns: whether there was anything, an end included */
gboolean hub_load_tls_receive (HubLoadTls *self, int fd);

/* The newest ticket of a session that was given one.
 * Returns: (transfer full) (nullable) */
SSL_SESSION *hub_load_tls_take_ticket (SSL *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubLoadTls, hub_load_tls_free)

G_END_DECLS
