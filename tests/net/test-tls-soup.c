/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* libsoup on top of HubTlsStream: what the server does with it, without the server. */

#include "net/hub-tls-stream.h"

#include "base/hub-limits.h"
#include "support/hub-tls-pair.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#define BIG_BYTES (3 * 1024 * 1024)

typedef struct
{
  HubPoller *poller;
  HubCredentials *credentials;
  SoupServer *server;
  char *big;
  SoupWebsocketConnection *websocket;
  gboolean is_upgraded;
  gboolean is_closed;
  guint messages;
} Fixture;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Fixture *fixture = user_data;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  if (g_str_equal (path, "/big"))
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, fixture->big,
                                      BIG_BYTES);
  else
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "hello", 5);
}

static void
on_websocket_message (SoupWebsocketConnection *connection,
                      SoupWebsocketDataType type,
                      GBytes *bytes,
                      Fixture *fixture)
{
  fixture->messages++;
}

static void
on_websocket_closed (SoupWebsocketConnection *connection, Fixture *fixture)
{
  fixture->is_closed = TRUE;
}

static void
on_websocket (SoupServer *server,
              SoupServerMessage *message,
              const char *path,
              SoupWebsocketConnection *connection,
              gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->websocket = g_object_ref (connection);
  fixture->is_upgraded = TRUE;
  g_signal_connect (connection, "message", G_CALLBACK (on_websocket_message), fixture);
  g_signal_connect (connection, "closed", G_CALLBACK (on_websocket_closed), fixture);
}

/* libsoup keeps a connection alive only while it has a listener: one that nobody can reach, a
 * bound Unix socket that is unlinked at once. */
static void
add_keep_alive_listener (SoupServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("hub-soup-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "s", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, address, FALSE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);
  soup_server_listen_socket (server, socket, 0, &error);
  g_assert_no_error (error);
  g_assert_no_errno (g_unlink (path));
  g_assert_no_errno (g_rmdir (directory));
}

/* @user_data: NULL for connections without TLS. */
static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (user_data != NULL)
    fixture->credentials = hub_test_make_credentials ();
  fixture->poller = hub_poller_new (&error);
  g_assert_no_error (error);
  fixture->big = g_malloc (BIG_BYTES);
  for (gsize i = 0; i < BIG_BYTES; i++)
    fixture->big[i] = (char) ('a' + i % 23);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/", on_request, fixture, NULL);
  soup_server_add_websocket_handler (fixture->server, "/chat", NULL, NULL, on_websocket, fixture,
                                     NULL);
  add_keep_alive_listener (fixture->server);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_clear_object (&fixture->websocket);
  soup_server_disconnect (fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->server);
  hub_poller_unref (fixture->poller);
  g_clear_pointer (&fixture->credentials, hub_credentials_unref);
  g_free (fixture->big);
}

/* A connection that libsoup serves and keeps. */
static HubTlsPair *
connect_to_server (Fixture *fixture, int buffer)
{
  HubTlsPair *pair = hub_tls_pair_new_open (fixture->poller, fixture->credentials, buffer);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 1);
  g_autoptr (GError) error = NULL;

  soup_server_accept_iostream (fixture->server, G_IO_STREAM (pair->stream), address, address,
                               &error);
  g_assert_no_error (error);

  return pair;
}

/* Receives one response's head. */
static char *
receive_head (HubTlsClient *client)
{
  g_autoptr (GString) head = g_string_new (NULL);

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      int end;
      g_autoptr (GByteArray) byte = hub_tls_client_receive (client, 1, &end);

      g_assert_cmpint (end, ==, HUB_TLS_CLIENT_OPEN);
      g_string_append_len (head, (const char *) byte->data, byte->len);
    }

  return g_string_free (g_steal_pointer (&head), FALSE);
}

static void
request (HubTlsClient *client, const char *path, const char *headers)
{
  g_autofree char *text
      = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", path, headers);

  g_assert_true (hub_tls_client_send (client, text, strlen (text)));
}

static void
assert_hello (HubTlsClient *client)
{
  g_autofree char *head = receive_head (client);
  g_autoptr (GByteArray) body = hub_tls_client_receive (client, 5, NULL);

  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 200 "));
  g_assert_cmpmem (body->data, body->len, "hello", 5);
}

/* Several requests on one connection, two of them sent at once. */
static void
test_keep_alive (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = connect_to_server (fixture, 0);

  for (guint i = 0; i < 3; i++)
    {
      request (pair->client, "/", "");
      assert_hello (pair->client);
      hub_tls_stream_renew_input (pair->stream, HUB_REQUEST_HEADER_MAX_BYTES);
    }
  request (pair->client, "/", "");
  request (pair->client, "/", "");
  assert_hello (pair->client);
  assert_hello (pair->client);
  g_assert_false (pair->is_ended);
  hub_tls_stream_renew_input (pair->stream, HUB_REQUEST_HEADER_MAX_BYTES);

  hub_tls_client_hang_up (pair->client);
  hub_test_wait_for (&pair->is_ended);
}

/* Where a connection ends between two requests, libsoup 3.2 keeps it for as long as the server runs:
 * hub_tls_pair_free() finds that nobody holds the stream. */
