/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What every request must be, asked of the whole server. */
#include "server/hub-http-check.h"
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  const char *name;
  const char *request;
  guint status;
} Case;

#define UPGRADE                                                                                    \
  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"                     \
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

/* A good POST but for its last header and its body. */
#define POST(path, type, more)                                                                     \
  "POST " path " HTTP/1.1\r\nHost: {host}\r\nContent-Type: " type "\r\n" more
#define JSON "application/json"
#define OWN "Origin: https://{host}\r\n"
#define EMPTY "Content-Length: 2\r\n\r\n{}"

static const Case cases[] = {
  { "page", "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", 200 },
  { "query", "GET /?x=1 HTTP/1.1\r\nHost: {host}\r\n\r\n", 200 },
  { "head", "HEAD / HTTP/1.1\r\nHost: {host}\r\n\r\n", 200 },
  { "old-version", "GET / HTTP/1.0\r\nHost: {host}\r\n\r\n", 200 },
  { "localhost", "GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", 200 },
  { "room", "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n", 200 },
  { "unknown", "GET /nothing HTTP/1.1\r\nHost: {host}\r\n\r\n", 404 },
  { "below-room", "GET /room/x HTTP/1.1\r\nHost: {host}\r\n\r\n", 404 },
  { "dots", "GET /../etc/passwd HTTP/1.1\r\nHost: {host}\r\n\r\n", 404 },
  { "coded-dots", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: {host}\r\n\r\n", 404 },
  { "nul", "GET /index.html%00 HTTP/1.1\r\nHost: {host}\r\n\r\n", 404 },
  { "post", "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n", 405 },
  { "post-body", "POST /room HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n\r\nabc", 405 },
  { "options", "OPTIONS / HTTP/1.1\r\nHost: {host}\r\n\r\n", 405 },
  { "delete", "DELETE /room HTTP/1.1\r\nHost: {host}\r\n\r\n", 405 },
  { "head-chat", "HEAD /chat HTTP/1.1\r\nHost: {host}\r\n\r\n", 405 },
  { "options-all", "OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n", 400 },
  { "connect", "CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n", 405 },
  { "no-host", "GET / HTTP/1.1\r\n\r\n", 400 },
  { "no-host-old", "GET / HTTP/1.0\r\n\r\n", 400 },
  { "empty-host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400 },
  { "two-hosts", "GET / HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n", 400 },
  { "two-spellings-of-host", "GET / HTTP/1.1\r\nHost: {host}\r\nhost: {host}\r\n\r\n", 400 },
  { "empty-host-and-host", "GET /chat HTTP/1.1\r\nHost:\r\nHost: {host}\r\n\r\n", 400 },
  { "say-two-hosts", POST ("/say", JSON, "Host: {host}\r\n" OWN EMPTY), 400 },
  { "two-other-hosts", "GET / HTTP/1.1\r\nHost: evil.example\r\nHost: {host}\r\n\r\n", 400 },
  { "user-in-host", "GET / HTTP/1.1\r\nHost: a@{host}\r\n\r\n", 400 },
  { "path-in-host", "GET / HTTP/1.1\r\nHost: {host}/x\r\n\r\n", 400 },
  { "absolute", "GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n", 400 },
  { "absolute-https", "GET https://{host}/ HTTP/1.1\r\nHost: {host}\r\n\r\n", 400 },
  { "fragment", "GET /#x HTTP/1.1\r\nHost: {host}\r\n\r\n", 400 },
  { "two-lengths",
    "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n", 400 },
  { "both-framings",
    "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    "0\r\n\r\n",
    400 },
  { "expect", "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
    417 },
  { "other-host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421 },
  { "other-host-own-port", "GET / HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n", 421 },
  { "other-port", "GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", 421 },
  { "no-port", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 421 },
  { "chat-without-upgrade", "GET /chat HTTP/1.1\r\nHost: {host}\r\n\r\n", 426 },
  { "chat", "GET /chat HTTP/1.1\r\nHost: {host}\r\n" UPGRADE "\r\n", 101 },
  { "chat-own-origin",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: https://{host}\r\n" UPGRADE "\r\n", 101 },
  { "chat-other-origin",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\n" UPGRADE "\r\n", 403 },
  { "chat-other-port",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: https://127.0.0.1:1\r\n" UPGRADE "\r\n", 403 },
  { "chat-other-scheme",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n" UPGRADE "\r\n", 403 },
  { "chat-null-origin", "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: null\r\n" UPGRADE "\r\n",
    403 },
  { "chat-two-origins",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\n"
    "Origin: https://{host}\r\n" UPGRADE "\r\n",
    403 },
  { "chat-other-host", "GET /chat HTTP/1.1\r\nHost: evil.example\r\n" UPGRADE "\r\n", 421 },
  { "chat-unknown-protocol",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nSec-WebSocket-Protocol: soap\r\n" UPGRADE "\r\n", 400 },
  { "chat-old-websocket",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    400 },
  { "chat-elsewhere", "GET /chat/x HTTP/1.1\r\nHost: {host}\r\n" UPGRADE "\r\n", 404 },
  { "say-own-origin", POST ("/say", JSON, OWN EMPTY), 401 },
  { "say-charset", POST ("/say", "Application/JSON; charset=utf-8", OWN EMPTY), 401 },
  { "say-query", POST ("/say?x=1", JSON, OWN EMPTY), 401 },
  { "say-same-origin", POST ("/say", JSON, OWN "Sec-Fetch-Site: same-origin\r\n" EMPTY), 401 },
  { "say-same-site", POST ("/say", JSON, OWN "Sec-Fetch-Site: same-site\r\n" EMPTY), 403 },
  { "say-cross-site", POST ("/say", JSON, OWN "Sec-Fetch-Site: cross-site\r\n" EMPTY), 403 },
  { "say-by-hand", POST ("/say", JSON, OWN "Sec-Fetch-Site: none\r\n" EMPTY), 403 },
  { "say-two-sites",
    POST ("/say", JSON, OWN "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: none\r\n" EMPTY), 403 },
  { "say-no-origin", POST ("/say", JSON, EMPTY), 403 },
  { "say-null-origin", POST ("/say", JSON, "Origin: null\r\n" EMPTY), 403 },
  { "say-other-origin", POST ("/say", JSON, "Origin: https://evil.example\r\n" EMPTY), 403 },
  { "say-other-port", POST ("/say", JSON, "Origin: https://127.0.0.1:1\r\n" EMPTY), 403 },
  { "say-other-scheme", POST ("/say", JSON, "Origin: http://{host}\r\n" EMPTY), 403 },
  { "say-two-origins", POST ("/say", JSON, OWN OWN EMPTY), 403 },
  { "say-text", POST ("/say", "text/plain", OWN EMPTY), 415 },
  { "say-form", POST ("/say", "application/x-www-form-urlencoded", OWN EMPTY), 415 },
  { "say-not-quite-json", POST ("/say", "application/json2", OWN EMPTY), 415 },
  { "say-two-types", POST ("/say", JSON, "Content-Type: text/plain\r\n" OWN EMPTY), 415 },
  { "say-no-type", "POST /say HTTP/1.1\r\nHost: {host}\r\n" OWN EMPTY, 415 },
  { "say-no-length", POST ("/say", JSON, OWN "\r\n"), 411 },
  { "say-chunked", POST ("/say", JSON, OWN "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 411 },
  { "say-too-long", POST ("/say", JSON, OWN "Content-Length: 65537\r\n\r\n"), 413 },
  { "say-far-too-long", POST ("/say", JSON, OWN "Content-Length: 4611686018427387904\r\n\r\n"),
    413 },
  { "length-below-zero", "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: -2\r\n\r\n", 400 },
  { "say-length-below-zero", POST ("/say", JSON, OWN "Content-Length: -2\r\n\r\n{}"), 400 },
  { "say-length-no-number", POST ("/say", JSON, OWN "Content-Length: 99999999999999999999\r\n\r\n"),
    400 },
  { "say-length-plus", POST ("/say", JSON, OWN "Content-Length: +2\r\n\r\n{}"), 400 },
  { "say-length-empty", POST ("/say", JSON, OWN "Content-Length:\r\n\r\n"), 400 },
  { "say-expect", POST ("/say", JSON, OWN "Expect: 100-continue\r\n" EMPTY), 417 },
  { "say-other-host",
    "POST /say HTTP/1.1\r\nHost: evil.example\r\nOrigin: https://evil.example\r\n" EMPTY, 421 },
  { "get-say", "GET /say HTTP/1.1\r\nHost: {host}\r\n\r\n", 405 },
  { "options-say", "OPTIONS /say HTTP/1.1\r\nHost: {host}\r\n" OWN "\r\n", 405 },
  { "say-elsewhere", POST ("/say/x", JSON, OWN EMPTY), 405 },
  { "stream-no-origin", POST ("/stream", JSON, EMPTY), 403 },
  { "stream-null-origin", POST ("/stream", JSON, "Origin: null\r\n" EMPTY), 403 },
  { "stream-cross-site", POST ("/stream", JSON, OWN "Sec-Fetch-Site: cross-site\r\n" EMPTY), 403 },
  { "stream-text", POST ("/stream", "text/plain", OWN EMPTY), 415 },
  { "stream-too-long", POST ("/stream", JSON, OWN "Content-Length: 65537\r\n\r\n"), 413 },
  { "get-stream", "GET /stream HTTP/1.1\r\nHost: {host}\r\n\r\n", 405 },
  { "head-stream", "HEAD /stream HTTP/1.1\r\nHost: {host}\r\n\r\n", 405 },
  { "options-stream", "OPTIONS /stream HTTP/1.1\r\nHost: {host}\r\n\r\n", 405 },
  { "put-stream", "PUT /stream HTTP/1.1\r\nHost: {host}\r\n" OWN EMPTY, 405 },
  { "upgrade-elsewhere", "GET / HTTP/1.1\r\nHost: {host}\r\n" UPGRADE "\r\n", 200 },
};

/* Newer libsoups refuse a second Host by themselves, with a warning (see hub-process.h). */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return g_strcmp0 (domain, "libsoup") != 0 || (level & G_LOG_LEVEL_WARNING) == 0;
}

static void
test_cases (HubTestServer *self, gconstpointer user_data)
{
  g_autofree char *port = NULL;

  g_test_log_set_fatal_handler (is_fatal, NULL);
  hub_test_server_start (self);
  port = g_strdup_printf ("%u", hub_server_get_port (self->server));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) request = g_string_new (cases[i].request);
      g_auto (HubTestResponse) response = { 0 };

      g_test_message ("%s", cases[i].name);
      g_string_replace (request, "{port}", port, 0);
      response = hub_test_peer_ask (hub_server_get_port (self->server), request->str);
      g_assert_cmpuint (response.status, ==, cases[i].status);
      hub_test_response_assert_protected (&response);
    }

  hub_test_server_wait_connections (self, 0);
}

/* Of the leak sanitizer; not there without it. */
extern void __lsan_disable (void) __attribute__ ((weak));
extern void __lsan_enable (void) __attribute__ ((weak));

static void
ask_badly (HubTestServer *self, const char *request, guint status)
{
  g_auto (HubTestResponse) response = { 0 };

  if (__lsan_disable != NULL)
    __lsan_disable ();
  response = hub_test_peer_ask (hub_server_get_port (self->server), request);
  if (__lsan_enable != NULL)
    __lsan_enable ();
  g_assert_cmpuint (response.status, ==, status);
  hub_test_response_assert_protected (&response);
}

/* What libsoup before 3.6 refuses itself costs it memory, which it leaks: who sends much of it is
 * let in no more. */
static void
check_barred (HubTestServer *self, const char *request, guint status)
{
  int fd;
  char byte;

  hub_test_server_start (self);
  for (guint i = 0; i < HUB_MISDEEDS; i++)
    ask_badly (self, request, status);
  ask_badly (self, request, status);
  hub_test_server_wait_connections (self, 0);
  if (soup_check_version (3, 6, 0))
    return;

  fd = hub_test_peer_connect (hub_server_get_port (self->server), NULL);
  while (recv (fd, &byte, 1, 0) < 0 && errno == EAGAIN)
    hub_tls_client_pump ();
  close (fd);
}

static void
test_unknown_coding (HubTestServer *self, gconstpointer user_data)
{
  check_barred (self, "GET / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: gzip\r\n\r\n", 501);
}

static void
test_bad_length (HubTestServer *self, gconstpointer user_data)
{
  check_barred (self, "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3x\r\n\r\n", 400);
}

static void
test_allowed (void)
{
  g_assert_cmpstr (hub_http_get_allowed ("/"), ==, "GET, HEAD");
  g_assert_cmpstr (hub_http_get_allowed ("/chat"), ==, "GET");
  g_assert_cmpstr (hub_http_get_allowed ("/say"), ==, "POST");
  g_assert_cmpstr (hub_http_get_allowed ("/stream"), ==, "POST");
}

static const struct
{
  const char *origin;
  gboolean is_own;
} origins[] = {
  { "https://attic.local:8443", TRUE },
  { "https://ATTIC.local:8443", TRUE },
  { "https://attic.local", FALSE },
  { "https://attic.local:8444", FALSE },
  { "https://attic.local:8443/", FALSE },
  { "https://attic.local:8443@evil.example", FALSE },
  { "https://evil.example#attic.local:8443", FALSE },
  { "https://attic.local.evil.example:8443", FALSE },
  { "http://attic.local:8443", FALSE },
  { "attic.local:8443", FALSE },
  { "https://", FALSE },
  { "null", FALSE },
  { "", FALSE },
};

static void
test_origins (void)
{
  g_auto (HubHostPort) own = HUB_HOST_PORT_INIT;

  g_assert_true (hub_host_port_parse ("attic.local:8443", &own));
  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++)
    {
      g_test_message ("%s", origins[i].origin);
      g_assert_cmpint (hub_http_is_own_origin (origins[i].origin, HUB_CONNECTION_TLS, &own), ==,
                       origins[i].is_own);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  hub_test_server_add ("/http-check/cases", test_cases);
  hub_test_server_add ("/http-check/unknown-coding", test_unknown_coding);
  hub_test_server_add ("/http-check/bad-length", test_bad_length);
  g_test_add_func ("/http-check/origins", test_origins);
  g_test_add_func ("/http-check/allowed", test_allowed);

  return g_test_run ();
}
