/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-test-peer.h"

#include <arpa/inet.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OPCODE_TEXT 0x81
#define OPCODE_CLOSE 0x88
#define OPCODE_PING 0x89
#define OPCODE_PONG 0x8a

struct _HubTestPeer
{
  HubTlsClient *client;
  guint16 port;
};

int
hub_test_peer_connect (guint16 port, const char *source)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  if (source != NULL)
    {
      g_assert_cmpint (inet_pton (AF_INET, source, &address.sin_addr), ==, 1);
      g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
    }
  address.sin_port = htons (port);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_true (g_unix_set_fd_nonblocking (fd, TRUE, NULL));

  return fd;
}

HubTestPeer *
hub_test_peer_new (guint16 port)
{
  HubTestPeer *self = g_new0 (HubTestPeer, 1);

  self->port = port;
  self->client = hub_tls_client_new (hub_test_peer_connect (port, NULL), NULL, NULL);
  g_assert_cmpint (hub_tls_client_shake (self->client), ==, 0);

  return self;
}

HubTestPeer *
hub_test_peer_new_plain (guint16 port)
{
  HubTestPeer *self = g_new0 (HubTestPeer, 1);

  self->port = port;
  self->client = hub_tls_client_new_plain (hub_test_peer_connect (port, NULL));

  return self;
}

void
hub_test_peer_free (HubTestPeer *self)
{
  hub_tls_client_free (self->client);
  g_free (self);
}

HubTlsClient *
hub_test_peer_get_client (HubTestPeer *self)
{
  return self->client;
}

void
hub_test_response_clear (HubTestResponse *self)
{
  g_clear_pointer (&self->head, g_free);
  g_clear_pointer (&self->body, g_byte_array_unref);
}

void
hub_test_peer_send_request (HubTestPeer *self, const char *request)
{
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%u", self->port);
  g_autoptr (GString) text = g_string_new (request);

  g_string_replace (text, "{host}", host, 0);
  hub_tls_client_send (self->client, text->str, text->len);
}

char *
hub_test_response_dup_header (const HubTestResponse *self, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (self->head, "\r\n", -1);
  char *found = NULL;

  for (guint i = 1; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');

      if (colon == NULL)
        continue;
      *colon = '\0';
      if (g_ascii_strcasecmp (lines[i], name) == 0)
        {
          g_assert_null (found); /* each of ours comes once */
          found = g_strdup (g_strstrip (colon + 1));
        }
    }

  return found;
}

gboolean
hub_test_peer_read_response (HubTestPeer *self, gboolean has_body, HubTestResponse *response)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *length = NULL;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      g_autoptr (GByteArray) byte = hub_tls_client_receive (self->client, 1, NULL);

      if (byte->len == 0)
        return FALSE;
      g_string_append_c (head, (char) byte->data[0]);
    }

  response->head = g_string_free (g_steal_pointer (&head), FALSE);
  g_assert_true (g_str_has_prefix (response->head, "HTTP/1."));
  response->status = (guint) g_ascii_strtoull (response->head + strlen ("HTTP/1.1 "), NULL, 10);
  length = hub_test_response_dup_header (response, "Content-Length");
  if (response->status != 101)
    g_assert_nonnull (length);
  response->body = hub_tls_client_receive (
      self->client, has_body && length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0, NULL);

  return TRUE;
}

static HubTestResponse
ask (HubTestPeer *peer, const char *request)
{
  HubTestResponse response = { 0 };

  hub_test_peer_send_request (peer, request);
  g_assert_true (
      hub_test_peer_read_response (peer, !g_str_has_prefix (request, "HEAD "), &response));

  return response;
}

HubTestResponse
hub_test_peer_ask (guint16 port, const char *request)
{
  g_autoptr (HubTestPeer) peer = hub_test_peer_new (port);

  return ask (peer, request);
}

HubTestResponse
hub_test_peer_ask_plainly (guint16 port, const char *request)
{
  g_autoptr (HubTestPeer) peer = hub_test_peer_new_plain (port);

  return ask (peer, request);
}

void
hub_test_response_assert_header (const HubTestResponse *self, const char *name, const char *value)
{
  g_autofree char *found = hub_test_response_dup_header (self, name);

  if (g_strcmp0 (found, value) != 0)
    g_test_message ("%s in:\n%s", name, self->head);
  g_assert_cmpstr (found, ==, value);
}

void
hub_test_response_assert_protected (const HubTestResponse *self)
{
  g_autofree char *policy = hub_test_response_dup_header (self, "Content-Security-Policy");
  g_autofree char *permissions = hub_test_response_dup_header (self, "Permissions-Policy");

  g_assert_nonnull (policy);
  g_assert_nonnull (strstr (policy, "default-src 'none'"));
  g_assert_nonnull (strstr (policy, "frame-ancestors 'none'"));
  g_assert_null (strstr (policy, "unsafe"));
  g_assert_nonnull (permissions);
  hub_test_response_assert_header (self, "X-Content-Type-Options", "nosniff");
  hub_test_response_assert_header (self, "Referrer-Policy", "no-referrer");
  hub_test_response_assert_header (self, "Cross-Origin-Opener-Policy", "same-origin");
  hub_test_response_assert_header (self, "Cross-Origin-Resource-Policy", "same-origin");
  hub_test_response_assert_header (self, "Accept-Ranges", "none");
  hub_test_response_assert_header (self, "Strict-Transport-Security", NULL);
  hub_test_response_assert_header (self, "Access-Control-Allow-Origin", NULL);
  hub_test_response_assert_header (self, "Server", NULL);
}

