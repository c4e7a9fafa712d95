/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chat by two POSTs, asked of the whole server. */
#include "server/hub-test-json.h"

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
  hub_test_server_set_up (&self->server, user_data);
  self->clock = hub_fake_clock_new ();
  self->server.config.clock = HUB_CLOCK (self->clock);
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

static void
post (HubTestPeer *peer, const char *path, const char *headers, const char *body)
{
  g_autofree char *request = g_strdup_printf (
      "POST %s HTTP/1.1\r\nHost: {host}\r\nOrigin: https://{host}\r\n"
      "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json; charset=utf-8\r\n"
      "%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
      path, headers, strlen (body), body);

  hub_test_peer_send_request (peer, request);
}

/* One line without its end, or NULL at the end of the stream. */
static char *
read_line (HubTestPeer *peer)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (;;)
    {
      g_autoptr (GByteArray) byte
          = hub_tls_client_receive (hub_test_peer_get_client (peer), 1, NULL);

      if (byte->len == 0)
        {
          g_assert_cmpuint (line->len, ==, 0);
          return NULL;
        }
      if (byte->data[0] == '\n')
        return g_string_free (g_steal_pointer (&line), FALSE);
      g_string_append_c (line, (char) byte->data[0]);
    }
}

/* The next object that is no presence; NULL at the end of the stream. */
static JsonObject *
read_object (HubTestPeer *peer)
{
  for (;;)
    {
      g_autofree char *line = read_line (peer);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;

      if (line == NULL)
        return NULL;
      if (*line == '\0')
        continue;
      node = json_from_string (line, &error);
      g_assert_no_error (error);
      if (strcmp (hub_test_json_get_type (json_node_get_object (node)), "presence") != 0)
        return json_object_ref (json_node_get_object (node));
    }
}

static JsonObject *
expect (HubTestPeer *peer, const char *type)
{
  JsonObject *object = read_object (peer);

  g_assert_nonnull (object);
  g_assert_cmpstr (hub_test_json_get_type (object), ==, type);

  return object;
}

static void
expect_member (HubTestPeer *peer, const char *type, const char *member, const char *value)
{
  g_autoptr (JsonObject) object = expect (peer, type);

  g_assert_cmpstr (json_object_get_string_member (object, member), ==, value);
}

static void
expect_end (HubTestPeer *peer)
{
  g_autofree char *line = read_line (peer);

  g_assert_null (line);
  g_assert_true (hub_test_peer_is_closed (peer));
}

/* A response without a length and a line without anything, at once. */
static void
expect_head (HubTestPeer *peer)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *line = NULL;
  HubTestResponse response = { 0 };

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      g_autofree char *header = read_line (peer);

      g_string_append_printf (head, "%s\n", header);
    }

  response.head = head->str;
  g_assert_true (g_str_has_prefix (head->str, "HTTP/1.1 200 OK\r\n"));
  hub_test_response_assert_header (&response, "Content-Type", "application/x-ndjson");
  hub_test_response_assert_header (&response, "Cache-Control", "no-store");
  hub_test_response_assert_header (&response, "Connection", "close");
  hub_test_response_assert_header (&response, "Content-Length", NULL);
  hub_test_response_assert_header (&response, "Transfer-Encoding", NULL);
  hub_test_response_assert_protected (&response);
  line = read_line (peer);
  g_assert_cmpstr (line, ==, "");
}

static HubTestPeer *
open_stream (Fixture *self, const char *body)
{
  HubTestPeer *peer = hub_test_peer_new (hub_server_get_port (self->server.server));

  post (peer, "/stream", "", body);
  expect_head (peer);

  return peer;
}

static char *
make_hello (const char *name, const char *join, const char *more)
{
  return g_strdup_printf ("{\"type\":\"hello\",\"name\":\"%s\",\"join\":\"%s\"%s}", name, join,
                          more);
}

/* @token: of the welcome, or NULL */
static HubTestPeer *
join (Fixture *self, const char *name, const char *nonce, const char *more, char **token)
{
  g_autofree char *hello = make_hello (name, nonce, more);
  HubTestPeer *peer = open_stream (self, hello);
  g_autoptr (JsonObject) welcome = expect (peer, "welcome");

  if (token != NULL)
    *token = g_strdup (json_object_get_string_member (welcome, "token"));

  return peer;
}

/* Posts @object over the kept connection. Returns: the status */
static guint
say (Fixture *self, const char *token, const char *object)
{
  g_autofree char *header = g_strdup_printf ("Authorization: Bearer %s\r\n", token);
  g_auto (HubTestResponse) response = { 0 };

  post (self->sayer, "/say", header, object);
  g_assert_true (hub_test_peer_read_response (self->sayer, TRUE, &response));
  hub_test_response_assert_protected (&response);
  hub_test_response_assert_header (&response, "Cache-Control", "no-store");
  hub_test_response_assert_header (&response, "Connection", NULL);
  if (response.status == 202)
    g_assert_cmpuint (response.body->len, ==, 0);
  hub_test_response_assert_header (&response, "WWW-Authenticate",
                                   response.status == 401 ? "Bearer" : NULL);

  return response.status;
}

