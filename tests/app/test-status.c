/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-person-item.h"
#include "app/hub-status.h"
#include "host/hub-host-fixture.h"
#include "host/hub-host-guest.h"
#include "hub-test-home.h"
#include "support/hub-fake-clock.h"

#include <string.h>

/* A status in front of a real host, and what it told: "joined:Ana first ". */
typedef struct
{
  HubHostFixture host;
  HubFakeClock *clock;
  HubPreferences *preferences;
  HubStatus *status;
  GString *told;
  guint n_changes;
} Fixture;

static void
on_changed (HubStatus *status, Fixture *f)
{
  f->n_changes++;
}

static void
on_person_joined (HubStatus *status, const HubEvent *event, Fixture *f)
{
  g_string_append_printf (f->told, "joined:%s ", event->name);
}

static void
on_first_guest (HubStatus *status, Fixture *f)
{
  g_string_append (f->told, "first ");
}

static void
fixture_init (Fixture *f)
{
  *f = (Fixture){ .clock = hub_fake_clock_new (),
                  .preferences = hub_preferences_new ("io.example.NotInstalled"),
                  .told = g_string_new (NULL) };
  hub_host_fixture_init (&f->host);
  f->status = hub_status_new_with_clock (f->host.host, f->preferences, HUB_CLOCK (f->clock));
  g_signal_connect (f->status, "changed", G_CALLBACK (on_changed), f);
  g_signal_connect (f->status, "person-joined", G_CALLBACK (on_person_joined), f);
  g_signal_connect (f->status, "first-guest", G_CALLBACK (on_first_guest), f);
}

static void
fixture_clear (Fixture *f)
{
  g_assert_finalize_object (f->status);
  g_assert_finalize_object (f->preferences);
  hub_host_fixture_clear (&f->host);
  g_assert_finalize_object (f->clock);
  g_string_free (f->told, TRUE);
}

