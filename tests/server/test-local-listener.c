/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The loopback listener for this computer's own browser, asked of the whole server. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define UPGRADE                                                                                    \
  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"                     \
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

static guint16
get_port (HubTestServer *self)
{
  guint16 port = hub_server_get_local_port (self->server);

  g_assert_cmpuint (port, !=, 0);
  g_assert_cmpuint (port, !=, hub_server_get_port (self->server));

  return port;
}

/* {host}: 127.0.0.1 and the port, {port}: the port, {tls}: that of the others. */
static const struct
{
  const char *name;
  const char *request;
  guint status;
} cases[] = {
  { "page", "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", 200 },
  { "localhost", "GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", 200 },
  { "ipv6", "GET / HTTP/1.1\r\nHost: [::1]:{port}\r\n\r\n", 200 },
  { "room", "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n", 200 },
  { "other-loopback", "GET / HTTP/1.1\r\nHost: 127.0.0.2:{port}\r\n\r\n", 421 },
  { "mapped", "GET / HTTP/1.1\r\nHost: [::ffff:127.0.0.1]:{port}\r\n\r\n", 421 },
  { "port-of-tls", "GET / HTTP/1.1\r\nHost: 127.0.0.1:{tls}\r\n\r\n", 421 },
  { "no-port", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 421 },
  { "allowed-elsewhere", "GET / HTTP/1.1\r\nHost: attic.example:{port}\r\n\r\n", 421 },
  { "rebinding", "GET / HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n", 421 },
  { "sub-localhost", "GET / HTTP/1.1\r\nHost: evil.localhost:{port}\r\n\r\n", 421 },
  { "post", "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n", 405 },
  { "chat", "GET /chat HTTP/1.1\r\nHost: {host}\r\n" UPGRADE "\r\n", 101 },
  { "chat-own-origin",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n" UPGRADE "\r\n", 101 },
  { "chat-localhost",
    "GET /chat HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n" UPGRADE
    "\r\n",
    101 },
  { "chat-https-origin",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: https://{host}\r\n" UPGRADE "\r\n", 403 },
  { "chat-tls-origin",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: https://127.0.0.1:{tls}\r\n" UPGRADE "\r\n",
    403 },
  { "chat-other-name",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: http://localhost:{port}\r\n" UPGRADE "\r\n",
    403 },
  { "chat-other-site",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example\r\n" UPGRADE "\r\n", 403 },
  { "chat-other-port",
    "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: http://127.0.0.1\r\n" UPGRADE "\r\n", 403 },
  { "chat-null-origin", "GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: null\r\n" UPGRADE "\r\n",
    403 },
};

static void
test_cases (HubTestServer *self, gconstpointer user_data)
{
  static const char *const allowed[] = { "attic.example", NULL };
  g_autofree char *port = NULL;
  g_autofree char *tls = NULL;

  self->config.allow_hosts = allowed;
  hub_test_server_start (self);
  port = g_strdup_printf ("%u", get_port (self));
  tls = g_strdup_printf ("%u", hub_server_get_port (self->server));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) request = g_string_new (cases[i].request);
      g_auto (HubTestResponse) response = { 0 };

      g_test_message ("%s", cases[i].name);
      g_string_replace (request, "{port}", port, 0);
      g_string_replace (request, "{tls}", tls, 0);
      response = hub_test_peer_ask_plainly (get_port (self), request->str);
      g_assert_cmpuint (response.status, ==, cases[i].status);
      hub_test_response_assert_protected (&response);
    }
  hub_test_server_wait_connections (self, 0);
}

static void
test_page_may_connect (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };
  g_autofree char *policy = NULL;
  g_autofree char *source = NULL;

  hub_test_server_start (self);
  source = g_strdup_printf ("connect-src 'self' ws://127.0.0.1:%u", get_port (self));
  response = hub_test_peer_ask_plainly (get_port (self), "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
  policy = hub_test_response_dup_header (&response, "Content-Security-Policy");
  g_assert_nonnull (strstr (policy, source));
  g_assert_null (strstr (policy, "wss:"));
}

static void
test_chat (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) host = NULL;
  g_autoptr (HubTestPeer) guest = NULL;

  hub_test_server_start (self);
  host = hub_test_peer_new_plain (get_port (self));
  hub_test_peer_upgrade (host, NULL);
  hub_test_peer_send_text (host, "Ana");
  hub_test_peer_expect (host, "* Ana joined");
  guest = hub_test_peer_new (hub_server_get_port (self->server));
  hub_test_peer_upgrade (guest, NULL);
  hub_test_peer_send_text (guest, "Bo");
  hub_test_peer_expect (host, "* Bo joined");
  hub_test_peer_expect (guest, "* Bo joined");
  hub_test_peer_send_text (host, "hello");
  hub_test_peer_expect (guest, "Ana: hello");
  hub_test_server_stop (self);
}

