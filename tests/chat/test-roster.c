/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-guest-private.h"
#include "chat/hub-roster.h"

static HubGuest *
add (HubRoster *roster, guint number)
{
  g_autofree char *name = g_strdup_printf ("Guest %u", number);
  g_autoptr (HubGuest) guest = hub_guest_new (number, name, name);

  hub_roster_add (roster, guest);

  return guest;
}

static char *
dup_ids (HubRoster *roster)
{
  GPtrArray *guests = hub_roster_get_guests (roster);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < guests->len; i++)
    g_string_append_printf (ids, "%" G_GUINT64_FORMAT " ",
                            hub_guest_get_id (g_ptr_array_index (guests, i)));

  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
test_order (void)
{
  g_autoptr (HubRoster) roster = hub_roster_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  HubGuest *guests[8];

  for (guint i = 0; i < 8; i++)
    guests[i] = add (roster, i + 1);
  g_assert_cmpuint (hub_roster_get_length (roster), ==, 8);
  before = dup_ids (roster);
  g_assert_cmpstr (before, ==, "1 2 3 4 5 6 7 8 ");

  hub_roster_remove (roster, guests[0]);
  hub_roster_remove (roster, guests[4]);
  hub_roster_remove (roster, guests[7]);
  add (roster, 9);
  g_assert_cmpuint (hub_roster_get_length (roster), ==, 6);
  after = dup_ids (roster);
  g_assert_cmpstr (after, ==, "2 3 4 6 7 9 ");
  g_assert_cmpuint (hub_roster_get_length (roster), ==, 6);
}

static void
test_skeletons (void)
{
  g_autoptr (HubRoster) roster = hub_roster_new ();
  HubGuest *guest = add (roster, 1);

  g_assert_true (hub_roster_has_skeleton (roster, "Guest 1"));
  g_assert_false (hub_roster_has_skeleton (roster, "Guest 2"));
  hub_roster_remove (roster, guest);
  g_assert_false (hub_roster_has_skeleton (roster, "Guest 1"));
}

static void
test_ownership (void)
{
  g_autoptr (HubRoster) roster = hub_roster_new ();
  HubGuest *removed = g_object_ref (add (roster, 1));
  HubGuest *kept = g_object_ref (add (roster, 2));

  hub_roster_remove (roster, removed);
  g_assert_finalize_object (removed);
  g_clear_pointer (&roster, hub_roster_free);
  g_assert_finalize_object (kept);
}

/* 10,000 come and go beside one who stays: no trace of them is left. */
static void
test_churn (void)
{
  g_autoptr (HubRoster) roster = hub_roster_new ();
  HubGuest *first = add (roster, 1);

  for (guint i = 2; i < 10002; i++)
    hub_roster_remove (roster, add (roster, i));

  g_assert_cmpuint (hub_guest_get_position (first), ==, 0);
  g_assert_cmpuint (hub_guest_get_position (add (roster, 10002)), <=, 3);
  g_assert_cmpuint (hub_roster_get_length (roster), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/roster/order", test_order);
  g_test_add_func ("/chat/roster/skeletons", test_skeletons);
  g_test_add_func ("/chat/roster/ownership", test_ownership);
  g_test_add_func ("/chat/roster/churn", test_churn);

  return g_test_run ();
}
