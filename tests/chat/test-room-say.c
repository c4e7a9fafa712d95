/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "hub-room-fixture.h"

static void
test_said (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  const HubHello plain = { .name = "Bob", .key = "a", .device = "" };
  HubGuest *bob = NULL;
  guint64 id = 0;

  hub_room_client_join (&ana, f, "Ana");
  g_assert_true (hub_room_enter_plain (f->room, &plain, &bob, &refusal));
  g_assert_cmpuint (hub_room_client_say (&ana, f, 7, "one", HUB_SAY_SAID), ==, 1);
  g_assert_cmpint (hub_room_say (f->room, bob, -1, "two", &id, &refusal), ==, HUB_SAY_SAID);
  g_assert_cmpuint (id, ==, 2);
  g_assert_cmpint (hub_room_say (f->room, bob, -1, "three", &id, &refusal), ==, HUB_SAY_SAID);
  g_assert_cmpuint (id, ==, 3);
  g_assert_cmpuint (hub_room_get_last_id (f->room), ==, 3);
  hub_room_fixture_assert_news (f, "+Ana +Bob Ana:one Bob:two Bob:three");
}

/* A ref is said once; asked again it brings the first answer, or that it is too old to tell. */
static void
test_refs (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  g_assert_cmpuint (hub_room_client_say (&ana, f, 0, "zero", HUB_SAY_SAID), ==, 1);
  g_assert_cmpuint (hub_room_client_say (&ana, f, 5, "five", HUB_SAY_SAID), ==, 2);
  g_assert_cmpuint (hub_room_client_say (&ana, f, 5, "other", HUB_SAY_REPEATED), ==, 2);
  g_assert_cmpuint (hub_room_client_say (&ana, f, 0, "zero", HUB_SAY_REPEATED), ==, 1);
  hub_room_client_say (&ana, f, 3, "skipped", HUB_SAY_REFUSED);
  g_assert_cmpint (ana.refusal.code, ==, HUB_REFUSAL_REF_EXPIRED);

  /* The seat remembers them over a lost connection, and over leaving. */
  hub_room_detach (f->room, ana.entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS);
  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_cmpuint (hub_room_client_say (&ana, f, 5, "five", HUB_SAY_REPEATED), ==, 2);
  hub_room_fixture_assert_news (f, "+Ana Ana:zero Ana:five ~Ana -Ana +Ana");
}

static void
test_refs_expire (void)
{
  g_autoptr (HubRoomFixture) f = NULL;
  g_auto (HubRoomClient) ana = { 0 };
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 10);
  limits.message_rate = 0;
  f = hub_room_fixture_new (&limits);
  hub_room_client_join (&ana, f, "Ana");
  for (gint64 ref = 1; ref <= HUB_SEAT_REFS + 1; ref++)
    hub_room_client_say (&ana, f, ref, "hello", HUB_SAY_SAID);

  hub_room_client_say (&ana, f, 1, "hello", HUB_SAY_REFUSED);
  g_assert_cmpint (ana.refusal.code, ==, HUB_REFUSAL_REF_EXPIRED);
  g_assert_cmpuint (hub_room_client_say (&ana, f, 2, "hello", HUB_SAY_REPEATED), ==, 2);
}

static void
test_too_fast (void)
{
  g_autoptr (HubRoomFixture) f = NULL;
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 10);
  limits.message_rate = 2;
  limits.message_burst = 3;
  f = hub_room_fixture_new (&limits);
  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_join (&bob, f, "Bob");
  for (gint64 ref = 1; ref <= 3; ref++)
    hub_room_client_say (&ana, f, ref, "hello", HUB_SAY_SAID);
  hub_room_client_say (&ana, f, 4, "fast", HUB_SAY_REFUSED);
  g_assert_cmpint (ana.refusal.code, ==, HUB_REFUSAL_TOO_FAST);
  g_assert_cmpuint (ana.refusal.retry_after, ==, 500);

  /* Repeating costs nothing; others are not slowed. */
  g_assert_cmpuint (hub_room_client_say (&ana, f, 3, "hello", HUB_SAY_REPEATED), ==, 3);
  g_assert_cmpuint (hub_room_client_say (&bob, f, 1, "hello", HUB_SAY_SAID), ==, 4);

  /* Coming back brings no new burst. */
  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_client_say (&ana, f, 5, "fast", HUB_SAY_REFUSED);
  g_assert_cmpint (ana.refusal.code, ==, HUB_REFUSAL_TOO_FAST);

  /* The refused refs are used up: nothing is said later that the client was told is not. */
  hub_room_fixture_wait (f, 500);
  hub_room_client_say (&ana, f, 4, "fast", HUB_SAY_REFUSED);
  g_assert_cmpint (ana.refusal.code, ==, HUB_REFUSAL_REF_EXPIRED);
  g_assert_cmpuint (hub_room_client_say (&ana, f, 6, "fast", HUB_SAY_SAID), ==, 5);
}

static void
test_refused_before (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_say (&ana, f, 1, "one", HUB_SAY_SAID);
  hub_room_refuse_ref (f->room, ana.entry.guest, 3);
  hub_room_refuse_ref (f->room, ana.entry.guest, 1);
  hub_room_refuse_ref (f->room, ana.entry.guest, -1);
  hub_room_client_say (&ana, f, 3, "three", HUB_SAY_REFUSED);
  g_assert_cmpint (ana.refusal.code, ==, HUB_REFUSAL_REF_EXPIRED);
  g_assert_cmpuint (hub_room_client_say (&ana, f, 1, "one", HUB_SAY_REPEATED), ==, 1);
  g_assert_cmpuint (hub_room_client_say (&ana, f, 4, "four", HUB_SAY_SAID), ==, 2);
}