/* Both ways of the same room see the same. */
static void
test_both_ways (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) bob = hub_test_json_join (&self->server, "Bob", JOIN_BOB, NULL);
  g_autoptr (HubTestPeer) ana = join (self, "Ana", JOIN_ANA, "", &token);
  g_autoptr (JsonObject) guests = NULL;

  hub_test_json_say (bob, 1, "hello", 1);
  expect_member (ana, "said", "text", "hello");
  g_assert_cmpuint (say (self, token, "{\"type\":\"say\",\"ref\":1,\"text\":\"hi\"}"), ==, 202);
  hub_test_json_expect_said (bob, 2, "hi");
  g_assert_cmpuint (say (self, token, "{\"type\":\"ping\"}"), ==, 202);
  g_assert_cmpuint (say (self, token, "{\"type\":\"who\",\"page\":0}"), ==, 202);

  expect_member (ana, "said", "text", "hi");
  json_object_unref (expect (ana, "accepted"));
  json_object_unref (expect (ana, "pong"));
  guests = expect (ana, "guests");
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
      peer = open_stream (self, refusals[i].body);
      refused = expect (peer, "refused");
      g_assert_cmpstr (json_object_get_string_member (refused, "what"), ==, refusals[i].what);
      g_assert_cmpstr (json_object_get_string_member (refused, "code"), ==, refusals[i].code);
      expect_end (peer);
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
  g_autoptr (HubTestPeer) first = join (self, "Ana", JOIN_ANA, "", &token);
  g_autoptr (HubTestPeer) second = NULL;

  g_assert_cmpuint (say (self, token, ping), ==, 202);
  g_assert_cmpuint (say (self, websocket, ping), ==, 401);
  g_assert_cmpuint (say (self, JOIN_ANA, ping), ==, 401);
  g_assert_cmpuint (say (self, "", ping), ==, 401);
  shouted = g_ascii_strup (token, -1);
  g_assert_cmpuint (say (self, shouted, ping), ==, 401);

  more = g_strdup_printf (",\"token\":\"%s\"", token);
  second = join (self, "Ana", JOIN_ANA, more, &newer);
  g_assert_cmpuint (say (self, token, ping), ==, 401);
  g_assert_cmpuint (say (self, newer, ping), ==, 202);
  expect_member (first, "pong", "type", "pong");
  expect_member (first, "ended", "why", "elsewhere");
  expect_end (first);

  g_assert_cmpuint (say (self, newer, "{\"type\":\"bye\"}"), ==, 202);
  expect_member (second, "pong", "type", "pong");
  expect_end (second);
  g_assert_cmpuint (say (self, newer, ping), ==, 401);
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 1);
}

/* Without a header, with two, or with another kind. */
static void
test_authorization (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = join (self, "Ana", JOIN_ANA, "", &token);
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
      post (self->sayer, "/say", header->str, "{\"type\":\"ping\"}");
      g_assert_true (hub_test_peer_read_response (self->sayer, TRUE, &response));
      g_assert_cmpuint (response.status, ==, headers[i].status);
    }
}

/* What a client may not say is answered on the stream, and the stream stays. */
static void
test_say_refused (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = join (self, "Ana", JOIN_ANA, "", &token);

  g_assert_cmpuint (say (self, token, "no JSON"), ==, 202);
  expect_member (ana, "refused", "code", "bad-object");
  g_assert_cmpuint (say (self, token, ""), ==, 202);
  expect_member (ana, "refused", "code", "bad-object");
  g_assert_cmpuint (
      say (self, token, "{\"type\":\"hello\",\"name\":\"Ben\",\"join\":\"" JOIN_BOB "\"}"), ==,
      202);
  expect_member (ana, "refused", "what", "hello");
  for (guint i = 1; i <= HUB_MESSAGE_BURST; i++)
    {
      g_autofree char *object = g_strdup_printf ("{\"type\":\"say\",\"ref\":%u,\"text\":\"x\"}", i);

      g_assert_cmpuint (say (self, token, object), ==, 202);
      /* `said` and `accepted`, in any order. */
      json_object_unref (read_object (ana));
      json_object_unref (read_object (ana));
    }
  g_assert_cmpuint (say (self, token, "{\"type\":\"say\",\"ref\":99,\"text\":\"x\"}"), ==, 202);
  expect_member (ana, "refused", "code", "too-fast");
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 1);
}

