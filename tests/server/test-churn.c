/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Guests who come and go in every way there is. Each call of a stream asserts that it is on the
 * stream's own thread (net/hub-tls-stream-private.h), and GIO's defaults would make others: none is
 * made, and nothing is left behind. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"

#include <sys/socket.h>

#define ROUNDS 12

static guint
count_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* How far somebody comes before he goes. */
typedef enum
{
  DEPARTURE_SHAKEN,
  DEPARTURE_ASKING,   /* within a request */
  DEPARTURE_SERVED,   /* between two */
  DEPARTURE_LOADING,  /* within a response */
  DEPARTURE_UPGRADED, /* nameless */
  DEPARTURE_JOINED,
  DEPARTURE_SAYING,  /* within a message */
  DEPARTURE_CLOSING, /* with a close frame */
  N_DEPARTURES
} Departure;

static HubTestPeer *
come (HubTestServer *self, Departure departure)
{
  HubTestPeer *peer = hub_test_peer_new (hub_server_get_port (self->server));

  switch (departure)
    {
    case DEPARTURE_ASKING:
      hub_test_peer_send_request (peer, "GET / HTTP/1.1\r\nHost:");
      break;

    case DEPARTURE_SERVED:
      {
        g_auto (HubTestResponse) response = { 0 };

        hub_test_peer_send_request (peer, "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n");
        g_assert_true (hub_test_peer_read_response (peer, TRUE, &response));
        break;
      }

    case DEPARTURE_LOADING:
      hub_test_peer_send_request (peer, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
      break;

    case DEPARTURE_UPGRADED:
    case DEPARTURE_JOINED:
    case DEPARTURE_SAYING:
    case DEPARTURE_CLOSING:
      hub_test_peer_upgrade (peer, departure % 2 == 0 ? NULL : "hubbub.v1");
      if (departure == DEPARTURE_JOINED)
        hub_test_peer_send_text (peer, "{\"type\":\"hello\",\"name\":\"Ana\"}");
      else if (departure == DEPARTURE_SAYING)
        hub_test_peer_send_frame (peer, 0x01, "Be", 2);
      else if (departure == DEPARTURE_CLOSING)
        hub_test_peer_send_frame (peer, 0x88, "\x03\xe8", 2);
      break;

    case DEPARTURE_SHAKEN:
    case N_DEPARTURES:
    default:
      break;
    }

  return peer;
}

/* By the end of the stream, and by a reset. */
static void
go (HubTestPeer *peer, gboolean is_rude)
{
  const struct linger linger = { .l_onoff = 1 };

  if (is_rude)
    setsockopt (hub_tls_client_get_fd (hub_test_peer_get_client (peer)), SOL_SOCKET, SO_LINGER,
                &linger, sizeof linger);
  hub_test_peer_free (peer);
}

static void
test_churn (HubTestServer *self, gconstpointer user_data)
{
  guint threads;

  self->config.max_per_address = 0;
  hub_test_server_start (self);
  threads = count_threads ();
  for (guint round = 0; round < ROUNDS; round++)
    {
      HubTestPeer *peers[N_DEPARTURES];

      for (guint i = 0; i < N_DEPARTURES; i++)
        peers[i] = come (self, (Departure) i);
      for (guint i = 0; i < round; i++)
        hub_tls_client_pump ();
      for (guint i = 0; i < N_DEPARTURES; i++)
        go (peers[i], (round + i) % 2 != 0);
      g_assert_cmpuint (count_threads (), ==, threads);
    }

  hub_test_server_wait_connections (self, 0);
  g_assert_cmpuint (count_threads (), ==, threads);
}

/* The server stops in the middle of it. */
static void
test_stop (HubTestServer *self, gconstpointer user_data)
{
  HubTestPeer *peers[N_DEPARTURES];
  guint threads;

  hub_test_server_start (self);
  threads = count_threads ();
  for (guint i = 0; i < N_DEPARTURES; i++)
    peers[i] = come (self, (Departure) i);
  hub_test_server_stop (self);
  g_assert_cmpuint (count_threads (), ==, threads);
  for (guint i = 0; i < N_DEPARTURES; i++)
    go (peers[i], FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  hub_test_server_add ("/churn/come-and-go", test_churn);
  hub_test_server_add ("/churn/stop", test_stop);
  return g_test_run ();
}
