/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-host-fixture.h"
#include "hub-host-guest.h"

static void
test_guest (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) socket = NULL;
  const HubPerson *person;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  socket = hub_host_guest_join (hub_host_fixture_get_port (&f), "Ana");
  hub_host_fixture_wait_for_told (&f, "+Ana ");
  person = g_ptr_array_index (hub_snapshot_get_people (hub_host_get_snapshot (f.host)), 0);
  g_assert_cmpstr (person->name, ==, "Ana");
  g_assert_false (person->is_away);

  hub_crowd_socket_send (socket, "{\"type\":\"say\",\"ref\":1,\"text\":\"hello\"}");
  g_free (hub_host_guest_wait_for (socket, "said"));
  hub_host_fixture_wait_for_told (&f, ":Anahello ");

  /* The end is told before the connection closes. */
  hub_host_stop (f.host);
  g_free (hub_host_guest_wait_for (socket, "ended"));
  hub_host_guest_wait_for_end (socket);
  hub_host_fixture_wait_for_state (&f, HUB_HOST_STOPPED);
  hub_host_fixture_clear (&f);
}

/* What happens in the moment before the stop is told before its end. */
static void
test_last_words (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) socket = NULL;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  socket = hub_host_guest_join (hub_host_fixture_get_port (&f), "Ana");
  hub_crowd_socket_send (socket, "{\"type\":\"say\",\"ref\":1,\"text\":\"hello\"}");
  g_free (hub_host_guest_wait_for (socket, "said"));
  hub_crowd_socket_send (socket, "{\"type\":\"bye\"}");
  hub_host_guest_wait_for_end (socket);

  g_clear_pointer (&socket, hub_crowd_socket_free);
  /* The loop has not run since he came, so that most is still to be told; and the stop has nobody to
   * wait for. */
  hub_host_stop (f.host);
  hub_host_fixture_wait_for_state (&f, HUB_HOST_STOPPED);
  g_assert_cmpstr (f.told->str, ==, "+Ana :Anahello -Ana ");
  hub_host_fixture_clear (&f);
}

/* A guest who does not answer any more does not hold the stop. */
static void
test_silent_guest (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) socket = NULL;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  socket = hub_host_guest_join (hub_host_fixture_get_port (&f), "Ana");
  hub_host_fixture_stop (&f);
  hub_host_fixture_clear (&f);
}

/* Nothing is told any more once somebody who was told has ended it all. */
static void
test_shutdown_while_told (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) socket = NULL;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  g_signal_connect (f.host, "snapshot-changed", G_CALLBACK (hub_host_shutdown), NULL);
  socket = hub_host_guest_join (hub_host_fixture_get_port (&f), "Ana");
  hub_host_fixture_wait_for_state (&f, HUB_HOST_STOPPED);
  g_assert_cmpuint (f.n_snapshots, ==, 2);
  g_assert_cmpstr (f.told->str, ==, "");
  hub_host_fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/host-guest/guest", test_guest);
  g_test_add_func ("/host/host-guest/last-words", test_last_words);
  g_test_add_func ("/host/host-guest/silent-guest", test_silent_guest);
  g_test_add_func ("/host/host-guest/shutdown-while-told", test_shutdown_while_told);

  return g_test_run ();
}
