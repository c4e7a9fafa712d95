/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sessions in a hall, over transports that go nowhere. */
#include "server/hub-fake-transport.h"
#include "server/hub-session.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"
#include "wire/hub-wire.h"

#include <string.h>

typedef struct
{
  HubFakeClock *clock;
  HubRoom *room;
  HubHall *hall;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 10);
  self->clock = hub_fake_clock_new ();
  self->room
      = hub_room_new (HUB_CLOCK (self->clock), "00112233445566778899aabbccddeeff", "Room", &limits);
  self->hall = hub_hall_new (HUB_CLOCK (self->clock), self->room, HUB_MESSAGE_RATE);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_clear_pointer (&self->hall, hub_hall_free);
  g_assert_finalize_object (self->room);
  g_assert_finalize_object (self->clock);
}

static HubFakeTransport *
open_transport (Fixture *self, HubFormat format)
{
  HubFakeTransport *transport = hub_fake_transport_new (format);

  hub_hall_open (self->hall, HUB_TRANSPORT (transport), "key", "Linux");
  return transport;
}

static void
receive (HubFakeTransport *transport, const char *text)
{
  g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));

  hub_transport_emit_received (HUB_TRANSPORT (transport), message);
}

static void
assert_got (Fixture *self, HubFakeTransport *transport, const char *part)
{
  g_autoptr (GBytes) sent = NULL;
  const void *data;
  gsize length;

  hub_hall_flush (self->hall);
  sent = hub_fake_transport_take_bytes (transport);
  data = g_bytes_get_data (sent, &length);
  if (memmem (data, length, part, strlen (part)) == NULL)
    g_test_message ("%s is not in %.*s", part, (int) length, (const char *) data);
  g_assert_nonnull (memmem (data, length, part, strlen (part)));
}

static HubFakeTransport *
join_plain (Fixture *self, const char *name)
{
  HubFakeTransport *transport = open_transport (self, HUB_FORMAT_PLAIN);

  receive (transport, name);
  assert_got (self, transport, "joined");
  return transport;
}

static void
test_lost (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) plain = join_plain (self, "Ana");
  g_autoptr (HubFakeTransport) json = open_transport (self, HUB_FORMAT_JSON);

  receive (json,
           "{\"type\":\"hello\",\"name\":\"Bob\",\"join\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}");
  assert_got (self, json, "\"welcome\"");
  g_assert_cmpuint (hub_hall_get_n_sessions (self->hall), ==, 2);
  g_assert_cmpstr (hub_guest_get_device (g_ptr_array_index (hub_room_get_present (self->room), 1)),
                   ==, "Linux");

  /* A seat is kept, a plain guest has left. */
  hub_transport_emit_closed (HUB_TRANSPORT (json));
  hub_transport_emit_closed (HUB_TRANSPORT (plain));
  g_assert_cmpuint (hub_hall_get_n_sessions (self->hall), ==, 0);
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 1);
  hub_fake_clock_advance (self->clock, HUB_LEFT_AFTER_MS);
  hub_room_expire (self->room);
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 0);
}

#define HELLO "{\"type\":\"hello\",\"name\":\"Host\",\"join\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"

#define WHO "{\"type\":\"who\",\"page\":0}"

/* Who asks to be let in again and again has to wait, and is told how long. */
static void
test_hello_rate (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) json = open_transport (self, HUB_FORMAT_JSON);
  g_autoptr (HubFakeTransport) plain = open_transport (self, HUB_FORMAT_PLAIN);

  for (guint i = 0; i < HUB_HELLO_BURST; i++)
    {
      receive (json, HELLO);
      assert_got (self, json, "\"name-reserved\"");
      receive (plain, "Host");
      assert_got (self, plain, "! That name is reserved.");
    }
  receive (json, HELLO);
  assert_got (self, json, "\"what\":\"hello\",\"code\":\"too-fast\"");
  receive (json, HELLO);
  assert_got (self, json, "\"retry_after\":1000");
  receive (plain, "Ana");
  assert_got (self, plain, "! Too fast");
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 0);

  hub_fake_clock_advance (self->clock, 1000);
  receive (json, HELLO);
  assert_got (self, json, "\"name-reserved\"");
  receive (plain, "Ana");
  assert_got (self, plain, "* Ana joined");
}

