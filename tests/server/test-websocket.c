/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a guest may do to its WebSocket, by a clock that the test moves: what is honest passes for
 * days, and what is not ends with a reason. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

#include <string.h>

#define TEXT 0x81
#define TEXT_BEGIN 0x01
#define MORE 0x00
#define CLOSE 0x88
#define PING 0x89
#define PONG 0x8a

typedef struct
{
  HubTestServer server;
  HubFakeClock *clock;
  HubTestPeer *ana;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  hub_test_server_set_up (&self->server, user_data);
  self->clock = hub_fake_clock_new ();
  self->server.config.clock = HUB_CLOCK (self->clock);
  hub_test_server_start (&self->server);
  self->ana = hub_test_peer_new (hub_server_get_port (self->server.server));
  hub_test_peer_upgrade (self->ana, NULL);
  hub_test_peer_send_text (self->ana, "Ana");
  hub_test_peer_expect (self->ana, "* Ana joined");
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  hub_test_peer_free (self->ana);
  hub_test_server_tear_down (&self->server, user_data);
  g_object_unref (self->clock);
}

static void
advance (Fixture *self, gint64 ms)
{
  hub_fake_clock_advance (self->clock, ms);
  hub_server_run (self->server.server);
}

/* The server's own pings come in between. */
static void
expect_frame (Fixture *self, guint8 expected)
{
  guint8 first;

  do
    g_bytes_unref (hub_test_peer_read_frame (self->ana, &first));
  while (first == PING);
  g_assert_cmphex (first, ==, expected);
}

static void
assert_close (Fixture *self, guint code)
{
  g_assert_cmpuint (hub_test_peer_read_close (self->ana), ==, code);
  hub_test_server_wait_sessions (&self->server, 0);
  g_assert_true (hub_test_peer_is_closed (self->ana));
}

/* Who only listens sends its own pings, and nothing else, for as long as it likes. */
static void
test_days_of_pings (Fixture *self, gconstpointer user_data)
{
  static const guint8 payload[125];

  for (guint i = 0; i < 3000; i++)
    {
      hub_test_peer_send_frame (self->ana, PING, payload, sizeof payload);
      expect_frame (self, PONG);
      advance (self, HUB_PING_INTERVAL_MS);
    }
  hub_test_server_wait_sessions (&self->server, 1);
}

/* As many frames of any kind as may come at once, and one more. */
static void
test_frame_rate (Fixture *self, gconstpointer user_data)
{
  guint8 first = (guint8) GPOINTER_TO_UINT (user_data);

  /* Of which its name was one. */
  for (guint i = 1; i < HUB_FRAME_BURST; i++)
    hub_test_peer_send_frame (self->ana, first, "", 0);
  advance (self, 1000);
  for (guint i = 0; i < HUB_FRAME_RATE; i++)
    hub_test_peer_send_frame (self->ana, first, "", 0);
  hub_test_server_wait_sessions (&self->server, 1);
  hub_test_peer_send_frame (self->ana, first, "", 0);
  assert_close (self, 1008);
}

static void
test_tiny_fragments (Fixture *self, gconstpointer user_data)
{
  hub_test_peer_send_frame (self->ana, TEXT_BEGIN, "x", 1);
  for (guint i = 1; i < HUB_FRAME_BURST; i++)
    hub_test_peer_send_frame (self->ana, MORE, "x", 1);
  assert_close (self, 1008);
}

/* Control frames in between do not hide what has gathered. */
static void
test_endless_fragments (Fixture *self, gconstpointer user_data)
{
  g_autofree char *part = g_strnfill (8192, 'x');

  hub_test_peer_send_frame (self->ana, TEXT_BEGIN, part, 8192);
  for (guint i = 1; i < HUB_FRAME_MAX_BYTES / 8192; i++)
    {
      hub_test_peer_send_frame (self->ana, PING, "", 0);
      expect_frame (self, PONG);
      hub_test_peer_send_frame (self->ana, MORE, part, 8192);
      advance (self, HUB_PING_INTERVAL_MS);
    }
  hub_test_peer_send_frame (self->ana, MORE, part, 1);
  assert_close (self, 1009);
}

