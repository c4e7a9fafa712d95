/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the stream of a chat by two POSTs ends, asked of the whole server. */
#include "server/hub-test-json.h"
#include "server/hub-test-lines.h"

#include "base/hub-limits.h"

#include <sys/socket.h>

#define JOIN_ANA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define JOIN_BOB "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void
set_up (HubTestServer *self, gconstpointer user_data)
{
  hub_test_server_set_up (self, user_data);
  hub_test_server_start (self);
}

/* A welcome that was lost on its way: the same join takes the same seat. */
static void
test_lost_welcome (HubTestServer *self, gconstpointer user_data)
{
  g_autofree char *hello = hub_test_lines_make_hello ("Ana", JOIN_ANA, "");
  g_autoptr (HubTestPeer) first = hub_test_peer_new (hub_server_get_port (self->server));
  g_autoptr (HubTestPeer) second = NULL;

  hub_test_lines_post (first, "/stream", "User-Agent: Mozilla/5.0 (iPhone)\r\n", hello);
  hub_test_server_wait_sessions (self, 1);
  g_assert_cmpstr (hub_guest_get_device (g_ptr_array_index (hub_room_get_present (self->room), 0)),
                   ==, "iPhone");
  hub_tls_client_hang_up (hub_test_peer_get_client (first));
  second = hub_test_lines_join (self, "Ana", JOIN_ANA, "", NULL);
  hub_test_server_wait_sessions (self, 1);
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 1);
}

typedef struct
{
  HubTlsClient *client;
  gboolean is_armed;
  guint turns; /* until it resets its connection */
} Resetter;

static gboolean
on_turn (gpointer user_data)
{
  const struct linger linger = { .l_onoff = 1 };
  Resetter *self = user_data;

  if (!self->is_armed || self->turns-- > 0)
    return G_SOURCE_CONTINUE;

  setsockopt (hub_tls_client_get_fd (self->client), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  hub_tls_client_hang_up (self->client);

  return G_SOURCE_REMOVE;
}

/* In any turn, so also between the loop's look at the sockets and the first line of the answer. */
static void
test_reset (HubTestServer *self, gconstpointer user_data)
{
  g_autofree char *hello = hub_test_lines_make_hello ("Ana", JOIN_ANA, "");

  for (guint turns = 0; turns < 16; turns++)
    {
      g_autoptr (HubTestPeer) peer = hub_test_peer_new (hub_server_get_port (self->server));
      Resetter resetter = { hub_test_peer_get_client (peer), FALSE, turns };
      g_autoptr (GSource) source = g_timeout_source_new (0);

      /* Before libsoup's, which it attaches with every request. */
      g_source_set_callback (source, on_turn, &resetter, NULL);
      g_source_attach (source, NULL);
      g_assert_cmpuint (hub_test_lines_say (peer, "", "{}"), ==, 401);
      resetter.is_armed = TRUE;
      hub_test_lines_post (peer, "/stream", "", hello);
      while (!g_source_is_destroyed (source))
        hub_tls_client_pump ();
      hub_test_server_wait_connections (self, 0);
      hub_test_server_wait_sessions (self, 0);
    }
  /* Away, as after any lost connection. */
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 1);
}

static void
test_removed (HubTestServer *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (self, "Ana", JOIN_ANA, "", &token);
  g_autoptr (HubTestPeer) sayer = hub_test_peer_new (hub_server_get_port (self->server));

  hub_room_remove (self->room, g_ptr_array_index (hub_room_get_present (self->room), 0));
  hub_test_lines_expect_member (ana, "ended", "why", "removed");
  hub_test_lines_expect_end (ana);
  g_assert_cmpuint (hub_test_lines_say (sayer, token, "{\"type\":\"ping\"}"), ==, 401);
}

/* Each hears why, also who reads it later only. */
static void
test_stop (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (self, "Ana", JOIN_ANA, "", NULL);
  g_autoptr (HubTestPeer) bob = hub_test_lines_join (self, "Bob", JOIN_BOB, "", NULL);

  hub_test_server_stop (self);
  hub_test_lines_expect_member (ana, "ended", "why", "stopped");
  hub_test_lines_expect_end (ana);
  hub_test_lines_expect_member (bob, "ended", "why", "stopped");
  hub_test_lines_expect_end (bob);
}

/* Says @bytes in all, by guests who come for that from many places. */
static void
fill_room (HubRoom *room, gsize bytes)
{
  g_autofree char *text = g_strnfill (HUB_TEXT_MAX_CHARS, 'x');

  for (guint n = 0; n * HUB_MESSAGE_BURST * HUB_TEXT_MAX_CHARS < bytes; n++)
    {
      g_autofree char *name = g_strdup_printf ("Guest %u", n);
      const HubHello hello = { .name = name, .key = name, .device = "" };
      g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
      HubGuest *guest;
      guint64 id;

      g_assert_true (hub_room_enter_plain (room, &hello, &guest, &refusal));
      for (guint i = 0; i < HUB_MESSAGE_BURST; i++)
        g_assert_cmpint (hub_room_say (room, guest, -1, text, &id, &refusal), ==, HUB_SAY_SAID);
      hub_room_detach (room, guest);
      hub_tls_client_pump ();
    }
}

/* Whoever reads nothing is cut at the bound, and alone. */
static void
test_never_reads (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (self, "Ana", JOIN_ANA, "", NULL);

  fill_room (self->room, 3 * HUB_OUTBOX_BYTES);
  hub_test_server_wait_sessions (self, 0);
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 1);
  g_assert_false (hub_test_peer_is_closed (ana));
}

/* Below the bound it stays, but holds up no stop. */
static void
test_stop_clogged (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (self, "Ana", JOIN_ANA, "", NULL);

  fill_room (self->room, HUB_OUTBOX_BYTES - HUB_OUTBOX_SLACK_BYTES);
  hub_test_server_wait_sessions (self, 1);
  hub_test_server_stop (self);
  g_assert_false (hub_test_peer_is_closed (ana));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/posts-ends/" path, HubTestServer, NULL, set_up, func, hub_test_server_tear_down)
  ADD ("lost-welcome", test_lost_welcome);
  ADD ("reset", test_reset);
  ADD ("removed", test_removed);
  ADD ("stop", test_stop);
  ADD ("never-reads", test_never_reads);
  ADD ("stop-clogged", test_stop_clogged);
#undef ADD

  return g_test_run ();
}
