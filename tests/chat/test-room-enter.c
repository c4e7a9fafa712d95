/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "hub-room-fixture.h"

/* ---- names ---- */

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    HubRefusalCode code;
    const char *suggestion;
  } cases[] = {
    { "Ana", HUB_REFUSAL_NAME_TAKEN, "Ana 2" },
    { "ana", HUB_REFUSAL_NAME_TAKEN, "ana 2" },
    { "\xd0\x90na", HUB_REFUSAL_NAME_TAKEN, "\xd0\x90na 2" }, /* Cyrillic A */
    { "Host", HUB_REFUSAL_NAME_RESERVED, NULL },
    { "Chat on Basil", HUB_REFUSAL_NAME_RESERVED, NULL },
    { "chat on BASIL", HUB_REFUSAL_NAME_RESERVED, NULL },
    { "\xd0\xa1hat on Basil", HUB_REFUSAL_NAME_RESERVED, NULL }, /* Cyrillic C */
  };
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (HubRoomClient) other = { 0 };

      hub_room_client_init (&other, f, cases[i].name);
      g_assert_false (hub_room_client_enter (&other, f));
      g_assert_cmpint (other.refusal.code, ==, cases[i].code);
      g_assert_cmpstr (other.refusal.suggestion, ==, cases[i].suggestion);
    }

  /* Nothing changed by them. */
  hub_room_fixture_assert_news (f, "+Ana");
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 1);
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, 1);
}

/* A suggestion is a name that will do: not the room's own. */
static void
test_suggestion_is_free (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  const HubHello hello = { .name = "Lab", .key = "a", .device = "" };
  g_autoptr (HubRoom) room = NULL;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubRoomLimits limits;
  HubGuest *guest;

  hub_room_limits_init (&limits, 10);
  room = hub_room_new (HUB_CLOCK (clock), HUB_ROOM_FIXTURE_ID, "Lab 2", &limits);
  g_assert_true (hub_room_enter_plain (room, &hello, &guest, &refusal));
  g_assert_false (hub_room_enter_plain (room, &hello, &guest, &refusal));
  g_assert_cmpstr (refusal.suggestion, ==, "Lab 3");
}

/* The name of one who is away is kept for him. */
static void
test_name_of_away (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) other = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_detach (f->room, ana.entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  hub_room_client_init (&other, f, "Ana");
  g_assert_false (hub_room_client_enter (&other, f));
  g_assert_cmpint (other.refusal.code, ==, HUB_REFUSAL_NAME_TAKEN);

  hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS);
  g_assert_true (hub_room_client_enter (&other, f));
  hub_room_fixture_assert_news (f, "+Ana ~Ana -Ana +Ana");
}

/* ---- coming back ---- */

static void
test_back_in_time (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  HubGuest *guest;

  hub_room_client_join (&ana, f, "Ana");
  guest = ana.entry.guest;
  hub_room_detach (f->room, guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS - 1);
  ana.hello.key = "192.168.1.8";
  ana.hello.device = "Mac";
  g_assert_true (hub_room_client_enter (&ana, f));

  g_assert_true (ana.entry.guest == guest);
  g_assert_true (ana.entry.is_resumed);
  g_assert_false (ana.entry.was_connected);
  g_assert_cmpint (hub_guest_get_presence (guest), ==, HUB_PRESENCE_HERE);
  g_assert_cmpstr (hub_guest_get_key (guest), ==, "192.168.1.8");
  g_assert_cmpstr (hub_guest_get_device (guest), ==, "Mac");
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, -1);
  hub_room_fixture_assert_news (f, "+Ana");
}

static void
test_back_after_away (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_detach (f->room, ana.entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_false (hub_guest_is_announced_away (ana.entry.guest));
  hub_room_fixture_assert_news (f, "+Ana ~Ana ^Ana");

  /* The grace begins anew with each loss. */
  hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS);
  hub_room_detach (f->room, ana.entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  hub_room_fixture_assert_news (f, "~Ana");
}

static void
leave_by_time (HubRoomFixture *f, HubRoomClient *client)
{
  hub_room_detach (f->room, client->entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS);
}

static void
test_back_after_left (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_join (&bob, f, "Bob");
  leave_by_time (f, &ana);
  hub_room_fixture_assert_news (f, "+Ana +Bob ~Ana -Ana");

  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_fixture_assert_news (f, "+Ana");
  g_assert_true (ana.entry.is_resumed);
  g_assert_cmpuint (hub_guest_get_id (ana.entry.guest), ==, 1);
  g_assert_cmpint (hub_guest_get_joined_at (ana.entry.guest), ==,
                   hub_clock_get_real (HUB_CLOCK (f->clock)));
  g_assert_true (g_ptr_array_index (hub_room_get_present (f->room), 1) == ana.entry.guest);
}

static void
test_back_to_taken_name (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) other = { 0 };
  g_auto (HubRoomClient) third = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  leave_by_time (f, &ana);
  hub_room_client_join (&other, f, "Ana");
  hub_room_fixture_assert_news (f, "+Ana ~Ana -Ana +Ana");

  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_fixture_assert_news (f, "+Ana 2");
  g_assert_cmpuint (hub_guest_get_id (ana.entry.guest), ==, 1);
  g_assert_cmpstr (hub_guest_get_name (ana.entry.guest), ==, "Ana 2");

  hub_room_client_init (&third, f, "Ana 2");
  g_assert_false (hub_room_client_enter (&third, f));
  g_assert_cmpint (third.refusal.code, ==, HUB_REFUSAL_NAME_TAKEN);
}

