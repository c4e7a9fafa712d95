/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* HTTP through the whole server: what every request must be, and what every response is. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_allow (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) page = { 0 };
  g_auto (HubTestResponse) chat = { 0 };

  hub_test_server_start (self);
  page = hub_test_peer_ask (hub_server_get_port (self->server),
                            "PUT / HTTP/1.1\r\nHost: {host}\r\n\r\n");
  hub_test_response_assert_header (&page, "Allow", "GET, HEAD");
  chat = hub_test_peer_ask (hub_server_get_port (self->server),
                            "PUT /chat HTTP/1.1\r\nHost: {host}\r\n\r\n");
  hub_test_response_assert_header (&chat, "Allow", "GET");
}

static void
test_room (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };
  g_autofree char *body = NULL;

  hub_test_server_start (self);
  response = hub_test_peer_ask (hub_server_get_port (self->server),
                                "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n");
  hub_test_response_assert_header (&response, "Content-Type", "application/json");
  hub_test_response_assert_header (&response, "Cache-Control", "no-store");
  body = g_strndup ((char *) response.body->data, response.body->len);
  g_assert_cmpstr (body, ==, "{\"name\":\"Test room\",\"locked\":false,\"code\":false}");
}

static void
test_policy (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };
  g_autofree char *policy = NULL;
  g_autofree char *source = NULL;

  hub_test_server_start (self);
  response = hub_test_peer_ask (hub_server_get_port (self->server),
                                "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
  policy = hub_test_response_dup_header (&response, "Content-Security-Policy");
  source = g_strdup_printf ("connect-src 'self' wss://127.0.0.1:%u",
                            hub_server_get_port (self->server));
  g_assert_true (g_str_has_suffix (policy, source));
}

static void
test_gzip (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) plain = { 0 };
  g_auto (HubTestResponse) gzipped = { 0 };
  g_autoptr (GConverter) converter
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autofree char *body = NULL;
  gsize read;
  gsize written;

  hub_test_server_start (self);
  plain = hub_test_peer_ask (hub_server_get_port (self->server),
                             "GET /app.js HTTP/1.1\r\nHost: {host}\r\n\r\n");
  hub_test_response_assert_header (&plain, "Content-Type", "text/javascript; charset=utf-8");
  hub_test_response_assert_header (&plain, "Content-Encoding", NULL);
  hub_test_response_assert_header (&plain, "Vary", "Accept-Encoding");
  gzipped = hub_test_peer_ask (
      hub_server_get_port (self->server),
      "GET /app.js HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br, gzip\r\n\r\n");
  hub_test_response_assert_header (&gzipped, "Content-Encoding", "gzip");
  hub_test_response_assert_header (&gzipped, "Vary", "Accept-Encoding");
  hub_test_response_assert_header (&gzipped, "Content-Type", "text/javascript; charset=utf-8");
  g_assert_cmpuint (gzipped.body->len, <, plain.body->len);

  body = g_malloc (plain.body->len + 1);
  g_assert_cmpint (g_converter_convert (converter, gzipped.body->data, gzipped.body->len, body,
                                        plain.body->len + 1, G_CONVERTER_INPUT_AT_END, &read,
                                        &written, NULL),
                   ==, G_CONVERTER_FINISHED);
  g_assert_cmpmem (body, written, plain.body->data, plain.body->len);
}

