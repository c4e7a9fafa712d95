/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-link.h"

#include "hub-load-usage.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* RFC 6455 section 5.2 */
#define OPCODE_TEXT 0x1
#define OPCODE_CLOSE 0x8
#define OPCODE_PING 0x9
#define OPCODE_PONG 0xa
#define FIN 0x80
#define MASKED 0x80

struct _HubLoadLink
{
  /* Owned */
  int fd;
  SSL *session;
  GByteArray *rest; /* of a frame that has come in part; NULL: nothing */
  GByteArray *out;  /* what the socket did not take; NULL: nothing */
  char *request;

  /* Borrowed */
  HubLoadTls *tls;
  HubLoadReceived received;
  gpointer data;

  /* State */
  HubLoadLinkState state;
};

/* Numeric addresses only. Returns: the length of @address, or 0 */
static socklen_t
parse_address (struct sockaddr_storage *address, const char *text, guint16 port)
{
  struct sockaddr_in *four = (struct sockaddr_in *) address;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *) address;

  memset (address, 0, sizeof *address);
  if (inet_pton (AF_INET, text, &four->sin_addr) == 1)
    {
      four->sin_family = AF_INET;
      four->sin_port = htons (port);
      return sizeof *four;
    }
  if (inet_pton (AF_INET6, text, &six->sin6_addr) == 1)
    {
      six->sin6_family = AF_INET6;
      six->sin6_port = htons (port);
      return sizeof *six;
    }
  return 0;
}

static char *
write_request (const char *address, guint16 port, const char *protocol)
{
  gboolean is_six = strchr (address, ':') != NULL;
  guint32 random[4] = { g_random_int (), g_random_int (), g_random_int (), g_random_int () };
  g_autofree char *key = g_base64_encode ((const guint8 *) random, sizeof random);

  return g_strdup_printf ("GET /chat HTTP/1.1\r\n"
                          "Host: %s%s%s:%u\r\n"
                          "Upgrade: websocket\r\n"
                          "Connection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: %s\r\n%s%s%s\r\n",
                          is_six ? "[" : "", address, is_six ? "]" : "", port, key,
                          protocol != NULL ? "Sec-WebSocket-Protocol: " : "",
                          protocol != NULL ? protocol : "", protocol != NULL ? "\r\n" : "");
}

HubLoadLink *
hub_load_link_new (HubLoadTls *tls,
                   const char *address,
                   guint16 port,
                   const char *protocol,
                   SSL_SESSION *ticket,
                   HubLoadReceived received,
                   gpointer data)
{
  struct sockaddr_storage peer;
  socklen_t length = parse_address (&peer, address, port);
  HubLoadLink *self;
  int fd, one = 1;

  fd = socket (peer.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return NULL;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect (fd, (struct sockaddr *) &peer, length) < 0 && errno != EINPROGRESS)
    {
      close (fd);
      return NULL;
    }

  self = g_new0 (HubLoadLink, 1);
  self->fd = fd;
  self->tls = tls;
  self->session = hub_load_tls_connect (tls, fd, ticket);
  self->request = write_request (address, port, protocol);
  self->received = received;
  self->data = data;
  return self;
}

void
hub_load_link_free (HubLoadLink *self)
{
  g_clear_pointer (&self->rest, g_byte_array_unref);
  g_clear_pointer (&self->out, g_byte_array_unref);
  SSL_SESSION_free (hub_load_tls_take_ticket (self->session));
  SSL_set_shutdown (self->session, SSL_SENT_SHUTDOWN); /* else its ticket would be void */
  SSL_free (self->session);
  close (self->fd);
  g_free (self->request);
  g_free (self);
}

int
hub_load_link_get_fd (HubLoadLink *self)
{
  return self->fd;
}

HubLoadLinkState
hub_load_link_get_state (HubLoadLink *self)
{
  return self->state;
}

gboolean
hub_load_link_wants_write (HubLoadLink *self)
{
  return self->state == HUB_LOAD_LINK_CONNECTING || self->out != NULL;
}

