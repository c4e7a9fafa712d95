/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "hub-room-fixture.h"

/* ---- who is here, and what is told when connections close ---- */

static void
test_new (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);

  g_assert_cmpstr (hub_room_get_id (f->room), ==, HUB_ROOM_FIXTURE_ID);
  g_assert_cmpstr (hub_room_get_name (f->room), ==, "Chat on Basil");
  g_assert_cmpuint (hub_room_get_last_id (f->room), ==, 0);
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 0);
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, 0);
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, -1);
}

static void
test_limits (void)
{
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 7);
  g_assert_cmpuint (limits.max_guests, ==, 7);
  g_assert_cmpuint (limits.max_seats, ==, 7 * HUB_SEATS_PER_GUEST);
  g_assert_cmpint (limits.away_after, ==, HUB_AWAY_AFTER_MS);
  g_assert_cmpint (limits.left_after, ==, HUB_LEFT_AFTER_MS);

  hub_room_limits_init (&limits, G_MAXUINT);
  g_assert_cmpuint (limits.max_seats, ==, G_MAXUINT);
}

static void
test_present (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };
  GPtrArray *present;

  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_join (&bob, f, "Bob");
  hub_room_fixture_assert_news (f, "+Ana +Bob");

  present = hub_room_get_present (f->room);
  g_assert_cmpuint (present->len, ==, 2);
  g_assert_true (g_ptr_array_index (present, 0) == ana.entry.guest);
  g_assert_true (g_ptr_array_index (present, 1) == bob.entry.guest);
  g_assert_cmpuint (hub_guest_get_id (ana.entry.guest), ==, 1);
  g_assert_cmpuint (hub_guest_get_id (bob.entry.guest), ==, 2);
  g_assert_true (hub_guest_has_seat (ana.entry.guest));
  g_assert_cmpstr (hub_guest_get_key (ana.entry.guest), ==, "192.168.1.7");
  g_assert_cmpstr (hub_guest_get_device (ana.entry.guest), ==, "iPhone");
  g_assert_cmpint (hub_guest_get_joined_at (ana.entry.guest), ==,
                   hub_clock_get_real (HUB_CLOCK (f->clock)));
}

/* Away is told 15 s after the connection closed, left 2 min after it; the seat stays. */
static void
test_away_and_left (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  gint64 start = hub_clock_get_monotonic (HUB_CLOCK (f->clock));

  hub_room_client_join (&ana, f, "Ana");
  hub_room_fixture_assert_news (f, "+Ana");
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, -1);

  hub_room_detach (f->room, ana.entry.guest);
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, start + HUB_AWAY_AFTER_MS);
  g_assert_cmpint (hub_guest_get_presence (ana.entry.guest), ==, HUB_PRESENCE_AWAY);
  g_assert_false (hub_guest_is_announced_away (ana.entry.guest));

  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS - 1);
  hub_room_expire (f->room);
  hub_room_fixture_assert_news (f, "");
  hub_room_fixture_wait (f, 1);
  hub_room_fixture_assert_news (f, "~Ana");
  g_assert_true (hub_guest_is_announced_away (ana.entry.guest));
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 1);
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, start + HUB_LEFT_AFTER_MS);

  hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS - HUB_AWAY_AFTER_MS - 1);
  hub_room_expire (f->room);
  hub_room_fixture_assert_news (f, "");
  hub_room_fixture_wait (f, 1);
  hub_room_fixture_assert_news (f, "-Ana");
  g_assert_cmpint (hub_guest_get_presence (ana.entry.guest), ==, HUB_PRESENCE_LEFT);
  g_assert_false (hub_guest_is_announced_away (ana.entry.guest));
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 0);
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, 1);
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, -1);
}

/* However late the timer is, everything is told, in the order in which it was due. */
static void
test_late_timer (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };
  g_auto (HubRoomClient) eve = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_join (&bob, f, "Bob");
  hub_room_client_join (&eve, f, "Eve");
  hub_room_fixture_assert_news (f, "+Ana +Bob +Eve");

  hub_room_detach (f->room, bob.entry.guest);
  hub_fake_clock_advance (f->clock, HUB_LEFT_AFTER_MS - HUB_AWAY_AFTER_MS + 1);
  hub_room_detach (f->room, ana.entry.guest);
  hub_fake_clock_advance (f->clock, HUB_LEFT_AFTER_MS);
  hub_room_expire (f->room);
  hub_room_fixture_assert_news (f, "~Bob -Bob ~Ana -Ana");
}

static void
test_deadline_changes (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_join (&bob, f, "Bob");
  g_assert_cmpuint (f->n_deadline_changes, ==, 0);
  hub_room_detach (f->room, ana.entry.guest);
  g_assert_cmpuint (f->n_deadline_changes, ==, 1);
  hub_room_fixture_wait (f, 10);
  hub_room_detach (f->room, bob.entry.guest);
  g_assert_cmpuint (f->n_deadline_changes, ==, 1);
  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_cmpuint (f->n_deadline_changes, ==, 2);
  hub_room_leave (f->room, bob.entry.guest);
  g_assert_cmpuint (f->n_deadline_changes, ==, 3);
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, -1);
}

