/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-seat-table.h"

#include <string.h>

static HubSecret
secret (guint number)
{
  HubSecret value = { { 0 } };

  memcpy (value.bytes, &number, sizeof number);

  return value;
}

/* A connected seat: token @number, join @number + 1,000,000. */
static HubSeat *
add (HubSeatTable *table, guint number, const char *key)
{
  const HubSecret token = secret (number);
  const HubSecret join = secret (number + 1000000);
  g_autoptr (HubGuest) guest = hub_guest_new (number, "Ana", "ana");
  HubSeat *seat = hub_seat_new (guest, 0, &token, &join);

  hub_seat_table_add (table, seat, key);

  return seat;
}

static HubSeat *
find (HubSeatTable *table, guint number)
{
  const HubSecret token = secret (number);

  return hub_seat_table_find_token (table, &token);
}

static void
test_find (void)
{
  g_autoptr (HubSeatTable) table = hub_seat_table_new (8);
  const HubSecret join = secret (1000001);
  HubSeat *seat = add (table, 1, "a");

  g_assert_true (find (table, 1) == seat);
  g_assert_null (find (table, 2));
  g_assert_true (hub_seat_table_find_join (table, &join) == seat);
  g_assert_null (find (table, 1000001));

  hub_seat_table_remove (table, seat);
  g_assert_null (find (table, 1));
  g_assert_null (hub_seat_table_find_join (table, &join));
  g_assert_cmpuint (hub_seat_table_get_size (table), ==, 0);
  g_assert_cmpuint (hub_seat_table_get_n_keys (table), ==, 0);
}

/* Tokens 1 to 9: which one of them opens the seat. */
static void
assert_good (HubSeatTable *table, HubSeat *seat, const char *expected)
{
  g_autoptr (GString) good = g_string_new (NULL);

  for (guint number = 1; number <= 9; number++)
    if (find (table, number) != NULL)
      {
        g_assert_true (find (table, number) == seat);
        g_string_append_printf (good, "%u", number);
      }

  g_assert_cmpstr (good->str, ==, expected);
}

static void
renew (HubSeatTable *table, HubSeat *seat, guint presented, guint fresh)
{
  const HubSecret presented_token = secret (presented);
  const HubSecret fresh_token = secret (fresh);

  hub_seat_table_renew (table, seat, presented != 0 ? &presented_token : NULL, &fresh_token);
}

static void
test_tokens (void)
{
  g_autoptr (HubSeatTable) table = hub_seat_table_new (8);
  HubSeat *seat = add (table, 1, "a");

  assert_good (table, seat, "1");
  hub_seat_table_confirm (table, seat);
  assert_good (table, seat, "1");

  renew (table, seat, 1, 2);
  assert_good (table, seat, "12");
  hub_seat_table_confirm (table, seat);
  assert_good (table, seat, "2");

  /* A welcome that was lost, twice: the client still has the one it presented. */
  renew (table, seat, 2, 3);
  renew (table, seat, 2, 4);
  assert_good (table, seat, "24");

  /* It got the welcome but could not confirm it. */
  renew (table, seat, 4, 5);
  assert_good (table, seat, "45");

  /* By its join: it knows no token, or the one that was good last. */
  renew (table, seat, 0, 6);
  assert_good (table, seat, "56");
  hub_seat_table_confirm (table, seat);
  assert_good (table, seat, "6");

  renew (table, seat, 6, 7);
  hub_seat_table_remove (table, seat);
  assert_good (table, NULL, "");
}

static void
detach (HubSeatTable *table, HubSeat *seat, HubSeatStage last)
{
  for (guint stage = HUB_SEAT_SILENT; stage <= last; stage++)
    hub_seat_table_move (table, seat, stage);
}