/* Pages of the list are long answers to short questions. */
static void
test_page_rate (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) ana = open_transport (self, HUB_FORMAT_JSON);
  g_autoptr (HubFakeTransport) ben = open_transport (self, HUB_FORMAT_JSON);
  g_autoptr (HubFakeTransport) again = NULL;

  receive (ana,
           "{\"type\":\"hello\",\"name\":\"Ana\",\"join\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}");
  assert_got (self, ana, "\"welcome\"");
  receive (ben,
           "{\"type\":\"hello\",\"name\":\"Ben\",\"join\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"}");
  assert_got (self, ben, "\"welcome\"");
  for (guint i = 0; i < HUB_WHO_BURST; i++)
    {
      receive (ana, WHO);
      assert_got (self, ana, "\"guests\"");
    }
  receive (ana, WHO);
  assert_got (self, ana, "\"what\":\"who\",\"code\":\"too-fast\"");
  receive (ana, WHO);
  assert_got (self, ana, "\"retry_after\":200");
  receive (ben, WHO);
  assert_got (self, ben, "\"guests\"");

  /* Who connects anew, in another way, has no more of them. */
  again = open_transport (self, HUB_FORMAT_LINES);
  receive (again,
           "{\"type\":\"hello\",\"name\":\"Ana\",\"join\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}");
  assert_got (self, again, "\"welcome\"");
  receive (again, WHO);
  assert_got (self, again, "\"retry_after\":200");
  hub_fake_clock_advance (self->clock, 200);
  receive (again, WHO);
  assert_got (self, again, "\"guests\"");
}

/* Its own "joined" is a plain guest's receipt: whoever is due to leave has left before it. */
static void
test_nothing_before_joined (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) json = open_transport (self, HUB_FORMAT_JSON);
  g_autoptr (HubFakeTransport) plain = open_transport (self, HUB_FORMAT_PLAIN);
  g_autofree char *sent = NULL;

  receive (json,
           "{\"type\":\"hello\",\"name\":\"Bob\",\"join\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}");
  hub_transport_emit_closed (HUB_TRANSPORT (json));
  hub_fake_clock_advance (self->clock, HUB_LEFT_AFTER_MS);
  receive (plain, "Ana");
  hub_hall_flush (self->hall);
  sent = hub_fake_transport_take (plain, NULL);
  g_assert_cmpstr (sent, ==, "\x81\x0c* Ana joined");
}

static void
test_never_joins (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) transport = hub_fake_transport_new (HUB_FORMAT_PLAIN);
  g_autoptr (HubSession) session = NULL;

  session = hub_session_new (self->hall, HUB_TRANSPORT (transport), "key", "");
  hub_session_expire (session);
  g_assert_cmpuint (hub_fake_transport_get_close_code (transport), ==, 1008);
  receive (transport, "Ana");
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 0);
}

static void
test_bye_before_hello (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) transport = open_transport (self, HUB_FORMAT_JSON);

  receive (transport, "{\"type\":\"bye\"}");
  g_assert_cmpuint (hub_fake_transport_get_close_code (transport), ==, 1000);
  g_assert_cmpuint (hub_hall_get_n_sessions (self->hall), ==, 0);
}

static void
test_end (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) plain = join_plain (self, "Ana");
  g_autoptr (HubFakeTransport) waiting = open_transport (self, HUB_FORMAT_JSON);

  hub_hall_end (self->hall, HUB_END_STOPPED, HUB_STOP_LINGER_MS);
  assert_got (self, plain, "! The chat has ended.");
  assert_got (self, waiting, "{\"type\":\"ended\",\"why\":\"stopped\"}");
  g_assert_cmpuint (hub_fake_transport_get_close_code (plain), ==, 1001);
  g_assert_cmpuint (hub_fake_transport_get_close_code (waiting), ==, 1001);
  g_assert_cmpuint (hub_hall_get_n_sessions (self->hall), ==, 0);
  /* The room is not told that they went: it ends, too. */
  g_assert_cmpuint (hub_room_get_n_present (self->room), ==, 1);
}

/* The address is barred with its guest: also for those of it who are connected but have not joined,
 * and for another seat of it. Whoever is in from there stays. */