/* ---- replay ---- */

static void
say (HubRoomClient *client, HubRoomFixture *f, guint first, guint last)
{
  for (guint number = first; number <= last; number++)
    {
      g_autofree char *text = g_strdup_printf ("%u", number);

      g_assert_cmpuint (hub_room_client_say (client, f, number, text, HUB_SAY_SAID), ==, number);
    }
}

/* Each of these comes back when 1 to 9 were said, having first joined when 1 to 3 were. */
static void
test_replay (void)
{
  static const struct
  {
    gboolean has_last_seen;
    guint64 last_seen;
    guint backlog;
    const char *replay;
    guint64 missed;
  } cases[] = {
    { FALSE, 0, 100, "4 5 6 7 8 9", 0 },
    { TRUE, 6, 100, "7 8 9", 0 },
    { TRUE, 9, 100, "", 0 },
    { TRUE, 3, 100, "4 5 6 7 8 9", 0 },
    { TRUE, 0, 100, "4 5 6 7 8 9", 0 }, /* not what was said before it joined */
    { TRUE, 10, 100, "", 0 },           /* not said yet */
    { TRUE, G_MAXUINT64, 100, "", 0 },
    { FALSE, 0, 6, "4 5 6 7 8 9", 0 },
    { FALSE, 0, 5, "5 6 7 8 9", 1 },
    { TRUE, 6, 2, "8 9", 1 },
    { TRUE, 9, 1, "", 0 },
    { TRUE, 4, 1, "9", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HubRoomFixture) f = NULL;
      g_auto (HubRoomClient) bob = { 0 };
      g_auto (HubRoomClient) ana = { 0 };
      g_autofree char *replay = NULL;
      HubRoomLimits limits;

      hub_room_limits_init (&limits, 10);
      limits.backlog_messages = cases[i].backlog;
      f = hub_room_fixture_new (&limits);
      hub_room_client_join (&bob, f, "Bob");
      say (&bob, f, 1, 3);
      hub_room_client_join (&ana, f, "Ana");
      g_assert_cmpuint (ana.entry.replay_after, ==, 3);
      g_assert_cmpuint (ana.entry.last_id, ==, 3);
      g_assert_cmpuint (ana.entry.missed, ==, 0);
      say (&bob, f, 4, 9);

      ana.hello.has_last_seen = cases[i].has_last_seen;
      ana.hello.last_seen = cases[i].last_seen;
      g_assert_true (hub_room_client_enter (&ana, f));
      g_assert_cmpuint (ana.entry.last_id, ==, 9);
      g_assert_cmpuint (ana.entry.missed, ==, cases[i].missed);
      replay = hub_room_client_dup_replay (&ana, f);
      g_assert_cmpstr (replay, ==, cases[i].replay);
    }
}

/* A backlog too small for one message: everything is missed, nothing is invented. */
static void
test_replay_of_nothing (void)
{
  g_autoptr (HubRoomFixture) f = NULL;
  g_auto (HubRoomClient) ana = { 0 };
  g_autofree char *replay = NULL;
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 10);
  limits.backlog_bytes = 1;
  f = hub_room_fixture_new (&limits);
  hub_room_client_join (&ana, f, "Ana");
  say (&ana, f, 1, 4);
  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_cmpuint (ana.entry.missed, ==, 4);
  replay = hub_room_client_dup_replay (&ana, f);
  g_assert_cmpstr (replay, ==, "");
}

static void
count (HubMessage *message, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_foreach_bounds (void)
{
  static const struct
  {
    guint64 after;
    guint64 last;
    guint n;
  } cases[] = {
    { 0, 4, 4 },
    { 0, 2, 2 },
    { 2, 2, 0 },
    { 3, 2, 0 },
    { 0, G_MAXUINT64, 4 },
    { G_MAXUINT64, G_MAXUINT64, 0 },
    { G_MAXUINT64 - 1, G_MAXUINT64, 0 },
  };
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  say (&ana, f, 1, 4);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = 0;

      hub_room_foreach_message (f->room, cases[i].after, cases[i].last, count, &n);
      g_assert_cmpuint (n, ==, cases[i].n);
    }
}

/* Telling a guest may cut his connection: the room is called again from within its signal. */
static void
on_message_said_detach (HubRoom *room, HubMessage *message, HubRoomClient *client)
{
  hub_room_detach (room, client->entry.guest);
}

static void
test_detach_while_said (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_join (&bob, f, "Bob");
  g_signal_connect (f->room, "message-said", G_CALLBACK (on_message_said_detach), &ana);
  g_signal_connect (f->room, "message-said", G_CALLBACK (on_message_said_detach), &bob);
  g_assert_cmpuint (hub_room_client_say (&ana, f, 1, "hello", HUB_SAY_SAID), ==, 1);
  g_assert_cmpint (hub_guest_get_presence (ana.entry.guest), ==, HUB_PRESENCE_AWAY);
  g_assert_cmpint (hub_guest_get_presence (bob.entry.guest), ==, HUB_PRESENCE_AWAY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/room-say/said", test_said);
  g_test_add_func ("/chat/room-say/refs", test_refs);
  g_test_add_func ("/chat/room-say/refs-expire", test_refs_expire);
  g_test_add_func ("/chat/room-say/too-fast", test_too_fast);
  g_test_add_func ("/chat/room-say/refused-before", test_refused_before);
  g_test_add_func ("/chat/room-say/replay", test_replay);
  g_test_add_func ("/chat/room-say/replay-of-nothing", test_replay_of_nothing);
  g_test_add_func ("/chat/room-say/foreach-bounds", test_foreach_bounds);
  g_test_add_func ("/chat/room-say/detach-while-said", test_detach_while_said);

  return g_test_run ();
}
