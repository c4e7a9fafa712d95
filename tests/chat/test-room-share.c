/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How much of a room one machine can have. */
#include "base/hub-limits.h"
#include "hub-room-fixture.h"

#define MAX_GUESTS 20
#define MAX_PER_KEY 4

static HubRoomFixture *
make_room (guint max_per_key)
{
  HubRoomLimits limits;

  hub_room_limits_init (&limits, MAX_GUESTS);
  limits.max_per_key = max_per_key;

  return hub_room_fixture_new (&limits);
}

/* Joins as "Eve 1" and so on, and drops the connection if @is_ghost. Returns: whether it came in */
static gboolean
intrude (HubRoomFixture *f, HubRoomClient *client, guint number, gboolean is_ghost)
{
  g_autofree char *name = g_strdup_printf ("Eve %u", number);
  gboolean is_in;

  hub_room_client_init (client, f, name);
  client->hello.key = "ip:10.0.0.66";
  is_in = hub_room_client_enter (client, f);
  if (is_in && is_ghost)
    hub_room_detach (f->room, client->entry.guest);
  client->hello.name = "Eve"; /* for coming back, where the name does not count */

  return is_in;
}

/* Joining and dropping over and over keeps as many out as staying connected would. */
static void
test_ghosts (void)
{
  g_autoptr (HubRoomFixture) f = make_room (MAX_PER_KEY);
  g_auto (HubRoomClient) ana = { 0 };

  for (guint i = 0; i < 3 * MAX_GUESTS; i++)
    {
      g_auto (HubRoomClient) eve = { 0 };

      g_assert_true (intrude (f, &eve, i, TRUE));
      hub_fake_clock_advance (f->clock, 1);
    }
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, MAX_PER_KEY);
  g_string_truncate (f->news, 0);

  /* The longest away first, and told to all. */
  {
    g_auto (HubRoomClient) eve = { 0 };

    g_assert_true (intrude (f, &eve, 100, TRUE));
    hub_room_fixture_assert_news (f, "-Eve 56 +Eve 100");
  }

  hub_room_client_join (&ana, f, "Ana");
  hub_room_fixture_assert_news (f, "+Ana");
}

/* Nor does coming back and dropping, over and over, with the seats that this left behind. */
static void
test_ghosts_return (void)
{
  g_autoptr (HubRoomFixture) f = make_room (MAX_PER_KEY);
  HubRoomClient ghosts[MAX_GUESTS] = { 0 };
  g_auto (HubRoomClient) ana = { 0 };

  for (guint i = 0; i < MAX_GUESTS; i++)
    g_assert_true (intrude (f, &ghosts[i], i, TRUE));
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, MAX_GUESTS);
  g_string_truncate (f->news, 0);
  for (guint i = 0; i < MAX_GUESTS; i++)
    {
      g_assert_true (hub_room_client_enter (&ghosts[i], f));
      g_assert_true (ghosts[i].entry.is_resumed);
      if (i == 0)
        hub_room_fixture_assert_news (f, "-Eve 16 +Eve 0");
      hub_room_detach (f->room, ghosts[i].entry.guest);
      g_assert_cmpuint (hub_room_get_n_present (f->room), ==, MAX_PER_KEY);
    }
  g_string_truncate (f->news, 0);
  hub_room_client_join (&ana, f, "Ana");
  hub_room_fixture_assert_news (f, "+Ana");
  for (guint i = 0; i < MAX_GUESTS; i++)
    hub_room_client_clear (&ghosts[i]);
}

/* Plain guests count among those of their machine, and ghosts give way to them as well: its place is
 * not had twice by speaking both contracts. Their own "joined" is the first that is told. */
static void
test_plain (void)
{
  g_autoptr (HubRoomFixture) f = make_room (MAX_PER_KEY);
  const HubHello other = { .name = "Mal", .key = "ip:10.0.0.66", .device = "" };
  HubGuest *plain[MAX_PER_KEY] = { NULL };
  g_auto (HubRoomClient) eve = { 0 };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

  for (guint i = 0; i < MAX_PER_KEY; i++)
    {
      g_auto (HubRoomClient) ghost = { 0 };

      g_assert_true (intrude (f, &ghost, i, TRUE));
    }
  g_string_truncate (f->news, 0);

  g_assert_true (hub_room_enter_plain (f->room, &other, &plain[0], &refusal));
  hub_room_fixture_assert_news (f, "+Mal -Eve 0");
  for (guint i = 1; i < MAX_PER_KEY; i++)
    {
      g_autofree char *name = g_strdup_printf ("Mal %u", i);
      const HubHello hello = { .name = name, .key = "ip:10.0.0.66", .device = "" };

      g_assert_true (hub_room_enter_plain (f->room, &hello, &plain[i], &refusal));
    }
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, MAX_PER_KEY);
  g_string_truncate (f->news, 0);

  /* Whoever is connected gives way to nobody; and a place given back is one. */
  g_assert_true (intrude (f, &eve, 9, TRUE));
  hub_room_fixture_assert_news (f, "+Eve 9");
  for (guint i = 0; i < MAX_PER_KEY; i++)
    hub_room_leave (f->room, plain[i]);
  g_string_truncate (f->news, 0);
  g_assert_true (hub_room_enter_plain (f->room, &other, &plain[0], &refusal));
  hub_room_fixture_assert_news (f, "+Mal");
  hub_room_remove (f->room, plain[0]);
  hub_room_fixture_assert_news (f, "#Mal -Mal");
}

