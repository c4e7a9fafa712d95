/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-session.h"

#include "net/hub-tls-layer.h"

#include <errno.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * GnuTLS says AGAIN also when it has read a record that was no data (a key update, a ticket),
 * while the socket holds more. With edge triggered events that more would never be told of again,
 * so what counts is what the socket itself said.
 */
static void
remember (HubTlsSession *self, const guint8 *data, gsize length)
{
  gsize n = MIN (length, sizeof self->latest);

  memmove (self->latest, self->latest + n, sizeof self->latest - n);
  memcpy (self->latest + sizeof self->latest - n, data + length - n, n);
}

ssize_t
hub_tls_session_pull (gnutls_transport_ptr_t session, void *buffer, size_t length)
{
  HubTlsSession *self = session;
  ssize_t n = recv (self->fd, buffer, length, 0);

  if (n > 0)
    {
      self->is_heard = TRUE;
      remember (self, buffer, (gsize) n);
    }
  else if (n < 0 && errno == EAGAIN)
    {
      self->is_drained = TRUE;
    }

  return n;
}

/* Gives what it can to the socket. Returns: bytes it took; -1 with errno. */
static gssize
send_some (HubTlsSession *self, const giovec_t *vectors, int n_vectors)
{
  const struct msghdr message = { .msg_iov = (struct iovec *) vectors, .msg_iovlen = n_vectors };
  ssize_t n;

  do
    n = n_vectors == 1 ? send (self->fd, vectors->iov_base, vectors->iov_len, MSG_NOSIGNAL)
                       : sendmsg (self->fd, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);

  return n < 0 && errno == EAGAIN ? 0 : n;
}

static void
spill (HubTlsSession *self, const giovec_t *vectors, int n_vectors, gsize skip)
{
  for (int i = 0; i < n_vectors; i++)
    {
      gsize n = MIN (skip, vectors[i].iov_len);

      skip -= n;
      if (n == vectors[i].iov_len)
        continue;
      if (self->spill == NULL)
        self->spill = g_byte_array_new ();
      g_byte_array_append (self->spill, (const guint8 *) vectors[i].iov_base + n,
                           (guint) (vectors[i].iov_len - n));
    }
}

/*
 * Takes everything, so that GnuTLS never sees a full socket: it handles being interrupted within a
 * record well, but not when the peer asks for new keys meanwhile, and it does not say how much of
 * the data the record held. What the socket does not take is at most the record or the flight of
 * the handshake that is being sent.
 */
ssize_t
hub_tls_session_push (gnutls_transport_ptr_t session, const giovec_t *vectors, int n_vectors)
{
  HubTlsSession *self = session;
  gssize sent = 0;
  gsize length = 0;

  for (int i = 0; i < n_vectors; i++)
    length += vectors[i].iov_len;

  if (self->spill == NULL && !self->is_gathering)
    sent = send_some (self, vectors, n_vectors);
  if (sent < 0)
    return -1;

  if ((gsize) sent < length)
    spill (self, vectors, n_vectors, (gsize) sent);

  return (ssize_t) length;
}

static gboolean
start_tls (HubTlsSession *self, HubCredentials *credentials, GError **error)
{
  self->tls = hub_credentials_new_session (credentials, error);
  if (self->tls == NULL)
    return FALSE;

  self->credentials = hub_credentials_ref (credentials);
  gnutls_transport_set_ptr (self->tls, self);
  gnutls_transport_set_pull_function (self->tls, hub_tls_session_pull);
  gnutls_transport_set_vec_push_function (self->tls, hub_tls_session_push);

  return TRUE;
}

gboolean
hub_tls_session_open (HubTlsSession *self, HubCredentials *credentials, int fd, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (fd >= 0, FALSE);

  self->fd = fd;
  self->layer = credentials != NULL ? &hub_tls_layer_gnutls : &hub_tls_layer_plain;
  if (credentials != NULL && !start_tls (self, credentials, error))
    {
      hub_tls_session_close (self);
      return FALSE;
    }

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

HubTlsResult
hub_tls_session_fail (HubTlsSession *self, HubStreamEnd why)
{
  self->failure = why;

  return HUB_TLS_FAILED;
}

HubTlsResult
hub_tls_session_flush (HubTlsSession *self)
{
  giovec_t vector;
  gssize sent;

  if (self->spill == NULL)
    return HUB_TLS_DONE;

  vector = (giovec_t){ self->spill->data, self->spill->len };
  sent = send_some (self, &vector, 1);
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

gsize
hub_tls_session_get_unacknowledged (const HubTlsSession *self)
{
  int bytes = 0;

  return ioctl (self->fd, SIOCOUTQ, &bytes) == 0 ? (gsize) bytes : 0;
}

gboolean
hub_tls_session_take_acknowledged (HubTlsSession *self)
{
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;
  guint64 before = self->acknowledged;

  if (getsockopt (self->fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0
      || length < G_STRUCT_OFFSET (struct tcp_info, tcpi_bytes_received))
    return TRUE;

  self->acknowledged = info.tcpi_bytes_acked;

  return self->acknowledged > before;
}

/*
 * A whole flight by one system call and in as few packets as it fits in. So a peer that refuses the
 * certificate and goes has had all of it: a send would fail then, and its alert not be read.
 */
HubTlsResult
hub_tls_session_shake (HubTlsSession *self)
{
  HubTlsResult result = hub_tls_session_flush (self);
  HubStreamEnd failure;

  if (result != HUB_TLS_DONE)
    return result;

  self->is_gathering = TRUE;
  result = self->layer->shake (self);
  self->is_gathering = FALSE;

  failure = self->failure;
  if (hub_tls_session_flush (self) == HUB_TLS_FAILED && result != HUB_TLS_FAILED)
    return HUB_TLS_FAILED;

  /* With an alert, it gets what the socket takes now, no more. */
  if (result == HUB_TLS_FAILED)
    shutdown (self->fd, SHUT_WR);
  self->failure = failure;

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
  *sent = 0;

  return self->layer->send (self, data, length, sent);
}

HubTlsResult
hub_tls_session_receive (HubTlsSession *self, void *buffer, gsize length, gsize *received)
{
  HubTlsResult result = HUB_TLS_EOF;

  *received = 0;
  /* GnuTLS would say that the session is invalid when asked again after the end. */
  if (!self->is_eof)
    result = self->layer->receive (self, buffer, length, received);
  self->is_eof = result == HUB_TLS_EOF;

  return result;
}

gboolean
hub_tls_session_is_readable (HubTlsSession *self)
{
  return !self->is_drained || self->layer->has_pending (self);
}

static HubTlsResult
finish (HubTlsSession *self)
{
  HubTlsResult result;

  if (!self->has_said_bye)
    {
      self->has_said_bye = TRUE;
      result = self->layer->say_bye (self);
      if (result != HUB_TLS_DONE)
        return result;
    }

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