static void
test_removed (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) eve = join_plain (self, "Eve");
  g_autoptr (HubFakeTransport) neighbour = open_transport (self, HUB_FORMAT_JSON);
  g_autoptr (HubFakeTransport) plain = open_transport (self, HUB_FORMAT_PLAIN);
  g_autoptr (HubFakeTransport) json = open_transport (self, HUB_FORMAT_JSON);
  g_autoptr (HubFakeTransport) back = NULL;
  g_autofree char *sent = NULL;

  receive (neighbour,
           "{\"type\":\"hello\",\"name\":\"Ana\",\"join\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}");
  assert_got (self, neighbour, "\"welcome\"");
  assert_got (self, eve, "* Ana joined");
  hub_room_remove (self->room, g_ptr_array_index (hub_room_get_present (self->room), 0));
  hub_hall_flush (self->hall);
  sent = hub_fake_transport_take (eve, NULL);
  g_assert_cmpstr (sent + 2, ==, "! The host has removed you from this chat.");
  g_assert_cmpuint (hub_fake_transport_get_close_code (eve), ==, 4002);
  g_assert_cmpuint (hub_hall_get_n_sessions (self->hall), ==, 3);

  receive (plain, "Bob");
  assert_got (self, plain, "! The host has removed you from this chat.");
  receive (json,
           "{\"type\":\"hello\",\"name\":\"Bob\",\"join\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"}");
  assert_got (self, json, "\"what\":\"hello\",\"code\":\"removed\"");
  receive (neighbour, "{\"type\":\"say\",\"ref\":1,\"text\":\"hi\"}");
  assert_got (self, neighbour, "\"accepted\"");

  hub_transport_emit_closed (HUB_TRANSPORT (neighbour));
  back = open_transport (self, HUB_FORMAT_JSON);
  receive (back,
           "{\"type\":\"hello\",\"name\":\"Ana\",\"join\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}");
  assert_got (self, back, "\"code\":\"removed\"");
}

static void
test_free_cuts (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) plain = join_plain (self, "Ana");

  g_clear_pointer (&self->hall, hub_hall_free);
  g_assert_true (hub_fake_transport_is_cut (plain));
  hub_transport_emit_closed (HUB_TRANSPORT (plain));
}

/* One encoding per message and format, whoever gets it and however often. */
static void
test_encoded_once (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubMessage) message = hub_message_new (1, 1, "Ana", "hello", 0);
  GBytes *frame = hub_format_said (HUB_FORMAT_PLAIN, message);

  g_assert_true (hub_format_said (HUB_FORMAT_PLAIN, message) == frame);
  g_assert_true (hub_format_said (HUB_FORMAT_JSON, message) != frame);
  g_assert_cmpmem (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame),
                   "\x81\x0a"
                   "Ana: hello",
                   12);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

/* hubbub.v1 is the same by lines, each object encoded once and ended by a line feed. */
static void
test_lines (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) lines = open_transport (self, HUB_FORMAT_LINES);
  g_autoptr (HubMessage) message = hub_message_new (7, 3, "Zoë", "two\nlines", 123);
  g_autoptr (GBytes) payload = hub_wire_said (message);
  GBytes *line = hub_format_said (HUB_FORMAT_LINES, message);
  gsize length = g_bytes_get_size (payload);

  g_assert_true (hub_format_said (HUB_FORMAT_LINES, message) == line);
  g_assert_cmpuint (g_bytes_get_size (line), ==, length + 1);
  g_assert_cmpmem (g_bytes_get_data (line, NULL), length, g_bytes_get_data (payload, NULL), length);
  g_assert_cmpint (((const char *) g_bytes_get_data (line, NULL))[length], ==, '\n');

  receive (lines,
           "{\"type\":\"hello\",\"name\":\"Bob\",\"join\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}");
  assert_got (self, lines, "{\"type\":\"welcome\"");
  receive (lines, "{\"type\":\"say\",\"ref\":1,\"text\":\"hi\"}");
  assert_got (self, lines, "\"accepted\"");
  hub_room_set_locked (self->room, TRUE);
  assert_got (self, lines, "\"locked\":true");
  g_assert_cmpuint (hub_fake_transport_get_close_code (lines), ==, 0);
}

/* Who was refused over lines cannot ask again there: that is told, and then it ends. */
static void
test_refused_lines (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubFakeTransport) lines = open_transport (self, HUB_FORMAT_LINES);

  receive (lines, HELLO);
  assert_got (self, lines, "\"name-reserved\"");
  g_assert_cmpuint (hub_fake_transport_get_close_code (lines), ==, 1000);
  g_assert_cmpuint (hub_hall_get_n_sessions (self->hall), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/session/lost", test_lost);
  add ("/session/hello-rate", test_hello_rate);
  add ("/session/page-rate", test_page_rate);
  add ("/session/nothing-before-joined", test_nothing_before_joined);
  add ("/session/never-joins", test_never_joins);
  add ("/session/bye-before-hello", test_bye_before_hello);
  add ("/session/end", test_end);
  add ("/session/removed", test_removed);
  add ("/session/free-cuts", test_free_cuts);
  add ("/session/encoded-once", test_encoded_once);
  add ("/session/lines", test_lines);
  add ("/session/refused-lines", test_refused_lines);
  return g_test_run ();
}
