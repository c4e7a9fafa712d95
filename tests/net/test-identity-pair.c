/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-test-identity.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY_S (24 * 60 * 60)
#define CERTIFICATE "cert.pem"
#define KEY "key.pem"

/* openssl ec -aes128, password "secret". */
static const char encrypted_key[]
    = "-----BEGIN EC PRIVATE KEY-----\n"
      "Proc-Type: 4,ENCRYPTED\n"
      "DEK-Info: AES-128-CBC,E1B81024C01A75037D0B9EC5ABE6955C\n"
      "\n"
      "MRqbgnKHVbsRgUlOrSA5XvDCOxTY/LAlXoDGA7Dnqtj53KDVR4wwfs2dXTBAoAOF\n"
      "Is1Ew1jl3WinMdlqDJ5sIoEA8VCUw9ORFzyvz8z/6wsYkrGh5Bj6a1868d9m/ZLd\n"
      "SnTZi9f9OEqhAIRE68cxkta4LfZ8/DWcHnIdqQ9CLSs=\n"
      "-----END EC PRIVATE KEY-----\n";

/* openssl ecparam -genkey: another block comes first. It is of no certificate here. */
static const char key_with_parameters[]
    = "-----BEGIN EC PARAMETERS-----\n"
      "BggqhkjOPQMBBw==\n"
      "-----END EC PARAMETERS-----\n"
      "-----BEGIN EC PRIVATE KEY-----\n"
      "MHcCAQEEIF//f4vJoTD+AOZFqAJX0qvFr257JrwK9i47T7Q3N3yzoAoGCCqGSM49\n"
      "AwEHoUQDQgAEGQuHYuHIIPbI30fHZgAXTl7bxUSYfldSIXTEICM9PIK0+Bk2OVLZ\n"
      "N9KZanbpDO3a62jhUJUJYlC9gTM2bjME7g==\n"
      "-----END EC PRIVATE KEY-----\n";

static const char *const names[] = { "chat.example.org", "*.example.org", NULL };

static void
put_pair (HubTestIdentity *test, gnutls_pk_algorithm_t algorithm, gint64 start, gint64 end)
{
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;

  hub_test_identity_make_pair (algorithm, names, start, end, &certificate, &key);
  hub_test_identity_put_file (test, CERTIFICATE, certificate, 0644);
  hub_test_identity_put_file (test, KEY, key, 0600);
}

static void
put_good_pair (HubTestIdentity *test)
{
  put_pair (test, GNUTLS_PK_ECDSA, -DAY_S, 30 * DAY_S);
}

static HubIdentity *
open_pair (HubTestIdentity *test, GError **error)
{
  g_autofree char *certificate = hub_test_identity_dup_path (test, CERTIFICATE);
  g_autofree char *key = hub_test_identity_dup_path (test, KEY);

  return hub_identity_open_pair (test->clock, certificate, key, error);
}

static HubIdentity *
open_good (HubTestIdentity *test)
{
  g_autoptr (GError) error = NULL;
  HubIdentity *identity = open_pair (test, &error);

  g_assert_no_error (error);

  return identity;
}

static void
assert_refused (HubTestIdentity *test, const char *name, HubIdentityError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_pair (test, &error));
  g_assert_error (error, HUB_IDENTITY_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, name));
}

static void
test_good (HubTestIdentity *test, gconstpointer user_data)
{
  const gnutls_pk_algorithm_t algorithms[] = { GNUTLS_PK_ECDSA, GNUTLS_PK_RSA };

  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      HubIdentity *identity;
      HubCredentials *credentials;
      g_autofree char *listing = NULL;
      g_autofree char *listing_after = NULL;

      put_pair (test, algorithms[i], -DAY_S, 30 * DAY_S);
      listing = hub_test_identity_dup_listing (test);
      identity = open_good (test);
      credentials = hub_identity_get_credentials (identity);
      g_assert_true (
          g_strv_equal ((const char *const *) names, hub_credentials_get_names (credentials)));
      g_assert_cmpint (hub_identity_get_expiry (identity), ==,
                       hub_clock_get_real (test->clock) + 30 * G_GINT64_CONSTANT (1000) * DAY_S);
      g_assert_null (hub_identity_dup_ca_pem (identity));

      /* Never ours to issue. */
      g_assert_false (hub_test_identity_ensure (identity, "10.0.0.1", "pi", TRUE));
      g_assert_true (hub_identity_get_credentials (identity) == credentials);
      listing_after = hub_test_identity_dup_listing (test);
      g_assert_cmpstr (listing, ==, listing_after);
      g_assert_finalize_object (identity);
    }
}

