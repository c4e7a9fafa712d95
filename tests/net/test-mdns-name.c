/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-mdns-name.h"

#include "base/hub-limits.h"
#include "support/hub-fake-avahi.h"

#include <string.h>

typedef struct
{
  GTestDBus *bus;
  HubFakeAvahi *avahi;
  HubMdnsName *name;
  GString *history; /* every label so far, "-" for none */
} Fixture;

static void
on_name_changed (HubMdnsName *name, Fixture *fixture)
{
  const char *label = hub_mdns_name_get_label (name);

  g_string_append_printf (fixture->history, "%s ", label != NULL ? label : "-");
}

static void
set_addresses (HubMdnsName *name, const char *texts)
{
  g_auto (GStrv) words = g_strsplit (texts, " ", -1);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; words[i] != NULL && words[i][0] != '\0'; i++)
    g_ptr_array_add (addresses, g_inet_address_new_from_string (words[i]));
  hub_mdns_name_set_addresses (name, addresses);
}

static void
start_avahi (Fixture *fixture)
{
  fixture->avahi = hub_fake_avahi_new (g_test_dbus_get_bus_address (fixture->bus));
}

static void
start_name (Fixture *fixture)
{
  fixture->name = hub_mdns_name_new ("box.example.org", "A room", 8443);
  g_signal_connect (fixture->name, "changed", G_CALLBACK (on_name_changed), fixture);
  set_addresses (fixture->name, "192.0.2.1 fd00::1");
}

/* Runs the loop until what is published and what was told is this. */
static void
wait_for (Fixture *fixture, const char *records, const char *history)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  g_autofree char *got = NULL;

  do
    {
      g_main_context_iteration (NULL, FALSE);
      g_free (got);
      got = fixture->avahi != NULL ? hub_fake_avahi_dup_records (fixture->avahi) : g_strdup ("");
      if (g_str_equal (got, records) && g_str_equal (fixture->history->str, history))
        return;
      g_thread_yield ();
    }
  while (g_get_monotonic_time () < deadline);

  g_assert_cmpstr (got, ==, records);
  g_assert_cmpstr (fixture->history->str, ==, history);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->bus = (GTestDBus *) data;
  fixture->history = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->name);
  g_clear_pointer (&fixture->avahi, hub_fake_avahi_free);
  g_string_free (fixture->history, TRUE);

  while (g_main_context_iteration (NULL, FALSE))
    ;
}

#define BOX "A room box.local 8443\nbox.local 192.0.2.1\nbox.local fd00::1"
#define BOX_2 "A room box-2.local 8443\nbox-2.local 192.0.2.1\nbox-2.local fd00::1"

static void
test_publish (Fixture *fixture, gconstpointer data)
{
  start_avahi (fixture);
  start_name (fixture);
  g_assert_null (hub_mdns_name_get_label (fixture->name));
  wait_for (fixture, BOX, "box ");
  g_assert_cmpstr (hub_mdns_name_get_label (fixture->name), ==, "box");
  g_assert_cmpuint (hub_fake_avahi_count_groups (fixture->avahi), ==, 2);

  /* The same once more is no reason to say it again. */
  set_addresses (fixture->name, "192.0.2.1 fd00::1");
  wait_for (fixture, BOX, "box ");
  g_assert_cmpuint (hub_fake_avahi_count_commits (fixture->avahi), ==, 2);

  hub_mdns_name_withdraw (fixture->name);
  g_assert_null (hub_mdns_name_get_label (fixture->name));
  wait_for (fixture, "", "box - ");
  set_addresses (fixture->name, "192.0.2.2");
  wait_for (fixture, "", "box - ");
}

