/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "base/hub-local-key.h"
#include "chat/hub-code.h"
#include "hub-room-fixture.h"

#define CODE "K7M2PX"
#define WRONG "AAAAAA"

static void
assert_refused (HubRoomClient *client, HubRoomFixture *f, HubRefusalCode code)
{
  g_assert_false (hub_room_client_enter (client, f));
  g_assert_cmpint (client->refusal.code, ==, code);
}

/* ---- the lock ---- */

static void
test_lock (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };
  const HubHello plain = { .name = "Cem", .key = "b", .device = "" };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubGuest *guest;

  g_assert_false (hub_room_is_locked (f->room));
  hub_room_client_join (&ana, f, "Ana");
  hub_room_set_locked (f->room, TRUE);
  hub_room_set_locked (f->room, TRUE);
  hub_room_fixture_assert_news (f, "+Ana *locked");

  hub_room_client_init (&bob, f, "Bob");
  assert_refused (&bob, f, HUB_REFUSAL_LOCKED);
  g_assert_false (hub_room_enter_plain (f->room, &plain, &guest, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_LOCKED);

  hub_room_set_locked (f->room, FALSE);
  g_assert_true (hub_room_client_enter (&bob, f));
  hub_room_fixture_assert_news (f, "*open +Bob");
}

/* Whoever holds a seat comes back, at every stage, without the code, too. */
static void
test_seats_pass (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) reloaded = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_set_locked (f->room, TRUE);
  hub_room_set_code (f->room, CODE);
  hub_room_fixture_assert_news (f, "+Ana *locked *locked/" CODE);

  hub_room_detach (f->room, ana.entry.guest);
  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_detach (f->room, ana.entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_detach (f->room, ana.entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS);
  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_fixture_assert_news (f, "~Ana ^Ana ~Ana -Ana +Ana");

  /* By the join alone: its welcome was lost. */
  hub_room_client_init (&reloaded, f, "Ana");
  reloaded.hello.join = &ana.join;
  g_assert_true (hub_room_client_enter (&reloaded, f));
  g_assert_true (reloaded.entry.is_resumed);
}

/* ---- the code ---- */

static void
test_code (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };
  g_auto (HubRoomClient) cem = { 0 };

  hub_room_set_code (f->room, CODE);
  hub_room_set_code (f->room, CODE);
  g_assert_cmpstr (hub_room_get_code (f->room), ==, CODE);
  hub_room_client_init (&ana, f, "Ana");
  assert_refused (&ana, f, HUB_REFUSAL_CODE);
  ana.hello.code = WRONG;
  assert_refused (&ana, f, HUB_REFUSAL_CODE);
  ana.hello.code = "k7m-2px ";
  g_assert_true (hub_room_client_enter (&ana, f));

  /* The code comes before anything is told about names. */
  hub_room_client_init (&bob, f, "Ana");
  assert_refused (&bob, f, HUB_REFUSAL_CODE);

  /* A new one keeps those inside. */
  hub_room_set_code (f->room, "ZZZZZZ");
  bob.hello.name = "Bob";
  bob.hello.code = CODE;
  assert_refused (&bob, f, HUB_REFUSAL_CODE);
  bob.hello.code = "ZZZZZZ";
  g_assert_true (hub_room_client_enter (&bob, f));
  hub_room_set_code (f->room, NULL);
  g_assert_false (hub_room_has_code (f->room));
  hub_room_client_join (&cem, f, "Cem");
  hub_room_fixture_assert_news (f, "*open/" CODE " +Ana *open/ZZZZZZ +Bob *open +Cem");
}