/* `bye`: left at once, and nothing opens the seat again. */
static void
test_bye (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  HubGuest *guest;

  hub_room_client_join (&ana, f, "Ana");
  guest = g_object_ref (ana.entry.guest);
  hub_room_leave (f->room, guest);
  hub_room_fixture_assert_news (f, "+Ana -Ana");
  g_assert_false (hub_guest_has_seat (guest));
  g_assert_cmpint (hub_guest_get_presence (guest), ==, HUB_PRESENCE_LEFT);
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, 0);

  /* Its connection closes after it. */
  hub_room_detach (f->room, guest);
  hub_room_leave (f->room, guest);
  hub_room_confirm (f->room, guest);
  hub_room_fixture_assert_news (f, "");
  g_assert_finalize_object (guest);

  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_false (ana.entry.is_resumed);
  g_assert_cmpuint (hub_guest_get_id (ana.entry.guest), ==, 2);
}

static void
test_bye_while_away (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_detach (f->room, ana.entry.guest);
  hub_room_leave (f->room, ana.entry.guest);
  hub_room_fixture_assert_news (f, "+Ana -Ana");
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, -1);
}

static void
test_plain (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  const HubHello hello = { .name = "Ana", .key = "10.0.0.1", .device = "" };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubGuest *guest = NULL;
  HubGuest *second = NULL;

  g_assert_true (hub_room_enter_plain (f->room, &hello, &guest, &refusal));
  g_assert_false (hub_guest_has_seat (guest));
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, 0);
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 1);

  g_assert_false (hub_room_enter_plain (f->room, &hello, &second, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_NAME_TAKEN);
  g_assert_cmpstr (refusal.suggestion, ==, "Ana 2");

  /* A closed connection is a leave at once; the name is free. */
  g_object_ref (guest);
  hub_room_detach (f->room, guest);
  g_assert_finalize_object (guest);
  hub_room_fixture_assert_news (f, "+Ana -Ana");
  hub_refusal_clear (&refusal);
  g_assert_true (hub_room_enter_plain (f->room, &hello, &second, &refusal));
  hub_room_leave (f->room, second);
  hub_room_fixture_assert_news (f, "+Ana -Ana");
}

static void
test_churn (void)
{
  HubRoomLimits limits;
  g_autoptr (HubRoomFixture) f = NULL;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

  hub_room_limits_init (&limits, 100);
  f = hub_room_fixture_new (&limits);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *name = g_strdup_printf ("Guest %u", i);
      g_autofree char *key = g_strdup_printf ("10.0.%u.%u", i / 256, i % 256);
      const HubHello hello = { .name = name, .key = key, .device = "" };
      const HubSecret fresh = hub_room_fixture_next_secret (f);
      HubEntry entry;

      g_assert_true (hub_room_enter (f->room, &hello, &fresh, &entry, &refusal));
      if (i % 2 == 0)
        hub_room_leave (f->room, entry.guest);
      else
        hub_room_detach (f->room, entry.guest);
      hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS / 50);
      g_assert_cmpuint (hub_room_get_n_present (f->room), <=, 50);
      g_assert_cmpuint (hub_room_get_n_seats (f->room), <=, limits.max_seats);
    }

  /* The first one tells as away, the second as left. */
  hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS);
  hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS);
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 0);
  g_assert_cmpuint (hub_room_get_present (f->room)->len, ==, 0);
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, limits.max_seats);
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, -1);
}

/* Guests kept by others outlive the room, without a seat that is not there any more. */
static void
test_finalize (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  HubGuest *guest;

  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_say (&ana, f, 1, "hello", HUB_SAY_SAID);
  guest = g_object_ref (ana.entry.guest);
  g_clear_pointer (&f, hub_room_fixture_free);
  g_assert_false (hub_guest_has_seat (guest));
  g_assert_finalize_object (guest);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/room/new", test_new);
  g_test_add_func ("/chat/room/limits", test_limits);
  g_test_add_func ("/chat/room/present", test_present);
  g_test_add_func ("/chat/room/away-and-left", test_away_and_left);
  g_test_add_func ("/chat/room/late-timer", test_late_timer);
  g_test_add_func ("/chat/room/deadline-changes", test_deadline_changes);
  g_test_add_func ("/chat/room/bye", test_bye);
  g_test_add_func ("/chat/room/bye-while-away", test_bye_while_away);
  g_test_add_func ("/chat/room/plain", test_plain);
  g_test_add_func ("/chat/room/churn", test_churn);
  g_test_add_func ("/chat/room/finalize", test_finalize);

  return g_test_run ();
}