static void
test_queues (void)
{
  g_autoptr (HubSeatTable) table = hub_seat_table_new (40);
  HubSeat *a = add (table, 1, "a");
  HubSeat *b = add (table, 2, "b");

  g_assert_null (hub_seat_table_peek (table, HUB_SEAT_SILENT));
  hub_seat_table_move (table, b, HUB_SEAT_SILENT);
  hub_seat_table_move (table, a, HUB_SEAT_SILENT);
  g_assert_true (hub_seat_table_peek (table, HUB_SEAT_SILENT) == b);

  hub_seat_table_move (table, b, HUB_SEAT_AWAY);
  g_assert_true (hub_seat_table_peek (table, HUB_SEAT_SILENT) == a);
  g_assert_true (hub_seat_table_peek (table, HUB_SEAT_AWAY) == b);

  hub_seat_table_move (table, b, HUB_SEAT_CONNECTED);
  hub_seat_table_move (table, b, HUB_SEAT_CONNECTED);
  g_assert_null (hub_seat_table_peek (table, HUB_SEAT_AWAY));

  hub_seat_table_remove (table, a);
  g_assert_null (hub_seat_table_peek (table, HUB_SEAT_SILENT));
}

static void
test_eviction_order (void)
{
  g_autoptr (HubSeatTable) table = hub_seat_table_new (4);
  HubSeat *seats[4];
  HubSeat *victim = NULL;

  for (guint i = 0; i < 4; i++)
    {
      const char key[] = { (char) ('a' + i), '\0' };

      g_assert_true (hub_seat_table_has_place (table, key, &victim));
      g_assert_null (victim);
      seats[i] = add (table, i + 1, key);
    }

  /* All connected: nobody can be sent away. */
  g_assert_false (hub_seat_table_has_place (table, "new", &victim));

  detach (table, seats[2], HUB_SEAT_LEFT);
  detach (table, seats[0], HUB_SEAT_LEFT);
  detach (table, seats[3], HUB_SEAT_AWAY);
  detach (table, seats[1], HUB_SEAT_SILENT);
  static const guint order[] = { 2, 0, 3, 1 };
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const char key[] = { (char) ('p' + i), '\0' };

      g_assert_true (hub_seat_table_has_place (table, key, &victim));
      g_assert_true (victim == seats[order[i]]);
      hub_seat_table_remove (table, victim);
      add (table, 10 + i, key);
    }
  g_assert_cmpuint (hub_seat_table_get_size (table), ==, 4);
}

static void
test_share (void)
{
  g_autoptr (HubSeatTable) table = hub_seat_table_new (8);
  HubSeat *other = add (table, 1, "other");
  HubSeat *a = add (table, 2, "flood");
  HubSeat *b = add (table, 3, "flood");
  HubSeat *victim = NULL;

  /* Two of eight are its quarter; the others' seats are not touched for it. */
  detach (table, other, HUB_SEAT_LEFT);
  g_assert_false (hub_seat_table_has_place (table, "flood", &victim));
  g_assert_null (victim);
  g_assert_true (hub_seat_table_has_place (table, "somebody", &victim));
  g_assert_null (victim);

  detach (table, b, HUB_SEAT_SILENT);
  detach (table, a, HUB_SEAT_SILENT);
  g_assert_true (hub_seat_table_has_place (table, "flood", &victim));
  g_assert_true (victim == b);
  hub_seat_table_move (table, b, HUB_SEAT_CONNECTED);
  g_assert_true (hub_seat_table_has_place (table, "flood", &victim));
  g_assert_true (victim == a);
}

/* Those without a seat count beside the seats of their key, and leave nothing behind. */
static void
test_seatless (void)
{
  g_autoptr (HubSeatTable) table = hub_seat_table_new (40);
  HubSeat *seat = add (table, 1, "key");

  detach (table, seat, HUB_SEAT_SILENT);
  hub_seat_table_add_seatless (table, "other");
  g_assert_null (hub_seat_table_get_ghost (table, "key", 2));
  hub_seat_table_add_seatless (table, "key");
  g_assert_true (hub_seat_table_get_ghost (table, "key", 2) == seat);
  g_assert_null (hub_seat_table_get_ghost (table, "key", 3));
  g_assert_null (hub_seat_table_get_ghost (table, "other", 1));

  g_assert_cmpuint (hub_seat_table_get_n_keys (table), ==, 2);
  hub_seat_table_remove_seatless (table, "other");
  g_assert_cmpuint (hub_seat_table_get_n_keys (table), ==, 1);
  hub_seat_table_remove (table, seat);
  g_assert_cmpuint (hub_seat_table_get_n_keys (table), ==, 1);
  hub_seat_table_remove_seatless (table, "key");
  g_assert_cmpuint (hub_seat_table_get_n_keys (table), ==, 0);
}

