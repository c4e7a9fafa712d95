/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-snapshot-private.h"

static HubSnapshot *
make_snapshot (const char *code, guint16 local_port)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_place_free);
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_person_free);
  const HubSnapshotParts parts = {
    .room_name = "Lab",
    .port = 8444,
    .busy_port = 8443,
    .places = places,
    .fingerprint = "AB:CD",
    .max_guests = 10,
    .is_locked = TRUE,
    .code = code,
    .local_port = local_port,
    .people = people,
  };

  g_ptr_array_add (places, hub_place_new ("https://10.0.0.1:8444/", "Wired (eth0)", FALSE));
  g_ptr_array_add (places, hub_place_new ("https://basil.local:8444/", "Name", FALSE));
  g_ptr_array_add (people, hub_person_new (7, "Ana", "iPhone", 1234, TRUE));

  return hub_snapshot_new (&parts);
}

static void
test_parts (void)
{
  g_autoptr (HubSnapshot) snapshot = make_snapshot ("K7M2PX", 1234);
  const char *const *urls = hub_snapshot_get_urls (snapshot);
  const HubPerson *person = g_ptr_array_index (hub_snapshot_get_people (snapshot), 0);

  g_assert_cmpstr (hub_snapshot_get_room_name (snapshot), ==, "Lab");
  g_assert_cmpuint (hub_snapshot_get_port (snapshot), ==, 8444);
  g_assert_cmpuint (hub_snapshot_get_busy_port (snapshot), ==, 8443);
  g_assert_cmpstr (hub_snapshot_get_fingerprint (snapshot), ==, "AB:CD");
  g_assert_cmpuint (hub_snapshot_get_max_guests (snapshot), ==, 10);
  g_assert_cmpuint (hub_snapshot_get_places (snapshot)->len, ==, 2);
  g_assert_cmpstr (urls[0], ==, "https://10.0.0.1:8444/");
  g_assert_cmpstr (urls[1], ==, "https://basil.local:8444/");
  g_assert_null (urls[2]);
  g_assert_cmpuint (person->id, ==, 7);
  g_assert_cmpstr (person->name, ==, "Ana");
  g_assert_cmpstr (person->device, ==, "iPhone");
  g_assert_cmpint (person->joined_at, ==, 1234);
  g_assert_true (person->is_away);
  g_assert_true (hub_snapshot_is_locked (snapshot));
  g_assert_cmpstr (hub_snapshot_get_code (snapshot), ==, "K7M2PX");
  g_assert_cmpstr (hub_snapshot_get_local_url (snapshot), ==, "http://127.0.0.1:1234/");
}

static void
test_invitation (void)
{
  g_autoptr (HubSnapshot) asking = make_snapshot ("K7M2PX", 0);
  g_autoptr (HubSnapshot) open = make_snapshot (NULL, 0);
  g_autofree char *with_code = hub_snapshot_dup_invitation (asking, "https://10.0.0.1:8444/");
  g_autofree char *without = hub_snapshot_dup_invitation (open, "https://10.0.0.1:8444/");

  g_assert_cmpstr (with_code, ==, "https://10.0.0.1:8444/#K7M2PX");
  g_assert_cmpstr (without, ==, "https://10.0.0.1:8444/");
  g_assert_null (hub_snapshot_get_code (open));
  g_assert_null (hub_snapshot_get_local_url (open));
}

static void
test_references (void)
{
  HubSnapshot *snapshot = make_snapshot (NULL, 0);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, HUB_TYPE_SNAPSHOT);
  g_value_take_boxed (&value, hub_snapshot_ref (snapshot));
  hub_snapshot_unref (snapshot);
  g_assert_cmpstr (hub_snapshot_get_room_name (g_value_get_boxed (&value)), ==, "Lab");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/snapshot/parts", test_parts);
  g_test_add_func ("/host/snapshot/invitation", test_invitation);
  g_test_add_func ("/host/snapshot/references", test_references);

  return g_test_run ();
}
