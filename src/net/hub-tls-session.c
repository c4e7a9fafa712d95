/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-session.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * GnuTLS says AGAIN also when it has read a record that was no data (a key update, a ticket),
 * while the socket holds more. With edge triggered events that more would never be told of again,
 * so what counts is what the socket itself said.
 */
static ssize_t
pull (gnutls_transport_ptr_t user_data, void *buffer, size_t length)
{
  HubTlsSession *self = user_data;
  ssize_t n = recv (self->fd, buffer, length, 0);

  if (n > 0)
    self->heard_at = g_get_monotonic_time () / 1000;
  else if (n < 0 && errno == EAGAIN)
    self->is_drained = TRUE;

  return n;
}

/* Gives @data to the socket. Returns: bytes it took, all but for a full socket; -1 with errno. */
static gssize
send_all (int fd, const guint8 *data, gsize length)
{
  gsize at = 0;

  while (at < length)
    {
      ssize_t n = send (fd, data + at, length - at, MSG_NOSIGNAL);

      if (n >= 0)
        at += (gsize) n;
      else if (errno == EAGAIN)
        break;
      else if (errno != EINTR)
        return -1;
    }

  return (gssize) at;
}

/*
 * Takes everything, so that GnuTLS never sees a full socket: it handles being interrupted within a
 * record well, but not when the peer asks for new keys meanwhile, and it does not say how much of
 * the data the record held. What the socket does not take is at most the record or the flight of
 * the handshake that is being sent.
 */
static ssize_t
push (gnutls_transport_ptr_t user_data, const void *buffer, size_t length)
{
  HubTlsSession *self = user_data;
  gssize sent = 0;

  if (self->spill == NULL)
    sent = send_all (self->fd, buffer, length);
  if (sent < 0)
    return -1;

  if ((gsize) sent < length)
    {
      if (self->spill == NULL)
        self->spill = g_byte_array_new ();
      g_byte_array_append (self->spill, (const guint8 *) buffer + sent,
                           (guint) (length - (gsize) sent));
    }

  return (ssize_t) length;
}

gboolean
hub_tls_session_open (HubTlsSession *self, HubCredentials *credentials, int fd, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (credentials != NULL, FALSE);
  g_return_val_if_fail (fd >= 0, FALSE);

  self->fd = fd;
  self->tls = hub_credentials_new_session (credentials, error);
  if (self->tls == NULL)
    {
      hub_tls_session_close (self);
      return FALSE;
    }

  self->credentials = hub_credentials_ref (credentials);
  self->heard_at = g_get_monotonic_time () / 1000;
  gnutls_transport_set_ptr (self->tls, self);
  gnutls_transport_set_pull_function (self->tls, pull);
  gnutls_transport_set_push_function (self->tls, push);

  return TRUE;
}

void
hub_tls_session_close (HubTlsSession *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    {
      close (self->fd);
      self->fd = -1;
    }
  g_clear_pointer (&self->tls, gnutls_deinit);
  g_clear_pointer (&self->spill, g_byte_array_unref);
  g_clear_pointer (&self->credentials, hub_credentials_unref);
}

/* The alerts by which a client says that it does not trust the certificate: RFC 8446, 6.2. A phone
 * that stopped at the browser's warning sends one of them. */
static gboolean
is_about_certificate (gnutls_alert_description_t alert)
{
  static const gnutls_alert_description_t alerts[]
      = { GNUTLS_A_BAD_CERTIFICATE,     GNUTLS_A_UNSUPPORTED_CERTIFICATE,
          GNUTLS_A_CERTIFICATE_REVOKED, GNUTLS_A_CERTIFICATE_EXPIRED,
          GNUTLS_A_CERTIFICATE_UNKNOWN, GNUTLS_A_UNKNOWN_CA,
          GNUTLS_A_ACCESS_DENIED };

  for (guint i = 0; i < G_N_ELEMENTS (alerts); i++)
    if (alerts[i] == alert)
      return TRUE;

  return FALSE;
}

HubTlsResult
hub_tls_session_fail (HubTlsSession *self, HubStreamEnd why)
{
  self->failure = why;

  return HUB_TLS_FAILED;
}

/* What an error of GnuTLS's means. INTERRUPTED is the callers' own business. */
static HubTlsResult
judge (HubTlsSession *self, int code)
{
  switch (code)
    {
    case GNUTLS_E_AGAIN:
      return HUB_TLS_AGAIN;

    case GNUTLS_E_WARNING_ALERT_RECEIVED:
      return HUB_TLS_ONCE_MORE;

    case GNUTLS_E_PREMATURE_TERMINATION:
      return HUB_TLS_EOF;

    case GNUTLS_E_PULL_ERROR:
    case GNUTLS_E_PUSH_ERROR:
    case GNUTLS_E_SESSION_EOF:
      return hub_tls_session_fail (self, HUB_STREAM_END_RESET);

    case GNUTLS_E_FATAL_ALERT_RECEIVED:
      return hub_tls_session_fail (self, is_about_certificate (gnutls_alert_get (self->tls))
                                             ? HUB_STREAM_END_ALERT
                                             : HUB_STREAM_END_PROTOCOL);

    default:
      /* GNUTLS_E_REHANDSHAKE too: no browser renegotiates TLS 1.2, and it costs a signature. */
      return hub_tls_session_fail (self, HUB_STREAM_END_PROTOCOL);
    }
}

