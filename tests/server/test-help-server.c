/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Plain http at the port of https, asked of the whole server. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

#include <string.h>

#define UPGRADE                                                                                    \
  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"                     \
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define BROWSER                                                                                    \
  "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"                    \
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"

static const struct
{
  const char *name;
  const char *request;
  guint status; /* 200 is the page, 307 goes to the one address, else there is no way told */
} cases[] = {
  { "page", "GET / HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n", 200 },
  { "head", "HEAD / HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n", 200 },
  { "query", "GET /?x=<script> HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n", 200 },
  { "old-version", "GET / HTTP/1.0\r\nHost: {host}\r\n" BROWSER "\r\n", 200 },
  { "localhost", "GET / HTTP/1.1\r\nHost: LocalHost:{port}\r\n" BROWSER "\r\n", 200 },
  { "page-upgrade", "GET / HTTP/1.1\r\nHost: {host}\r\n" UPGRADE BROWSER "\r\n", 200 },
  { "no-browser", "GET / HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n", 307 },
  { "no-accept", "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", 307 },
  { "head-no-browser", "HEAD / HTTP/1.1\r\nHost: {host}\r\n\r\n", 307 },
  { "other-path", "GET /app.js HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n", 307 },
  { "room", "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n", 307 },
  { "icon", "GET /favicon.ico HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n", 307 },
  { "two-slashes", "GET //evil.example/ HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n", 307 },
  { "post", "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n" BROWSER "\r\nabc", 307 },
  { "chunked",
    "POST /say HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    307 },
  { "body-to-come", "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000\r\n\r\nabc", 307 },
  { "delete", "DELETE / HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n", 307 },
  { "options", "OPTIONS / HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n", 307 },
  { "chat", "GET /chat HTTP/1.1\r\nHost: {host}\r\n" UPGRADE "\r\n", 307 },
  { "chat-origin", "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n" UPGRADE "\r\n",
    307 },
  { "chat-https-origin",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: https://{host}\r\n" UPGRADE "\r\n", 307 },
  { "chat-protocol",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nSec-WebSocket-Protocol: hubbub.v1\r\n" UPGRADE "\r\n",
    307 },
  { "h2c",
    "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
    "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
    307 },
  { "forwarded",
    "GET /x HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: evil.example\r\n"
    "X-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\nReferer: http://evil.example/\r\n"
    "\r\n",
    307 },
  { "no-host", "GET / HTTP/1.1\r\n" BROWSER "\r\n", 400 },
  { "two-hosts", "GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n", 400 },
  { "user-in-host", "GET / HTTP/1.1\r\nHost: evil.example@{host}\r\n\r\n", 400 },
  { "absolute", "GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n", 400 },
  { "options-all", "OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n", 400 },
  { "both-framings",
    "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    "0\r\n\r\n",
    400 },
  { "length-below-zero", "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: -3\r\n\r\nabc", 400 },
  { "expect",
    "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n", 417 },
  { "other-host", "GET / HTTP/1.1\r\nHost: evil.example:{port}\r\n" BROWSER "\r\n", 421 },
  { "other-host-chat", "GET /chat HTTP/1.1\r\nHost: evil.example\r\n" UPGRADE "\r\n", 421 },
  { "other-port", "GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n" BROWSER "\r\n", 421 },
  { "port-of-http", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" BROWSER "\r\n", 421 },
};

static void
assert_words_only (const HubTestResponse *response)
{
  g_autofree char *policy = hub_test_response_dup_header (response, "Content-Security-Policy");

  hub_test_response_assert_protected (response);
  g_assert_null (strstr (policy, "'self'"));
  g_assert_null (strstr (policy, "script-src"));
  hub_test_response_assert_header (response, "Cache-Control", "no-store");
  hub_test_response_assert_header (response, "Connection", "close");
  hub_test_response_assert_header (response, "Upgrade", NULL);
}

static void
check_case (HubTestServer *self, guint i)
{
  guint16 port = hub_server_get_port (self->server);
  g_autofree char *url = NULL;
  g_autofree char *digits = g_strdup_printf ("%u", port);
  g_autoptr (GString) request = g_string_new (cases[i].request);
  g_autoptr (HubTestPeer) peer = hub_test_peer_new_plain (port);
  g_auto (HubTestResponse) response = { 0 };

  g_string_replace (request, "{port}", digits, 0);
  hub_test_peer_send_request (peer, request->str);
  g_assert_true (
      hub_test_peer_read_response (peer, !g_str_has_prefix (request->str, "HEAD "), &response));
  g_assert_cmpuint (response.status, ==, cases[i].status);
  assert_words_only (&response);
  g_assert_null (strstr (response.head, "evil"));

  url = g_strdup_printf ("https://127.0.0.1:%u/", port);
  hub_test_response_assert_header (&response, "Location", cases[i].status == 307 ? url : NULL);
  if (cases[i].status == 200)
    hub_test_response_assert_header (&response, "Content-Type", "text/html; charset=utf-8");
  hub_test_peer_is_closed (peer); /* or this never ends */
}

static void
test_cases (HubTestServer *self, gconstpointer user_data)
{
  hub_test_server_start (self);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].name);
      check_case (self, i);
    }
  hub_test_server_wait_connections (self, 0);
}

