/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* hubbub.v1 through the whole server: seats, replay, receipts, presence. */
#include "server/hub-test-json.h"

#include "base/hub-limits.h"

#include <string.h>

#define JOIN_ANA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define JOIN_BOB "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void
test_join (HubTestServer *self, gconstpointer user_data)
{
  const char *urls[] = { "https://192.0.2.7:8443/", NULL };
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) bob = NULL;
  g_autoptr (JsonObject) welcome = NULL;
  JsonObject *room;

  hub_test_server_start (self);
  hub_server_set_urls (self->server, urls, NULL);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  bob = hub_test_json_open (self);
  welcome = hub_test_json_hello (bob, "Bob", JOIN_BOB, "");
  room = json_object_get_object_member (welcome, "room");
  g_assert_cmpstr (json_object_get_string_member (room, "name"), ==, "Test room");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (room, "urls"), 0),
                   ==, urls[0]);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (welcome, "guests")), ==,
                    2);
  g_assert_cmpint (json_object_get_int_member (welcome, "count"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (welcome, "last_id"), ==, 0);
  g_assert_cmpuint (strlen (json_object_get_string_member (welcome, "token")), ==, 32);

  hub_test_json_say (ana, 1, "hello", 1);
  hub_test_json_expect_said (bob, 1, "hello");
  hub_test_json_say (bob, 1, "hi", 2);
  hub_test_json_expect_said (ana, 2, "hi");
}

static void
test_too_early (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (JsonObject) pong = NULL;
  g_autoptr (JsonObject) welcome = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_open (self);
  hub_test_peer_send_text (ana, "{\"type\":\"ping\"}");
  pong = hub_test_json_expect (ana, "pong");
  hub_test_peer_send_text (ana, "{\"type\":\"of-tomorrow\"}");
  hub_test_peer_send_text (ana, "{\"type\":\"say\",\"ref\":1,\"text\":\"x\"}");
  hub_test_json_expect_refused (ana, "say", "bad-object");
  hub_test_peer_send_text (ana, "{\"type\":\"who\",\"page\":0}");
  hub_test_json_expect_refused (ana, "who", "bad-object");
  hub_test_peer_send_text (ana, "[1]");
  hub_test_json_expect_refused (ana, "object", "bad-object");
  hub_test_peer_send_text (ana, "{\"type\":\"hello\",\"name\":\"Host\",\"join\":\"" JOIN_ANA "\"}");
  hub_test_json_expect_refused (ana, "hello", "name-reserved");
  welcome = hub_test_json_hello (ana, "Ana", JOIN_ANA, "");
  hub_test_peer_send_text (ana, "{\"type\":\"hello\",\"name\":\"Ana\",\"join\":\"" JOIN_ANA "\"}");
  hub_test_json_expect_refused (ana, "hello", "bad-object");
}

static void
test_refs (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (JsonObject) again = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  hub_test_json_say (ana, 5, "five", 1);
  hub_test_peer_send_text (ana, "{\"type\":\"say\",\"ref\":5,\"text\":\"five\"}");
  again = hub_test_json_expect (ana, "accepted");
  g_assert_cmpint (json_object_get_int_member (again, "id"), ==, 1);
  hub_test_peer_send_text (ana, "{\"type\":\"say\",\"ref\":4,\"text\":\"four\"}");
  hub_test_json_expect_refused (ana, "say", "ref-expired");
  hub_test_json_say (ana, 6, "six", 2);
}

/* What the codec refuses has used up its ref, as if the room had refused it. */
static void
test_refused_refs (HubTestServer *self, gconstpointer user_data)
{
  g_autofree char *too_long = g_strdup_printf ("{\"type\":\"say\",\"ref\":7,\"text\":\"%0*d\"}",
                                               HUB_TEXT_MAX_CHARS + 1, 0);
  g_autoptr (HubTestPeer) ana = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  hub_test_peer_send_text (ana, too_long);
  hub_test_json_expect_refused (ana, "say", "too-long");
  hub_test_peer_send_text (ana, "{\"type\":\"say\",\"ref\":7,\"text\":\"shorter\"}");
  hub_test_json_expect_refused (ana, "say", "ref-expired");
  hub_test_peer_send_text (ana, "{\"type\":\"say\",\"ref\":9,\"text\":\" \"}");
  hub_test_json_expect_refused (ana, "say", "bad-object");
  hub_test_peer_send_text (ana, "{\"type\":\"say\",\"ref\":8,\"text\":\"eight\"}");
  hub_test_json_expect_refused (ana, "say", "ref-expired");
  hub_test_json_say (ana, 10, "ten", 1);
}