/* As certbot and distributions keep them. */
static void
test_others_ways (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *certificate = hub_test_identity_dup_path (test, CERTIFICATE);
  g_autofree char *key = hub_test_identity_dup_path (test, KEY);
  g_autofree char *certificate_there = g_strconcat (certificate, ".1", NULL);
  g_autofree char *key_there = g_strconcat (key, ".1", NULL);
  HubIdentity *identity;

  put_good_pair (test);
  g_assert_cmpint (g_rename (certificate, certificate_there), ==, 0);
  g_assert_cmpint (g_rename (key, key_there), ==, 0);
  g_assert_cmpint (symlink (certificate_there, certificate), ==, 0);
  g_assert_cmpint (symlink (key_there, key), ==, 0);
  g_assert_cmpint (g_chmod (key_there, 0640), ==, 0);

  identity = open_good (test);
  g_assert_finalize_object (identity);
}

static void
test_chain (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *own = hub_test_identity_open (test);
  HubIdentity *identity;
  g_autofree char *chain = NULL;
  g_autofree char *key = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *reversed = NULL;
  const char *second;

  hub_test_identity_ensure (own, "10.0.0.1", NULL, TRUE);
  fingerprint = g_strdup (hub_credentials_get_fingerprint (hub_identity_get_credentials (own)));
  g_assert_finalize_object (own);
  chain = hub_test_identity_dup_file (test, "server.pem");
  key = hub_test_identity_dup_file (test, "server-key.pem");
  hub_test_identity_put_file (test, CERTIFICATE, chain, 0644);
  hub_test_identity_put_file (test, KEY, key, 0600);

  identity = open_good (test);
  g_assert_cmpstr (fingerprint, ==,
                   hub_credentials_get_fingerprint (hub_identity_get_credentials (identity)));
  g_assert_finalize_object (identity);

  /* Both files in one. */
  g_clear_pointer (&reversed, g_free);
  reversed = g_strconcat (key, chain, NULL);
  hub_test_identity_put_file (test, CERTIFICATE, reversed, 0600);
  hub_test_identity_put_file (test, KEY, reversed, 0600);
  identity = open_good (test);
  g_assert_finalize_object (identity);

  /* The wrong way round: the first has to be the server's. */
  second = strstr (chain + 1, "-----BEGIN");
  g_assert_nonnull (second);
  g_free (reversed);
  reversed = g_strdup_printf ("%s%.*s", second, (int) (second - chain), chain);
  hub_test_identity_put_file (test, CERTIFICATE, reversed, 0644);
  assert_refused (test, CERTIFICATE, HUB_IDENTITY_ERROR_MISMATCH);
}

static void
test_time (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity;

  put_pair (test, GNUTLS_PK_ECDSA, -DAY_S, 0);
  assert_refused (test, CERTIFICATE, HUB_IDENTITY_ERROR_EXPIRED);

  put_pair (test, GNUTLS_PK_ECDSA, -DAY_S, 1);
  identity = open_good (test);
  g_assert_finalize_object (identity);
  hub_fake_clock_advance (test->fake_clock, 1000);
  assert_refused (test, CERTIFICATE, HUB_IDENTITY_ERROR_EXPIRED);

  /* More likely it is this computer's clock. */
  put_pair (test, GNUTLS_PK_ECDSA, DAY_S, 2 * DAY_S);
  identity = open_good (test);
  g_assert_finalize_object (identity);
}

static void
test_modes (HubTestIdentity *test, gconstpointer user_data)
{
  const int refused[] = { 0604, 0644, 0601, 0602, 0660, 0620, 0666, 0444 };
  g_autofree char *key = hub_test_identity_dup_path (test, KEY);

  put_good_pair (test);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_cmpint (g_chmod (key, refused[i]), ==, 0);
      assert_refused (test, KEY, HUB_IDENTITY_ERROR_PERMISSIONS);
    }
}

static void
assert_contents_refused (HubTestIdentity *test,
                         const char *name,
                         const char *contents,
                         HubIdentityError code)
{
  put_good_pair (test);
  hub_test_identity_put_file (test, name, contents, 0600);
  assert_refused (test, name, code);
}