/* The clock decides, even when the timer has not fired yet. */
static void
test_back_with_late_timer (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_detach (f->room, ana.entry.guest);
  hub_fake_clock_advance (f->clock, HUB_LEFT_AFTER_MS);
  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_fixture_assert_news (f, "+Ana ~Ana -Ana +Ana");
}

/* The same for who takes the name of one who is not here any more. */
static void
test_name_with_late_timer (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  const HubHello plain = { .name = "Ana", .key = "a", .device = "" };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  g_auto (HubRoomClient) ana = { 0 };
  HubGuest *guest = NULL;

  hub_room_client_join (&ana, f, "Ana");
  hub_room_detach (f->room, ana.entry.guest);
  hub_fake_clock_advance (f->clock, HUB_LEFT_AFTER_MS);
  g_assert_true (hub_room_enter_plain (f->room, &plain, &guest, &refusal));
  hub_room_fixture_assert_news (f, "+Ana ~Ana -Ana +Ana");
}

static void
test_elsewhere (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_true (ana.entry.is_resumed);
  g_assert_true (ana.entry.was_connected);
  hub_room_fixture_assert_news (f, "+Ana");
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 1);
}

/* A welcome that never came: the same Join again is the same guest. */
static void
test_same_join (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  HubSecret lost;

  hub_room_client_join (&ana, f, "Ana");
  hub_room_detach (f->room, ana.entry.guest);
  lost = ana.token;
  ana.hello.token = NULL;
  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_true (ana.entry.is_resumed);
  g_assert_cmpuint (hub_guest_get_id (ana.entry.guest), ==, 1);
  hub_room_fixture_assert_news (f, "+Ana");

  /* The lost token is void once the client has spoken. */
  hub_room_confirm (f->room, ana.entry.guest);
  ana.hello.join = NULL;
  ana.hello.token = &lost;
  g_assert_false (hub_room_client_enter (&ana, f));
  g_assert_cmpint (ana.refusal.code, ==, HUB_REFUSAL_NAME_TAKEN);
}

/* A resume whose welcome is lost is repeated with the old token. */
static void
test_old_token (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  HubSecret old;

  hub_room_client_join (&ana, f, "Ana");
  ana.hello.join = NULL;
  old = ana.token;
  g_assert_true (hub_room_client_enter (&ana, f));
  for (guint i = 0; i < 3; i++)
    {
      ana.hello.token = &old;
      g_assert_true (hub_room_client_enter (&ana, f));
      g_assert_true (ana.entry.is_resumed);
    }

  hub_room_confirm (f->room, ana.entry.guest);
  ana.hello.token = &old;
  g_assert_false (hub_room_client_enter (&ana, f));
  ana.hello.token = &ana.token;
  g_assert_true (hub_room_client_enter (&ana, f));
}

/* A room of another start: token and last_seen mean nothing, the join still does. */
static void
test_other_start (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_say (&ana, f, 1, "one", HUB_SAY_SAID);

  hub_room_client_init (&bob, f, "Bob");
  bob.hello.token = &ana.token;
  bob.hello.room_id = "ffffffffffffffffffffffffffffffff";
  bob.hello.has_last_seen = TRUE;
  g_assert_true (hub_room_client_enter (&bob, f));
  g_assert_false (bob.entry.is_resumed);
  g_assert_cmpuint (bob.entry.replay_after, ==, 1);
  g_assert_cmpuint (hub_guest_get_id (bob.entry.guest), ==, 2);

  /* The welcome is lost; the same hello again, with what was said since. */
  hub_room_client_say (&ana, f, 2, "two", HUB_SAY_SAID);
  bob.hello.last_seen = 500;
  bob.hello.token = &ana.token;
  g_assert_true (hub_room_client_enter (&bob, f));
  g_assert_true (bob.entry.is_resumed);
  g_assert_cmpuint (hub_guest_get_id (bob.entry.guest), ==, 2);
  g_assert_cmpuint (bob.entry.replay_after, ==, 1);

  ana.hello.room_id = HUB_ROOM_FIXTURE_ID;
  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_cmpuint (hub_guest_get_id (ana.entry.guest), ==, 1);
}

/* ---- a full room ---- */

