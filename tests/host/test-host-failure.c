/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-host-fixture.h"
#include "net/hub-identity.h"
#include "server/hub-server.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_bad_addresses (void)
{
  static const char *const addresses[] = { "basil", "192.0.2.77", "2001:db8::77" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      HubHostFixture f;

      hub_host_fixture_init (&f);
      g_free (f.settings->addresses[0]);
      f.settings->addresses[0] = g_strdup (addresses[i]);
      hub_host_fixture_assert_fails (&f, HUB_SERVER_ERROR, HUB_SERVER_ERROR_ADDRESS);
      g_assert_nonnull (strstr (hub_host_get_error (f.host)->message, addresses[i]));

      /* What was wrong is put right: it starts. */
      g_free (f.settings->addresses[0]);
      f.settings->addresses[0] = g_strdup ("127.0.0.1");
      hub_host_start (f.host, f.settings);
      g_assert_null (hub_host_get_error (f.host));
      while (hub_host_get_state (f.host) == HUB_HOST_STARTING)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (hub_host_get_state (f.host), ==, HUB_HOST_READY);
      hub_host_fixture_clear (&f);
    }
}

static void
test_bad_data_dir (void)
{
  HubHostFixture f;

  hub_host_fixture_init (&f);
  g_assert_true (g_file_set_contents (f.settings->data_dir, "a file", -1, NULL));
  hub_host_fixture_assert_fails (&f, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY);
  g_assert_nonnull (strstr (hub_host_get_error (f.host)->message, f.settings->data_dir));
  hub_host_fixture_clear (&f);
}

static void
test_bad_pair (void)
{
  HubHostFixture f;

  hub_host_fixture_init (&f);
  f.settings->certificate = g_build_filename (f.directory, "chat.pem", NULL);
  hub_host_fixture_assert_fails (&f, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISSING);

  f.settings->private_key = g_build_filename (f.directory, "chat.key", NULL);
  hub_host_fixture_assert_fails (&f, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISSING);
  g_assert_nonnull (strstr (hub_host_get_error (f.host)->message, f.settings->certificate));

  g_assert_true (g_file_set_contents (f.settings->certificate, "nonsense", -1, NULL));
  g_assert_true (g_file_set_contents (f.settings->private_key, "nonsense", -1, NULL));
  g_assert_no_errno (g_chmod (f.settings->private_key, 0600));
  hub_host_fixture_assert_fails (&f, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_CORRUPT);
  hub_host_fixture_clear (&f);
}

static void
test_bad_web_root (void)
{
  HubHostFixture f;

  hub_host_fixture_init (&f);
  f.settings->web_root = g_build_filename (f.directory, "none", NULL);
  hub_host_fixture_assert_fails (&f, HUB_SERVER_ERROR, HUB_SERVER_ERROR_WEB_ROOT);
  hub_host_fixture_clear (&f);
}

/* Makes an identity and takes its server certificate and key, or only one of them, as the owner's. */
static void
copy_pair (HubHostFixture *f, const char *from, gboolean with_key)
{
  static const char *const names[] = { "server.pem", "server-key.pem" };
  const char *to[] = { f->settings->certificate, f->settings->private_key };

  for (guint i = 0; i < (with_key ? 2 : 1); i++)
    {
      g_autofree char *file = g_build_filename (from, names[i], NULL);
      g_autofree char *contents = NULL;

      g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
      g_assert_true (g_file_set_contents_full (to[i], contents, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                               0600, NULL));
    }
}

/* An owner's pair is read again while the chat runs; what is wrong leaves the old one in use. */
static void
test_reload (void)
{
  HubHostFixture f;
  HubHostFixture other;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  hub_host_fixture_init (&f);
  hub_host_fixture_init (&other);
  hub_host_fixture_start (&f);
  first = g_strdup (hub_host_fixture_get_fingerprint (&f));
  hub_host_reload_certificate (f.host);
  hub_host_fixture_stop (&f);
  hub_host_fixture_start (&other);
  second = g_strdup (hub_host_fixture_get_fingerprint (&other));
  g_assert_cmpstr (first, !=, second);

  f.settings->certificate = g_build_filename (f.directory, "chat.pem", NULL);
  f.settings->private_key = g_build_filename (f.directory, "chat.key", NULL);
  copy_pair (&f, f.settings->data_dir, TRUE);
  hub_host_fixture_start (&f);
  g_assert_cmpstr (hub_host_fixture_get_fingerprint (&f), ==, first);
  hub_host_reload_certificate (f.host);

  copy_pair (&f, other.settings->data_dir, FALSE);
  hub_host_reload_certificate (f.host);
  hub_host_fixture_wait_for_told (&f, "!");
  g_assert_nonnull (strstr (f.told->str, f.settings->certificate));
  g_assert_null (strstr (f.told->str, "<certificate>"));
  g_assert_cmpstr (hub_host_fixture_get_fingerprint (&f), ==, first);

  copy_pair (&f, other.settings->data_dir, TRUE);
  hub_host_reload_certificate (f.host);
  hub_host_fixture_wait_for_told (&f, "<certificate>");
  g_assert_cmpstr (hub_host_fixture_get_fingerprint (&f), ==, second);

  hub_host_fixture_clear (&other);
  hub_host_fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/host-failure/bad-addresses", test_bad_addresses);
  g_test_add_func ("/host/host-failure/bad-data-dir", test_bad_data_dir);
  g_test_add_func ("/host/host-failure/bad-pair", test_bad_pair);
  g_test_add_func ("/host/host-failure/bad-web-root", test_bad_web_root);
  g_test_add_func ("/host/host-failure/reload", test_reload);

  return g_test_run ();
}
