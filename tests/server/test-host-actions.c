/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the host decides, through the whole server: the lock, the code, removing. */
#include "server/hub-test-json.h"

#include "base/hub-limits.h"

#include <string.h>

#define JOIN_ANA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define JOIN_BOB "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define CODE "K7M2PX"

static HubTestPeer *
open_plain (HubTestServer *self)
{
  HubTestPeer *peer = hub_test_peer_new (hub_server_get_port (self->server));

  hub_test_peer_upgrade (peer, NULL);

  return peer;
}

static HubTestPeer *
join_plain (HubTestServer *self, const char *name)
{
  HubTestPeer *peer = open_plain (self);
  g_autofree char *joined = g_strdup_printf ("* %s joined", name);

  hub_test_peer_send_text (peer, name);
  hub_test_peer_expect (peer, joined);

  return peer;
}

static void
assert_room_info (HubTestServer *self, const char *expected)
{
  g_auto (HubTestResponse) response
      = hub_test_peer_ask (hub_server_get_port (self->server),
                           "GET /room HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

  g_assert_cmpuint (response.status, ==, 200);
  hub_test_response_assert_header (&response, "Cache-Control", "no-store");
  g_assert_cmpmem (response.body->data, response.body->len, expected, strlen (expected));
}

static void
expect_locked (HubTestPeer *peer, gboolean is_locked)
{
  g_autoptr (JsonObject) room = hub_test_json_expect (peer, "room");

  g_assert_cmpint (json_object_get_boolean_member (room, "locked"), ==, is_locked);
  g_assert_cmpstr (json_object_get_string_member (room, "name"), ==, "Test room");
}

static HubGuest *
find (HubTestServer *self, const char *name)
{
  GPtrArray *present = hub_room_get_present (self->room);

  for (guint i = 0; i < present->len; i++)
    {
      if (strcmp (hub_guest_get_name (present->pdata[i]), name) == 0)
        return present->pdata[i];
    }
  g_assert_not_reached ();
}

/* ---- the lock ---- */

static void
test_lock (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) back = NULL;
  g_autoptr (HubTestPeer) bob = NULL;
  g_autoptr (HubTestPeer) plain = NULL;
  g_autoptr (HubTestPeer) cem = NULL;
  g_autoptr (JsonObject) welcome = NULL;
  g_autofree char *line = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  plain = join_plain (self, "Eve");
  assert_room_info (self, "{\"name\":\"Test room\",\"locked\":false,\"code\":false}");
  hub_room_set_locked (self->room, TRUE);
  expect_locked (ana, TRUE);
  assert_room_info (self, "{\"name\":\"Test room\",\"locked\":true,\"code\":false}");

  bob = hub_test_json_open (self);
  hub_test_json_send_hello (bob, "Bob", JOIN_BOB, "");
  hub_test_json_expect_refused (bob, "hello", "locked");
  cem = open_plain (self);
  hub_test_peer_send_text (cem, "Cem");
  line = hub_test_peer_read_text (cem);
  g_assert_cmpstr (line, ==, "! The room is locked. Ask the host to let you in.");

  hub_tls_client_hang_up (hub_test_peer_get_client (ana));
  back = hub_test_json_open (self);
  welcome = hub_test_json_hello (back, "Ana", JOIN_ANA, "");
  g_assert_true (
      json_object_get_boolean_member (json_object_get_object_member (welcome, "room"), "locked"));

  /* Plain clients are told nothing of it: the contract has no line for it. */
  hub_room_set_locked (self->room, FALSE);
  expect_locked (back, FALSE);
  hub_test_peer_send_text (plain, "hi");
  hub_test_peer_expect (plain, "Eve: hi");
  hub_test_peer_send_text (cem, "Cem");
  hub_test_peer_expect (cem, "* Cem joined");
}

/* ---- the code ---- */