HubTlsResult
hub_tls_session_flush (HubTlsSession *self)
{
  gssize sent;

  if (self->spill == NULL)
    return HUB_TLS_DONE;

  sent = send_all (self->fd, self->spill->data, self->spill->len);
  if (sent < 0)
    return hub_tls_session_fail (self, HUB_STREAM_END_RESET);

  if ((gsize) sent < self->spill->len)
    {
      g_byte_array_remove_range (self->spill, 0, (guint) sent);
      return HUB_TLS_AGAIN;
    }

  g_clear_pointer (&self->spill, g_byte_array_unref);

  return HUB_TLS_DONE;
}

gsize
hub_tls_session_get_spilled (const HubTlsSession *self)
{
  return self->spill != NULL ? self->spill->len : 0;
}

HubTlsResult
hub_tls_session_shake (HubTlsSession *self)
{
  HubTlsResult result = hub_tls_session_flush (self);
  int code;

  if (result != HUB_TLS_DONE)
    return result;

  do
    code = gnutls_handshake (self->tls);
  while (code == GNUTLS_E_INTERRUPTED);

  if (code >= 0)
    return HUB_TLS_DONE;
  if (code == GNUTLS_E_AGAIN && !self->is_drained)
    return HUB_TLS_ONCE_MORE;

  result = judge (self, code);
  if (result == HUB_TLS_FAILED && self->failure == HUB_STREAM_END_PROTOCOL
      && code != GNUTLS_E_FATAL_ALERT_RECEIVED)
    {
      /* So that the peer can say why. It gets what the socket takes now, no more. */
      gnutls_alert_send_appropriate (self->tls, code);
      shutdown (self->fd, SHUT_WR);
    }

  return result;
}

gboolean
hub_tls_session_is_awaited (HubTlsSession *self, guint32 events)
{
  guint32 wanted = self->spill != NULL ? EPOLLOUT : EPOLLIN | EPOLLRDHUP;

  return (events & (wanted | EPOLLHUP | EPOLLERR)) != 0;
}

HubTlsResult
hub_tls_session_send (HubTlsSession *self, const guint8 *data, gsize length, gsize *sent)
{
  ssize_t n;

  *sent = 0;
  do
    n = gnutls_record_send (self->tls, data, length);
  while (n == GNUTLS_E_INTERRUPTED);

  if (n <= 0)
    return hub_tls_session_fail (self, HUB_STREAM_END_RESET);

  *sent = (gsize) n;

  return HUB_TLS_DONE;
}

HubTlsResult
hub_tls_session_receive (HubTlsSession *self, void *buffer, gsize length, gsize *received)
{
  ssize_t n;

  *received = 0;
  if (self->is_eof)
    return HUB_TLS_EOF;

  do
    n = gnutls_record_recv (self->tls, buffer, length);
  while (n == GNUTLS_E_INTERRUPTED);

  if (n > 0)
    {
      *received = (gsize) n;
      return HUB_TLS_DONE;
    }
  if (n == 0 || n == GNUTLS_E_PREMATURE_TERMINATION)
    {
      /* GnuTLS would say that the session is invalid when asked again. */
      self->is_eof = TRUE;
      return HUB_TLS_EOF;
    }
  if (n == GNUTLS_E_AGAIN && !self->is_drained)
    return HUB_TLS_ONCE_MORE;

  return judge (self, (int) n);
}

gboolean
hub_tls_session_is_readable (HubTlsSession *self)
{
  return !self->is_drained || gnutls_record_check_pending (self->tls) > 0;
}

static HubTlsResult
finish (HubTlsSession *self)
{
  HubTlsResult result;

  if (!self->has_said_bye && gnutls_bye (self->tls, GNUTLS_SHUT_WR) < 0)
    return hub_tls_session_fail (self, HUB_STREAM_END_RESET);

  self->has_said_bye = TRUE;
  result = hub_tls_session_flush (self);
  if (result != HUB_TLS_DONE)
    return result;

  if (shutdown (self->fd, SHUT_WR) < 0)
    return hub_tls_session_fail (self, HUB_STREAM_END_RESET);

  self->is_finished = TRUE;

  return HUB_TLS_DONE;
}

HubTlsResult
hub_tls_session_linger (HubTlsSession *self, gsize *budget)
{
  guint8 waste[4096];
  ssize_t n;

  if (!self->is_finished)
    {
      HubTlsResult result = finish (self);

      if (result != HUB_TLS_DONE)
        return result;
    }

  do
    {
      n = recv (self->fd, waste, sizeof waste, 0);
      if (n > 0 && (gsize) n > *budget)
        return hub_tls_session_fail (self, HUB_STREAM_END_INPUT);
      if (n > 0)
        *budget -= (gsize) n;
    }
  while (n > 0 || (n < 0 && errno == EINTR));

  if (n == 0)
    return HUB_TLS_EOF;
  if (errno == EAGAIN)
    return HUB_TLS_AGAIN;

  return hub_tls_session_fail (self, HUB_STREAM_END_RESET);
}