/* The page is the one for the browser that asks, and links to where it asked. */
static void
test_page (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };
  g_autofree char *link = NULL;
  g_autofree char *html = NULL;

  hub_test_server_start (self);
  response = hub_test_peer_ask_plainly (hub_server_get_port (self->server),
                                        "GET / HTTP/1.1\r\nHost: {host}\r\n" BROWSER "\r\n");
  html = g_strndup ((const char *) response.body->data, response.body->len);
  link = g_strdup_printf ("href=\"https://127.0.0.1:%u/\"", hub_server_get_port (self->server));
  g_assert_nonnull (strstr (html, link));
  g_assert_nonnull (strstr (html, "Accept the Risk and Continue"));
}

static void
test_language (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };
  g_autofree char *html = NULL;

  hub_test_server_start (self);
  response = hub_test_peer_ask_plainly (hub_server_get_port (self->server),
                                        "GET / HTTP/1.1\r\nHost: {host}\r\n" BROWSER
                                        "Accept-Language: de-AT,de;q=0.9\r\n"
                                        "Accept-Language: en;q=0.8\r\n\r\n");
  html = g_strndup ((const char *) response.body->data, response.body->len);
  g_assert_nonnull (strstr (html, "<html lang=\"de\" dir=\"ltr\">"));
  g_assert_nonnull (strstr (html, "Risiko akzeptieren und fortfahren"));
}

/* It is no other way into the chat: TLS and help go on beside each other. */
static void
test_beside_tls (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) guest = NULL;
  g_auto (HubTestResponse) response = { 0 };

  hub_test_server_start (self);
  guest = hub_test_peer_new (hub_server_get_port (self->server));
  hub_test_peer_upgrade (guest, NULL);
  hub_test_peer_send_text (guest, "Ana");
  hub_test_peer_expect (guest, "* Ana joined");
  response = hub_test_peer_ask_plainly (hub_server_get_port (self->server),
                                        "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_cmpuint (response.status, ==, 307);
  hub_test_peer_send_text (guest, "hello");
  hub_test_peer_expect (guest, "Ana: hello");
}

/* The same caps and budgets as with TLS. */
static void
test_too_much (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = NULL;
  g_autoptr (GString) request = g_string_new ("POST / HTTP/1.1\r\nHost: {host}\r\nX: ");

  hub_test_server_start (self);
  for (guint i = 0; i < 2 * HUB_REQUEST_HEADER_MAX_BYTES; i++)
    g_string_append_c (request, 'x');
  peer = hub_test_peer_new_plain (hub_server_get_port (self->server));
  hub_test_peer_send_request (peer, request->str);
  hub_test_peer_is_closed (peer);
  hub_test_server_wait_connections (self, 0);
}

static void
test_too_many (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) kept = NULL;
  g_autoptr (HubTestPeer) other = NULL;

  self->config.max_per_address = 1;
  hub_test_server_start (self);
  kept = hub_test_peer_new_plain (hub_server_get_port (self->server));
  hub_test_peer_send_request (kept, "GET / HTTP/1.1\r\n");
  hub_test_server_wait_connections (self, 1);
  other = hub_test_peer_new_plain (hub_server_get_port (self->server));
  hub_test_peer_is_closed (other);
  hub_test_server_wait_connections (self, 1);
}

static void
test_too_slow (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubTestPeer) silent = NULL;
  g_autoptr (HubTestPeer) slow = NULL;
  HubServerFigures figures;

  self->config.clock = HUB_CLOCK (clock);
  hub_test_server_start (self);
  silent = hub_test_peer_new_plain (hub_server_get_port (self->server));
  hub_test_peer_send_request (silent, "GE");
  slow = hub_test_peer_new_plain (hub_server_get_port (self->server));
  hub_test_peer_send_request (slow, "GET / HTTP/1.1\r\nHost: ");
  hub_test_server_wait_connections (self, 2);
  do
    {
      hub_tls_client_pump ();
      hub_server_get_figures (self->server, &figures);
    }
  while (figures.handshakes != 1); /* the slow one has begun its request */

  hub_fake_clock_advance (clock, MAX (HUB_HANDSHAKE_DEADLINE_MS, HUB_REQUEST_DEADLINE_MS));
  hub_server_run (self->server);
  hub_test_peer_is_closed (silent);
  hub_test_peer_is_closed (slow);
  hub_test_server_wait_connections (self, 0);
  hub_test_server_stop (self);
}

static void
test_stop (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) slow = NULL;

  hub_test_server_start (self);
  slow = hub_test_peer_new_plain (hub_server_get_port (self->server));
  hub_test_peer_send_request (slow, "GET / HTTP/1.1\r\nHost: ");
  hub_test_server_wait_connections (self, 1);
  hub_test_server_stop (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  hub_test_server_add ("/help-server/cases", test_cases);
  hub_test_server_add ("/help-server/page", test_page);
  hub_test_server_add ("/help-server/language", test_language);
  hub_test_server_add ("/help-server/beside-tls", test_beside_tls);
  hub_test_server_add ("/help-server/too-much", test_too_much);
  hub_test_server_add ("/help-server/too-many", test_too_many);
  hub_test_server_add ("/help-server/too-slow", test_too_slow);
  hub_test_server_add ("/help-server/stop", test_stop);
  return g_test_run ();
}