static void
test_not_modified (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = NULL;
  g_auto (HubTestResponse) first = { 0 };
  g_auto (HubTestResponse) second = { 0 };
  g_auto (HubTestResponse) other = { 0 };
  g_autofree char *etag = NULL;
  g_autofree char *request = NULL;
  g_autofree char *gzip_request = NULL;

  hub_test_server_start (self);
  peer = hub_test_peer_new (hub_server_get_port (self->server));
  hub_test_peer_send_request (peer, "GET /icon.svg HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &first));
  hub_test_response_assert_header (&first, "Cache-Control", "no-cache");
  hub_test_response_assert_header (&first, "Content-Type", "image/svg+xml");
  etag = hub_test_response_dup_header (&first, "ETag");
  g_assert_true (g_str_has_prefix (etag, "\""));

  request = g_strdup_printf (
      "GET /icon.svg HTTP/1.1\r\nHost: {host}\r\nIf-None-Match: \"x\", %s\r\n\r\n", etag);
  hub_test_peer_send_request (peer, request);
  g_assert_true (hub_test_peer_read_response (peer, FALSE, &second));
  g_assert_cmpuint (second.status, ==, 304);
  hub_test_response_assert_header (&second, "ETag", etag);
  hub_test_response_assert_header (&second, "Vary", "Accept-Encoding");
  hub_test_response_assert_header (&second, "Cache-Control", "no-cache");
  hub_test_response_assert_protected (&second);

  /* The compressed form is another representation. */
  gzip_request = g_strdup_printf ("GET /icon.svg HTTP/1.1\r\nHost: {host}\r\nIf-None-Match: %s\r\n"
                                  "Accept-Encoding: gzip\r\n\r\n",
                                  etag);
  hub_test_peer_send_request (peer, gzip_request);
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &other));
  g_assert_cmpuint (other.status, ==, 200);
}

/* What GET would say, and nothing after it: the connection goes on with the next response. */
static void
test_head (HubTestServer *self, gconstpointer user_data)
{
  static const char *const names[]
      = { "Content-Length", "Content-Type", "ETag", "Vary", "Cache-Control", "Content-Encoding" };
  g_autoptr (HubTestPeer) peer = NULL;
  g_auto (HubTestResponse) head = { 0 };
  g_auto (HubTestResponse) get = { 0 };

  hub_test_server_start (self);
  peer = hub_test_peer_new (hub_server_get_port (self->server));
  hub_test_peer_send_request (peer, "HEAD /app.js HTTP/1.1\r\nHost: {host}\r\n\r\n"
                                    "GET /app.js HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_true (hub_test_peer_read_response (peer, FALSE, &head));
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &get));
  g_assert_cmpuint (head.status, ==, 200);
  g_assert_cmpuint (get.status, ==, 200);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = hub_test_response_dup_header (&get, names[i]);

      hub_test_response_assert_header (&head, names[i], value);
    }
}

static void
test_keep_alive (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = NULL;

  hub_test_server_start (self);
  peer = hub_test_peer_new (hub_server_get_port (self->server));
  for (guint i = 0; i < 20; i++)
    {
      g_auto (HubTestResponse) response = { 0 };

      /* Errors keep the connection, too, and so do a query and the longest line that fits. */
      hub_test_peer_send_request (peer, i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"
                                                   : "GET /no HTTP/1.1\r\nHost: {host}\r\n\r\n");
      g_assert_true (hub_test_peer_read_response (peer, TRUE, &response));
      g_assert_cmpuint (response.status, ==, i % 2 == 0 ? 200 : 404);
    }
  hub_test_server_wait_connections (self, 1);
}

static void
test_pipelined (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = NULL;
  g_autoptr (GString) requests = g_string_new (NULL);

  hub_test_server_start (self);
  peer = hub_test_peer_new (hub_server_get_port (self->server));
  for (guint i = 0; i < 50; i++)
    g_string_append (requests, "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n");
  hub_test_peer_send_request (peer, requests->str);
  for (guint i = 0; i < 50; i++)
    {
      g_auto (HubTestResponse) response = { 0 };

      g_assert_true (hub_test_peer_read_response (peer, TRUE, &response));
      g_assert_cmpuint (response.status, ==, 200);
    }
}

static void
test_ranges_ignored (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) whole = { 0 };
  g_auto (HubTestResponse) asked = { 0 };

  hub_test_server_start (self);
  whole = hub_test_peer_ask (hub_server_get_port (self->server),
                             "GET /app.js HTTP/1.1\r\nHost: {host}\r\n\r\n");
  asked = hub_test_peer_ask (
      hub_server_get_port (self->server),
      "GET /app.js HTTP/1.1\r\nHost: {host}\r\nRange: bytes=0-0,2-2,4-4\r\n\r\n");
  g_assert_cmpuint (asked.status, ==, 200);
  g_assert_cmpuint (asked.body->len, ==, whole.body->len);
}

