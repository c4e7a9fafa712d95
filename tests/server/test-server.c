/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The deadlines of the whole server, by a clock that the test moves. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

#include <glib/gstdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

/* The room's clock goes on: its deadlines are none of the server's. */
static HubFakeClock *
start_by_hand (HubTestServer *self)
{
  HubFakeClock *clock = hub_fake_clock_new ();

  self->config.clock = HUB_CLOCK (clock);
  hub_test_server_start (self);
  return clock;
}

/* The server has done all that it can do now. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
advance (HubTestServer *self, HubFakeClock *clock, gint64 ms)
{
  hub_fake_clock_advance (clock, ms);
  hub_server_run (self->server);
}

static guint
count_connections (HubTestServer *self)
{
  HubServerFigures figures;

  settle ();
  hub_server_get_figures (self->server, &figures);
  return figures.connections;
}

static void
wait_handshakes (HubTestServer *self, guint handshakes)
{
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;
  HubServerFigures figures;

  for (hub_server_get_figures (self->server, &figures); figures.handshakes != handshakes;
       hub_server_get_figures (self->server, &figures))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
      hub_tls_client_pump ();
    }
}

/* All that wait since now are there until @ms have passed, and then are not. */
static void
assert_ends_after (HubTestServer *self, HubFakeClock *clock, gint64 ms)
{
  guint before = count_connections (self);

  g_assert_cmpuint (before, >, 0);
  advance (self, clock, ms - 1);
  g_assert_cmpuint (count_connections (self), ==, before);
  advance (self, clock, 1);
}

/* Silent, and with half a handshake. */
static void
test_handshake (HubTestServer *self, gconstpointer user_data)
{
  static const guint8 half[] = { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 };
  g_autoptr (HubFakeClock) clock = start_by_hand (self);
  int silent = hub_test_peer_connect (hub_server_get_port (self->server), NULL);
  int halfway = hub_test_peer_connect (hub_server_get_port (self->server), NULL);

  g_assert_cmpint (send (halfway, half, sizeof half, MSG_NOSIGNAL), ==, sizeof half);
  hub_test_server_wait_connections (self, 2);
  assert_ends_after (self, clock, HUB_HANDSHAKE_DEADLINE_MS);
  g_assert_cmpuint (count_connections (self), ==, 0);
  close (silent);
  close (halfway);
}

static void
test_request (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubFakeClock) clock = start_by_hand (self);
  g_autoptr (HubTestPeer) silent = hub_test_peer_new (hub_server_get_port (self->server));
  g_autoptr (HubTestPeer) slow = hub_test_peer_new (hub_server_get_port (self->server));

  hub_test_peer_send_request (slow, "GET / HTTP/1.1\r\nHost:");
  wait_handshakes (self, 0);
  assert_ends_after (self, clock, HUB_REQUEST_DEADLINE_MS);
  g_assert_cmpuint (count_connections (self), ==, 0);
  /* Cut, not closed politely. */
  g_assert_false (hub_test_peer_is_closed (slow));
  g_assert_false (hub_test_peer_is_closed (silent));
}

/* A byte now and then does not help: the deadline is the whole request's. */
static void
test_slow_request (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubFakeClock) clock = start_by_hand (self);
  g_autoptr (HubTestPeer) slow = hub_test_peer_new (hub_server_get_port (self->server));

  wait_handshakes (self, 0);
  for (guint i = 0; i < 9; i++)
    {
      hub_test_peer_send_request (slow, i == 0 ? "GET / HTTP/1.1\r\nX:" : " x");
      g_assert_cmpuint (count_connections (self), ==, 1);
      advance (self, clock, HUB_REQUEST_DEADLINE_MS / 10);
    }
  assert_ends_after (self, clock, HUB_REQUEST_DEADLINE_MS / 10);
  g_assert_cmpuint (count_connections (self), ==, 0);
}

/* More than the sockets and the queue hold, and nobody reads it. */
static void
test_response (HubTestServer *self, gconstpointer user_data)
{
  g_autofree char *root = g_build_filename (self->directory, "web", NULL);
  g_autofree char *file = g_build_filename (root, "big.bin", NULL);
  g_autofree char *big = g_malloc0 (HUB_WEB_FILE_MAX_BYTES);
  g_autoptr (HubFakeClock) clock = NULL;
  g_autoptr (HubTestPeer) peer = NULL;

  if (!hub_test_can_open_beneath ())
    return;

  g_assert_cmpint (g_mkdir (root, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, big, HUB_WEB_FILE_MAX_BYTES, NULL));
  self->config.web_root = root;
  clock = start_by_hand (self);
  peer = hub_test_peer_new (hub_server_get_port (self->server));
  hub_test_peer_send_request (peer, "GET /big.bin HTTP/1.1\r\nHost: {host}\r\n\r\n");
  wait_handshakes (self, 0);
  assert_ends_after (self, clock, HUB_RESPONSE_DEADLINE_MS);
  g_assert_cmpuint (count_connections (self), ==, 0);
}

static void
test_keep_alive (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubFakeClock) clock = start_by_hand (self);
  g_autoptr (HubTestPeer) peer = hub_test_peer_new (hub_server_get_port (self->server));
  g_auto (HubTestResponse) response = { 0 };

  hub_test_peer_send_request (peer, "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &response));
  assert_ends_after (self, clock, HUB_KEEP_ALIVE_DEADLINE_MS);
  g_assert_true (hub_test_peer_is_closed (peer));
  hub_test_server_wait_connections (self, 0);
}

/* Who does not join goes; who did stays, whatever he says. */
static void
test_hello (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubFakeClock) clock = start_by_hand (self);
  g_autoptr (HubTestPeer) waiting = hub_test_peer_new (hub_server_get_port (self->server));
  g_autoptr (HubTestPeer) ana = hub_test_peer_new (hub_server_get_port (self->server));

  hub_test_peer_upgrade (waiting, NULL);
  hub_test_peer_upgrade (ana, NULL);
  hub_test_peer_send_text (ana, "Ana");
  hub_test_peer_expect (ana, "* Ana joined");
  assert_ends_after (self, clock, HUB_HELLO_DEADLINE_MS);
  g_assert_cmpuint (hub_test_peer_read_close (waiting), ==, 1008);
  g_assert_true (hub_test_peer_is_closed (waiting));
  hub_test_server_wait_sessions (self, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  hub_test_server_add ("/server/handshake", test_handshake);
  hub_test_server_add ("/server/request", test_request);
  hub_test_server_add ("/server/slow-request", test_slow_request);
  hub_test_server_add ("/server/response", test_response);
  hub_test_server_add ("/server/keep-alive", test_keep_alive);
  hub_test_server_add ("/server/hello", test_hello);
  return g_test_run ();
}