/* Refused by its header: nobody waits for what it announces. */
static void
test_huge_frame (Fixture *self, gconstpointer user_data)
{
  static const guint8 header[] = { TEXT, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

  g_assert_true (hub_tls_client_send (hub_test_peer_get_client (self->ana), header, sizeof header));
  assert_close (self, 1009);
}

/* What the server says last arrives, whatever the client is still sending: it is not lost to a
 * reset. */
static void
test_1009_while_sending (Fixture *self, gconstpointer user_data)
{
  static const guint8 header[] = { TEXT, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 2, 3, 4 };
  g_autofree char *payload = g_malloc0 (HUB_LINGER_INPUT_BYTES / 2);
  HubTlsClient *client = hub_test_peer_get_client (self->ana);

  g_assert_true (hub_tls_client_send (client, header, sizeof header));
  g_assert_true (hub_tls_client_send (client, payload, HUB_LINGER_INPUT_BYTES / 2));
  assert_close (self, 1009);
}

static void
test_ended_while_sending (Fixture *self, gconstpointer user_data)
{
  g_autofree char *part = g_strnfill (HUB_FRAME_MAX_BYTES / 2, 'x');
  g_autofree char *said = NULL;

  hub_test_peer_send_frame (self->ana, TEXT_BEGIN, part, HUB_FRAME_MAX_BYTES / 2);
  hub_test_server_stop (&self->server);
  hub_tls_client_try_send (hub_test_peer_get_client (self->ana), part, 1000);
  said = hub_test_peer_read_text (self->ana);
  g_assert_cmpstr (said, ==, "! The chat has ended.");
  g_assert_cmpuint (hub_test_peer_read_close (self->ana), ==, 1001);
}

static void
test_4xx_while_sending (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = hub_test_peer_new (hub_server_get_port (self->server.server));
  g_autofree char *body = g_malloc0 (HUB_LINGER_INPUT_BYTES / 2);
  g_auto (HubTestResponse) response = { 0 };

  hub_test_peer_send_request (peer, "POST / HTTP/1.1\r\nHost: {host}\r\n"
                                    "Content-Length: 1000000\r\n\r\n");
  g_assert_true (
      hub_tls_client_send (hub_test_peer_get_client (peer), body, HUB_LINGER_INPUT_BYTES / 2));
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &response));
  g_assert_cmpuint (response.status, >=, 400);
  g_assert_cmpuint (response.status, <, 500);
  g_assert_true (hub_test_peer_is_closed (peer));
}

/* However few its frames are. */
static void
test_byte_rate (Fixture *self, gconstpointer user_data)
{
  g_autofree char *most = g_strnfill (HUB_FRAME_MAX_BYTES, ' ');
  guint sent = 0;

  while (sent < HUB_INPUT_BURST_BYTES - 2 * HUB_FRAME_MAX_BYTES)
    {
      hub_test_peer_send_frame (self->ana, TEXT, most, HUB_FRAME_MAX_BYTES);
      expect_frame (self, TEXT);
      sent += HUB_FRAME_MAX_BYTES;
    }
  hub_test_server_wait_sessions (&self->server, 1);
  hub_test_peer_send_frame (self->ana, TEXT, most, HUB_FRAME_MAX_BYTES);
  hub_test_peer_send_frame (self->ana, TEXT, most, HUB_FRAME_MAX_BYTES);
  assert_close (self, 1008);
}

/* However few bytes it sends, when each is a record of its own. */
static void
test_record_rate (Fixture *self, gconstpointer user_data)
{
  static const guint8 header[] = { TEXT, 0xfe, 0xff, 0xff, 1, 2, 3, 4 };
  HubTlsClient *client = hub_test_peer_get_client (self->ana);
  guint n = 0;

  g_assert_true (hub_tls_client_send (client, header, sizeof header));
  while (n < 2 * HUB_INPUT_BURST_BYTES / HUB_READ_LEAST_BYTES
         && hub_tls_client_try_send (client, "x", 1) == 1)
    {
      n++;
      hub_tls_client_pump ();
    }
  assert_close (self, 1008);
}

