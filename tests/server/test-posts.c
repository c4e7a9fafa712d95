/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chat by two POSTs, asked of the whole server. */
#include "server/hub-test-json.h"
#include "server/hub-test-lines.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

#include <string.h>

#define JOIN_ANA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define JOIN_BOB "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

typedef struct
{
  HubTestServer server;
  HubFakeClock *clock;
  HubTestPeer *sayer; /* one kept connection */
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  HubRoomLimits limits;

  hub_test_server_set_up (&self->server, user_data);
  self->clock = hub_fake_clock_new ();
  self->server.config.clock = HUB_CLOCK (self->clock);
  /* By the same clock: how much may be said must not depend on how busy the machine is. */
  g_object_unref (self->server.room);
  hub_room_limits_init (&limits, HUB_MAX_GUESTS);
  self->server.room = hub_room_new (HUB_CLOCK (self->clock), "00112233445566778899aabbccddeeff",
                                    "Test room", &limits);
  self->server.config.room = self->server.room;
  hub_test_server_start (&self->server);
  self->sayer = hub_test_peer_new (hub_server_get_port (self->server.server));
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  hub_test_peer_free (self->sayer);
  hub_test_server_tear_down (&self->server, user_data);
  g_object_unref (self->clock);
}

/* Both ways of the same room see the same. */
static void
test_both_ways (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) bob = hub_test_json_join (&self->server, "Bob", JOIN_BOB, NULL);
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, "", &token);
  g_autoptr (JsonObject) guests = NULL;

  hub_test_json_say (bob, 1, "hello", 1);
  hub_test_lines_expect_member (ana, "said", "text", "hello");
  g_assert_cmpuint (
      hub_test_lines_say (self->sayer, token, "{\"type\":\"say\",\"ref\":1,\"text\":\"hi\"}"), ==,
      202);
  hub_test_json_expect_said (bob, 2, "hi");
  g_assert_cmpuint (hub_test_lines_say (self->sayer, token, "{\"type\":\"ping\"}"), ==, 202);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, token, "{\"type\":\"who\",\"page\":0}"), ==,
                    202);

  hub_test_lines_expect_member (ana, "said", "text", "hi");
  json_object_unref (hub_test_lines_expect (ana, "accepted"));
  json_object_unref (hub_test_lines_expect (ana, "pong"));
  guests = hub_test_lines_expect (ana, "guests");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (guests, "guests")), ==, 2);
}

typedef struct
{
  const char *name;
  const char *body;
  const char *what;
  const char *code;
} Refusal;

/* What is posted to /stream and does not join: the reason, and then the end. */
static const Refusal refusals[] = {
  { "reserved", "{\"type\":\"hello\",\"name\":\"Host\",\"join\":\"" JOIN_ANA "\"}", "hello",
    "name-reserved" },
  { "bad-name", "{\"type\":\"hello\",\"name\":\"\",\"join\":\"" JOIN_ANA "\"}", "hello",
    "name-bad" },
  { "no-join", "{\"type\":\"hello\",\"name\":\"Ana\"}", "hello", "bad-object" },
  { "ping", "{\"type\":\"ping\"}", "ping", "bad-object" },
  { "bye", "{\"type\":\"bye\"}", "bye", "bad-object" },
  { "say", "{\"type\":\"say\",\"ref\":1,\"text\":\"x\"}", "say", "bad-object" },
  { "unknown", "{\"type\":\"dance\"}", "object", "bad-object" },
  { "list", "[]", "object", "bad-object" },
  { "no-json", "hello", "object", "bad-object" },
  { "no-utf8", "\xff", "object", "bad-object" },
  { "nothing", "", "object", "bad-object" },
};

static void
test_refused (Fixture *self, gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (HubTestPeer) peer = NULL;
      g_autoptr (JsonObject) refused = NULL;

      g_test_message ("%s", refusals[i].name);
      peer = hub_test_lines_open (&self->server, refusals[i].body);
      refused = hub_test_lines_expect (peer, "refused");
      g_assert_cmpstr (json_object_get_string_member (refused, "what"), ==, refusals[i].what);
      g_assert_cmpstr (json_object_get_string_member (refused, "code"), ==, refusals[i].code);
      hub_test_lines_expect_end (peer);
    }
  hub_test_server_wait_sessions (&self->server, 0);
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 0);
}

