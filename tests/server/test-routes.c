/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is asked for by path and made when it is asked for: the QR code of the address. Files, /room
 * and /chat are in test-http-server.c. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "qr/hub-qr-svg.h"

#include <string.h>

static char *
make_svg (const char *address)
{
  g_autoptr (HubQr) qr = hub_qr_new (address);

  return hub_qr_svg_make (qr);
}

static void
assert_shows (const HubTestResponse *response, const char *address)
{
  g_autofree char *svg = make_svg (address);
  g_autofree char *body = g_strndup ((char *) response->body->data, response->body->len);

  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpstr (body, ==, svg);
  hub_test_response_assert_header (response, "Content-Type", "image/svg+xml");
  hub_test_response_assert_header (response, "Cache-Control", "no-store");
  hub_test_response_assert_protected (response);
}

/* The address by which the page was reached, whatever else the host has. */
static void
test_qr_host (HubTestServer *self, gconstpointer user_data)
{
  static const struct
  {
    const char *host;
    const char *shown;
  } cases[] = {
    { "10.9.8.7", "https://10.9.8.7:%u/" },
    { "[FD00:0::1]", "https://[fd00::1]:%u/" },
    { "Chat.Example.Org.", "https://chat.example.org:%u/" },
  };
  static const char *const urls[] = { "https://192.0.2.1:1/", "https://10.9.8.7:1/",
                                      "https://[fd00::1]:1/", "https://chat.example.org:1/", NULL };
  guint16 port;

  hub_test_server_start (self);
  port = hub_server_get_port (self->server);
  hub_server_set_urls (self->server, urls, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = g_strdup_printf (
          "GET /qr.svg?https://evil.example/ HTTP/1.1\r\nHost: %s:%u\r\n\r\n", cases[i].host, port);
      g_auto (HubTestResponse) response = hub_test_peer_ask (port, request);
      g_autoptr (GString) shown = g_string_new (cases[i].shown);
      g_autofree char *number = g_strdup_printf ("%u", port);

      g_string_replace (shown, "%u", number, 0);
      assert_shows (&response, shown->str);
    }
}

/* From this computer itself: what others can use. */
static void
test_qr_loopback (HubTestServer *self, gconstpointer user_data)
{
  static const char *const hosts[]
      = { "127.0.0.1", "LocalHost", "[::1]", "127.1.2.3", "[::ffff:127.0.0.1]" };
  static const char *const urls[] = { "https://192.0.2.1:8443/", "https://x.local:8443/", NULL };
  guint16 port;

  hub_test_server_start (self);
  port = hub_server_get_port (self->server);
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      static const char *const nowhere[] = { NULL };
      g_autofree char *request
          = g_strdup_printf ("GET /qr.svg HTTP/1.1\r\nHost: %s:%u\r\n\r\n", hosts[i], port);
      g_auto (HubTestResponse) none = { 0 };
      g_auto (HubTestResponse) response = { 0 };

      hub_server_set_urls (self->server, nowhere, NULL);
      none = hub_test_peer_ask (port, request);
      g_assert_cmpuint (none.status, ==, 404);
      hub_server_set_urls (self->server, urls, NULL);
      response = hub_test_peer_ask (port, request);
      assert_shows (&response, "https://192.0.2.1:8443/");
    }
}

static void
test_qr_methods (HubTestServer *self, gconstpointer user_data)
{
  static const char *const urls[] = { "https://192.0.2.1:8443/", NULL };
  g_autoptr (HubTestPeer) peer = NULL;
  g_auto (HubTestResponse) head = { 0 };
  g_auto (HubTestResponse) post = { 0 };
  g_auto (HubTestResponse) foreign = { 0 };
  g_autofree char *svg = make_svg (urls[0]);
  g_autofree char *length = NULL;
  g_autofree char *expected = g_strdup_printf ("%" G_GSIZE_FORMAT, strlen (svg));
  guint16 port;

  hub_test_server_start (self);
  port = hub_server_get_port (self->server);
  hub_server_set_urls (self->server, urls, NULL);

  peer = hub_test_peer_new (port);
  hub_test_peer_send_request (peer, "HEAD /qr.svg HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_true (hub_test_peer_read_response (peer, FALSE, &head));
  g_assert_cmpuint (head.status, ==, 200);
  length = hub_test_response_dup_header (&head, "Content-Length");
  g_assert_cmpstr (length, ==, expected);

  post = hub_test_peer_ask (port,
                            "POST /qr.svg HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n");
  g_assert_cmpuint (post.status, ==, 405);
  foreign = hub_test_peer_ask (port, "GET /qr.svg HTTP/1.1\r\nHost: evil.example:1\r\n\r\n");
  g_assert_cmpuint (foreign.status, ==, 421);
}

/* Who asks for the chat as for a page is told what it takes, and keeps his connection. */
static void
test_upgrade_required (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = NULL;
  g_auto (HubTestResponse) chat = { 0 };
  g_auto (HubTestResponse) room = { 0 };

  hub_test_server_start (self);
  peer = hub_test_peer_new (hub_server_get_port (self->server));
  hub_test_peer_send_request (peer, "GET /chat HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &chat));
  g_assert_cmpuint (chat.status, ==, 426);
  hub_test_response_assert_header (&chat, "Upgrade", "websocket");
  hub_test_response_assert_header (&chat, "Connection", "Upgrade");
  hub_test_response_assert_protected (&chat);

  hub_test_peer_send_request (peer, "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &room));
  g_assert_cmpuint (room.status, ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  hub_test_server_add ("/routes/qr/host", test_qr_host);
  hub_test_server_add ("/routes/qr/loopback", test_qr_loopback);
  hub_test_server_add ("/routes/qr/methods", test_qr_methods);
  hub_test_server_add ("/routes/upgrade-required", test_upgrade_required);

  return g_test_run ();
}