/* The longest away of a key, whatever was told of it, but not those who were told as left. */
static void
test_ghost (void)
{
  g_autoptr (HubSeatTable) table = hub_seat_table_new (40);
  HubSeat *a = add (table, 1, "key");
  HubSeat *b = add (table, 2, "key");
  HubSeat *c = add (table, 3, "key");

  detach (table, add (table, 4, "other"), HUB_SEAT_AWAY);
  g_assert_null (hub_seat_table_get_ghost (table, "key", 3));
  g_assert_null (hub_seat_table_get_ghost (table, "new", 1));

  detach (table, b, HUB_SEAT_SILENT);
  detach (table, a, HUB_SEAT_SILENT);
  g_assert_true (hub_seat_table_get_ghost (table, "key", 3) == b);
  hub_seat_table_move (table, b, HUB_SEAT_AWAY);
  g_assert_true (hub_seat_table_get_ghost (table, "key", 3) == b);
  g_assert_null (hub_seat_table_get_ghost (table, "key", 4));
  g_assert_null (hub_seat_table_get_ghost (table, "key", 0));

  hub_seat_table_move (table, b, HUB_SEAT_LEFT);
  g_assert_null (hub_seat_table_get_ghost (table, "key", 3));
  g_assert_true (hub_seat_table_get_ghost (table, "key", 2) == a);
  hub_seat_table_remove (table, a);
  g_assert_null (hub_seat_table_get_ghost (table, "key", 1));
  g_assert_true (hub_seat_table_find_guest (table, 3) == c->guest);
  g_assert_true (hub_seat_table_find_guest (table, 2) == b->guest);
  g_assert_null (hub_seat_table_find_guest (table, 1));
}

static void
test_smallest (void)
{
  g_autoptr (HubSeatTable) table = hub_seat_table_new (1);
  HubSeat *victim = NULL;

  g_assert_true (hub_seat_table_has_place (table, "a", &victim));
  add (table, 1, "a");
  g_assert_false (hub_seat_table_has_place (table, "a", &victim));
  g_assert_false (hub_seat_table_has_place (table, "b", &victim));
}

static void
test_churn (void)
{
  g_autoptr (HubSeatTable) table = hub_seat_table_new (400);

  for (guint i = 1; i <= 10000; i++)
    {
      g_autofree char *key = g_strdup_printf ("10.0.%u.%u", i / 256, i % 256);
      HubSeat *victim = NULL;

      g_assert_true (hub_seat_table_has_place (table, key, &victim));
      if (victim != NULL)
        hub_seat_table_remove (table, victim);
      detach (table, add (table, i, key), HUB_SEAT_LEFT);
      g_assert_cmpuint (hub_seat_table_get_size (table), ==, MIN (i, 400));
      g_assert_cmpuint (hub_seat_table_get_n_keys (table), ==, MIN (i, 400));
    }

  for (guint i = 9601; i <= 10000; i++)
    hub_seat_table_remove (table, find (table, i));
  g_assert_cmpuint (hub_seat_table_get_size (table), ==, 0);
  g_assert_cmpuint (hub_seat_table_get_n_keys (table), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/seat-table/find", test_find);
  g_test_add_func ("/chat/seat-table/tokens", test_tokens);
  g_test_add_func ("/chat/seat-table/queues", test_queues);
  g_test_add_func ("/chat/seat-table/eviction-order", test_eviction_order);
  g_test_add_func ("/chat/seat-table/share", test_share);
  g_test_add_func ("/chat/seat-table/ghost", test_ghost);
  g_test_add_func ("/chat/seat-table/seatless", test_seatless);
  g_test_add_func ("/chat/seat-table/smallest", test_smallest);
  g_test_add_func ("/chat/seat-table/churn", test_churn);

  return g_test_run ();
}
