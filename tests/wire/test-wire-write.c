/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-wire.h"

#include "base/hub-limits.h"
#include "hub-wire-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Takes @object. */
static void
assert_object (GBytes *object, const char *expected)
{
  g_autofree char *json = g_strndup (g_bytes_get_data (object, NULL), g_bytes_get_size (object));

  g_assert_cmpstr (json, ==, expected);
  g_bytes_unref (object);
}

static void
test_wire_write_small (void)
{
  const char *const urls[] = { "https://192.168.1.5:8443/", "https://[fd00::5]:8443/", NULL };

  assert_object (hub_wire_accepted (7, 42), "{\"type\":\"accepted\",\"ref\":7,\"id\":42}");
  assert_object (hub_wire_gap (3), "{\"type\":\"gap\",\"missed\":3}");
  assert_object (hub_wire_pong (), "{\"type\":\"pong\"}");
  assert_object (hub_wire_room ("A \"b\"\\", TRUE, urls),
                 "{\"type\":\"room\",\"name\":\"A \\\"b\\\"\\\\\",\"locked\":true,\"urls\":"
                 "[\"https://192.168.1.5:8443/\",\"https://[fd00::5]:8443/\"]}");
  assert_object (hub_wire_room ("Chat", FALSE, NULL),
                 "{\"type\":\"room\",\"name\":\"Chat\",\"locked\":false,\"urls\":[]}");
  assert_object (hub_wire_room_info ("Chat", FALSE, TRUE),
                 "{\"name\":\"Chat\",\"locked\":false,\"code\":true}");
}