/* In a full room, too, a ghost's place is free for a plain guest of the same machine alone. */
static void
test_plain_full (void)
{
  g_autoptr (HubRoomFixture) f = make_room (MAX_GUESTS);
  const HubHello stranger = { .name = "Ana", .key = "ip:10.0.0.7", .device = "" };
  const HubHello other = { .name = "Mal", .key = "ip:10.0.0.66", .device = "" };
  HubGuest *plain = NULL;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

  for (guint i = 0; i < MAX_GUESTS; i++)
    {
      g_auto (HubRoomClient) ghost = { 0 };

      g_assert_true (intrude (f, &ghost, i, TRUE));
    }
  g_assert_false (hub_room_enter_plain (f->room, &stranger, &plain, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_FULL);
  g_assert_true (hub_room_enter_plain (f->room, &other, &plain, &refusal));
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, MAX_GUESTS);
}

/* A class behind one address that lost its connections at once keeps its places, also when one of
 * them comes back as new, until there are too many. */
static void
test_class (void)
{
  g_autoptr (HubRoomFixture) f = make_room (MAX_PER_KEY);
  HubRoomClient class[MAX_PER_KEY] = { 0 };
  g_auto (HubRoomClient) eve = { 0 };

  for (guint i = 0; i < MAX_PER_KEY; i++)
    g_assert_true (intrude (f, &class[i], i, FALSE));
  for (guint i = 0; i < MAX_PER_KEY; i++)
    hub_room_detach (f->room, class[i].entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, MAX_PER_KEY);
  g_string_truncate (f->news, 0);
  for (guint i = 1; i < MAX_PER_KEY; i++)
    g_assert_true (hub_room_client_enter (&class[i], f));
  hub_room_fixture_assert_news (f, "^Eve 1 ^Eve 2 ^Eve 3");

  g_assert_true (intrude (f, &eve, 9, FALSE));
  hub_room_fixture_assert_news (f, "-Eve 0 +Eve 9");

  /* Who gave way keeps the seat. */
  g_assert_true (hub_room_client_enter (&class[0], f));
  g_assert_true (class[0].entry.is_resumed);
  hub_room_fixture_assert_news (f, "+Eve 0");
  for (guint i = 0; i < MAX_PER_KEY; i++)
    hub_room_client_clear (&class[i]);
}

/* Whoever is connected gives way to nobody, and a ghost frees its place in a full room. */
static void
test_full (void)
{
  g_autoptr (HubRoomFixture) f = make_room (MAX_GUESTS);
  g_auto (HubRoomClient) eve = { 0 };
  HubRoomClient others[MAX_GUESTS] = { 0 };

  for (guint i = 0; i < MAX_GUESTS; i++)
    g_assert_true (intrude (f, &others[i], i, FALSE));
  g_assert_false (intrude (f, &eve, 99, FALSE));
  g_assert_cmpint (eve.refusal.code, ==, HUB_REFUSAL_FULL);
  hub_room_detach (f->room, others[7].entry.guest);
  g_assert_true (intrude (f, &eve, 99, FALSE));
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, MAX_GUESTS);
  for (guint i = 0; i < MAX_GUESTS; i++)
    hub_room_client_clear (&others[i]);
}

static void
test_no_limit (void)
{
  g_autoptr (HubRoomFixture) f = make_room (0);

  for (guint i = 0; i < MAX_GUESTS; i++)
    {
      g_auto (HubRoomClient) eve = { 0 };

      g_assert_true (intrude (f, &eve, i, TRUE));
    }
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, MAX_GUESTS);
}

/* Who is refused is told when a place is free for sure, or to ask in a while. */
static void
test_retry_after (void)
{
  g_autoptr (HubRoomFixture) f = make_room (0);
  HubRoomClient others[MAX_GUESTS] = { 0 };
  g_auto (HubRoomClient) ana = { 0 };

  for (guint i = 0; i < MAX_GUESTS; i++)
    g_assert_true (intrude (f, &others[i], i, FALSE));
  hub_room_client_init (&ana, f, "Ana");
  g_assert_false (hub_room_client_enter (&ana, f));
  g_assert_cmpint (ana.refusal.code, ==, HUB_REFUSAL_FULL);
  g_assert_cmpuint (ana.refusal.retry_after, ==, HUB_FULL_RETRY_MS);

  hub_room_detach (f->room, others[3].entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  hub_fake_clock_advance (f->clock, HUB_LEFT_AFTER_MS - HUB_AWAY_AFTER_MS - 1500);
  g_assert_false (hub_room_client_enter (&ana, f));
  g_assert_cmpuint (ana.refusal.retry_after, ==, 1500);
  hub_fake_clock_advance (f->clock, ana.refusal.retry_after);
  g_assert_true (hub_room_client_enter (&ana, f));
  for (guint i = 0; i < MAX_GUESTS; i++)
    hub_room_client_clear (&others[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/room-share/ghosts", test_ghosts);
  g_test_add_func ("/chat/room-share/ghosts-return", test_ghosts_return);
  g_test_add_func ("/chat/room-share/plain", test_plain);
  g_test_add_func ("/chat/room-share/plain-full", test_plain_full);
  g_test_add_func ("/chat/room-share/class", test_class);
  g_test_add_func ("/chat/room-share/full", test_full);
  g_test_add_func ("/chat/room-share/no-limit", test_no_limit);
  g_test_add_func ("/chat/room-share/retry-after", test_retry_after);

  return g_test_run ();
}