static void
wait_for_told (Fixture *f, const char *told)
{
  while (strstr (f->told->str, told) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_title (Fixture *f, const char *title)
{
  g_autofree char *is = hub_status_dup_title (f->status);

  g_assert_cmpstr (is, ==, title);
}

static void
test_states (void)
{
  Fixture f;
  guint n;

  fixture_init (&f);
  assert_title (&f, "Stopped");
  g_assert_null (hub_status_get_snapshot (f.status));
  g_assert_null (hub_status_get_place (f.status));
  g_assert_null (hub_status_dup_invitation (f.status));
  g_assert_cmpint (hub_status_get_notice (f.status), ==, HUB_NOTICE_NONE);

  hub_host_start (f.host.host, f.host.settings);
  assert_title (&f, "Starting…");
  g_assert_null (hub_status_get_snapshot (f.status));
  n = f.n_changes;
  g_assert_cmpuint (n, >, 0);
  hub_host_fixture_wait_for_state (&f.host, HUB_HOST_READY);
  g_assert_cmpuint (f.n_changes, >, n);
  assert_title (&f, "Ready");
  g_assert_nonnull (hub_status_get_snapshot (f.status));

  hub_status_stop (f.status);
  assert_title (&f, "Ending…");
  g_assert_null (hub_status_get_snapshot (f.status));
  hub_host_fixture_wait_for_state (&f.host, HUB_HOST_STOPPED);
  assert_title (&f, "Stopped");
  g_assert_cmpstr (f.told->str, ==, "");
  fixture_clear (&f);
}

static void
test_failed (void)
{
  Fixture f;

  fixture_init (&f);
  g_free (f.host.settings->data_dir);
  f.host.settings->data_dir = g_strdup ("/proc/nothing-can-be-made-here");
  hub_host_start (f.host.host, f.host.settings);
  hub_host_fixture_wait_for_state (&f.host, HUB_HOST_FAILED);
  g_assert_cmpint (hub_status_get_state (f.status), ==, HUB_HOST_FAILED);
  g_assert_nonnull (hub_status_get_error (f.status));
  assert_title (&f, "Not started");
  fixture_clear (&f);
}

static void
test_people (void)
{
  Fixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;
  g_autoptr (HubCrowdSocket) ben = NULL;
  g_autoptr (HubPersonItem) first = NULL;
  GListModel *people;

  fixture_init (&f);
  people = hub_status_get_people (f.status);
  hub_host_fixture_start (&f.host);
  ana = hub_host_guest_join (hub_host_fixture_get_port (&f.host), "Ana");
  wait_for_told (&f, "joined:Ana first ");
  assert_title (&f, "Ready · 1 person");
  ben = hub_host_guest_join (hub_host_fixture_get_port (&f.host), "Ben");
  wait_for_told (&f, "joined:Ben ");
  assert_title (&f, "Ready · 2 people");
  g_assert_cmpuint (hub_status_get_n_people (f.status), ==, 2);
  while (g_list_model_get_n_items (people) < 2)
    g_main_context_iteration (NULL, TRUE);
  first = g_list_model_get_item (people, 0);
  g_assert_cmpstr (hub_person_item_get_name (first), ==, "Ana");

  hub_crowd_socket_send (ana, "{\"type\":\"bye\"}");
  hub_host_guest_wait_for_end (ana);
  hub_host_fixture_wait_for_told (&f.host, "-Ana ");
  /* Not the first: Ben is still there. */
  g_assert_cmpstr (f.told->str, ==, "joined:Ana first joined:Ben ");

  hub_status_stop (f.status);
  g_assert_cmpuint (hub_status_get_n_people (f.status), ==, 0);
  hub_host_fixture_wait_for_state (&f.host, HUB_HOST_STOPPED);
  while (g_list_model_get_n_items (people) > 0)
    g_main_context_iteration (NULL, TRUE);
  fixture_clear (&f);
}

/* By the clock, and by nobody's dismissing it: a guest. */
static void
test_nobody (void)
{
  Fixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;

  fixture_init (&f);
  hub_host_fixture_start (&f.host);
  hub_fake_clock_advance (f.clock, HUB_STATUS_NOBODY_S * 1000 - 1);
  hub_status_check_time (f.status);
  g_assert_cmpint (hub_status_get_notice (f.status), ==, HUB_NOTICE_NONE);
  hub_fake_clock_advance (f.clock, 1);
  f.n_changes = 0;
  hub_status_check_time (f.status);
  g_assert_cmpuint (f.n_changes, ==, 1);
  g_assert_cmpint (hub_status_get_notice (f.status), ==, HUB_NOTICE_NOBODY);
  ana = hub_host_guest_join (hub_host_fixture_get_port (&f.host), "Ana");
  wait_for_told (&f, "joined:Ana ");
  g_assert_cmpint (hub_status_get_notice (f.status), ==, HUB_NOTICE_NONE);

  /* The next chat waits anew. */
  hub_host_fixture_stop (&f.host);
  g_assert_cmpint (hub_status_get_notice (f.status), ==, HUB_NOTICE_NONE);
  hub_host_fixture_start (&f.host);
  hub_fake_clock_advance (f.clock, HUB_STATUS_NOBODY_S * 1000);
  g_assert_cmpint (hub_status_get_notice (f.status), ==, HUB_NOTICE_NOBODY);
  hub_status_dismiss_notice (f.status);
  g_assert_cmpint (hub_status_get_notice (f.status), ==, HUB_NOTICE_NONE);
  fixture_clear (&f);
}

static void
test_place (void)
{
  Fixture f;
  const HubPlace *place;
  g_autofree char *invitation = NULL;
  g_autofree char *best = NULL;
  g_autofree char *name = NULL;
  g_auto (GStrv) names = NULL;

  fixture_init (&f);
  g_strfreev (f.host.settings->addresses);
  f.host.settings->addresses = g_strsplit ("127.0.0.1 127.0.0.2", " ", -1);
  f.host.settings->ask_code = TRUE;
  hub_host_fixture_start (&f.host);
  place = hub_status_get_place (f.status);
  g_assert_nonnull (place);
  best = g_strdup (place->url);
  invitation = hub_status_dup_invitation (f.status);
  g_assert_true (g_str_has_prefix (invitation, best));
  g_assert_true (
      g_str_has_suffix (invitation, hub_snapshot_get_code (hub_status_get_snapshot (f.status))));

  /* A label that no place has: the best. */
  hub_status_choose_place (f.status, "Wi-Fi (wlp3s0)");
  g_assert_cmpstr (hub_status_get_place (f.status)->url, ==, best);
  hub_status_choose_place (f.status, NULL);
  g_assert_cmpstr (hub_status_get_place (f.status)->url, ==, best);

  /* Both are this computer's loopback: told apart by their addresses. */
  names = hub_status_dup_place_names (f.status);
  g_assert_cmpuint (g_strv_length (names), >=, 2);
  g_assert_cmpstr (names[0], ==, "This computer only · 127.0.0.1");
  g_assert_cmpstr (names[1], ==, "This computer only · 127.0.0.2");
  hub_status_choose_place (f.status, names[1]);
  g_assert_true (g_str_has_prefix (hub_status_get_place (f.status)->url, "https://127.0.0.2:"));
  name = hub_status_dup_place_name (f.status);
  g_assert_cmpstr (name, ==, names[1]);
  fixture_clear (&f);
}

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

/* A chat is started with the preferences, and started anew as it was locked. */
static void
test_restart (void)
{
  Fixture f;

  fixture_init (&f);
  g_object_set (f.preferences, "port", find_free_port (), "room-name", "First", "addresses",
                (const char *const[]){ "127.0.0.1", NULL }, NULL);
  hub_status_start (f.status);
  hub_status_start (f.status);
  hub_host_fixture_wait_for_state (&f.host, HUB_HOST_READY);
  g_assert_cmpstr (hub_snapshot_get_room_name (hub_status_get_snapshot (f.status)), ==, "First");
  hub_host_set_locked (f.host.host, TRUE);
  hub_host_fixture_wait_for_told (&f.host, "<locked> ");

  g_object_set (f.preferences, "room-name", "Second", NULL);
  g_string_truncate (f.host.told, 0);
  hub_status_restart (f.status);
  g_assert_cmpint (hub_status_get_state (f.status), ==, HUB_HOST_STOPPING);
  hub_host_fixture_wait_for_state (&f.host, HUB_HOST_READY);
  g_assert_cmpstr (hub_snapshot_get_room_name (hub_status_get_snapshot (f.status)), ==, "Second");
  g_assert_true (hub_snapshot_is_locked (hub_status_get_snapshot (f.status)));

  /* Who stops meanwhile means it. */
  hub_status_restart (f.status);
  hub_status_stop (f.status);
  hub_host_fixture_wait_for_state (&f.host, HUB_HOST_STOPPED);
  g_assert_cmpint (hub_status_get_state (f.status), ==, HUB_HOST_STOPPED);
  fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  char *home = hub_test_home_make ();
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/status/states", test_states);
  g_test_add_func ("/status/failed", test_failed);
  g_test_add_func ("/status/people", test_people);
  g_test_add_func ("/status/nobody", test_nobody);
  g_test_add_func ("/status/place", test_place);
  g_test_add_func ("/status/restart", test_restart);

  status = g_test_run ();
  hub_test_home_remove (home);

  return status;
}