/* A client says who it is by the token of its latest welcome, and only while its stream is there. */
static void
test_tokens (Fixture *self, gconstpointer user_data)
{
  static const char ping[] = "{\"type\":\"ping\"}";
  g_autofree char *token = NULL, *newer = NULL, *websocket = NULL, *more = NULL, *shouted = NULL;
  g_autoptr (HubTestPeer) bob = hub_test_json_join (&self->server, "Bob", JOIN_BOB, &websocket);
  g_autoptr (HubTestPeer) first = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, "", &token);
  g_autoptr (HubTestPeer) second = NULL;

  g_assert_cmpuint (hub_test_lines_say (self->sayer, token, ping), ==, 202);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, websocket, ping), ==, 401);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, JOIN_ANA, ping), ==, 401);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, "", ping), ==, 401);
  shouted = g_ascii_strup (token, -1);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, shouted, ping), ==, 401);

  more = g_strdup_printf (",\"token\":\"%s\"", token);
  second = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, more, &newer);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, token, ping), ==, 401);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, newer, ping), ==, 202);
  hub_test_lines_expect_member (first, "pong", "type", "pong");
  hub_test_lines_expect_member (first, "ended", "why", "elsewhere");
  hub_test_lines_expect_end (first);

  g_assert_cmpuint (hub_test_lines_say (self->sayer, newer, "{\"type\":\"bye\"}"), ==, 202);
  hub_test_lines_expect_member (second, "pong", "type", "pong");
  hub_test_lines_expect_end (second);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, newer, ping), ==, 401);
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 1);

  /* To whoever has a WebSocket nothing happened. */
  hub_test_peer_send_text (bob, ping);
  json_object_unref (hub_test_json_expect (bob, "pong"));
}

/* A guess too many costs its connection. The right token is heard all the same. */
static void
test_wrong_tokens (Fixture *self, gconstpointer user_data)
{
  static const char ping[] = "{\"type\":\"ping\"}";
  guint16 port = hub_server_get_port (self->server.server);
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, "", &token);
  g_autoptr (HubTestPeer) guesser = hub_test_peer_new (port);
  g_auto (HubTestResponse) response = { 0 };

  for (guint i = 0; i < HUB_WRONG_TOKEN_BURST; i++)
    g_assert_cmpuint (hub_test_lines_say (guesser, i % 2 == 0 ? JOIN_BOB : "no token", ping), ==,
                      401);
  hub_test_lines_post (guesser, "/say", "Authorization: Bearer " JOIN_BOB "\r\n", ping);
  g_assert_true (hub_test_peer_read_response (guesser, TRUE, &response));
  g_assert_cmpuint (response.status, ==, 429);
  hub_test_response_assert_header (&response, "Retry-After", "1");
  hub_test_response_assert_header (&response, "Connection", "close");
  hub_test_response_assert_header (&response, "Cache-Control", "no-store");
  hub_test_response_assert_header (&response, "WWW-Authenticate", NULL);
  hub_test_response_assert_protected (&response);
  g_assert_true (hub_test_peer_is_closed (guesser));

  g_assert_cmpuint (hub_test_lines_say (self->sayer, token, ping), ==, 202);
  json_object_unref (hub_test_lines_expect (ana, "pong"));
  hub_fake_clock_advance (self->clock, 1000 / HUB_WRONG_TOKEN_RATE);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, JOIN_BOB, ping), ==, 401);
}

/* Without a header, with two, or with another kind. */
static void
test_authorization (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, "", &token);
  static const struct
  {
    const char *header;
    guint status;
  } headers[] = {
    { "", 401 },
    { "Authorization: %s\r\n", 401 },
    { "Authorization: Basic %s\r\n", 401 },
    { "Authorization: Bearer  %s\r\n", 401 },
    { "Authorization: Bearer %s, x\r\n", 401 },
    { "Authorization: Bearer x\r\nAuthorization: Bearer %s\r\n", 401 },
    { "Authorization: bearer %s\r\n", 202 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GString) header = g_string_new (headers[i].header);
      g_auto (HubTestResponse) response = { 0 };

      g_test_message ("%s", headers[i].header);
      g_string_replace (header, "%s", token, 0);
      hub_test_lines_post (self->sayer, "/say", header->str, "{\"type\":\"ping\"}");
      g_assert_true (hub_test_peer_read_response (self->sayer, TRUE, &response));
      g_assert_cmpuint (response.status, ==, headers[i].status);
    }
  json_object_unref (hub_test_lines_expect (ana, "pong"));
}