static void
test_wire_write_ended (void)
{
  static const struct
  {
    HubEnd why;
    const char *json;
    gushort close_code;
  } cases[] = {
    { HUB_END_STOPPED, "{\"type\":\"ended\",\"why\":\"stopped\"}", 1001 },
    { HUB_END_ELSEWHERE, "{\"type\":\"ended\",\"why\":\"elsewhere\"}", 4001 },
    { HUB_END_REMOVED, "{\"type\":\"ended\",\"why\":\"removed\"}", 4002 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_object (hub_wire_ended (cases[i].why), cases[i].json);
      g_assert_cmpuint (hub_end_to_close_code (cases[i].why), ==, cases[i].close_code);
    }
}

static void
test_wire_write_said (void)
{
  static const struct
  {
    const char *text;
    const char *written;
  } cases[] = {
    { "hello", "hello" },
    { "a\nb\tc", "a\\nb\\tc" },
    { "\"\\/", "\\\"\\\\/" },
    { "</script>\u2028\u202e", "</script>\u2028\u202e" },
    { "\u00e9\U0001f600", "\u00e9\U0001f600" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HubMessage) message = hub_message_new (42, 3, "Ana", cases[i].text, 1767225601000);
      g_autofree char *expected
          = g_strdup_printf ("{\"type\":\"said\",\"id\":42,\"from\":{\"id\":3,\"name\":\"Ana\"},"
                             "\"text\":\"%s\",\"at\":1767225601000}",
                             cases[i].written);

      assert_object (hub_wire_said (message), expected);
    }
}

static void
test_wire_write_refused (void)
{
  g_auto (HubRefusal) taken = HUB_REFUSAL_INIT;
  HubRefusal fast = { HUB_REFUSAL_TOO_FAST, NULL, 200 };
  HubRefusal bad = { HUB_REFUSAL_BAD_OBJECT, NULL, 0 };

  taken.code = HUB_REFUSAL_NAME_TAKEN;
  taken.suggestion = g_strdup ("Ana 2");
  assert_object (hub_wire_refused (HUB_REQUEST_HELLO, -1, &taken),
                 "{\"type\":\"refused\",\"what\":\"hello\",\"code\":\"name-taken\",\"reason\":"
                 "\"Somebody here has that name. Send another one.\",\"suggestion\":\"Ana 2\"}");
  assert_object (hub_wire_refused (HUB_REQUEST_SAY, 9, &fast),
                 "{\"type\":\"refused\",\"what\":\"say\",\"ref\":9,\"code\":\"too-fast\","
                 "\"reason\":\"Too fast: that did not count. Wait a moment.\","
                 "\"retry_after\":200}");
  assert_object (hub_wire_refused (HUB_REQUEST_UNKNOWN, -1, &bad),
                 "{\"type\":\"refused\",\"what\":\"object\",\"code\":\"bad-object\","
                 "\"reason\":\"That was not understood.\"}");
}

static void
test_wire_write_welcome (void)
{
  const char *const urls[] = { "https://192.168.1.5:8443/", NULL };
  g_auto (HubWireFixture) fixture = { 0 };
  HubSecret token
      = { { 0x00, 0x01, 0x0a, 0xa0, 0xff, 0x10, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xf0 } };
  HubWelcome welcome = { 0 };

  hub_wire_fixture_init (&fixture);
  hub_wire_fixture_enter (&fixture, "Ana");
  welcome.entry = hub_wire_fixture_enter (&fixture, "Zo\u00eb");
  welcome.token = &token;
  welcome.urls = urls;
  welcome.guests = hub_room_get_present (fixture.room);
  welcome.count = 2;
  welcome.message_rate = 5;
  welcome.now = 1767225600000;

  assert_object (
      hub_wire_welcome (fixture.room, &welcome),
      "{\"type\":\"welcome\",\"you\":{\"id\":2,\"name\":\"Zo\u00eb\"},"
      "\"token\":\"00010aa0ff10060708090a0b0c0d0ef0\",\"room\":{\"id\":\"" HUB_WIRE_FIXTURE_ROOM_ID
      "\",\"name\":\"Chat on \\\"Attic\\\"\",\"locked\":false,\"urls\":[\"https://"
      "192.168.1.5:8443/\"]},\"guests\":[{\"id\":1,\"name\":\"Ana\",\"away\":false},{\"id\":2,"
      "\"name\":\"Zo\u00eb\",\"away\":false}],\"count\":2,\"last_id\":0,\"limits\":{\"name\":32,"
      "\"text\":4000,\"rate\":5},\"now\":1767225600000}");
}

static void
test_wire_write_welcome_back (void)
{
  g_auto (HubWireFixture) fixture = { 0 };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubWelcome welcome = { 0 };
  g_autoptr (GBytes) object = NULL;
  g_autofree char *json = NULL;
  HubEntry entry;

  hub_wire_fixture_init (&fixture);
  entry = hub_wire_fixture_enter (&fixture, "Ana");
  for (gint64 ref = 1; ref <= 5; ref++)
    {
      guint64 id;

      g_assert_cmpint (hub_room_say (fixture.room, entry.guest, ref, "hi", &id, &refusal), ==,
                       HUB_SAY_SAID);
    }

  welcome.entry = hub_wire_fixture_resume (&fixture, "Ana", 2);
  welcome.token = &fixture.token;
  welcome.count = 1;
  object = hub_wire_welcome (fixture.room, &welcome);
  json = g_strndup (g_bytes_get_data (object, NULL), g_bytes_get_size (object));
  g_assert_nonnull (strstr (json, "\"count\":1,\"last_id\":5,\"replayed\":3,\"limits\":"));
  g_assert_nonnull (strstr (json, "\"urls\":[]"));
  g_assert_null (strstr (json, "\"guests\":"));
}

/* Who is away is told in lists, from the moment on that the others were told. */
static void
test_wire_write_away (void)
{
  g_auto (HubWireFixture) fixture = { 0 };
  HubEntry entry;

  hub_wire_fixture_init (&fixture);
  entry = hub_wire_fixture_enter (&fixture, "Ana");
  hub_wire_fixture_enter (&fixture, "Bob");
  hub_room_detach (fixture.room, entry.guest);
  hub_fake_clock_advance (fixture.clock, HUB_AWAY_AFTER_MS);
  assert_object (hub_wire_guests (hub_room_get_present (fixture.room), 0),
                 "{\"type\":\"guests\",\"page\":0,\"pages\":1,\"guests\":["
                 "{\"id\":1,\"name\":\"Ana\",\"away\":false},"
                 "{\"id\":2,\"name\":\"Bob\",\"away\":false}]}");

  hub_room_expire (fixture.room);
  assert_object (hub_wire_guests (hub_room_get_present (fixture.room), 0),
                 "{\"type\":\"guests\",\"page\":0,\"pages\":1,\"guests\":["
                 "{\"id\":1,\"name\":\"Ana\",\"away\":true},"
                 "{\"id\":2,\"name\":\"Bob\",\"away\":false}]}");
}

static void
test_wire_write_presence (void)
{
  g_auto (HubWireFixture) fixture = { 0 };
  g_autoptr (GPtrArray) joined = g_ptr_array_new ();
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  HubPresenceChange change = { joined, left, none, NULL, 5 };
  HubPresenceChange only_count = { .count = 1000 };

  hub_wire_fixture_init (&fixture);
  g_ptr_array_add (joined, hub_wire_fixture_enter (&fixture, "Ana").guest);
  g_ptr_array_add (joined, hub_wire_fixture_enter (&fixture, "Bob").guest);
  g_ptr_array_add (left, hub_wire_fixture_enter (&fixture, "Cleo").guest);

  assert_object (hub_wire_presence (&change),
                 "{\"type\":\"presence\",\"joined\":[{\"id\":1,\"name\":\"Ana\"},"
                 "{\"id\":2,\"name\":\"Bob\"}],\"left\":[{\"id\":3,\"name\":\"Cleo\"}],"
                 "\"count\":5}");
  assert_object (hub_wire_presence (&only_count), "{\"type\":\"presence\",\"count\":1000}");
}

/* Reads page @page and checks that it holds @n_guests, the first with the id @first_id. */
static void
assert_page (GPtrArray *present, guint page, guint n_pages, guint n_guests, gint64 first_id)
{
  g_autoptr (GBytes) object = hub_wire_guests (present, page);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;
  JsonArray *guests;

  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (object, NULL),
                                             (gssize) g_bytes_get_size (object), NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  guests = json_object_get_array_member (root, "guests");
  g_assert_cmpint (json_object_get_int_member (root, "page"), ==, page);
  g_assert_cmpint (json_object_get_int_member (root, "pages"), ==, n_pages);
  g_assert_cmpuint (json_array_get_length (guests), ==, n_guests);
  if (n_guests > 0)
    {
      JsonObject *first = json_array_get_object_element (guests, 0);

      g_assert_cmpint (json_object_get_int_member (first, "id"), ==, first_id);
      g_assert_false (json_object_get_boolean_member (first, "away"));
    }
}

static void
test_wire_write_guests (void)
{
  g_auto (HubWireFixture) fixture = { 0 };
  GPtrArray *present;

  hub_wire_fixture_init (&fixture);
  present = hub_room_get_present (fixture.room);
  assert_page (present, 0, 1, 0, 0);

  for (guint i = 0; i < 2 * HUB_WHO_PAGE_GUESTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Guest %u", i);

      hub_wire_fixture_enter (&fixture, name);
    }
  present = hub_room_get_present (fixture.room);
  assert_page (present, 0, 2, HUB_WHO_PAGE_GUESTS, 1);
  assert_page (present, 1, 2, HUB_WHO_PAGE_GUESTS, HUB_WHO_PAGE_GUESTS + 1);
  assert_page (present, 2, 2, 0, 0);
  assert_page (present, G_MAXINT32, 2, 0, 0);

  hub_wire_fixture_enter (&fixture, "One more");
  present = hub_room_get_present (fixture.room);
  assert_page (present, 2, 3, 1, 2 * HUB_WHO_PAGE_GUESTS + 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire-write/small", test_wire_write_small);
  g_test_add_func ("/wire-write/ended", test_wire_write_ended);
  g_test_add_func ("/wire-write/said", test_wire_write_said);
  g_test_add_func ("/wire-write/refused", test_wire_write_refused);
  g_test_add_func ("/wire-write/welcome", test_wire_write_welcome);
  g_test_add_func ("/wire-write/welcome-back", test_wire_write_welcome_back);
  g_test_add_func ("/wire-write/away", test_wire_write_away);
  g_test_add_func ("/wire-write/presence", test_wire_write_presence);
  g_test_add_func ("/wire-write/guests", test_wire_write_guests);

  return g_test_run ();
}