static void
test_tries (void)
{
  static const char *const no_tries[] = { NULL, "", " - ", "K7M2P", "K7M2P0", "Ana" };
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };

  hub_room_set_code (f->room, CODE);
  hub_room_client_init (&ana, f, "Ana");
  for (guint i = 0; i < 10 * G_N_ELEMENTS (no_tries); i++)
    {
      ana.hello.code = no_tries[i % G_N_ELEMENTS (no_tries)];
      assert_refused (&ana, f, HUB_REFUSAL_CODE);
    }
  for (guint i = 0; i < HUB_CODE_TRIES_PER_KEY; i++)
    {
      ana.hello.code = WRONG;
      assert_refused (&ana, f, HUB_REFUSAL_CODE);
      g_assert_cmpuint (ana.refusal.retry_after, ==, 0);
    }

  /* Not even the right one: the answer tells nothing. */
  assert_refused (&ana, f, HUB_REFUSAL_TOO_FAST);
  g_assert_cmpuint (ana.refusal.retry_after, ==, HUB_CODE_TRIES_MS);
  ana.hello.code = CODE;
  assert_refused (&ana, f, HUB_REFUSAL_TOO_FAST);
  g_assert_cmpuint (ana.refusal.retry_after, ==, HUB_CODE_TRIES_MS);
  hub_room_client_init (&bob, f, "Bob");
  bob.hello.code = CODE;
  assert_refused (&bob, f, HUB_REFUSAL_TOO_FAST);
  bob.hello.key = "elsewhere";
  g_assert_true (hub_room_client_enter (&bob, f));

  hub_room_fixture_wait (f, HUB_CODE_TRIES_MS);
  g_assert_true (hub_room_client_enter (&ana, f));
}

static void
test_plain_code (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  HubHello hello = { .name = "Ana", .key = "a", .device = "", .code = WRONG };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubGuest *guest;

  g_assert_true (hub_room_admits (f->room, &hello, &refusal));
  hub_room_set_code (f->room, CODE);
  g_assert_false (hub_room_admits (f->room, &hello, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_CODE);
  hub_refusal_clear (&refusal);
  for (guint i = 1; i < HUB_CODE_TRIES_PER_KEY; i++)
    {
      g_assert_false (hub_room_enter_plain (f->room, &hello, &guest, &refusal));
      g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_CODE);
      hub_refusal_clear (&refusal);
    }
  g_assert_false (hub_room_admits (f->room, &hello, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_TOO_FAST);
  g_assert_cmpuint (refusal.retry_after, >, 0);
  hub_refusal_clear (&refusal);

  hello.key = "b";
  hello.code = CODE;
  g_assert_true (hub_room_admits (f->room, &hello, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_NONE);
  g_assert_true (hub_room_enter_plain (f->room, &hello, &guest, &refusal));
}

/* ---- removing ---- */

static void
test_remove (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) other = { 0 };
  HubSecret old;

  hub_room_client_join (&ana, f, "Ana");
  old = ana.token;
  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_remove (f->room, ana.entry.guest);
  hub_room_fixture_assert_news (f, "+Ana #Ana -Ana");
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 0);
  g_assert_cmpuint (hub_room_get_n_seats (f->room), ==, 0);

  /* By token, by the token before, by join: from wherever. */
  ana.hello.key = "elsewhere";
  assert_refused (&ana, f, HUB_REFUSAL_REMOVED);
  ana.hello.token = &old;
  assert_refused (&ana, f, HUB_REFUSAL_REMOVED);
  ana.hello.token = NULL;
  assert_refused (&ana, f, HUB_REFUSAL_REMOVED);
  ana.hello.token = &ana.token;
  ana.hello.room_id = "ffffffffffffffffffffffffffffffff";
  assert_refused (&ana, f, HUB_REFUSAL_REMOVED);

  /* By address: with whatever name and secrets. */
  hub_room_client_init (&other, f, "Eve");
  assert_refused (&other, f, HUB_REFUSAL_REMOVED);
  other.hello.key = "elsewhere";
  g_assert_true (hub_room_client_enter (&other, f));
  hub_room_fixture_assert_news (f, "+Eve");
}

/* Others behind the same address stay, but cannot come back. */
static void
test_remove_neighbour (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };

  hub_room_client_join (&ana, f, "Ana");
  hub_room_client_join (&bob, f, "Bob");
  hub_room_remove (f->room, ana.entry.guest);
  hub_room_client_say (&bob, f, 1, "hi", HUB_SAY_SAID);
  hub_room_detach (f->room, bob.entry.guest);
  assert_refused (&bob, f, HUB_REFUSAL_REMOVED);
  bob.hello.key = "elsewhere";
  g_assert_true (hub_room_client_enter (&bob, f));
}

/* This computer's address is never barred: the host's own browser is behind it. */
static void
test_remove_local (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) other = { 0 };

  hub_room_client_init (&ana, f, "Ana");
  ana.hello.key = HUB_LOCAL_KEY;
  g_assert_true (hub_room_client_enter (&ana, f));
  hub_room_remove (f->room, ana.entry.guest);
  assert_refused (&ana, f, HUB_REFUSAL_REMOVED);
  hub_room_client_init (&other, f, "Ana");
  other.hello.key = HUB_LOCAL_KEY;
  g_assert_true (hub_room_client_enter (&other, f));
}

