/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-firewall.h"

#include "hub-fake-service.h"

#include <glib/gstdio.h>

typedef struct
{
  GTestDBus *bus;
  char *directory;
  char *conf;
} Fixture;

typedef struct
{
  HubFirewall firewall;
  gboolean is_done;
} Outcome;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->directory = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  fixture->conf = g_build_filename (fixture->directory, "ufw.conf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
  g_remove (fixture->conf);
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->conf);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->firewall = hub_firewall_find_finish (result);
  outcome->is_done = TRUE;
}

static HubFirewall
find (Fixture *fixture, gboolean has_bus)
{
  g_autoptr (GDBusConnection) bus
      = has_bus ? g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL) : NULL;
  Outcome outcome = { HUB_FIREWALL_UNKNOWN };

  hub_firewall_find_async (bus, fixture->conf, NULL, on_found, &outcome);
  hub_fake_service_run_until (&outcome.is_done, "finding");

  return outcome.firewall;
}

static HubFakeService *
start_firewalld (Fixture *fixture)
{
  return hub_fake_service_new (g_test_dbus_get_bus_address (fixture->bus),
                               "org.fedoraproject.FirewallD1", "/org/fedoraproject/FirewallD1",
                               "<node/>", NULL, NULL);
}

static void
test_firewalld (Fixture *fixture, gconstpointer data)
{
  HubFakeService *firewalld;

  g_assert_cmpint (find (fixture, TRUE), ==, HUB_FIREWALL_UNKNOWN);

  firewalld = start_firewalld (fixture);
  g_assert_cmpint (find (fixture, TRUE), ==, HUB_FIREWALL_FIREWALLD);
  g_assert_true (g_file_set_contents (fixture->conf, "ENABLED=yes\n", -1, NULL));
  g_assert_cmpint (find (fixture, TRUE), ==, HUB_FIREWALL_FIREWALLD);
  g_assert_cmpint (find (fixture, FALSE), ==, HUB_FIREWALL_UFW);

  hub_fake_service_free (firewalld);
  g_assert_cmpint (find (fixture, TRUE), ==, HUB_FIREWALL_UFW);
}

static void
test_ufw (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    HubFirewall expected;
  } files[] = {
    { "# /etc/ufw/ufw.conf\n\nENABLED=yes\nLOGLEVEL=low\n", HUB_FIREWALL_UFW },
    { "ENABLED=no\n", HUB_FIREWALL_UNKNOWN },
    { "#ENABLED=yes\n", HUB_FIREWALL_UNKNOWN },
    { "ENABLED=\"yes\"", HUB_FIREWALL_UFW },
    { "ENABLED='YES'\r\n", HUB_FIREWALL_UFW },
    { "ENABLED=yes\nENABLED=no\n", HUB_FIREWALL_UNKNOWN },
    { "ENABLED=yesterday\n", HUB_FIREWALL_UNKNOWN },
    { "NOT_ENABLED=yes\n", HUB_FIREWALL_UNKNOWN },
    { "", HUB_FIREWALL_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_assert_true (g_file_set_contents (fixture->conf, files[i].text, -1, NULL));
      g_test_message ("%s", files[i].text);
      g_assert_cmpint (find (fixture, FALSE), ==, files[i].expected);
    }
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HubFakeService) firewalld = start_firewalld (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  Outcome outcome = { HUB_FIREWALL_UFW };

  hub_firewall_find_async (bus, fixture->conf, cancellable, on_found, &outcome);
  g_cancellable_cancel (cancellable);
  hub_fake_service_run_until (&outcome.is_done, "cancelling");
  g_assert_cmpuint (hub_fake_service_count (firewalld, ""), ==, 0);
  g_assert_cmpint (outcome.firewall, ==, HUB_FIREWALL_UNKNOWN);
}

static void
test_commands (void)
{
  static const struct
  {
    HubFirewall firewall;
    const char *name;
    const char *command;
  } rows[] = {
    { HUB_FIREWALL_UNKNOWN, "", "" },
    { HUB_FIREWALL_FIREWALLD, "firewalld", "sudo firewall-cmd --add-port=8444/tcp" },
    { HUB_FIREWALL_UFW, "ufw", "sudo ufw allow 8444/tcp" },
    { HUB_FIREWALL_NFTABLES, "nftables",
      "sudo nft insert rule inet filter input tcp dport 8444 accept" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *command = hub_firewall_dup_command (rows[i].firewall, 8444);

      g_assert_cmpstr (command, ==, rows[i].command);
      g_assert_cmpstr (hub_firewall_get_name (rows[i].firewall), ==, rows[i].name);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/firewall/commands", test_commands);
#define ADD(name, function)                                                                        \
  g_test_add ("/app/firewall/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("firewalld", test_firewalld);
  ADD ("ufw", test_ufw);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}