static void
test_contents (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *half_certificate = NULL;
  g_autofree char *half_key = NULL;
  g_autofree char *large = g_strnfill (300 * 1024, '\n');

  hub_test_identity_make_pair (GNUTLS_PK_ECDSA, names, 0, DAY_S, &certificate, &key);
  half_certificate = g_strndup (certificate, strlen (certificate) / 2);
  half_key = g_strndup (key, strlen (key) / 2);

  assert_contents_refused (test, CERTIFICATE, "", HUB_IDENTITY_ERROR_CORRUPT);
  assert_contents_refused (test, KEY, "", HUB_IDENTITY_ERROR_CORRUPT);
  assert_contents_refused (test, CERTIFICATE, "hello", HUB_IDENTITY_ERROR_CORRUPT);
  assert_contents_refused (test, KEY, "hello", HUB_IDENTITY_ERROR_CORRUPT);
  assert_contents_refused (test, CERTIFICATE, half_certificate, HUB_IDENTITY_ERROR_CORRUPT);
  assert_contents_refused (test, KEY, half_key, HUB_IDENTITY_ERROR_CORRUPT);
  assert_contents_refused (test, CERTIFICATE, large, HUB_IDENTITY_ERROR_CORRUPT);
  assert_contents_refused (test, KEY, large, HUB_IDENTITY_ERROR_CORRUPT);
  /* The options mixed up. */
  assert_contents_refused (test, CERTIFICATE, key, HUB_IDENTITY_ERROR_CORRUPT);
  assert_contents_refused (test, KEY, certificate, HUB_IDENTITY_ERROR_CORRUPT);
  assert_contents_refused (test, KEY, encrypted_key, HUB_IDENTITY_ERROR_ENCRYPTED);
  /* Read well, of another certificate. */
  assert_contents_refused (test, KEY, key, HUB_IDENTITY_ERROR_MISMATCH);
  assert_contents_refused (test, CERTIFICATE, certificate, HUB_IDENTITY_ERROR_MISMATCH);
  assert_contents_refused (test, KEY, key_with_parameters, HUB_IDENTITY_ERROR_MISMATCH);
}

static void
test_not_files (HubTestIdentity *test, gconstpointer user_data)
{
  const char *const files[] = { CERTIFICATE, KEY };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = hub_test_identity_dup_path (test, files[i]);

      put_good_pair (test);
      g_assert_cmpint (g_unlink (path), ==, 0);
      assert_refused (test, files[i], HUB_IDENTITY_ERROR_MISSING);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      assert_refused (test, files[i], HUB_IDENTITY_ERROR_PERMISSIONS);
      g_assert_cmpint (g_rmdir (path), ==, 0);

      g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      assert_refused (test, files[i], HUB_IDENTITY_ERROR_PERMISSIONS);
      g_assert_cmpint (g_unlink (path), ==, 0);

      g_assert_cmpint (symlink (path, path), ==, 0);
      assert_refused (test, files[i], HUB_IDENTITY_ERROR_PERMISSIONS);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static void
assert_reload (HubIdentity *identity, gboolean is_changed)
{
  g_autoptr (GError) error = NULL;
  gboolean changed = -1;

  g_assert_true (hub_identity_reload (identity, &changed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (changed, ==, is_changed);
}

static void
test_reload (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity;
  HubCredentials *credentials;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  gboolean changed = TRUE;

  put_good_pair (test);
  identity = open_good (test);
  credentials = hub_identity_get_credentials (identity);
  assert_reload (identity, FALSE);
  g_assert_true (hub_identity_get_credentials (identity) == credentials);

  /* Caught between the two files of a renewal. */
  key = hub_test_identity_dup_file (test, KEY);
  put_good_pair (test);
  hub_test_identity_put_file (test, KEY, key, 0600);
  g_assert_false (hub_identity_reload (identity, &changed, &error));
  g_assert_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISMATCH);
  g_assert_false (changed);
  g_assert_true (hub_identity_get_credentials (identity) == credentials);

  put_good_pair (test);
  assert_reload (identity, TRUE);
  g_assert_true (hub_identity_get_credentials (identity) != credentials);
  assert_reload (identity, FALSE);
  g_assert_finalize_object (identity);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  hub_test_identity_add ("/identity-pair/good", test_good);
  hub_test_identity_add ("/identity-pair/others-ways", test_others_ways);
  hub_test_identity_add ("/identity-pair/chain", test_chain);
  hub_test_identity_add ("/identity-pair/time", test_time);
  hub_test_identity_add ("/identity-pair/modes", test_modes);
  hub_test_identity_add ("/identity-pair/contents", test_contents);
  hub_test_identity_add ("/identity-pair/not-files", test_not_files);
  hub_test_identity_add ("/identity-pair/reload", test_reload);

  return g_test_run ();
}
