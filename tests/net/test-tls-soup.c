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
  GIOStream *upgraded; /* what the latest WebSocket goes over */
  GByteArray *got;     /* what came over it since */
  gboolean is_upgraded;
  gboolean is_eof;
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
on_read (const guint8 *data, gsize length, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_byte_array_append (fixture->got, data, (guint) length);
  fixture->is_eof = length == 0;
}

/* As the server does: the stream is taken over, and libsoup's object goes. */
static void
on_websocket (SoupServer *server,
              SoupServerMessage *message,
              const char *path,
              SoupWebsocketConnection *connection,
              gpointer user_data)
{
  Fixture *fixture = user_data;

  g_object_get (soup_websocket_connection_get_io_stream (connection), "base-iostream",
                &fixture->upgraded, NULL);
  hub_tls_stream_take_over (HUB_TLS_STREAM (fixture->upgraded), on_read, fixture);
  fixture->is_upgraded = TRUE;
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
  fixture->got = g_byte_array_new ();
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
  g_clear_object (&fixture->upgraded);
  g_byte_array_unref (fixture->got);
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

  request (pair->client, "/chat",
           "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
  head = receive_head (pair->client);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101 "));
  hub_test_wait_for (&fixture->is_upgraded);
  g_assert_true (fixture->upgraded == G_IO_STREAM (pair->stream));
  g_clear_object (&fixture->upgraded);
}

/* libsoup lets go of what was taken over, and it lives on. */
static void
test_upgrade (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = connect_to_server (fixture, 0);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello", 5);
  const HubSegment segment = { bytes, 0, 5 };
  g_autoptr (GError) error = NULL;
  GIOStream *stream = G_IO_STREAM (pair->stream);

  upgrade (fixture, pair);
  while (G_OBJECT (pair->stream)->ref_count > 1)
    hub_tls_client_pump ();
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GByteArray) got = NULL;

      hub_tls_stream_send (pair->stream, &segment, 1, HUB_OUTBOX_BYTES);
      got = hub_tls_client_receive (pair->client, 5, NULL);
      g_assert_cmpmem (got->data, got->len, "hello", 5);
      g_assert_true (hub_tls_client_send (pair->client, "answer", 6));
    }
  while (fixture->got->len < 18)
    hub_tls_client_pump ();
  g_assert_cmpmem (fixture->got->data, fixture->got->len, "answeransweranswer", 18);
  g_assert_cmpint (
      g_output_stream_write (g_io_stream_get_output_stream (stream), "a", 1, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_assert_false (pair->is_ended);

  hub_tls_client_hang_up (pair->client);
  hub_test_wait_for (&fixture->is_eof);
  hub_tls_stream_shut (pair->stream, 1000);
  hub_test_wait_for (&pair->is_ended);
}

/* A cut leaves nothing behind either, before libsoup let go and after it. */
static void
test_cut (Fixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (HubTlsPair) pair = connect_to_server (fixture, 0);

      fixture->is_upgraded = FALSE;
      upgrade (fixture, pair);
      while (i > 0 && G_OBJECT (pair->stream)->ref_count > 1)
        hub_tls_client_pump ();
      hub_tls_stream_cut (pair->stream, HUB_STREAM_END_CUT);
    }
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
  ADD ("upgrade", test_upgrade);
  ADD ("cut", test_cut);
#undef ADD

  return g_test_run ();
}