/* The connection ends without an answer once the request is larger than any may be. */
static void
check_cut (HubTestServer *self, const char *head, gsize length, const char *line)
{
  g_autoptr (HubTestPeer) peer = hub_test_peer_new (hub_server_get_port (self->server));

  hub_test_peer_send_request (peer, head);
  for (gsize sent = 0; sent < length; sent += strlen (line))
    {
      if (!hub_tls_client_send (hub_test_peer_get_client (peer), line, strlen (line)))
        break;
    }
  hub_test_server_wait_connections (self, 0);
}

static void
test_large_requests (HubTestServer *self, gconstpointer user_data)
{
  g_autofree char *body = g_strnfill (4096, 'x');

  hub_test_server_start (self);
  check_cut (self, "GET / HTTP/1.1\r\nHost: {host}\r\n", 4 * HUB_REQUEST_HEADER_MAX_BYTES,
             "X: 0123456789012345678901234567890123456789\r\n");
  check_cut (self, "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000000\r\n\r\n",
             4 * HUB_REQUEST_HEADER_MAX_BYTES, body);
  check_cut (self,
             "GET / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n1000000\r\n",
             4 * HUB_REQUEST_HEADER_MAX_BYTES, body);
}

static void
test_body_on_get (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };
  g_auto (HubTestResponse) second = { 0 };
  g_autoptr (HubTestPeer) peer = NULL;

  hub_test_server_start (self);
  peer = hub_test_peer_new (hub_server_get_port (self->server));
  hub_test_peer_send_request (
      peer, "GET /room HTTP/1.1\r\nHost: {host}\r\nContent-Length: 6\r\n\r\nGET / "
            "GET /none HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &response));
  g_assert_cmpuint (response.status, ==, 200);
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &second));
  g_assert_cmpuint (second.status, ==, 404);
}

static void
check_closes (HubTestServer *self, const char *request, const char *connection)
{
  g_autoptr (HubTestPeer) peer = hub_test_peer_new (hub_server_get_port (self->server));
  g_auto (HubTestResponse) response = { 0 };

  hub_test_peer_send_request (peer, request);
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &response));
  hub_test_response_assert_header (&response, "Connection", connection);
  g_assert_true (hub_test_peer_is_closed (peer));
}

static void
test_bad_request_closes (HubTestServer *self, gconstpointer user_data)
{
  hub_test_server_start (self);
  check_closes (self, "GET / HTTP/1.1\r\n\r\n", NULL);
  check_closes (self, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "close");
  check_closes (self,
                "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\n"
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "close");
  check_closes (self, "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\n\r\nx", "close");
}

static guint
ask_as (HubTestServer *self, const char *host)
{
  g_auto (HubTestResponse) response = { 0 };
  g_autofree char *request = g_strdup_printf ("GET / HTTP/1.1\r\nHost: %s:%u\r\n\r\n", host,
                                              hub_server_get_port (self->server));

  response = hub_test_peer_ask (hub_server_get_port (self->server), request);
  return response.status;
}

static void
test_hosts (HubTestServer *self, gconstpointer user_data)
{
  static const char *const allowed[] = { "chat.example", NULL };
  const char *urls[] = { "https://192.0.2.7:8443/", NULL };
  static const struct
  {
    const char *host;
    guint before;
    guint after;
  } hosts[] = {
    { "chat.example", 200, 200 },     { "CHAT.example.", 200, 200 }, { "192.0.2.7", 421, 200 },
    { "pi.local", 421, 200 },         { "192.0.2.8", 421, 421 },     { "localhost", 200, 200 },
    { "sub.chat.example", 421, 421 },
  };

  self->config.allow_hosts = allowed;
  hub_test_server_start (self);
  for (guint round = 0; round < 2; round++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
        {
          g_test_message ("%s", hosts[i].host);
          g_assert_cmpuint (ask_as (self, hosts[i].host), ==,
                            round == 0 ? hosts[i].before : hosts[i].after);
        }
      hub_server_set_urls (self->server, urls, "pi.local");
    }
}

