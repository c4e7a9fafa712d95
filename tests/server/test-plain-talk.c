/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The plain contract through the whole server: TLS, HTTP, WebSocket. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"

#include <string.h>

static HubTestPeer *
open_chat (HubTestServer *self)
{
  HubTestPeer *peer = hub_test_peer_new (hub_server_get_port (self->server));

  hub_test_peer_upgrade (peer, NULL);
  return peer;
}

static HubTestPeer *
join (HubTestServer *self, const char *name)
{
  HubTestPeer *peer = open_chat (self);
  g_autofree char *joined = g_strdup_printf ("* %s joined", name);

  hub_test_peer_send_text (peer, name);
  hub_test_peer_expect (peer, joined);
  return peer;
}

static void
test_two_chat (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) bob = NULL;

  hub_test_server_start (self);
  ana = join (self, "Ana");
  bob = join (self, "Bob");
  hub_test_peer_expect (ana, "* Bob joined");

  hub_test_peer_send_text (ana, "hello\nBob: forged");
  hub_test_peer_expect (ana, "Ana: hello\n\tBob: forged");
  hub_test_peer_expect (bob, "Ana: hello\n\tBob: forged");
  hub_test_peer_send_text (bob, "hi");
  hub_test_peer_expect (ana, "Bob: hi");
  hub_test_peer_expect (bob, "Bob: hi");

  hub_tls_client_hang_up (hub_test_peer_get_client (bob));
  hub_test_peer_expect (ana, "* Bob left");
  hub_test_server_wait_sessions (self, 1);
}

static void
test_refused_name (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) other = NULL;
  g_autofree char *line = NULL;

  hub_test_server_start (self);
  ana = join (self, "Ana");
  other = open_chat (self);
  hub_test_peer_send_text (other, "ANA");
  line = hub_test_peer_read_text (other);
  g_assert_true (g_str_has_prefix (line, "! "));
  g_assert_nonnull (strstr (line, "ANA 2"));
  hub_test_peer_send_text (other, "Cem");
  hub_test_peer_expect (other, "* Cem joined");
  hub_test_peer_expect (ana, "* Cem joined");
}

static void
test_too_fast (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;

  hub_test_server_start (self);
  ana = join (self, "Ana");
  for (guint i = 0; i < HUB_MESSAGE_BURST; i++)
    {
      hub_test_peer_send_text (ana, "x");
      hub_test_peer_expect (ana, "Ana: x");
    }
  /* The bucket refills by five a second, so that one of these does not fit. */
  for (guint i = 0;; i++)
    {
      g_autofree char *line = NULL;

      g_assert_cmpuint (i, <, 100);
      hub_test_peer_send_text (ana, "x");
      line = hub_test_peer_read_text (ana);
      if (g_str_has_prefix (line, "! "))
        {
          g_assert_true (g_str_has_suffix (line, " Try again in 1 s."));
          break;
        }
    }
}

static void
check_close (HubTestServer *self, guint8 first, const void *payload, gsize length, guint code)
{
  g_autoptr (HubTestPeer) peer = NULL;

  hub_test_server_start (self);
  peer = join (self, "Ana");
  hub_test_peer_send_frame (peer, first, payload, length);
  g_assert_cmpuint (hub_test_peer_read_close (peer), ==, code);
  hub_test_server_wait_sessions (self, 0);
  g_assert_true (hub_test_peer_is_closed (peer));
}

static void
test_binary (HubTestServer *self, gconstpointer user_data)
{
  check_close (self, 0x82, "abc", 3, 1003);
}

static void
test_bad_utf8 (HubTestServer *self, gconstpointer user_data)
{
  check_close (self, 0x81, "\xc3\x28", 2, 1007);
}

static void
test_oversized (HubTestServer *self, gconstpointer user_data)
{
  g_autofree char *big = g_strnfill (HUB_FRAME_MAX_BYTES + 1, 'x');

  check_close (self, 0x81, big, HUB_FRAME_MAX_BYTES + 1, 1009);
}

static void
test_largest (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autofree char *big = g_strnfill (HUB_FRAME_MAX_BYTES, 'x');
  g_autofree char *line = NULL;

  hub_test_server_start (self);
  ana = join (self, "Ana");
  hub_test_peer_send_text (ana, big);
  line = hub_test_peer_read_text (ana);
  g_assert_true (g_str_has_prefix (line, "! "));
}