/* What a client may not say is answered on the stream, and the stream stays. */
static void
test_say_refused (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, "", &token);

  g_assert_cmpuint (hub_test_lines_say (self->sayer, token, "no JSON"), ==, 202);
  hub_test_lines_expect_member (ana, "refused", "code", "bad-object");
  g_assert_cmpuint (hub_test_lines_say (self->sayer, token, ""), ==, 202);
  hub_test_lines_expect_member (ana, "refused", "code", "bad-object");
  g_assert_cmpuint (hub_test_lines_say (self->sayer, token,
                                        "{\"type\":\"hello\",\"name\":\"Ben\",\"join\":\"" JOIN_BOB
                                        "\"}"),
                    ==, 202);
  hub_test_lines_expect_member (ana, "refused", "what", "hello");
  for (guint i = 1; i <= HUB_MESSAGE_BURST; i++)
    {
      g_autofree char *object = g_strdup_printf ("{\"type\":\"say\",\"ref\":%u,\"text\":\"x\"}", i);

      g_assert_cmpuint (hub_test_lines_say (self->sayer, token, object), ==, 202);
      /* `said` and `accepted`, in any order. */
      json_object_unref (hub_test_lines_read (ana));
      json_object_unref (hub_test_lines_read (ana));
    }
  g_assert_cmpuint (
      hub_test_lines_say (self->sayer, token, "{\"type\":\"say\",\"ref\":99,\"text\":\"x\"}"), ==,
      202);
  hub_test_lines_expect_member (ana, "refused", "code", "too-fast");
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 1);
}

/* Above what a WebSocket may do, the stream ends. */
static void
test_flood (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, "", &token);
  guint status = 202;

  /* Of which its hello was one. */
  for (guint i = 1; i < HUB_FRAME_BURST; i++)
    g_assert_cmpuint (hub_test_lines_say (self->sayer, token, "{}"), ==, 202);
  status = hub_test_lines_say (self->sayer, token, "{}");
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, token, "{}"), ==, 401);
  for (guint i = 1; i < HUB_FRAME_BURST; i++)
    hub_test_lines_expect_member (ana, "refused", "code", "bad-object");
  hub_test_lines_expect_end (ana);
  hub_test_server_wait_sessions (&self->server, 0);
  /* Away, as after any lost connection. */
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 1);
}

/* Says @n things that mean nothing, all of which are answered. */
static void
babble (Fixture *self, HubTestPeer *ana, const char *token, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (hub_test_lines_say (self->sayer, token, "{}"), ==, 202);
  for (guint i = 0; i < n; i++)
    hub_test_lines_expect_member (ana, "refused", "code", "bad-object");
}

/* What a guest may send it may send once, by whatever connections. */
static void
test_flood_by_turns (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL, *again = NULL, *more = NULL, *last = NULL;
  g_autoptr (HubTestPeer) first = hub_test_json_join (&self->server, "Ana", JOIN_ANA, &token);
  g_autoptr (HubTestPeer) lines = NULL;
  g_autoptr (HubTestPeer) second = NULL;

  /* Of all that is counted each hello is one. */
  for (guint i = 0; i < HUB_FRAME_BURST / 2; i++)
    hub_test_peer_send_text (first, "{}");
  for (guint i = 0; i < HUB_FRAME_BURST / 2; i++)
    json_object_unref (hub_test_json_expect (first, "refused"));
  more = g_strdup_printf (",\"token\":\"%s\"", token);
  lines = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, more, &again);
  babble (self, lines, again, HUB_FRAME_BURST / 2 - 2);
  g_assert_cmpuint (hub_test_lines_say (self->sayer, again, "{}"), ==, 429);
  hub_test_lines_expect_end (lines);

  second = hub_test_json_open (&self->server);
  last = g_strdup_printf (",\"token\":\"%s\"", again);
  json_object_unref (hub_test_json_hello (second, "Ana", JOIN_ANA, last));
  hub_test_peer_send_text (second, "{}");
  g_assert_cmpuint (hub_test_peer_read_close (second), ==, 1008);
}

