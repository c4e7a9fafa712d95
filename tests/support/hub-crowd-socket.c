/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-crowd-socket.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef enum
{
  STAGE_HANDSHAKE,
  STAGE_UPGRADE,
  STAGE_OPEN,
  STAGE_CLOSED,
} Stage;

struct _HubCrowdSocket
{
  int fd;
  gnutls_session_t session;
  gnutls_certificate_credentials_t credentials;
  char *protocol;
  Stage stage;
  GByteArray *in;
  GByteArray *out;
};

HubCrowdSocket *
hub_crowd_socket_new (guint16 port, const char *protocol)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  HubCrowdSocket *self = g_new0 (HubCrowdSocket, 1);
  int one = 1;

  self->protocol = g_strdup (protocol);
  self->in = g_byte_array_new ();
  self->out = g_byte_array_new ();
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (self->fd, >=, 0);
  g_assert_cmpint (connect (self->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (fcntl (self->fd, F_SETFL, O_NONBLOCK), ==, 0);
  setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);

  gnutls_certificate_allocate_credentials (&self->credentials);
  gnutls_init (&self->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);
  gnutls_set_default_priority (self->session);
  gnutls_credentials_set (self->session, GNUTLS_CRD_CERTIFICATE, self->credentials);
  gnutls_transport_set_int (self->session, self->fd);
  gnutls_handshake_set_timeout (self->session, GNUTLS_INDEFINITE_TIMEOUT);
  return self;
}

void
hub_crowd_socket_free (HubCrowdSocket *self)
{
  gnutls_deinit (self->session);
  gnutls_certificate_free_credentials (self->credentials);
  close (self->fd);
  g_byte_array_unref (self->in);
  g_byte_array_unref (self->out);
  g_free (self->protocol);
  g_free (self);
}

int
hub_crowd_socket_get_fd (HubCrowdSocket *self)
{
  return self->fd;
}

gboolean
hub_crowd_socket_is_open (HubCrowdSocket *self)
{
  return self->stage == STAGE_OPEN;
}

gboolean
hub_crowd_socket_is_closed (HubCrowdSocket *self)
{
  return self->stage == STAGE_CLOSED;
}

static void
hub_crowd_socket_flush (HubCrowdSocket *self)
{
  while (self->out->len > 0)
    {
      ssize_t n = gnutls_record_send (self->session, self->out->data, self->out->len);

      if (n <= 0)
        break;
      g_byte_array_remove_range (self->out, 0, (guint) n);
    }
}

/* RFC 6455 section 5.2: what a client sends is masked; a mask of zeroes is a mask. */
static void
hub_crowd_socket_frame (HubCrowdSocket *self, guint8 opcode, const void *payload, gsize length)
{
  const guint8 mask[4] = { 0, 0, 0, 0 };
  guint8 head[4] = { 0x80 | opcode, 0x80, 0, 0 };

  g_assert_cmpuint (length, <=, G_MAXUINT16);
  if (length < 126)
    head[1] |= (guint8) length;
  else
    {
      head[1] |= 126;
      head[2] = (guint8) (length >> 8);
      head[3] = (guint8) length;
    }
  g_byte_array_append (self->out, head, length < 126 ? 2 : 4);
  g_byte_array_append (self->out, mask, sizeof mask);
  g_byte_array_append (self->out, payload, (guint) length);
}

void
hub_crowd_socket_send (HubCrowdSocket *self, const char *text)
{
  hub_crowd_socket_frame (self, 0x1, text, strlen (text));
  hub_crowd_socket_flush (self);
}

static void
hub_crowd_socket_upgrade (HubCrowdSocket *self)
{
  g_autofree char *request = NULL;
  struct sockaddr_in peer;
  socklen_t length = sizeof peer;

  getpeername (self->fd, (struct sockaddr *) &peer, &length);
  request = g_strdup_printf ("GET /chat HTTP/1.1\r\n"
                             "Host: 127.0.0.1:%u\r\n"
                             "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                             "Sec-WebSocket-Protocol: %s\r\n\r\n",
                             ntohs (peer.sin_port), self->protocol);
  g_byte_array_append (self->out, (const guint8 *) request, (guint) strlen (request));
  hub_crowd_socket_flush (self);
}

static void
hub_crowd_socket_read (HubCrowdSocket *self)
{
  guint8 buffer[16384];

  for (;;)
    {
      ssize_t n = gnutls_record_recv (self->session, buffer, sizeof buffer);

      if (n > 0)
        g_byte_array_append (self->in, buffer, (guint) n);
      else if (n == 0 || (n < 0 && gnutls_error_is_fatal ((int) n)))
        {
          self->stage = STAGE_CLOSED;
          return;
        }
      else if (n == GNUTLS_E_AGAIN)
        return;
    }
}

void
hub_crowd_socket_pump (HubCrowdSocket *self)
{
  if (self->stage == STAGE_HANDSHAKE)
    {
      int result = gnutls_handshake (self->session);

      if (result < 0 && !gnutls_error_is_fatal (result))
        return;
      self->stage = result < 0 ? STAGE_CLOSED : STAGE_UPGRADE;
      if (result < 0)
        return;
      hub_crowd_socket_upgrade (self);
    }
  if (self->stage == STAGE_CLOSED)
    return;
  hub_crowd_socket_flush (self);
  hub_crowd_socket_read (self);
  if (self->stage == STAGE_UPGRADE && self->in->len > 0)
    {
      guint8 *end = memmem (self->in->data, self->in->len, "\r\n\r\n", 4);

      if (end == NULL)
        return;
      g_assert_true (self->in->len > 12 && memcmp (self->in->data, "HTTP/1.1 101", 12) == 0);
      g_byte_array_remove_range (self->in, 0, (guint) (end + 4 - self->in->data));
      self->stage = STAGE_OPEN;
    }
}

char *
hub_crowd_socket_take (HubCrowdSocket *self)
{
  while (self->in->len >= 2)
    {
      const guint8 *p = self->in->data;
      guint8 opcode = p[0] & 0x0f;
      gsize length = p[1] & 0x7f, head = 2;
      g_autofree char *payload = NULL;

      g_assert_true (p[0] & 0x80);
      g_assert_cmpuint (length, !=, 127);
      if (length == 126)
        {
          if (self->in->len < 4)
            return NULL;
          length = ((gsize) p[2] << 8) | p[3];
          head = 4;
        }
      if (self->in->len < head + length)
        return NULL;
      payload = g_strndup ((const char *) p + head, length);
      g_byte_array_remove_range (self->in, 0, (guint) (head + length));
      if (opcode == 0x1)
        return g_steal_pointer (&payload);
      if (opcode == 0x9)
        hub_crowd_socket_frame (self, 0xa, payload, length);
      else if (opcode == 0x8)
        self->stage = STAGE_CLOSED;
    }
  return NULL;
}

void
hub_crowd_socket_reset (HubCrowdSocket *self)
{
  const struct linger none = { .l_onoff = 1, .l_linger = 0 };
  int null = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  setsockopt (self->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  /* The descriptor's number stays valid for the session; what it names is closed. */
  g_assert_cmpint (dup3 (null, self->fd, O_CLOEXEC), ==, self->fd);
  close (null);
  self->stage = STAGE_CLOSED;
}