static void
link_close (HubLoadLink *self)
{
  self->state = HUB_LOAD_LINK_CLOSED;
  ERR_clear_error (); /* the next connection must not find this one's */
}

/* Writes @data, or keeps what does not go. Returns: how much went */
static gsize
link_write_now (HubLoadLink *self, const guint8 *data, gsize length)
{
  gsize done = 0;

  while (done < length && self->state != HUB_LOAD_LINK_CLOSED)
    {
      int n = SSL_write (self->session, data + done, (int) (length - done));

      if (n > 0)
        done += (gsize) n;
      else if (SSL_get_error (self->session, n) == SSL_ERROR_WANT_WRITE)
        break;
      else
        link_close (self);
    }
  return done;
}

static void
link_write (HubLoadLink *self, const guint8 *data, gsize length)
{
  gsize done = self->out == NULL ? link_write_now (self, data, length) : 0;

  if (done == length)
    return;
  if (self->out == NULL)
    self->out = g_byte_array_new ();
  g_byte_array_append (self->out, data + done, (guint) (length - done));
}

static void
link_flush (HubLoadLink *self)
{
  gsize done;

  if (self->out == NULL)
    return;
  done = link_write_now (self, self->out->data, self->out->len);
  if (done == self->out->len)
    g_clear_pointer (&self->out, g_byte_array_unref);
  else if (done > 0)
    g_byte_array_remove_range (self->out, 0, (guint) done);
}

/* A client masks what it sends; a mask of zeroes is a mask, and the server has the same work. */
static void
link_send_frame (HubLoadLink *self, guint8 opcode, const void *payload, gsize length)
{
  guint8 small[256], *frame = small;
  g_autofree guint8 *large = NULL;
  gsize head = 2;

  g_return_if_fail (length <= G_MAXUINT16);

  if (length + 8 > sizeof small)
    frame = large = g_malloc (length + 8);
  frame[0] = FIN | opcode;
  if (length < 126)
    frame[1] = MASKED | (guint8) length;
  else
    {
      frame[1] = MASKED | 126;
      frame[2] = (guint8) (length >> 8);
      frame[3] = (guint8) length;
      head = 4;
    }
  memset (frame + head, 0, 4);
  memcpy (frame + head + 4, payload, length);
  link_write (self, frame, head + 4 + length);
}

void
hub_load_link_send (HubLoadLink *self, const char *text, gsize length)
{
  if (self->state == HUB_LOAD_LINK_OPEN)
    link_send_frame (self, OPCODE_TEXT, text, length);
}

/* Length of the frame's head and, in @payload_length, of what follows; 0: not all of it is here. */
static gsize
parse_head (const guint8 *data, gsize length, gsize *payload_length)
{
  gsize head = 2;

  if (length < 2)
    return 0;
  *payload_length = data[1];
  if (data[1] == 126)
    head = 4;
  else if (data[1] == 127)
    head = 10;
  if (length < head)
    return 0;
  if (head > 2)
    {
      *payload_length = 0;
      for (gsize i = 2; i < head; i++)
        *payload_length = *payload_length << 8 | data[i];
    }
  return head;
}

/* Hands on every whole frame. Returns: how many bytes those were */
static gsize
link_parse (HubLoadLink *self, const guint8 *data, gsize length, gint64 now)
{
  gsize done = 0;

  while (self->state == HUB_LOAD_LINK_OPEN)
    {
      gsize payload_length, head = parse_head (data + done, length - done, &payload_length);
      const guint8 *payload = data + done + head;

      if (head == 0 || payload_length > length - done - head)
        break;
      if (data[done] == (FIN | OPCODE_TEXT))
        self->received (self->data, (const char *) payload, payload_length, now);
      else if (data[done] == (FIN | OPCODE_PING))
        link_send_frame (self, OPCODE_PONG, payload, payload_length);
      else if (data[done] != (FIN | OPCODE_PONG))
        self->state = HUB_LOAD_LINK_CLOSED; /* goodbye, or nothing that these servers send */
      done += head + payload_length;
    }
  return done;
}