/* An address need not be shown to be this computer's. */
static void
test_own_addresses (HubTestServer *self, gconstpointer user_data)
{
  GPtrArray *addresses = hub_lan_get_addresses (self->lan);

  hub_test_server_start (self);
  if (addresses->len == 0)
    g_test_skip ("This computer has no address but loopback.");
  for (guint i = 0; i < addresses->len; i++)
    {
      GInetAddress *address = hub_lan_address_get_address (g_ptr_array_index (addresses, i));
      g_autofree char *text = g_inet_address_to_string (address);
      g_autofree char *host = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6
                                  ? g_strdup_printf ("[%s]", text)
                                  : g_strdup (text);

      g_assert_cmpuint (ask_as (self, host), ==, 200);
    }
}

static void
give_old_name (HubTestServer *self)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;

  hub_identity_ensure (self->identity, addresses, "attic", TRUE, &changed, &error);
  g_assert_no_error (error);
  g_assert_true (changed);
  self->config.credentials = hub_identity_get_credentials (self->identity);
}

/* The names that our own certificate collected are not all ours today. */
static void
test_own_certificate (HubTestServer *self, gconstpointer user_data)
{
  give_old_name (self);
  hub_test_server_start (self);
  g_assert_cmpuint (ask_as (self, "attic.local"), ==, 421);
}

static void
test_owners_certificate (HubTestServer *self, gconstpointer user_data)
{
  give_old_name (self);
  self->config.has_own_pair = TRUE;
  hub_test_server_start (self);
  g_assert_cmpuint (ask_as (self, "attic.local"), ==, 200);
}

static void
test_web_root (HubTestServer *self, gconstpointer user_data)
{
  g_autofree char *root = g_build_filename (self->directory, "web", NULL);
  g_autofree char *page = g_build_filename (root, "index.html", NULL);
  g_auto (HubTestResponse) response = { 0 };
  g_auto (HubTestResponse) none = { 0 };

  if (!hub_test_can_open_beneath ())
    return;

  g_assert_cmpint (g_mkdir (root, 0700), ==, 0);
  g_assert_true (g_file_set_contents (page, "<!doctype html>mine", -1, NULL));
  self->config.web_root = root;
  hub_test_server_start (self);
  response = hub_test_peer_ask (hub_server_get_port (self->server),
                                "GET / HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n");
  g_assert_cmpuint (response.status, ==, 200);
  g_assert_cmpmem (response.body->data, response.body->len, "<!doctype html>mine", 19);
  hub_test_response_assert_header (&response, "Content-Encoding", NULL);
  none = hub_test_peer_ask (hub_server_get_port (self->server),
                            "GET /app.js HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_cmpuint (none.status, ==, 404);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  hub_test_server_add ("/http-server/allow", test_allow);
  hub_test_server_add ("/http-server/room", test_room);
  hub_test_server_add ("/http-server/policy", test_policy);
  hub_test_server_add ("/http-server/gzip", test_gzip);
  hub_test_server_add ("/http-server/not-modified", test_not_modified);
  hub_test_server_add ("/http-server/head", test_head);
  hub_test_server_add ("/http-server/keep-alive", test_keep_alive);
  hub_test_server_add ("/http-server/pipelined", test_pipelined);
  hub_test_server_add ("/http-server/ranges-ignored", test_ranges_ignored);
  hub_test_server_add ("/http-server/large-requests", test_large_requests);
  hub_test_server_add ("/http-server/body-on-get", test_body_on_get);
  hub_test_server_add ("/http-server/bad-request-closes", test_bad_request_closes);
  hub_test_server_add ("/http-server/hosts", test_hosts);
  hub_test_server_add ("/http-server/own-addresses", test_own_addresses);
  hub_test_server_add ("/http-server/own-certificate", test_own_certificate);
  hub_test_server_add ("/http-server/owners-certificate", test_owners_certificate);
  hub_test_server_add ("/http-server/web-root", test_web_root);

  return g_test_run ();
}
