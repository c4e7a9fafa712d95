/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-network-group.h"

#include "host/hub-own-address.h"
#include "hub-widget-fixture.h"

#define HOSTILE "<b>Wi-Fi</b> & _more"

typedef struct
{
  HubPreferences *preferences;
  HubNetworkGroup *group;
  GPtrArray *own;
} Fixture;

static void
add_own (Fixture *fixture, const char *address, const char *label)
{
  HubOwnAddress *own = g_new0 (HubOwnAddress, 1);

  own->address = g_strdup (address);
  own->label = g_strdup (label);
  g_ptr_array_add (fixture->own, own);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->preferences = hub_preferences_new ("io.example.NotInstalled");
  fixture->own = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_own_address_free);
  add_own (fixture, "192.168.1.5", HOSTILE);
  add_own (fixture, "10.0.0.2", "Wired (eth0)");
  add_own (fixture, "fd00::5", HOSTILE);
  fixture->group = g_object_ref_sink (g_object_new (HUB_TYPE_NETWORK_GROUP, NULL));
  hub_network_group_follow (fixture->group, fixture->preferences);
  hub_network_group_set_own (fixture->group, fixture->own);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->group);
  g_assert_finalize_object (fixture->preferences);
  g_ptr_array_unref (fixture->own);
}

static GtkSwitch *
get_all (Fixture *fixture)
{
  return GTK_SWITCH (hub_widget_fixture_find (GTK_WIDGET (fixture->group), GTK_TYPE_SWITCH));
}

static GtkCheckButton *
get_check (Fixture *fixture, const char *title)
{
  GtkWidget *row = hub_widget_fixture_find_row (GTK_WIDGET (fixture->group), title);

  return row != NULL ? GTK_CHECK_BUTTON (hub_widget_fixture_find (row, GTK_TYPE_CHECK_BUTTON))
                     : NULL;
}

static void
assert_chosen (Fixture *fixture, const char *expected)
{
  g_auto (GStrv) addresses = NULL;
  g_autofree char *joined = NULL;

  g_object_get (fixture->preferences, "addresses", &addresses, NULL);
  joined = g_strjoinv (" ", addresses);
  g_assert_cmpstr (joined, ==, expected);
}

static void
choose (Fixture *fixture, const char *addresses)
{
  g_auto (GStrv) strv = g_strsplit (addresses, " ", -1);

  g_object_set (fixture->preferences, "addresses", strv, NULL);
}

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gtk_switch_get_active (get_all (fixture)));
  g_assert_null (get_check (fixture, HOSTILE));

  gtk_switch_set_active (get_all (fixture), FALSE);
  assert_chosen (fixture, "192.168.1.5 10.0.0.2 fd00::5");
  g_assert_true (gtk_check_button_get_active (get_check (fixture, HOSTILE)));
  g_assert_true (gtk_check_button_get_active (get_check (fixture, "Wired (eth0)")));

  gtk_check_button_set_active (get_check (fixture, "Wired (eth0)"), FALSE);
  assert_chosen (fixture, "192.168.1.5 fd00::5");

  /* Nothing chosen is no choice. */
  gtk_check_button_set_active (get_check (fixture, HOSTILE), FALSE);
  assert_chosen (fixture, "");
  g_assert_true (gtk_switch_get_active (get_all (fixture)));
  g_assert_null (get_check (fixture, HOSTILE));
}

static void
test_back_to_all (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "10.0.0.2");
  g_assert_false (gtk_switch_get_active (get_all (fixture)));
  g_assert_false (gtk_check_button_get_active (get_check (fixture, HOSTILE)));

  gtk_switch_set_active (get_all (fixture), TRUE);
  assert_chosen (fixture, "");
}

/* The network of yesterday is not forgotten because today's is another. */
static void
test_absent (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "172.16.0.9 10.0.0.2");
  g_assert_true (gtk_check_button_get_active (get_check (fixture, "Not Connected")));

  gtk_check_button_set_active (get_check (fixture, HOSTILE), TRUE);
  assert_chosen (fixture, "192.168.1.5 fd00::5 10.0.0.2 172.16.0.9");
}

static void
test_no_network (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  hub_network_group_set_own (fixture->group, none);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (get_all (fixture))));
  assert_chosen (fixture, "");

  choose (fixture, "172.16.0.9");
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (get_all (fixture))));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function)                                                                        \
  g_test_add ("/app/network-group/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("choose", test_choose);
  ADD ("back-to-all", test_back_to_all);
  ADD ("absent", test_absent);
  ADD ("no-network", test_no_network);

  return g_test_run ();
}