static void
test_resume (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) bob = NULL;
  g_autoptr (HubTestPeer) back = NULL;
  g_autoptr (JsonObject) welcome = NULL;
  g_autofree char *token = NULL;
  g_autofree char *more = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, &token);
  bob = hub_test_json_join (self, "Bob", JOIN_BOB, NULL);
  hub_test_json_say (ana, 1, "one", 1);
  hub_test_json_expect_said (bob, 1, "one");
  hub_tls_client_hang_up (hub_test_peer_get_client (ana));
  hub_test_server_wait_sessions (self, 1);
  hub_test_json_say (bob, 1, "two", 2);
  hub_test_json_say (bob, 2, "three", 3);

  back = hub_test_json_open (self);
  more = g_strdup_printf (",\"token\":\"%s\",\"last_seen\":1,"
                          "\"room_id\":\"00112233445566778899aabbccddeeff\"",
                          token);
  welcome = hub_test_json_hello (back, "Ana", "cccccccccccccccccccccccccccccccc", more);
  g_assert_cmpint (
      json_object_get_int_member (json_object_get_object_member (welcome, "you"), "id"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (welcome, "replayed"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (welcome, "token"), !=, token);
  hub_test_json_expect_said (back, 2, "two");
  hub_test_json_expect_said (back, 3, "three");
  hub_test_json_say (back, 2, "four", 4);
  hub_test_json_expect_said (bob, 4, "four");
}

/* What was said in the very turn of the hello comes once: replayed or live. */
static void
test_resume_in_turn (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) bob = NULL;
  g_autofree char *token = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, &token);
  bob = hub_test_json_join (self, "Bob", JOIN_BOB, NULL);
  for (guint i = 1; i <= 8; i++)
    {
      g_autoptr (HubTestPeer) back = hub_test_json_open (self);
      g_autofree char *object = g_strdup_printf (
          "{\"type\":\"hello\",\"name\":\"Ana\",\"join\":\"" JOIN_ANA "\",\"last_seen\":%u}",
          i - 1);
      g_autofree char *said = g_strdup_printf ("{\"type\":\"say\",\"ref\":%u,\"text\":\"x\"}", i);
      g_autoptr (JsonObject) welcome = NULL;

      /* Both are in the server's sockets before its loop runs again. */
      if (i % 2 == 0)
        hub_test_peer_send_text (bob, said);
      hub_test_peer_send_text (back, object);
      if (i % 2 == 1)
        hub_test_peer_send_text (bob, said);
      welcome = hub_test_json_expect (back, "welcome");
      hub_test_json_expect_said (back, i, "x");
    }
}

static void
test_elsewhere (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) first = NULL;
  g_autoptr (HubTestPeer) second = NULL;

  hub_test_server_start (self);
  first = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  second = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  hub_test_json_expect_ended (first, "elsewhere");
  g_assert_cmpuint (hub_test_peer_read_close (first), ==, 4001);
  g_assert_true (hub_test_peer_is_closed (first));
  hub_test_json_say (second, 1, "here", 1);
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 1);
}

static void
test_gap (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) back = NULL;
  g_autoptr (JsonObject) gap = NULL;
  g_autoptr (JsonObject) welcome = NULL;
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 10);
  limits.backlog_messages = 2;
  g_clear_object (&self->room);
  self->room = hub_room_new (self->clock, "00112233445566778899aabbccddeeff", "Test room", &limits);
  self->config.room = self->room;
  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  for (guint i = 1; i <= 5; i++)
    hub_test_json_say (ana, i, "x", i);

  back = hub_test_json_open (self);
  welcome = hub_test_json_hello (back, "Ana", JOIN_ANA, "");
  g_assert_cmpint (json_object_get_int_member (welcome, "replayed"), ==, 2);
  gap = hub_test_json_expect (back, "gap");
  g_assert_cmpint (json_object_get_int_member (gap, "missed"), ==, 3);
  hub_test_json_expect_said (back, 4, "x");
  hub_test_json_expect_said (back, 5, "x");
}