static void
test_addresses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) many = g_string_new ("192.0.2.100");
  g_autofree char *records = NULL;

  start_avahi (fixture);
  start_name (fixture);
  wait_for (fixture, BOX, "box ");

  /* The label stays while the addresses change. */
  set_addresses (fixture->name, "192.0.2.9");
  wait_for (fixture, "A room box.local 8443\nbox.local 192.0.2.9", "box ");
  set_addresses (fixture->name, "");
  wait_for (fixture, "", "box - ");

  for (guint i = 101; i < 150; i++)
    g_string_append_printf (many, " 192.0.2.%u", i);
  set_addresses (fixture->name, many->str);
  while (g_str_equal (fixture->history->str, "box - "))
    g_main_context_iteration (NULL, TRUE);
  records = hub_fake_avahi_dup_records (fixture->avahi);
  g_assert_nonnull (strstr (records, "box.local 192.0.2.115"));
  g_assert_null (strstr (records, "box.local 192.0.2.116"));
}

static void
test_collision (Fixture *fixture, gconstpointer data)
{
  start_avahi (fixture);
  hub_fake_avahi_take (fixture->avahi, "box.local");
  start_name (fixture);
  wait_for (fixture, BOX_2, "box-2 ");
}

static void
test_late_collision (Fixture *fixture, gconstpointer data)
{
  start_avahi (fixture);
  start_name (fixture);
  wait_for (fixture, BOX, "box ");
  hub_fake_avahi_collide (fixture->avahi, "box.local");
  wait_for (fixture, BOX_2, "box - box-2 ");
}

static void
test_local_collision (Fixture *fixture, gconstpointer data)
{
  start_avahi (fixture);
  hub_fake_avahi_break (fixture->avahi, "AddAddress", "org.freedesktop.Avahi.CollisionError");
  start_name (fixture);
  while (hub_fake_avahi_count_commits (fixture->avahi) == 0)
    g_main_context_iteration (NULL, TRUE);
  hub_fake_avahi_break (fixture->avahi, "AddAddress", NULL);
  while (fixture->history->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (fixture->history->str, "box-2"));
}

static void
test_service_collision (Fixture *fixture, gconstpointer data)
{
  start_avahi (fixture);
  hub_fake_avahi_take (fixture->avahi, "A room");
  start_name (fixture);
  wait_for (fixture, "A room #2 box.local 8443\nbox.local 192.0.2.1\nbox.local fd00::1", "box ");
}

static void
test_everything_taken (Fixture *fixture, gconstpointer data)
{
  gint64 end;

  start_avahi (fixture);
  hub_fake_avahi_take_all (fixture->avahi);
  start_name (fixture);
  while (hub_fake_avahi_count_commits (fixture->avahi) < 16
         || hub_fake_avahi_count_groups (fixture->avahi) > 0)
    g_main_context_iteration (NULL, TRUE);

  /* It has given up: nothing more comes, however long one listens. */
  end = g_get_monotonic_time () + G_USEC_PER_SEC / 5;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (hub_fake_avahi_count_commits (fixture->avahi), ==, 16);
  wait_for (fixture, "", "");
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  static const char *const methods[] = { "EntryGroupNew", "Commit" };

  start_avahi (fixture);
  start_name (fixture);
  wait_for (fixture, BOX, "box ");

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      hub_fake_avahi_break (fixture->avahi, methods[i], "org.freedesktop.Avahi.Failure");
      set_addresses (fixture->name, "192.0.2.2");
      wait_for (fixture, "", "box - ");
      hub_fake_avahi_break (fixture->avahi, NULL, NULL);
      set_addresses (fixture->name, "192.0.2.1 fd00::1");
      wait_for (fixture, BOX, "box - box ");
      g_string_assign (fixture->history, "box ");
    }

  /* One address less is better than none. */
  hub_fake_avahi_break (fixture->avahi, "AddAddress", "org.freedesktop.Avahi.InvalidAddressError");
  set_addresses (fixture->name, "192.0.2.2");
  wait_for (fixture, "A room box.local 8443", "box ");
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  start_name (fixture);
  start_avahi (fixture);
  wait_for (fixture, BOX, "box ");
  g_clear_pointer (&fixture->avahi, hub_fake_avahi_free);
  wait_for (fixture, "", "box - ");
  start_avahi (fixture);
  wait_for (fixture, BOX, "box - box ");
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Gone in the middle of every call that it can be in the middle of. */
static void
test_abandoned (Fixture *fixture, gconstpointer data)
{
  guint tick = g_timeout_add (1, on_tick, NULL);

  start_avahi (fixture);
  hub_fake_avahi_take (fixture->avahi, "box.local");
  hub_fake_avahi_take (fixture->avahi, "A room");
  for (guint turns = 0; hub_fake_avahi_count_commits (fixture->avahi) < 40; turns++)
    {
      start_name (fixture);
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, TRUE);
      g_assert_finalize_object (g_steal_pointer (&fixture->name));
    }
  g_source_remove (tick);

  g_string_truncate (fixture->history, 0);
  start_name (fixture);
  wait_for (fixture, "A room #2 box-2.local 8443\nbox-2.local 192.0.2.1\nbox-2.local fd00::1",
            "box-2 ");
}