gboolean
hub_test_peer_is_closed (HubTestPeer *self)
{
  int end;

  g_byte_array_unref (hub_tls_client_receive (self->client, G_MAXUINT, &end));

  return end == 0;
}

void
hub_test_peer_upgrade (HubTestPeer *self, const char *protocol)
{
  g_auto (HubTestResponse) response = { 0 };
  g_autofree char *line = protocol != NULL
                              ? g_strdup_printf ("Sec-WebSocket-Protocol: %s\r\n", protocol)
                              : g_strdup ("");
  g_autofree char *request = g_strdup_printf (
      "GET /chat HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Extensions: permessage-deflate\r\n%s\r\n",
      line);
  g_autofree char *chosen = NULL;
  g_autofree char *extensions = NULL;

  hub_test_peer_send_request (self, request);
  g_assert_true (hub_test_peer_read_response (self, FALSE, &response));
  g_assert_cmpuint (response.status, ==, 101);
  chosen = hub_test_response_dup_header (&response, "Sec-WebSocket-Protocol");
  g_assert_cmpstr (chosen, ==, protocol);
  extensions = hub_test_response_dup_header (&response, "Sec-WebSocket-Extensions");
  g_assert_null (extensions);
}

void
hub_test_peer_send_frame (HubTestPeer *self, guint8 first, const void *payload, gsize length)
{
  static const guint8 mask[4] = { 0x12, 0x34, 0x56, 0x78 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint8 header[10] = { first };
  guint n = 2;

  if (length < 126)
    header[1] = (guint8) length;
  else if (length <= G_MAXUINT16)
    {
      header[1] = 126;
      header[2] = (guint8) (length >> 8);
      header[3] = (guint8) length;
      n = 4;
    }
  else
    {
      header[1] = 127;
      for (guint i = 0; i < 8; i++)
        header[2 + i] = (guint8) ((guint64) length >> (56 - 8 * i));
      n = 10;
    }
  header[1] |= 0x80;
  g_byte_array_append (frame, header, n);
  g_byte_array_append (frame, mask, sizeof mask);
  g_byte_array_append (frame, payload, (guint) length);
  for (gsize i = 0; i < length; i++)
    frame->data[n + sizeof mask + i] ^= mask[i % sizeof mask];

  hub_tls_client_send (self->client, frame->data, frame->len);
}

void
hub_test_peer_send_text (HubTestPeer *self, const char *text)
{
  hub_test_peer_send_frame (self, OPCODE_TEXT, text, strlen (text));
}

GBytes *
hub_test_peer_read_frame (HubTestPeer *self, guint8 *first)
{
  g_autoptr (GByteArray) header = hub_tls_client_receive (self->client, 2, NULL);
  guint64 length;

  *first = 0;
  if (header->len < 2)
    return g_bytes_new (NULL, 0);

  g_assert_cmpuint (header->data[1] & 0x80, ==, 0); /* a server does not mask */
  length = header->data[1];
  if (length >= 126)
    {
      g_autoptr (GByteArray) more
          = hub_tls_client_receive (self->client, length == 126 ? 2 : 8, NULL);

      length = 0;
      for (guint i = 0; i < more->len; i++)
        length = length << 8 | more->data[i];
    }

  *first = header->data[0];
  return g_byte_array_free_to_bytes (hub_tls_client_receive (self->client, length, NULL));
}

char *
hub_test_peer_read_text (HubTestPeer *self)
{
  for (;;)
    {
      guint8 first;
      g_autoptr (GBytes) payload = hub_test_peer_read_frame (self, &first);
      gsize length;
      const char *data = g_bytes_get_data (payload, &length);

      if (first == OPCODE_TEXT)
        {
          g_assert_true (g_utf8_validate_len (data, length, NULL));
          return g_strndup (data, length);
        }
      g_assert_cmphex (first, ==, OPCODE_PING);
      hub_test_peer_send_frame (self, OPCODE_PONG, data, length);
    }
}

void
hub_test_peer_expect (HubTestPeer *self, const char *expected)
{
  g_autofree char *text = hub_test_peer_read_text (self);

  g_assert_cmpstr (text, ==, expected);
}

guint
hub_test_peer_read_close (HubTestPeer *self)
{
  for (;;)
    {
      guint8 first;
      g_autoptr (GBytes) payload = hub_test_peer_read_frame (self, &first);
      gsize length;
      const guint8 *data = g_bytes_get_data (payload, &length);

      g_assert_cmphex (first, !=, 0);
      if (first == OPCODE_CLOSE)
        {
          g_assert_cmpuint (length, >=, 2);
          return (guint) data[0] << 8 | data[1];
        }
    }
}
