/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-tls.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* The socket's number travels in the BIO's data. */

static int
on_bio_read (BIO *bio, char *data, int length)
{
  HubLoadTls *self = BIO_get_data (bio);
  gsize n = MIN ((gsize) length, self->cipher_length - self->cipher_position);

  BIO_clear_retry_flags (bio);
  if (n > 0)
    {
      memcpy (data, self->cipher + self->cipher_position, n);
      self->cipher_position += n;
      return (int) n;
    }
  if (self->is_at_end)
    return 0;
  BIO_set_retry_read (bio);
  return -1;
}

static int
on_bio_write (BIO *bio, const char *data, int length)
{
  ssize_t n = send ((int) BIO_get_fd (bio, NULL), data, (size_t) length, MSG_NOSIGNAL);

  BIO_clear_retry_flags (bio);
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    BIO_set_retry_write (bio);
  return (int) n;
}

static long
on_bio_control (BIO *bio, int command, long number, void *pointer)
{
  switch (command)
    {
    case BIO_C_SET_FD:
      BIO_set_app_data (bio, GINT_TO_POINTER (*(int *) pointer));
      return 1;
    case BIO_C_GET_FD:
      return GPOINTER_TO_INT (BIO_get_app_data (bio));
    case BIO_CTRL_FLUSH:
      return 1;
    default:
      return 0;
    }
}

/* Kept with the session itself: there is one owner, and it asks at the end. */
static int
on_new_ticket (SSL *session, SSL_SESSION *ticket)
{
  SSL_SESSION *old = SSL_get_app_data (session);

  g_clear_pointer (&old, SSL_SESSION_free);
  SSL_set_app_data (session, ticket);
  return 1;
}

/* The chain is not even looked at: it is the same for every server. */
static int
on_verify (X509_STORE_CTX *store, void *data)
{
  return 1;
}

HubLoadTls *
hub_load_tls_new (void)
{
  static const guint8 protocols[] = "\x08http/1.1";
  HubLoadTls *self = g_new0 (HubLoadTls, 1);

  self->cipher = g_malloc (HUB_LOAD_TLS_BYTES);
  self->plain = g_malloc (HUB_LOAD_TLS_BYTES);

  self->method = BIO_meth_new (BIO_get_new_index () | BIO_TYPE_SOURCE_SINK, "hub-load");
  BIO_meth_set_read (self->method, on_bio_read);
  BIO_meth_set_write (self->method, on_bio_write);
  BIO_meth_set_ctrl (self->method, on_bio_control);

  self->context = SSL_CTX_new (TLS_client_method ());
  SSL_CTX_set_min_proto_version (self->context, TLS1_3_VERSION);
  g_assert_true (SSL_CTX_set_ciphersuites (self->context, "TLS_AES_128_GCM_SHA256"));
  g_assert_true (SSL_CTX_set1_groups_list (self->context, "X25519"));
  SSL_CTX_set_alpn_protos (self->context, protocols, sizeof protocols - 1);
  SSL_CTX_set_verify (self->context, SSL_VERIFY_NONE, NULL);
  SSL_CTX_set_cert_verify_callback (self->context, on_verify, NULL);
  SSL_CTX_set_mode (self->context, SSL_MODE_ENABLE_PARTIAL_WRITE
                                       | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                                       | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode (self->context,
                                  SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb (self->context, on_new_ticket);
  return self;
}

void
hub_load_tls_free (HubLoadTls *self)
{
  SSL_CTX_free (self->context);
  BIO_meth_free (self->method);
  g_free (self->cipher);
  g_free (self->plain);
  g_free (self);
}

SSL *
hub_load_tls_connect (HubLoadTls *self, int fd, SSL_SESSION *ticket)
{
  SSL *session = SSL_new (self->context);
  BIO *bio = BIO_new (self->method);

  BIO_set_data (bio, self);
  BIO_set_init (bio, 1);
  BIO_set_fd (bio, fd, BIO_NOCLOSE);
  SSL_set_bio (session, bio, bio);
  SSL_set_connect_state (session);
  if (ticket != NULL)
    SSL_set_session (session, ticket);
  return session;
}

gboolean
hub_load_tls_receive (HubLoadTls *self, int fd)
{
  ssize_t n = recv (fd, self->cipher, HUB_LOAD_TLS_BYTES, 0);

  self->cipher_position = 0;
  self->cipher_length = n > 0 ? (gsize) n : 0;
  self->is_at_end = n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
  return self->cipher_length > 0 || self->is_at_end;
}

SSL_SESSION *
hub_load_tls_take_ticket (SSL *session)
{
  SSL_SESSION *ticket = SSL_get_app_data (session);

  SSL_set_app_data (session, NULL);
  return ticket;
}