/* A paste that a client sends as fast as it can: most is refused as too fast, with the connection
 * kept, and can be sent again. */
static void
test_long_paste (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint taken = 0;

  for (guint i = 0; i < HUB_TEXT_MAX_CHARS; i++)
    g_string_append (text, "\xf0\x9f\x98\x80");
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *answer = NULL;

      hub_test_peer_send_text (self->ana, text->str);
      answer = hub_test_peer_read_text (self->ana);
      taken += g_str_has_prefix (answer, "Ana: ");
    }
  g_assert_cmpuint (taken, >=, HUB_MESSAGE_BURST);
  hub_test_server_wait_sessions (&self->server, 1);
}

/* A frame in one packet with the request: by RFC 6455 section 4.1 a client waits for the answer. */
static void
test_early (Fixture *self, gconstpointer user_data)
{
  static const guint8 ping[] = { PING, 0x80, 0, 0, 0, 0 };
  g_autoptr (HubTestPeer) peer = hub_test_peer_new (hub_server_get_port (self->server.server));
  g_autofree char *request = g_strdup_printf (
      "GET /chat HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
      hub_server_get_port (self->server.server));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_auto (HubTestResponse) response = { 0 };

  g_byte_array_append (bytes, (const guint8 *) request, strlen (request));
  g_byte_array_append (bytes, ping, sizeof ping);
  g_assert_true (hub_tls_client_send (hub_test_peer_get_client (peer), bytes->data, bytes->len));
  g_assert_true (hub_test_peer_read_response (peer, FALSE, &response));
  g_assert_cmpuint (response.status, ==, 101);
  g_assert_cmpuint (hub_test_peer_read_close (peer), ==, 1002);
  g_assert_true (hub_test_peer_is_closed (peer));
  hub_test_server_wait_sessions (&self->server, 1);
}

/* Half open: nothing comes, not even the answer to a ping. */
static void
test_silent (Fixture *self, gconstpointer user_data)
{
  advance (self, HUB_PING_INTERVAL_MS);
  advance (self, HUB_PING_TIMEOUT_MS - 1);
  hub_test_server_wait_sessions (&self->server, 1);
  advance (self, 1);
  hub_test_server_wait_connections (&self->server, 0);
}

static void
test_answers (Fixture *self, gconstpointer user_data)
{
  for (guint i = 0; i < 5; i++)
    {
      guint8 first;

      advance (self, HUB_PING_INTERVAL_MS);
      g_bytes_unref (hub_test_peer_read_frame (self->ana, &first));
      g_assert_cmphex (first, ==, PING);
      hub_test_peer_send_frame (self->ana, PONG, "", 0);
      /* What comes first is handled first, so the answer has come. */
      hub_test_peer_send_frame (self->ana, PING, "", 0);
      expect_frame (self, PONG);
      advance (self, HUB_PING_TIMEOUT_MS);
      hub_test_server_wait_sessions (&self->server, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, func)                                                                      \
  g_test_add ("/websocket/" path, Fixture, data, set_up, func, tear_down)
  ADD ("days-of-pings", NULL, test_days_of_pings);
  ADD ("rate/pings", GUINT_TO_POINTER (PING), test_frame_rate);
  ADD ("rate/pongs", GUINT_TO_POINTER (PONG), test_frame_rate);
  ADD ("rate/empty", GUINT_TO_POINTER (TEXT), test_frame_rate);
  ADD ("rate/bytes", NULL, test_byte_rate);
  ADD ("fragments/tiny", NULL, test_tiny_fragments);
  ADD ("fragments/endless", NULL, test_endless_fragments);
  ADD ("huge-frame", NULL, test_huge_frame);
  ADD ("while-sending/1009", NULL, test_1009_while_sending);
  ADD ("while-sending/ended", NULL, test_ended_while_sending);
  ADD ("while-sending/4xx", NULL, test_4xx_while_sending);
  ADD ("record-rate", NULL, test_record_rate);
  ADD ("long-paste", NULL, test_long_paste);
  ADD ("early", NULL, test_early);
  ADD ("silent", NULL, test_silent);
  ADD ("answers", NULL, test_answers);
#undef ADD

  return g_test_run ();
}