static void
test_presence (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (HubTestPeer) bob = NULL;
  g_autoptr (HubTestPeer) plain = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  plain = hub_test_peer_new (hub_server_get_port (self->server));
  hub_test_peer_upgrade (plain, NULL);
  hub_test_peer_send_text (plain, "Cem");
  hub_test_peer_expect (plain, "* Cem joined");
  bob = hub_test_json_join (self, "Bob", JOIN_BOB, NULL);
  hub_test_peer_expect (plain, "* Bob joined");
  for (gint64 count = 0; count != 3;)
    {
      g_autoptr (JsonObject) object = hub_test_json_read (ana);

      g_assert_cmpstr (hub_test_json_get_type (object), ==, "presence");
      count = json_object_get_int_member (object, "count");
    }

  hub_test_peer_send_text (bob, "{\"type\":\"bye\"}");
  g_assert_cmpuint (hub_test_peer_read_close (bob), ==, 1000);
  g_assert_true (hub_test_peer_is_closed (bob));
  hub_test_peer_expect (plain, "* Bob left");
  for (;;)
    {
      g_autoptr (JsonObject) object = hub_test_json_read (ana);

      g_assert_cmpstr (hub_test_json_get_type (object), ==, "presence");
      if (json_object_has_member (object, "left"))
        break;
    }
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 2);
}

static void
test_who (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (JsonObject) guests = NULL;
  g_autoptr (JsonObject) beyond = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  hub_test_peer_send_text (ana, "{\"type\":\"who\",\"page\":0}");
  guests = hub_test_json_expect (ana, "guests");
  g_assert_cmpint (json_object_get_int_member (guests, "pages"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (guests, "guests")), ==, 1);
  hub_test_peer_send_text (ana, "{\"type\":\"who\",\"page\":9}");
  beyond = hub_test_json_expect (ana, "guests");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (beyond, "guests")), ==, 0);
}

static void
test_urls (HubTestServer *self, gconstpointer user_data)
{
  const char *urls[] = { "https://192.0.2.7:8443/", NULL };
  g_autoptr (HubTestPeer) ana = NULL;
  g_autoptr (JsonObject) room = NULL;
  g_autoptr (JsonObject) pong = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  hub_server_set_urls (self->server, urls, NULL);
  room = hub_test_json_expect (ana, "room");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (room, "urls"), 0),
                   ==, urls[0]);
  /* The same again is no news. */
  hub_server_set_urls (self->server, urls, "pi.local");
  hub_test_peer_send_text (ana, "{\"type\":\"ping\"}");
  pong = hub_test_json_expect (ana, "pong");
}

static void
test_stop (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = NULL;

  hub_test_server_start (self);
  ana = hub_test_json_join (self, "Ana", JOIN_ANA, NULL);
  hub_room_say (self->room, g_ptr_array_index (hub_room_get_present (self->room), 0), 1, "last",
                &(guint64){ 0 }, &(HubRefusal) HUB_REFUSAL_INIT);
  hub_test_server_stop (self);
  /* What was said before comes before. */
  hub_test_json_expect_said (ana, 1, "last");
  hub_test_json_expect_ended (ana, "stopped");
  g_assert_cmpuint (hub_test_peer_read_close (ana), ==, 1001);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  hub_test_server_add ("/json-talk/join", test_join);
  hub_test_server_add ("/json-talk/too-early", test_too_early);
  hub_test_server_add ("/json-talk/refs", test_refs);
  hub_test_server_add ("/json-talk/refused-refs", test_refused_refs);
  hub_test_server_add ("/json-talk/resume", test_resume);
  hub_test_server_add ("/json-talk/resume-in-turn", test_resume_in_turn);
  hub_test_server_add ("/json-talk/elsewhere", test_elsewhere);
  hub_test_server_add ("/json-talk/gap", test_gap);
  hub_test_server_add ("/json-talk/presence", test_presence);
  hub_test_server_add ("/json-talk/who", test_who);
  hub_test_server_add ("/json-talk/urls", test_urls);
  hub_test_server_add ("/json-talk/stop", test_stop);

  return g_test_run ();
}