/* Above what a WebSocket may do, the stream ends. */
static void
test_flood (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = join (self, "Ana", JOIN_ANA, "", &token);
  guint status = 202;

  /* Of which its hello was one. */
  for (guint i = 1; i < HUB_FRAME_BURST; i++)
    g_assert_cmpuint (say (self, token, "{}"), ==, 202);
  status = say (self, token, "{}");
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpuint (say (self, token, "{}"), ==, 401);
  for (guint i = 1; i < HUB_FRAME_BURST; i++)
    expect_member (ana, "refused", "code", "bad-object");
  expect_end (ana);
  hub_test_server_wait_sessions (&self->server, 0);
  /* Away, as after any lost connection. */
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 1);
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
  lines = join (self, "Ana", JOIN_ANA, more, &by_lines);
  hub_test_json_expect_ended (first, "elsewhere");
  g_assert_cmpuint (hub_test_peer_read_close (first), ==, 4001);
  expect_member (lines, "said", "text", "one");

  hub_test_json_say (bob, 2, "two", 2);
  expect_member (lines, "said", "text", "two");
  last = hub_test_json_open (&self->server);
  back = g_strdup_printf (",\"token\":\"%s\",\"last_seen\":1", by_lines);
  welcome = hub_test_json_hello (last, "Ana", JOIN_ANA, back);
  g_assert_cmpint (json_object_get_int_member (welcome, "replayed"), ==, 1);
  hub_test_json_expect_said (last, 2, "two");
  expect_member (lines, "ended", "why", "elsewhere");
  expect_end (lines);
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 2);
}

/* A welcome that was lost on its way: the same join takes the same seat. */
static void
test_lost_welcome (Fixture *self, gconstpointer user_data)
{
  g_autofree char *hello = make_hello ("Ana", JOIN_ANA, "");
  g_autoptr (HubTestPeer) first = hub_test_peer_new (hub_server_get_port (self->server.server));
  g_autoptr (HubTestPeer) second = NULL;

  post (first, "/stream", "", hello);
  hub_test_server_wait_sessions (&self->server, 1);
  hub_tls_client_hang_up (hub_test_peer_get_client (first));
  second = join (self, "Ana", JOIN_ANA, "", NULL);
  hub_test_server_wait_sessions (&self->server, 1);
  g_assert_cmpuint (hub_room_get_n_present (self->server.room), ==, 1);
}

static void
test_removed (Fixture *self, gconstpointer user_data)
{
  g_autofree char *token = NULL;
  g_autoptr (HubTestPeer) ana = join (self, "Ana", JOIN_ANA, "", &token);

  hub_room_remove (self->server.room,
                   g_ptr_array_index (hub_room_get_present (self->server.room), 0));
  expect_member (ana, "ended", "why", "removed");
  expect_end (ana);
  g_assert_cmpuint (say (self, token, "{\"type\":\"ping\"}"), ==, 401);
}

/* Whoever listens hears why, and whoever does not read does not hold it up. */
static void
test_stop (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = join (self, "Ana", JOIN_ANA, "", NULL);
  g_autoptr (HubTestPeer) bob = join (self, "Bob", JOIN_BOB, "", NULL);

  hub_test_server_stop (&self->server);
  expect_member (ana, "ended", "why", "stopped");
  expect_end (ana);
}

static void
test_blank_lines (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) ana = join (self, "Ana", JOIN_ANA, "", NULL);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *line = NULL;

      hub_fake_clock_advance (self->clock, HUB_BLANK_LINE_INTERVAL_MS);
      hub_server_run (self->server.server);
      /* Its own presence comes in between. */
      do
        {
          g_free (line);
          line = read_line (ana);
          g_assert_nonnull (line);
        }
      while (*line != '\0');
      hub_tls_client_acknowledge (hub_test_peer_get_client (ana));
      hub_fake_clock_advance (self->clock, HUB_PING_TIMEOUT_MS);
      hub_server_run (self->server.server);
    }
  hub_test_server_wait_sessions (&self->server, 1);
}

/* As the page of this computer's own browser asks, without TLS. */
static void
test_local (Fixture *self, gconstpointer user_data)
{
  g_autofree char *hello = make_hello ("Ana", JOIN_ANA, "");
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
  expect_head (peer);
  json_object_unref (expect (peer, "welcome"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/posts/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("both-ways", test_both_ways);
  ADD ("refused", test_refused);
  ADD ("tokens", test_tokens);
  ADD ("authorization", test_authorization);
  ADD ("say-refused", test_say_refused);
  ADD ("flood", test_flood);
  ADD ("there-and-back", test_there_and_back);
  ADD ("lost-welcome", test_lost_welcome);
  ADD ("removed", test_removed);
  ADD ("stop", test_stop);
  ADD ("blank-lines", test_blank_lines);
  ADD ("local", test_local);
#undef ADD

  return g_test_run ();
}
