/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-guest-private.h"

static void
test_finalize (void)
{
  HubGuest *guest = hub_guest_new (7, "Ana", "ana");

  g_assert_cmpuint (hub_guest_get_id (guest), ==, 7);
  g_assert_cmpstr (hub_guest_get_name (guest), ==, "Ana");
  g_assert_cmpstr (hub_guest_get_skeleton (guest), ==, "ana");
  g_assert_cmpint (hub_guest_get_presence (guest), ==, HUB_PRESENCE_HERE);
  g_assert_cmpstr (hub_guest_get_key (guest), ==, "");
  g_assert_cmpstr (hub_guest_get_device (guest), ==, "");
  g_assert_false (hub_guest_is_announced_away (guest));
  g_assert_false (hub_guest_has_seat (guest));

  g_assert_finalize_object (guest);
}

static void
test_changes (void)
{
  HubGuest *guest = hub_guest_new (1, "Ana", "ana");

  hub_guest_set_name (guest, "Ana 2", "ana 2");
  hub_guest_set_connection (guest, "10.0.0.1", "Windows");
  hub_guest_set_joined_at (guest, 1234);
  hub_guest_set_presence (guest, HUB_PRESENCE_AWAY);
  hub_guest_set_announced_away (guest, TRUE);

  g_assert_cmpstr (hub_guest_get_name (guest), ==, "Ana 2");
  g_assert_cmpstr (hub_guest_get_skeleton (guest), ==, "ana 2");
  g_assert_cmpstr (hub_guest_get_key (guest), ==, "10.0.0.1");
  g_assert_cmpstr (hub_guest_get_device (guest), ==, "Windows");
  g_assert_cmpint (hub_guest_get_joined_at (guest), ==, 1234);
  g_assert_cmpint (hub_guest_get_presence (guest), ==, HUB_PRESENCE_AWAY);
  g_assert_true (hub_guest_is_announced_away (guest));

  g_assert_finalize_object (guest);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/guest/finalize", test_finalize);
  g_test_add_func ("/chat/guest/changes", test_changes);

  return g_test_run ();
}
