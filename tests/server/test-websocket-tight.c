/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A WebSocket, its TLS and its handshake over a socket that takes three bytes at a time: what is
 * said arrives whole and in order, up to the end, which is a polite one. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"
#include "support/hub-tight-socket.h"

#include <string.h>

#define TEXT 0x81
#define CLOSE 0x88
#define PING 0x89
#define PONG 0x8a

/* A control frame's most, by RFC 6455. */
#define PING_MAX_BYTES 125

/* Of the pings and the texts each, one a turn. */
#define N_TURNS HUB_MESSAGE_BURST

/* Afterwards at once, and then the close: more than the socket takes meanwhile. */
#define N_LAST_PINGS 100

typedef struct
{
  HubTestServer server;
  HubFakeClock *clock; /* no deadline and no ping of the server's comes in between */
  HubTestPeer *ana;
  HubTestPeer *bob;
  gsize received; /* payload */
} Fixture;

static HubTestPeer *
join (Fixture *self, const char *name)
{
  HubTestPeer *peer = hub_test_peer_new (hub_server_get_port (self->server.server));
  g_autofree char *joined = g_strdup_printf ("* %s joined", name);

  hub_test_peer_upgrade (peer, NULL);
  hub_test_peer_send_text (peer, name);
  hub_test_peer_expect (peer, joined);

  return peer;
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  hub_test_server_set_up (&self->server, user_data);
  self->clock = hub_fake_clock_new ();
  self->server.config.clock = HUB_CLOCK (self->clock);
  hub_test_server_start (&self->server);
  hub_tight_sockets_begin (hub_server_get_port (self->server.server));
  self->ana = join (self, "Ana");
  self->bob = join (self, "Bob");
  hub_test_peer_expect (self->ana, "* Bob joined");
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_assert_cmpuint (hub_tight_sockets_end (), >=, self->received / HUB_TIGHT_BYTES);
  hub_test_peer_free (self->ana);
  hub_test_peer_free (self->bob);
  hub_test_server_tear_down (&self->server, user_data);
  g_object_unref (self->clock);
}

/* From none to as many bytes as a ping may have, no two alike. */
static GBytes *
make_ping (guint i)
{
  g_autofree char *payload = g_strdup_printf ("%03u:%0*u", i, PING_MAX_BYTES, i);

  return g_bytes_new (payload, i == 0 ? 0 : (i * 31) % (PING_MAX_BYTES - 3) + 4);
}

/* From a few characters to as many as a text may have. */
static char *
make_text (guint i)
{
  guint most = HUB_TEXT_MAX_CHARS - 4;

  return g_strdup_printf ("%03u:%0*u", i, (int) (most * (i + 1) / N_TURNS), i);
}

static void
ping (Fixture *self, guint i)
{
  g_autoptr (GBytes) bytes = make_ping (i);
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  hub_test_peer_send_frame (self->ana, PING, data, length);
}

static void
say (Fixture *self, guint i)
{
  g_autofree char *text = make_text (i);

  hub_test_peer_send_text (self->ana, text);
}

/* Reads so many of each kind. They are answered on ways of their own, so the order is each kind's. */
static void
hear (Fixture *self, HubTestPeer *peer, guint n_pongs, guint n_texts)
{
  guint pongs = 0, texts = 0;

  while (pongs < n_pongs || texts < n_texts)
    {
      g_autoptr (GBytes) expected = NULL;
      guint8 first;
      g_autoptr (GBytes) got = hub_test_peer_read_frame (peer, &first);

      if (first == PONG)
        {
          expected = make_ping (pongs++);
        }
      else
        {
          g_autofree char *text = make_text (texts++);
          char *line = g_strconcat ("Ana: ", text, NULL);

          g_assert_cmphex (first, ==, TEXT);
          expected = g_bytes_new_take (line, strlen (line));
        }
      g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got),
                       g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
      self->received += g_bytes_get_size (got);
    }
  g_assert_cmpuint (pongs, ==, n_pongs);
  g_assert_cmpuint (texts, ==, n_texts);
}

/* As many of each, until Bob has heard them; Ana has not read yet. */
static void
talk (Fixture *self)
{
  for (guint i = 0; i < N_TURNS; i++)
    {
      ping (self, i);
      say (self, i);
    }
  hear (self, self->bob, 0, N_TURNS);
}

/* The very next frame is the close, and after it only the end of TLS; then the peer ends too. */
static void
expect_end (HubTestPeer *peer, guint code)
{
  const guint8 expected[] = { (guint8) (code >> 8), (guint8) code };
  guint8 first;
  g_autoptr (GBytes) payload = hub_test_peer_read_frame (peer, &first);

  g_assert_cmphex (first, ==, CLOSE);
  g_assert_cmpmem (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload), expected,
                   sizeof expected);
  g_assert_true (hub_test_peer_is_closed (peer));
  hub_tls_client_hang_up (hub_test_peer_get_client (peer));
}

static void
test_client_closes (Fixture *self, gconstpointer user_data)
{
  static const guint8 code[] = { 1000 >> 8, 1000 & 0xff };

  talk (self);
  for (guint i = 0; i < N_LAST_PINGS; i++)
    ping (self, N_TURNS + i);
  hub_test_peer_send_frame (self->ana, CLOSE, code, sizeof code);
  hear (self, self->ana, N_TURNS + N_LAST_PINGS, N_TURNS);
  expect_end (self->ana, 1000);
  hub_test_server_wait_sessions (&self->server, 1);
  hub_test_server_wait_connections (&self->server, 1);
  hub_test_peer_expect (self->bob, "* Ana left");
}

static void
test_server_closes (Fixture *self, gconstpointer user_data)
{
  static const guint8 huge[] = { TEXT, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

  talk (self);
  for (guint i = 0; i < N_LAST_PINGS; i++)
    ping (self, N_TURNS + i);
  g_assert_true (hub_tls_client_send (hub_test_peer_get_client (self->ana), huge, sizeof huge));
  hear (self, self->ana, N_TURNS + N_LAST_PINGS, N_TURNS);
  expect_end (self->ana, 1009);
  hub_test_server_wait_sessions (&self->server, 1);
  hub_test_server_wait_connections (&self->server, 1);
}

static void
test_server_stops (Fixture *self, gconstpointer user_data)
{
  talk (self);
  hear (self, self->ana, N_TURNS, N_TURNS);
  hub_test_server_stop (&self->server);
  hub_test_peer_expect (self->ana, "! The chat has ended.");
  expect_end (self->ana, 1001);
  hub_test_peer_expect (self->bob, "! The chat has ended.");
  expect_end (self->bob, 1001);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/websocket-tight/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("client-closes", test_client_closes);
  ADD ("server-closes", test_server_closes);
  ADD ("server-stops", test_server_stops);
#undef ADD

  return g_test_run ();
}