static void
test_oversized_fragments (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = NULL;
  g_autofree char *part = g_strnfill (HUB_FRAME_MAX_BYTES / 2, 'x');

  hub_test_server_start (self);
  peer = join (self, "Ana");
  hub_test_peer_send_frame (peer, 0x01, part, HUB_FRAME_MAX_BYTES / 2);
  hub_test_peer_send_frame (peer, 0x00, part, HUB_FRAME_MAX_BYTES / 2);
  hub_test_peer_send_frame (peer, 0x80, part, 1);
  g_assert_cmpuint (hub_test_peer_read_close (peer), ==, 1009);
}

static void
test_endless_fragments (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = NULL;
  g_autofree char *part = g_strnfill (1024, 'x');

  hub_test_server_start (self);
  peer = join (self, "Ana");
  hub_test_peer_send_frame (peer, 0x01, part, 1024);
  for (guint i = 0; i < 2 * HUB_FRAME_MAX_BYTES / 1024; i++)
    hub_test_peer_send_frame (peer, 0x00, part, 1024);
  hub_test_server_wait_connections (self, 0);
}

static void
test_frame_rate (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = NULL;

  hub_test_server_start (self);
  peer = join (self, "Ana");
  for (guint i = 0; i < 2 * HUB_FRAME_BURST; i++)
    hub_test_peer_send_frame (peer, 0x8a, "", 0);
  g_assert_cmpuint (hub_test_peer_read_close (peer), ==, 1008);
}

static void
test_ping (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) peer = NULL;
  g_autoptr (GBytes) payload = NULL;
  guint8 first;

  hub_test_server_start (self);
  peer = join (self, "Ana");
  hub_test_peer_send_frame (peer, 0x89, "abc", 3);
  payload = hub_test_peer_read_frame (peer, &first);
  g_assert_cmphex (first, ==, 0x8a);
  g_assert_cmpmem (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload), "abc", 3);
}

static void
test_close_handshake (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) bob = NULL;

  hub_test_server_start (self);
  ana = join (self, "Ana");
  bob = join (self, "Bob");
  hub_test_peer_expect (ana, "* Bob joined");
  hub_test_peer_send_frame (bob, 0x88, "\x03\xe8", 2);
  g_assert_cmpuint (hub_test_peer_read_close (bob), ==, 1000);
  g_assert_true (hub_test_peer_is_closed (bob));
  hub_test_peer_expect (ana, "* Bob left");
}

static void
test_stop (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (GPtrArray) peers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_test_peer_free);
  HubTestPeer *talker;
  g_autofree char *line = NULL;

  hub_test_server_start (self);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("Guest %u", i);

      g_ptr_array_add (peers, join (self, name));
    }
  talker = hub_test_peer_new (hub_server_get_port (self->server));
  g_ptr_array_add (peers, talker);
  hub_test_peer_upgrade (talker, NULL);

  /* Nobody of them answers the close. */
  hub_test_server_stop (self);
  line = hub_test_peer_read_text (talker);
  g_assert_cmpstr (line, ==, "! The chat has ended.");
  g_assert_cmpuint (hub_test_peer_read_close (talker), ==, 1001);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  hub_test_server_add ("/plain-talk/two-chat", test_two_chat);
  hub_test_server_add ("/plain-talk/refused-name", test_refused_name);
  hub_test_server_add ("/plain-talk/too-fast", test_too_fast);
  hub_test_server_add ("/plain-talk/binary", test_binary);
  hub_test_server_add ("/plain-talk/bad-utf8", test_bad_utf8);
  hub_test_server_add ("/plain-talk/oversized", test_oversized);
  hub_test_server_add ("/plain-talk/largest", test_largest);
  hub_test_server_add ("/plain-talk/oversized-fragments", test_oversized_fragments);
  hub_test_server_add ("/plain-talk/endless-fragments", test_endless_fragments);
  hub_test_server_add ("/plain-talk/frame-rate", test_frame_rate);
  hub_test_server_add ("/plain-talk/ping", test_ping);
  hub_test_server_add ("/plain-talk/close-handshake", test_close_handshake);
  hub_test_server_add ("/plain-talk/stop", test_stop);

  return g_test_run ();
}
