/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-tls-client.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

struct _HubTlsClient
{
  int fd;
  gnutls_session_t session; /* NULL: no TLS */
  gnutls_certificate_credentials_t credentials;
  gsize sip;
  gsize dribble;
};

static ssize_t
pull (gnutls_transport_ptr_t user_data, void *buffer, size_t length)
{
  HubTlsClient *self = user_data;

  if (self->sip > 0)
    length = MIN (length, self->sip);

  return recv (self->fd, buffer, length, 0);
}

static ssize_t
push (gnutls_transport_ptr_t user_data, const void *data, size_t length)
{
  HubTlsClient *self = user_data;

  if (self->dribble > 0)
    length = MIN (length, self->dribble);

  return send (self->fd, data, length, MSG_NOSIGNAL);
}

static void
set_non_blocking (int fd)
{
  g_assert_no_errno (fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) | O_NONBLOCK));
}

HubTlsClient *
hub_tls_client_new_plain (int fd)
{
  HubTlsClient *self = g_new0 (HubTlsClient, 1);

  self->fd = fd;
  set_non_blocking (fd);

  return self;
}

HubTlsClient *
hub_tls_client_new (int fd, const char *priorities, const char *const *alpn)
{
  HubTlsClient *self = g_new0 (HubTlsClient, 1);
  gnutls_datum_t protocols[8];
  guint n_protocols = 0;

  self->fd = fd;
  set_non_blocking (fd);
  g_assert_cmpint (gnutls_certificate_allocate_credentials (&self->credentials), ==, 0);
  g_assert_cmpint (gnutls_init (&self->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL),
                   ==, 0);
  g_assert_cmpint (
      gnutls_priority_set_direct (self->session, priorities != NULL ? priorities : "NORMAL", NULL),
      ==, 0);
  gnutls_credentials_set (self->session, GNUTLS_CRD_CERTIFICATE, self->credentials);
  gnutls_transport_set_ptr (self->session, self);
  gnutls_transport_set_pull_function (self->session, pull);
  gnutls_transport_set_push_function (self->session, push);

  for (; alpn != NULL && alpn[n_protocols] != NULL; n_protocols++)
    {
      protocols[n_protocols].data = (guint8 *) alpn[n_protocols];
      protocols[n_protocols].size = strlen (alpn[n_protocols]);
    }
  if (n_protocols > 0)
    gnutls_alpn_set_protocols (self->session, protocols, n_protocols, 0);

  return self;
}

void
hub_tls_client_free (HubTlsClient *self)
{
  hub_tls_client_hang_up (self);
  g_clear_pointer (&self->session, gnutls_deinit);
  g_clear_pointer (&self->credentials, gnutls_certificate_free_credentials);
  g_free (self);
}

void
hub_tls_client_hang_up (HubTlsClient *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

void
hub_tls_client_pump (void)
{
  if (!g_main_context_iteration (NULL, FALSE))
    g_thread_yield ();
}

/* One turn of waiting, until @stop_at. */
static void
wait_turn (gint64 stop_at)
{
  hub_tls_client_pump ();
  g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
}

void
hub_test_wait_for (const gboolean *flag)
{
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;

  while (!*flag)
    wait_turn (stop_at);
}

int
hub_tls_client_shake (HubTlsClient *self)
{
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;
  int code;

  if (self->session == NULL)
    return 0;

  while ((code = gnutls_handshake (self->session)) < 0 && !gnutls_error_is_fatal (code))
    wait_turn (stop_at);

  return code;
}

/* Returns: bytes; negative: an error of GnuTLS's */
static gssize
send_some (HubTlsClient *self, const void *data, gsize length)
{
  gssize n;

  if (self->session != NULL)
    return gnutls_record_send (self->session, data, length);

  n = push (self, data, length);
  if (n < 0)
    return errno == EAGAIN ? GNUTLS_E_AGAIN : GNUTLS_E_PUSH_ERROR;

  return n;
}

static gssize
receive_some (HubTlsClient *self, void *buffer, gsize length)
{
  gssize n;

  if (self->session != NULL)
    return gnutls_record_recv (self->session, buffer, length);

  n = pull (self, buffer, length);
  if (n < 0)
    return errno == EAGAIN ? GNUTLS_E_AGAIN : GNUTLS_E_PULL_ERROR;

  return n;
}

gssize
hub_tls_client_try_send (HubTlsClient *self, const void *data, gsize length)
{
  return send_some (self, data, length);
}

gboolean
hub_tls_client_send (HubTlsClient *self, const void *data, gsize length)
{
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;
  const guint8 *at = data;

  while (length > 0)
    {
      gssize n = send_some (self, at, length);

      if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
        {
          wait_turn (stop_at);
          continue;
        }
      if (n < 0)
        return FALSE;
      at += n;
      length -= (gsize) n;
    }

  return TRUE;
}

GByteArray *
hub_tls_client_receive (HubTlsClient *self, gsize length, int *end)
{
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;
  GByteArray *got = g_byte_array_new ();
  guint8 buffer[16384];
  int code = HUB_TLS_CLIENT_OPEN;

  while (got->len < length && code == HUB_TLS_CLIENT_OPEN)
    {
      gssize n = receive_some (self, buffer, MIN (sizeof buffer, length - got->len));

      if (n > 0)
        g_byte_array_append (got, buffer, (guint) n);
      else if (n == 0 || gnutls_error_is_fatal ((int) n))
        code = (int) n;
      else
        wait_turn (stop_at);
    }

  if (end != NULL)
    *end = code;

  return got;
}

void
hub_tls_client_set_sip (HubTlsClient *self, gsize bytes)
{
  self->sip = bytes;
}

void
hub_tls_client_set_dribble (HubTlsClient *self, gsize bytes)
{
  self->dribble = bytes;
}

gnutls_session_t
hub_tls_client_get_session (HubTlsClient *self)
{
  return self->session;
}

void
hub_tls_client_acknowledge (HubTlsClient *self)
{
  int on = 1;

  g_assert_no_errno (
      setsockopt (hub_tls_client_get_fd (self), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on));
}

int
hub_tls_client_get_fd (HubTlsClient *self)
{
  return self->fd;
}