static void
test_idle_end (Fixture *fixture, gconstpointer user_data)
{
  for (guint requests = 0; requests < 3; requests++)
    for (guint i = 0; i < 3; i++)
      {
        g_autoptr (HubTlsPair) pair = connect_to_server (fixture, 0);

        for (guint n = 0; n < requests; n++)
          {
            request (pair->client, "/", "");
            assert_hello (pair->client);
            hub_tls_stream_renew_input (pair->stream, HUB_REQUEST_HEADER_MAX_BYTES);
          }

        if (i == 0)
          hub_tls_client_hang_up (pair->client);
        else if (i == 1)
          hub_tls_stream_cut (pair->stream, HUB_STREAM_END_CUT);
        else
          hub_tls_stream_shut (pair->stream, 0);
        hub_test_wait_for (&pair->is_ended);
      }
}

/* A response that is much longer than what may be queued, to a peer with small buffers; then
 * libsoup closes, and not a byte is lost. */
static void
test_big_response (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = connect_to_server (fixture, 8192);
  g_autofree char *head = NULL;
  g_autoptr (GByteArray) body = NULL;
  int end;

  request (pair->client, "/big", "Connection: close\r\n");
  head = receive_head (pair->client);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 200 "));
  body = hub_tls_client_receive (pair->client, BIG_BYTES + 1, &end);
  g_assert_cmpmem (body->data, body->len, fixture->big, BIG_BYTES);
  g_assert_cmpint (end, ==, 0);

  hub_tls_client_hang_up (pair->client);
  hub_test_wait_for (&pair->is_ended);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_CLOSED);
}

static void
upgrade (Fixture *fixture, HubTlsPair *pair)
{
  g_autofree char *head = NULL;
  g_autoptr (GObject) base = NULL;

  request (pair->client, "/chat",
           "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
  head = receive_head (pair->client);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101 "));
  hub_test_wait_for (&fixture->is_upgraded);

  /* How the session finds its stream again. */
  g_object_get (soup_websocket_connection_get_io_stream (fixture->websocket), "base-iostream",
                &base, NULL);
  g_assert_true (base == G_OBJECT (pair->stream));
  hub_tls_stream_set_upgraded (pair->stream);
  hub_tls_stream_renew_input (pair->stream, HUB_FRAME_MAX_BYTES);
}

/* libsoup's frames and the fan-out's go through one ordered list. */
static void
test_websocket (Fixture *fixture, gconstpointer user_data)
{
  static const guint8 masked_hi[] = { 0x81, 0x82, 0, 0, 0, 0, 'h', 'i' };
  static const guint8 masked_close[] = { 0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8 };
  g_autoptr (HubTlsPair) pair = connect_to_server (fixture, 0);
  g_autoptr (GBytes) frame = g_bytes_new_static ("\x81\x03two", 5);
  const HubSegment segment = { frame, 0, 5 };
  g_autoptr (GByteArray) got = NULL;
  gint64 stop_at = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  int end;

  upgrade (fixture, pair);
  soup_websocket_connection_send_text (fixture->websocket, "one");
  while (hub_tls_stream_get_queued (pair->stream) > 0)
    hub_tls_client_pump ();
  hub_tls_client_pump ();
  hub_tls_stream_send (pair->stream, &segment, 1, HUB_OUTBOX_BYTES);
  got = hub_tls_client_receive (pair->client, 10, NULL);
  g_assert_cmpmem (got->data, got->len, "\x81\x03one\x81\x03two", 10);

  for (guint i = 0; i < 100; i++)
    g_assert_true (hub_tls_client_send (pair->client, masked_hi, sizeof masked_hi));
  while (fixture->messages < 100)
    {
      hub_tls_client_pump ();
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
    }

  g_assert_true (hub_tls_client_send (pair->client, masked_close, sizeof masked_close));
  g_clear_pointer (&got, g_byte_array_unref);
  got = hub_tls_client_receive (pair->client, 5, &end);
  g_assert_cmpmem (got->data, got->len, "\x88\x02\x03\xe8", 4);
  g_assert_cmpint (end, ==, 0);
  hub_tls_client_hang_up (pair->client);
  hub_test_wait_for (&fixture->is_closed);
  hub_test_wait_for (&pair->is_ended);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_CLOSED);
  g_clear_object (&fixture->websocket);
}

/* A cut is heard by libsoup, whatever it waits for: none of its connections is left behind. */
static void
test_cut (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = connect_to_server (fixture, 0);

  upgrade (fixture, pair);
  hub_tls_stream_cut (pair->stream, HUB_STREAM_END_CUT);
  hub_test_wait_for (&fixture->is_closed);
  g_clear_object (&fixture->websocket);
}

/* Pings are answered by libsoup. To a peer that does not read the answers they pile up in our
 * outbox, not in libsoup's own queue, and end at its bound. */
static void
test_ping_flood (Fixture *fixture, gconstpointer user_data)
{
  static const guint8 ping[131] = { 0x89, 0xfd };
  g_autoptr (HubTlsPair) pair = connect_to_server (fixture, 8192);
  g_autoptr (GByteArray) flood = g_byte_array_new ();

  upgrade (fixture, pair);
  for (guint i = 0; i < 100; i++)
    g_byte_array_append (flood, ping, sizeof ping);

  hub_tls_stream_renew_input (pair->stream, G_MAXSIZE);
  while (!pair->is_ended)
    hub_tls_client_send (pair->client, flood->data, flood->len);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_OUTBOX);
  hub_test_wait_for (&fixture->is_closed);
  g_clear_object (&fixture->websocket);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/tls-soup/" path, Fixture, "tls", set_up, func, tear_down);                         \
  g_test_add ("/tls-soup/plain/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("keep-alive", test_keep_alive);
  ADD ("idle-end", test_idle_end);
  ADD ("big-response", test_big_response);
  ADD ("websocket", test_websocket);
  ADD ("cut", test_cut);
  ADD ("ping-flood", test_ping_flood);
#undef ADD

  return g_test_run ();
}