/* Returns: how many bytes the response's head had; 0: not all of it is here */
static gsize
link_parse_upgrade (HubLoadLink *self, const guint8 *data, gsize length)
{
  static const char switched[] = "HTTP/1.1 101";
  const guint8 *end = memmem (data, length, "\r\n\r\n", 4);

  if (end == NULL)
    return 0;
  self->state
      = memcmp (data, switched, strlen (switched)) == 0 ? HUB_LOAD_LINK_OPEN : HUB_LOAD_LINK_CLOSED;
  return (gsize) (end + 4 - data);
}

static void
link_read (HubLoadLink *self, gint64 now)
{
  guint8 *plain = self->tls->plain;
  gsize length = 0;

  if (self->rest != NULL)
    {
      length = self->rest->len;
      memcpy (plain, self->rest->data, length);
      g_clear_pointer (&self->rest, g_byte_array_unref);
    }
  while (self->state == HUB_LOAD_LINK_UPGRADE || self->state == HUB_LOAD_LINK_OPEN)
    {
      int n = SSL_read (self->session, plain + length, (int) (HUB_LOAD_TLS_BYTES - length));
      gsize done = 0;

      if (n <= 0)
        {
          if (SSL_get_error (self->session, n) != SSL_ERROR_WANT_READ)
            link_close (self);
          break;
        }
      length += (gsize) n;
      if (self->state == HUB_LOAD_LINK_UPGRADE)
        done = link_parse_upgrade (self, plain, length);
      done += link_parse (self, plain + done, length - done, now);
      length -= done;
      memmove (plain, plain + done, length);
      if (length == HUB_LOAD_TLS_BYTES) /* a frame that is larger than anything we ask for */
        self->state = HUB_LOAD_LINK_CLOSED;
    }
  if (length > 0)
    {
      self->rest = g_byte_array_sized_new ((guint) length);
      g_byte_array_append (self->rest, plain, (guint) length);
    }
}

static void
link_shake (HubLoadLink *self)
{
  int result = SSL_do_handshake (self->session);

  if (result == 1)
    {
      self->state = HUB_LOAD_LINK_UPGRADE;
      link_write (self, (const guint8 *) self->request, strlen (self->request));
    }
  else if (SSL_get_error (self->session, result) != SSL_ERROR_WANT_READ)
    {
      link_close (self); /* a client's flights always fit into an empty socket */
    }
}

static void
link_finish_connect (HubLoadLink *self)
{
  int error = 0;
  socklen_t length = sizeof error;

  getsockopt (self->fd, SOL_SOCKET, SO_ERROR, &error, &length);
  self->state = error == 0 ? HUB_LOAD_LINK_HANDSHAKE : HUB_LOAD_LINK_CLOSED;
}

void
hub_load_link_pump (HubLoadLink *self)
{
  if (self->state == HUB_LOAD_LINK_CONNECTING)
    {
      link_finish_connect (self);
      if (self->state == HUB_LOAD_LINK_HANDSHAKE)
        {
          hub_load_tls_receive (self->tls, self->fd);
          link_shake (self);
        }
    }
  if (self->state == HUB_LOAD_LINK_CLOSED)
    return;
  link_flush (self);
  if (!hub_load_tls_receive (self->tls, self->fd))
    return;
  if (self->state == HUB_LOAD_LINK_HANDSHAKE)
    link_shake (self);
  link_read (self, hub_load_now ());
}

const char *
hub_load_link_get_cipher (HubLoadLink *self)
{
  return SSL_get_cipher_name (self->session);
}

gboolean
hub_load_link_is_resumed (HubLoadLink *self)
{
  return SSL_session_reused (self->session) == 1;
}

SSL_SESSION *
hub_load_link_take_ticket (HubLoadLink *self)
{
  return hub_load_tls_take_ticket (self->session);
}