static void
test_code (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) bob = NULL;
  g_autoptr (HubTestPeer) back = NULL;
  g_autoptr (JsonObject) welcome = NULL;
  g_autoptr (JsonObject) resumed = NULL;
  g_autoptr (JsonObject) pong = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  hub_room_set_code (self->room, CODE);
  assert_room_info (self, "{\"name\":\"Test room\",\"locked\":false,\"code\":true}");

  bob = hub_test_json_open (self);
  hub_test_json_send_hello (bob, "Bob", JOIN_BOB, "");
  hub_test_json_expect_refused (bob, "hello", "code");
  hub_test_json_send_hello (bob, "Bob", JOIN_BOB, ",\"code\":\"AAAAAA\"");
  hub_test_json_expect_refused (bob, "hello", "code");
  welcome = hub_test_json_hello (bob, "Bob", JOIN_BOB, ",\"code\":\"k7m-2px\"");

  back = hub_test_json_open (self);
  resumed = hub_test_json_hello (back, "Ana", JOIN_ANA, "");
  g_assert_true (json_object_has_member (resumed, "replayed"));

  /* Those who are in are told nothing of a code. */
  hub_room_set_code (self->room, "ZZZZZZ");
  hub_test_peer_send_text (bob, "{\"type\":\"ping\"}");
  pong = hub_test_json_expect (bob, "pong");
}

static void
test_tries (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) eve = NULL;
  g_autoptr (HubTestPeer) other = NULL;
  g_autofree char *line = NULL;
  gint64 wait;

  hub_test_server_start (self);
  hub_room_set_code (self->room, CODE);
  eve = hub_test_json_open (self);
  for (guint i = 0; i < HUB_CODE_TRIES_PER_KEY; i++)
    {
      hub_test_json_send_hello (eve, "Eve", JOIN_ANA, ",\"code\":\"AAAAAA\"");
      g_assert_cmpint (hub_test_json_expect_refused (eve, "hello", "code"), ==, 0);
    }
  hub_test_json_send_hello (eve, "Eve", JOIN_ANA, ",\"code\":\"" CODE "\"");
  wait = hub_test_json_expect_refused (eve, "hello", "too-fast");
  g_assert_cmpint (wait, >, HUB_CODE_TRIES_MS - 20000);
  g_assert_cmpint (wait, <=, HUB_CODE_TRIES_MS);

  /* Another connection makes no difference. */
  other = open_plain (self);
  hub_test_peer_send_text (other, CODE);
  line = hub_test_peer_read_text (other);
  g_assert_true (
      g_str_has_prefix (line, "! Too fast: that did not count. Wait a moment. Try again"));
}

static void
test_plain_code (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) bob = NULL;

  hub_test_server_start (self);
  hub_room_set_code (self->room, CODE);
  ana = open_plain (self);
  hub_test_peer_send_text (ana, "Ana");
  hub_test_peer_expect (ana, "! This chat asks for a code. Send the right one, then your name.");
  hub_test_peer_send_text (ana, "");
  hub_test_peer_expect (ana, "! This chat asks for a code. Send the right one, then your name.");
  hub_test_peer_send_text (ana, "AAAAAA");
  hub_test_peer_expect (ana, "! This chat asks for a code. Send the right one, then your name.");
  hub_test_peer_send_text (ana, "k7m 2px");
  hub_test_peer_send_text (ana, "Host");
  hub_test_peer_expect (ana, "! That name is reserved. Send another one.");
  hub_test_peer_send_text (ana, "Ana");
  hub_test_peer_expect (ana, "* Ana joined");
  hub_test_peer_send_text (ana, CODE);
  hub_test_peer_expect (ana, "Ana: " CODE);

  /* Another code between code and name: that has to come now. */
  bob = open_plain (self);
  hub_test_peer_send_text (bob, CODE);
  hub_test_peer_send_text (bob, "Ana");
  hub_test_peer_expect (bob,
                        "! Somebody here has that name. Send another one. How about \"Ana 2\"?");
  hub_room_set_code (self->room, "ZZZZZZ");
  hub_test_peer_send_text (bob, "Bob");
  hub_test_peer_expect (bob, "! This chat asks for a code. Send the right one, then your name.");
  hub_test_peer_send_text (bob, "ZZZZZZ");
  hub_test_peer_send_text (bob, "Bob");
  hub_test_peer_expect (bob, "* Bob joined");
  hub_test_peer_expect (ana, "* Bob joined");
}