/* The ports are two doors: each has its own names, and TLS is for one of them. */
static void
test_not_the_other (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };
  g_autofree char *request = NULL;

  hub_test_server_start (self);
  request = g_strdup_printf ("GET / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", get_port (self));
  response = hub_test_peer_ask (hub_server_get_port (self->server), request);
  g_assert_cmpuint (response.status, ==, 421);
}

static int
connect_ipv6 (guint16 port)
{
  struct sockaddr_in6 address = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
  int fd = socket (AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin6_port = htons (port);
  if (fd >= 0 && connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

static void
test_ipv6 (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTlsClient) client = NULL;
  g_autoptr (GByteArray) answer = NULL;
  g_autofree char *request = NULL;
  int fd;

  hub_test_server_start (self);
  fd = connect_ipv6 (get_port (self));
  if (fd < 0)
    {
      g_test_skip ("There is no ::1 here, or its port was taken.");
      return;
    }
  client = hub_tls_client_new_plain (fd);
  request = g_strdup_printf ("GET /room HTTP/1.1\r\nHost: [::1]:%u\r\n\r\n", get_port (self));
  hub_tls_client_send (client, request, strlen (request));
  answer = hub_tls_client_receive (client, strlen ("HTTP/1.1 200"), NULL);
  g_assert_cmpmem (answer->data, answer->len, "HTTP/1.1 200", strlen ("HTTP/1.1 200"));
}

/* However full the door is, the host gets into his own chat. */
static void
test_never_locked_out (HubTestServer *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };
  int fds[2];

  self->config.max_connections = 2;
  self->config.max_per_address = 2;
  self->config.max_pending = 1;
  hub_test_server_start (self);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = hub_test_peer_connect (hub_server_get_port (self->server), NULL);
  hub_test_server_wait_connections (self, 1);
  response = hub_test_peer_ask_plainly (get_port (self), "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_cmpuint (response.status, ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
}

/* Nor can this computer's other programs make it cost more than its share. */
static void
test_cap (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) late = NULL;
  int fds[HUB_MAX_LOCAL];

  hub_test_server_start (self);
  for (guint i = 0; i < HUB_MAX_LOCAL; i++)
    fds[i] = hub_test_peer_connect (get_port (self), NULL);
  hub_test_server_wait_connections (self, HUB_MAX_LOCAL);
  late = hub_test_peer_new_plain (get_port (self));
  hub_test_peer_is_closed (late);
  hub_test_server_wait_connections (self, HUB_MAX_LOCAL);
  for (guint i = 0; i < HUB_MAX_LOCAL; i++)
    close (fds[i]);
  hub_test_server_wait_connections (self, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  hub_test_server_add ("/local-listener/cases", test_cases);
  hub_test_server_add ("/local-listener/page-may-connect", test_page_may_connect);
  hub_test_server_add ("/local-listener/chat", test_chat);
  hub_test_server_add ("/local-listener/not-the-other", test_not_the_other);
  hub_test_server_add ("/local-listener/ipv6", test_ipv6);
  hub_test_server_add ("/local-listener/never-locked-out", test_never_locked_out);
  hub_test_server_add ("/local-listener/cap", test_cap);
  return g_test_run ();
}