/* The same seat by a WebSocket, a stream and a WebSocket: one guest, who misses nothing. */
static void
test_there_and_back (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL, *by_lines = NULL, *more = NULL, *back = NULL;
  g_autoptr (HubTestPeer) bob = hub_test_json_join (&self->server, "Bob", JOIN_BOB, NULL);
  g_autoptr (HubTestPeer) first = hub_test_json_join (&self->server, "Ana", JOIN_ANA, &token);
  g_autoptr (HubTestPeer) lines = NULL;
  g_autoptr (HubTestPeer) last = NULL;
  g_autoptr (JsonObject) welcome = NULL;

  hub_test_json_say (bob, 1, "one", 1);
  hub_test_json_expect_said (first, 1, "one");
  more = g_strdup_printf (",\"token\":\"%s\",\"last_seen\":0", token);
  lines = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, more, &by_lines);
  hub_test_json_expect_ended (first, "elsewhere");
  g_assert_cmpuint (hub_test_peer_read_close (first), ==, 4001);
  hub_test_lines_expect_member (lines, "said", "text", "one");

  hub_test_json_say (bob, 2, "two", 2);
  hub_test_lines_expect_member (lines, "said", "text", "two");
  last = hub_test_json_open (&self->server);
  back = g_strdup_printf (",\"token\":\"%s\",\"last_seen\":1", by_lines);
  welcome = hub_test_json_hello (last, "Ana", JOIN_ANA, back);
  g_assert_cmpint (json_object_get_int_member (welcome, "replayed"), ==, 1);
  hub_test_json_expect_said (last, 2, "two");
  hub_test_lines_expect_member (lines, "ended", "why", "elsewhere");
  hub_test_lines_expect_end (lines);
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 2);
}

/* Another request behind that for the stream is none: the connection is no longer HTTP's. */
static void
test_pipelined (Fixture *self, gconstpointer user_data)
{
  g_autofree char *ana = hub_test_lines_make_hello ("Ana", JOIN_ANA, "");
  g_autofree char *bob = hub_test_lines_make_hello ("Bob", JOIN_BOB, "");
  g_autoptr (HubTestPeer) peer = hub_test_peer_new (hub_server_get_port (self->server.server));
  g_autoptr (JsonObject) welcome = NULL;
  const char *token;

  hub_test_lines_post (peer, "/stream", "", ana);
  hub_test_lines_post (peer, "/stream", "", bob);
  hub_test_lines_expect_head (peer);
  welcome = hub_test_lines_expect (peer, "welcome");
  token = json_object_get_string_member (welcome, "token");
  g_assert_cmpuint (hub_test_lines_say (self->sayer, token, "{\"type\":\"ping\"}"), ==, 202);
  json_object_unref (hub_test_lines_expect (peer, "pong"));
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 1);
}

static void
test_blank_lines (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, "", NULL);
  g_autofree char *line = NULL;

  hub_fake_clock_advance (self->clock, HUB_BLANK_LINE_INTERVAL_MS);
  hub_server_run (self->server.server);
  /* Its own presence comes in between. */
  do
    {
      g_free (line);
      line = hub_test_lines_read_line (ana);
      g_assert_nonnull (line);
    }
  while (*line != '\0');
  hub_test_server_wait_sessions (&self->server, 1);
}

/* None of the deadlines of a request or a response is the stream's. */
static void
test_stays (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = hub_test_lines_join (&self->server, "Ana", JOIN_ANA, "", &token);
  g_autoptr (HubTestPeer) sayer = NULL;

  hub_fake_clock_advance (self->clock, HUB_RESPONSE_DEADLINE_MS);
  hub_server_run (self->server.server);
  sayer = hub_test_peer_new (hub_server_get_port (self->server.server));
  g_assert_cmpuint (hub_test_lines_say (sayer, token, "{\"type\":\"ping\"}"), ==, 202);
  json_object_unref (hub_test_lines_expect (ana, "pong"));
}

/* As the page of this computer's own browser asks, without TLS. */
static void
test_local (Fixture *self, gconstpointer user_data)
{
  g_autofree char *hello = hub_test_lines_make_hello ("Ana", JOIN_ANA, "");
  guint16 port = hub_server_get_local_port (self->server.server);
  g_autoptr (HubTestPeer) peer = NULL;
  g_autofree char *request = NULL;

  if (port == 0)
    {
      g_test_skip ("There is no loopback listener here.");
      return;
    }

  peer = hub_test_peer_new_plain (port);
  request = g_strdup_printf ("POST /stream HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
                             "Content-Type: application/json\r\n"
                             "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                             strlen (hello), hello);
  hub_test_peer_send_request (peer, request);
  hub_test_lines_expect_head (peer);
  json_object_unref (hub_test_lines_expect (peer, "welcome"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/posts/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("both-ways", test_both_ways);
  ADD ("refused", test_refused);
  ADD ("tokens", test_tokens);
  ADD ("wrong-tokens", test_wrong_tokens);
  ADD ("authorization", test_authorization);
  ADD ("say-refused", test_say_refused);
  ADD ("flood", test_flood);
  ADD ("flood-by-turns", test_flood_by_turns);
  ADD ("there-and-back", test_there_and_back);
  ADD ("pipelined", test_pipelined);
  ADD ("blank-lines", test_blank_lines);
  ADD ("stays", test_stays);
  ADD ("local", test_local);
#undef ADD

  return g_test_run ();
}
