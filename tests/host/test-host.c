/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "hub-host-fixture.h"
#include "net/hub-identity.h"

#include <string.h>

static void
test_finalize (void)
{
  HubHost *host = hub_host_new ();

  g_assert_cmpint (hub_host_get_state (host), ==, HUB_HOST_STOPPED);
  g_assert_null (hub_host_get_snapshot (host));
  g_assert_null (hub_host_get_error (host));
  hub_host_stop (host);
  g_assert_cmpint (hub_host_get_state (host), ==, HUB_HOST_STOPPED);
  g_assert_finalize_object (host);
}

static void
test_ready (void)
{
  HubHostFixture f;
  HubSnapshot *snapshot;
  g_autofree char *url = NULL;

  hub_host_fixture_init (&f);
  f.settings->max_guests = 7;
  hub_host_fixture_start (&f);
  snapshot = hub_host_get_snapshot (f.host);
  url = g_strdup_printf ("https://127.0.0.1:%u/", hub_snapshot_get_port (snapshot));

  g_assert_cmpuint (f.n_snapshots, ==, 1);
  g_assert_cmpuint (hub_snapshot_get_port (snapshot), !=, 0);
  g_assert_cmpuint (hub_snapshot_get_busy_port (snapshot), ==, 0);
  g_assert_cmpstr (hub_snapshot_get_room_name (snapshot), ==, "Lab");
  g_assert_cmpuint (hub_snapshot_get_max_guests (snapshot), ==, 7);
  g_assert_cmpstr (hub_snapshot_get_urls (snapshot)[0], ==, url);
  g_assert_null (hub_snapshot_get_urls (snapshot)[1]);
  g_assert_cmpuint (strlen (hub_snapshot_get_fingerprint (snapshot)), ==, 32 * 3 - 1);
  g_assert_cmpuint (hub_snapshot_get_people (snapshot)->len, ==, 0);
  hub_host_fixture_stop (&f);
  g_assert_cmpstr (f.told->str, ==, "");
  hub_host_fixture_clear (&f);
}

/* The certificate outlives the chat; everything else is new. */
static void
test_restart (void)
{
  HubHostFixture f;
  g_autofree char *fingerprint = NULL;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  fingerprint = g_strdup (hub_host_fixture_get_fingerprint (&f));
  hub_host_fixture_stop (&f);
  for (guint i = 0; i < 3; i++)
    {
      hub_host_fixture_start (&f);
      g_assert_cmpstr (hub_host_fixture_get_fingerprint (&f), ==, fingerprint);
      hub_host_fixture_stop (&f);
    }
  hub_host_fixture_clear (&f);
}

/* Without a stop before it, at each point of the way. */
static void
test_shutdown (void)
{
  for (guint i = 0; i < 3; i++)
    {
      gint64 begin;
      HubHostFixture f;

      hub_host_fixture_init (&f);
      if (i == 0)
        hub_host_fixture_start (&f);
      else
        hub_host_start (f.host, f.settings);
      if (i == 2)
        hub_host_stop (f.host);
      begin = g_get_monotonic_time ();
      hub_host_fixture_clear (&f);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, HUB_TEST_STOP_US);
    }
}

static void
test_stop_while_starting (void)
{
  HubHostFixture f;

  hub_host_fixture_init (&f);
  hub_host_start (f.host, f.settings);
  hub_host_fixture_stop (&f);
  g_assert_null (hub_host_get_snapshot (f.host));
  hub_host_fixture_start (&f);
  hub_host_fixture_clear (&f);
}