static void
test_full (void)
{
  g_autoptr (HubRoomFixture) f = NULL;
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };
  g_auto (HubRoomClient) eve = { 0 };
  const HubHello plain = { .name = "Max", .key = "a", .device = "" };
  HubGuest *guest = NULL;
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 2);
  f = hub_room_fixture_new (&limits);
  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_join (&bob, f, "Bob");
  hub_room_client_init (&eve, f, "Eve");
  eve.hello.key = "192.168.1.9"; /* not of Ana's share of the seats */
  g_assert_false (hub_room_client_enter (&eve, f));
  g_assert_cmpint (eve.refusal.code, ==, HUB_REFUSAL_FULL);
  g_assert_false (hub_room_enter_plain (f->room, &plain, &guest, &eve.refusal));
  g_assert_cmpint (eve.refusal.code, ==, HUB_REFUSAL_FULL);

  /* One who is away keeps his place. */
  hub_room_detach (f->room, ana.entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  g_assert_false (hub_room_client_enter (&eve, f));
  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_fixture_assert_news (f, "+Ana +Bob ~Ana ^Ana");

  /* One who has left does not, but his seat waits. */
  leave_by_time (f, &ana);
  g_assert_true (hub_room_client_enter (&eve, f));
  g_assert_false (hub_room_client_enter (&ana, f));
  g_assert_cmpint (ana.refusal.code, ==, HUB_REFUSAL_FULL);
  hub_room_leave (f->room, bob.entry.guest);
  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_true (ana.entry.is_resumed);
  hub_room_fixture_assert_news (f, "~Ana -Ana +Eve -Bob +Ana");
}

/* ---- the seat table's bounds, as guests meet them ---- */

static void
test_eviction (void)
{
  g_autoptr (HubRoomFixture) f = NULL;
  HubRoomClient clients[8] = { 0 };
  static const char *const names[] = { "A1", "B2", "C3", "D4", "E5", "F6", "G7", "H8" };
  g_auto (HubRoomClient) last = { 0 };
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 2);
  g_assert_cmpuint (limits.max_seats, ==, 8);
  f = hub_room_fixture_new (&limits);
  for (guint i = 0; i < 8; i++)
    {
      hub_room_client_init (&clients[i], f, names[i]);
      clients[i].hello.key = names[i];
      g_assert_true (hub_room_client_enter (&clients[i], f));
      leave_by_time (f, &clients[i]);
    }
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, 8);

  /* The one longest away loses his seat, silently: he had left before. */
  g_assert_true (hub_room_client_enter (&clients[0], f));
  leave_by_time (f, &clients[0]);
  g_string_truncate (f->news, 0);
  hub_room_client_join (&last, f, "Last");
  hub_room_fixture_assert_news (f, "+Last");
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, 8);
  g_assert_true (hub_room_client_enter (&clients[0], f));
  g_assert_true (clients[0].entry.is_resumed);
  hub_room_leave (f->room, clients[0].entry.guest);
  g_assert_true (hub_room_client_enter (&clients[1], f));
  g_assert_false (clients[1].entry.is_resumed);
}

/* Where seats are as few as guests, a share can be used up by guests who are present. */
static void
test_share_of_present (void)
{
  HubRoomLimits limits;
  g_autoptr (HubRoomFixture) f = NULL;
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };
  g_auto (HubRoomClient) eve = { 0 };

  hub_room_limits_init (&limits, 10);
  limits.max_seats = 10;
  f = hub_room_fixture_new (&limits);
  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_join (&bob, f, "Bob");
  hub_room_client_init (&eve, f, "Eve");
  g_assert_false (hub_room_client_enter (&eve, f));
  g_assert_cmpint (eve.refusal.code, ==, HUB_REFUSAL_FULL);

  hub_room_detach (f->room, bob.entry.guest);
  g_assert_true (hub_room_client_enter (&eve, f));
  hub_room_fixture_assert_news (f, "+Ana +Bob -Bob +Eve");
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/room-enter/names", test_names);
  g_test_add_func ("/chat/room-enter/suggestion-is-free", test_suggestion_is_free);
  g_test_add_func ("/chat/room-enter/name-of-away", test_name_of_away);
  g_test_add_func ("/chat/room-enter/back-in-time", test_back_in_time);
  g_test_add_func ("/chat/room-enter/back-after-away", test_back_after_away);
  g_test_add_func ("/chat/room-enter/back-after-left", test_back_after_left);
  g_test_add_func ("/chat/room-enter/back-to-taken-name", test_back_to_taken_name);
  g_test_add_func ("/chat/room-enter/back-with-late-timer", test_back_with_late_timer);
  g_test_add_func ("/chat/room-enter/name-with-late-timer", test_name_with_late_timer);
  g_test_add_func ("/chat/room-enter/elsewhere", test_elsewhere);
  g_test_add_func ("/chat/room-enter/same-join", test_same_join);
  g_test_add_func ("/chat/room-enter/old-token", test_old_token);
  g_test_add_func ("/chat/room-enter/other-start", test_other_start);
  g_test_add_func ("/chat/room-enter/full", test_full);
  g_test_add_func ("/chat/room-enter/eviction", test_eviction);
  g_test_add_func ("/chat/room-enter/share-of-present", test_share_of_present);

  return g_test_run ();
}