static void
test_remove_away (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  g_auto (HubRoomClient) bob = { 0 };
  guint64 id;

  hub_room_client_join (&ana, f, "Ana");
  hub_room_detach (f->room, ana.entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  hub_room_remove (f->room, ana.entry.guest);
  hub_room_fixture_assert_news (f, "+Ana ~Ana #Ana -Ana");
  g_assert_cmpint (hub_room_get_next_deadline (f->room), ==, -1);
  assert_refused (&ana, f, HUB_REFUSAL_REMOVED);

  /* Told as left already: only the seat is there to be taken. */
  hub_room_client_init (&bob, f, "Bob");
  bob.hello.key = "b";
  g_assert_true (hub_room_client_enter (&bob, f));
  id = hub_guest_get_id (bob.entry.guest);
  hub_room_detach (f->room, bob.entry.guest);
  hub_room_fixture_wait (f, HUB_AWAY_AFTER_MS);
  hub_room_fixture_wait (f, HUB_LEFT_AFTER_MS);
  g_assert_true (hub_room_find_guest (f->room, id) == bob.entry.guest);
  hub_room_remove (f->room, bob.entry.guest);
  hub_room_fixture_assert_news (f, "+Bob ~Bob -Bob #Bob");
  g_assert_null (hub_room_find_guest (f->room, id));
  assert_refused (&bob, f, HUB_REFUSAL_REMOVED);
}

static void
test_remove_plain (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  const HubHello hello = { .name = "Ana", .key = "a", .device = "" };
  const HubHello again = { .name = "Eve", .key = "a", .device = "" };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  g_autoptr (HubGuest) guest = NULL;
  HubGuest *other;

  g_assert_true (hub_room_enter_plain (f->room, &hello, &guest, &refusal));
  g_object_ref (guest);
  g_assert_true (hub_room_find_guest (f->room, hub_guest_get_id (guest)) == guest);
  hub_room_remove (f->room, guest);
  hub_room_remove (f->room, guest);
  hub_room_fixture_assert_news (f, "+Ana #Ana -Ana");
  g_assert_false (hub_room_admits (f->room, &again, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_REMOVED);
  hub_refusal_clear (&refusal);
  g_assert_false (hub_room_enter_plain (f->room, &again, &other, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_REMOVED);
}

/* ---- who speaks ---- */

/* Only the newest token speaks, for as long as the seat is held. */
static void
test_find_token (void)
{
  g_autoptr (HubRoomFixture) f = hub_room_fixture_new (NULL);
  g_auto (HubRoomClient) ana = { 0 };
  HubSecret unknown = hub_room_fixture_next_secret (f);
  HubSecret old;

  hub_room_client_join (&ana, f, "Ana");
  old = ana.token;
  g_assert_true (hub_room_find_token (f->room, &old) == ana.entry.guest);
  g_assert_null (hub_room_find_token (f->room, &unknown));
  g_assert_null (hub_room_find_token (f->room, ana.hello.join));

  ana.hello.token = &old;
  g_assert_true (hub_room_client_enter (&ana, f));
  g_assert_null (hub_room_find_token (f->room, &old));
  g_assert_true (hub_room_find_token (f->room, &ana.token) == ana.entry.guest);

  hub_room_leave (f->room, ana.entry.guest);
  g_assert_null (hub_room_find_token (f->room, &ana.token));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/room-rule/lock", test_lock);
  g_test_add_func ("/chat/room-rule/seats-pass", test_seats_pass);
  g_test_add_func ("/chat/room-rule/code", test_code);
  g_test_add_func ("/chat/room-rule/tries", test_tries);
  g_test_add_func ("/chat/room-rule/plain-code", test_plain_code);
  g_test_add_func ("/chat/room-rule/remove", test_remove);
  g_test_add_func ("/chat/room-rule/remove-neighbour", test_remove_neighbour);
  g_test_add_func ("/chat/room-rule/remove-local", test_remove_local);
  g_test_add_func ("/chat/room-rule/remove-away", test_remove_away);
  g_test_add_func ("/chat/room-rule/remove-plain", test_remove_plain);
  g_test_add_func ("/chat/room-rule/find-token", test_find_token);

  return g_test_run ();
}