static void
test_busy_port (void)
{
  HubHostFixture f;
  HubHostFixture other;
  HubSnapshot *snapshot;
  guint16 port;

  hub_host_fixture_init (&f);
  hub_host_fixture_init (&other);
  hub_host_fixture_start (&other);
  port = hub_host_fixture_get_port (&other);

  f.settings->port = port;
  hub_host_fixture_start (&f);
  g_assert_true (g_str_has_prefix (f.told->str, "?"));
  snapshot = hub_host_get_snapshot (f.host);
  g_assert_cmpuint (hub_snapshot_get_busy_port (snapshot), ==, port);
  g_assert_cmpuint (hub_snapshot_get_port (snapshot), >, port);
  g_assert_cmpuint (hub_snapshot_get_port (snapshot), <=, port + HUB_PORT_TRIES);
  hub_host_fixture_stop (&f);

  /* Free again while it waits: the port asked for is taken. */
  hub_host_start (f.host, f.settings);
  hub_host_fixture_stop (&other);
  hub_host_fixture_wait_for_state (&f, HUB_HOST_READY);
  snapshot = hub_host_get_snapshot (f.host);
  g_assert_cmpuint (hub_snapshot_get_port (snapshot), ==, port);
  g_assert_cmpuint (hub_snapshot_get_busy_port (snapshot), ==, 0);

  hub_host_fixture_clear (&other);
  hub_host_fixture_clear (&f);
}

/* Waiting for a port is no reason to be slow to stop. */
static void
test_stop_while_busy (void)
{
  HubHostFixture f;
  HubHostFixture other;

  hub_host_fixture_init (&f);
  hub_host_fixture_init (&other);
  hub_host_fixture_start (&other);
  f.settings->port = hub_host_fixture_get_port (&other);
  hub_host_start (f.host, f.settings);
  hub_host_fixture_wait_for_told (&f, "?");
  g_assert_nonnull (strstr (f.told->str, "is in use; trying again"));
  g_assert_cmpint (hub_host_get_state (f.host), ==, HUB_HOST_STARTING);
  hub_host_fixture_stop (&f);
  hub_host_fixture_clear (&other);
  hub_host_fixture_clear (&f);
}

/* More guests than there can be connections: fewer, and the host is told. */
static void
test_too_many_guests (void)
{
  HubHostFixture f;
  guint allowed;

  hub_host_fixture_init (&f);
  f.settings->max_guests = G_MAXUINT;
  hub_host_fixture_start (&f);
  allowed = hub_snapshot_get_max_guests (hub_host_get_snapshot (f.host));
  g_assert_cmpuint (allowed, <=, HUB_MAX_CONNECTIONS);
  hub_host_fixture_wait_for_told (&f, "!");
  hub_host_fixture_clear (&f);

  hub_host_fixture_init (&f);
  f.settings->max_guests = 0;
  hub_host_fixture_start (&f);
  g_assert_cmpuint (hub_snapshot_get_max_guests (hub_host_get_snapshot (f.host)), ==, allowed);
  hub_host_fixture_stop (&f);
  g_assert_cmpstr (f.told->str, ==, "");
  hub_host_fixture_clear (&f);
}

static void
test_ca_pem (void)
{
  HubHostFixture f;
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = NULL;
  g_autofree char *again = NULL;

  hub_host_fixture_init (&f);
  pem = hub_host_dup_ca_pem (f.settings->data_dir, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (pem, "-----BEGIN CERTIFICATE-----\n"));
  hub_host_fixture_start (&f);
  again = hub_host_dup_ca_pem (f.settings->data_dir, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, pem);
  g_assert_null (hub_host_dup_ca_pem ("/dev/null", &error));
  g_assert_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY);
  hub_host_fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/host/finalize", test_finalize);
  g_test_add_func ("/host/host/ready", test_ready);
  g_test_add_func ("/host/host/restart", test_restart);
  g_test_add_func ("/host/host/shutdown", test_shutdown);
  g_test_add_func ("/host/host/stop-while-starting", test_stop_while_starting);
  g_test_add_func ("/host/host/busy-port", test_busy_port);
  g_test_add_func ("/host/host/stop-while-busy", test_stop_while_busy);
  g_test_add_func ("/host/host/too-many-guests", test_too_many_guests);
  g_test_add_func ("/host/host/ca-pem", test_ca_pem);

  return g_test_run ();
}