static void
bus_not_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *is_done = user_data;

  g_assert_null (g_bus_get_finish (result, &error));
  g_assert_nonnull (error);
  *is_done = TRUE;
}

static void
test_no_bus (Fixture *fixture, gconstpointer data)
{
  gboolean is_done = FALSE;

  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  start_name (fixture);
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, bus_not_found_cb, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
  set_addresses (fixture->name, "192.0.2.7");
  wait_for (fixture, "", "");
  hub_mdns_name_withdraw (fixture->name);
  g_assert_null (hub_mdns_name_get_label (fixture->name));
}

static void
test_label (void)
{
  static const struct
  {
    const char *host_name;
    const char *label;
  } cases[] = {
    { "box", "box" },
    { "Ana-Laptop.example.org", "ana-laptop" },
    { "ana's computer", "ana-s-computer" },
    { "-box-", "box" },
    { "_box_", "box" },
    { "b\xc3\xb6x", "b--x" },
    { "\xd9\x85\xd8\xb1", "hubbub" },
    { "", "hubbub" },
    { ".local", "hubbub" },
    { "localhost", "hubbub" },
    { "localhost.localdomain", "hubbub" },
    { "42", "42" },
    { "a23456789-123456789-123456789-123456789-123456789-123456789-12-4",
      "a23456789-123456789-123456789-123456789-123456789-123456789-12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = hub_mdns_name_make_label (cases[i].host_name);

      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

static void
test_long_service_name (Fixture *fixture, gconstpointer data)
{
  /* 21 characters of three bytes would be 63; with one byte before them the last does not fit. */
  g_autoptr (GString) name = g_string_new ("x");
  g_autofree char *records = NULL;

  for (guint i = 0; i < 21; i++)
    g_string_append (name, "\xe2\x82\xac");
  start_avahi (fixture);
  fixture->name = hub_mdns_name_new ("box", name->str, 1);
  set_addresses (fixture->name, "192.0.2.1");
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (records);
      records = hub_fake_avahi_dup_records (fixture->avahi);
    }
  while (strstr (records, " box.local 1") == NULL);
  g_assert_true (g_utf8_validate (records, -1, NULL));
  g_assert_true (
      g_regex_match_simple ("^x\xe2\x82\xac{20} box\\.local 1$", records, G_REGEX_MULTILINE, 0));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/net/mdns-name/" name, Fixture, bus, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);

  g_test_add_func ("/net/mdns-name/label", test_label);
  ADD ("publish", test_publish);
  ADD ("addresses", test_addresses);
  ADD ("collision", test_collision);
  ADD ("late-collision", test_late_collision);
  ADD ("local-collision", test_local_collision);
  ADD ("service-collision", test_service_collision);
  ADD ("everything-taken", test_everything_taken);
  ADD ("failures", test_failures);
  ADD ("restart", test_restart);
  ADD ("abandoned", test_abandoned);
  ADD ("long-service-name", test_long_service_name);
  /* Last: until the process forgets it, a bus that could not be found is what g_bus_get() finds. */
  ADD ("no-bus", test_no_bus);

  status = g_test_run ();
  g_test_dbus_down (bus);

  return status;
}