/* ---- removing ---- */

/* Reads up to the `presence` that names @name in its list @how. */
static void
wait_for_presence (HubTestPeer *peer, const char *how, const char *name)
{
  for (;;)
    {
      g_autoptr (JsonObject) object = hub_test_json_read (peer);
      JsonArray *list = json_object_has_member (object, how)
                            ? json_object_get_array_member (object, how)
                            : NULL;

      for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
        {
          JsonObject *guest = json_array_get_object_element (list, i);

          if (strcmp (json_object_get_string_member (guest, "name"), name) == 0)
            return;
        }
    }
}

static void
test_remove (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) bob = NULL;
  g_autoptr (HubTestPeer) plain = NULL;
  g_autoptr (HubTestPeer) again = NULL;
  g_autofree char *token = NULL;
  g_autofree char *more = NULL;

  hub_test_server_start (self);
  plain = join_plain (self, "Eve");
  bob = hub_test_json_join (self, "Bob", JOIN_BOB, NULL);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, &token);
  hub_test_peer_expect (plain, "* Bob joined");
  hub_test_peer_expect (plain, "* Ana joined");
  hub_test_json_say (ana, 1, "spam", 1);
  hub_test_peer_expect (plain, "Ana: spam");

  wait_for_presence (bob, "joined", "Ana");
  hub_room_remove (self->room, find (self, "Ana"));
  hub_test_json_expect_ended (ana, "removed");
  g_assert_cmpuint (hub_test_peer_read_close (ana), ==, 4002);
  g_assert_true (hub_test_peer_is_closed (ana));
  hub_test_server_wait_sessions (self, 2);
  hub_test_peer_expect (plain, "* Ana left");
  wait_for_presence (bob, "left", "Ana");

  again = hub_test_json_open (self);
  more = g_strdup_printf (",\"token\":\"%s\"", token);
  hub_test_json_send_hello (again, "Ana", "cccccccccccccccccccccccccccccccc", more);
  hub_test_json_expect_refused (again, "hello", "removed");
  hub_test_json_send_hello (again, "Eva", JOIN_ANA, "");
  hub_test_json_expect_refused (again, "hello", "removed");
}

static void
test_remove_plain (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) eve = NULL;
  g_autoptr (HubTestPeer) ana = NULL;

  hub_test_server_start (self);
  ana = join_plain (self, "Ana");
  eve = join_plain (self, "Eve");
  hub_test_peer_expect (ana, "* Eve joined");
  hub_room_remove (self->room, find (self, "Eve"));
  hub_test_peer_expect (eve, "! The host has removed you from this chat.");
  g_assert_cmpuint (hub_test_peer_read_close (eve), ==, 4002);
  hub_test_peer_expect (ana, "* Eve left");
}

/* Who does not read goes all the same. */
static void
test_remove_silent (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) eve = NULL;

  hub_test_server_start (self);
  eve = hub_test_json_join (self, "Eve", JOIN_ANA, NULL);
  hub_room_remove (self->room, find (self, "Eve"));
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 0);
  hub_test_server_wait_sessions (self, 0);
  hub_test_server_wait_connections (self, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  hub_test_server_add ("/host-actions/lock", test_lock);
  hub_test_server_add ("/host-actions/code", test_code);
  hub_test_server_add ("/host-actions/tries", test_tries);
  hub_test_server_add ("/host-actions/plain-code", test_plain_code);
  hub_test_server_add ("/host-actions/remove", test_remove);
  hub_test_server_add ("/host-actions/remove-plain", test_remove_plain);
  hub_test_server_add ("/host-actions/remove-silent", test_remove_silent);

  return g_test_run ();
}
