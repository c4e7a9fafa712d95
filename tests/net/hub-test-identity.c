/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-test-identity.h"

#include "net/hub-authority.h"
#include "net/hub-gnutls.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

void
hub_test_identity_set_up (HubTestIdentity *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("hub-identity-XXXXXX", &error);
  g_assert_no_error (error);
  self->data = g_build_filename (self->directory, "data", NULL);
  self->fake_clock = hub_fake_clock_new ();
  self->clock = HUB_CLOCK (self->fake_clock);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_assert_cmpint (g_unlink (path), ==, 0);
      return;
    }

  directory = g_dir_open (path, 0, NULL);
  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
hub_test_identity_tear_down (HubTestIdentity *self, gconstpointer user_data)
{
  remove_tree (self->directory);
  g_free (self->directory);
  g_free (self->data);
  g_assert_finalize_object (self->fake_clock);
}

HubIdentity *
hub_test_identity_open (HubTestIdentity *self)
{
  g_autoptr (GError) error = NULL;
  HubIdentity *identity = hub_identity_open (self->clock, self->data, &error);

  g_assert_no_error (error);
  g_assert_true (HUB_IS_IDENTITY (identity));

  return identity;
}

gboolean
hub_test_identity_ensure (HubIdentity *identity,
                          const char *addresses,
                          const char *label,
                          gboolean is_quiet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) words = g_strsplit (addresses, " ", -1);
  gboolean changed = -1;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (list, g_inet_address_new_from_string (words[i]));

  g_assert_true (hub_identity_ensure (identity, list, label, is_quiet, &changed, &error));
  g_assert_no_error (error);
  g_assert_true (changed == TRUE || changed == FALSE);

  return changed;
}

void
hub_test_identity_make (HubTestIdentity *self)
{
  HubIdentity *identity = hub_test_identity_open (self);

  hub_test_identity_ensure (identity, "192.168.1.5", "pi", TRUE);
  g_assert_finalize_object (identity);
}

char *
hub_test_identity_dup_fingerprint (HubTestIdentity *self)
{
  HubIdentity *identity = hub_test_identity_open (self);
  HubCredentials *credentials = hub_identity_get_credentials (identity);
  char *fingerprint = g_strdup (hub_credentials_get_fingerprint (credentials));

  g_assert_finalize_object (identity);

  return fingerprint;
}

void
hub_test_identity_assert_refused (HubTestIdentity *self, const char *name, HubIdentityError code)
{
  g_autofree char *before = hub_test_identity_dup_listing (self);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HubIdentity) identity = hub_identity_open (self->clock, self->data, &error);

  g_assert_error (error, HUB_IDENTITY_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_null (identity);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_nonnull (strstr (error->message, "move the folder"));

  after = hub_test_identity_dup_listing (self);
  g_assert_cmpstr (before, ==, after);
}

char *
hub_test_identity_dup_path (HubTestIdentity *self, const char *name)
{
  return g_build_filename (self->data, name, NULL);
}

char *
hub_test_identity_dup_file (HubTestIdentity *self, const char *name)
{
  g_autofree char *path = hub_test_identity_dup_path (self, name);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);

  return contents;
}

void
hub_test_identity_put_file (HubTestIdentity *self, const char *name, const char *contents, int mode)
{
  g_autofree char *path = hub_test_identity_dup_path (self, name);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (self->data, 0700), ==, 0);
  g_file_set_contents_full (path, contents, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

void
hub_test_identity_remove_file (HubTestIdentity *self, const char *name)
{
  g_autofree char *path = hub_test_identity_dup_path (self, name);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static int
compare_names (gconstpointer one, gconstpointer other)
{
  return g_strcmp0 (*(const char *const *) one, *(const char *const *) other);
}

char *
hub_test_identity_dup_listing (HubTestIdentity *self)
{
  g_autoptr (GDir) directory = g_dir_open (self->data, 0, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = hub_test_identity_dup_path (self, name);
      g_autofree char *contents = NULL;
      struct stat status;

      g_assert_cmpint (lstat (path, &status), ==, 0);
      if (S_ISREG (status.st_mode))
        g_file_get_contents (path, &contents, NULL, NULL);
      g_ptr_array_add (lines, g_strdup_printf ("%s %o %" G_GUINT64_FORMAT " %s", name,
                                               status.st_mode, (guint64) status.st_ino,
                                               contents != NULL ? contents : "?"));
    }
  g_ptr_array_sort (lines, compare_names);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (GStrv) lines->pdata);
}

char *
hub_test_identity_dup_names (HubTestIdentity *self)
{
  g_autofree char *pem = hub_test_identity_dup_file (self, "server.pem");
  g_autofree char *key_pem = hub_test_identity_dup_file (self, "server-key.pem");
  g_autoptr (GBytes) bytes = g_bytes_new_static (pem, strlen (pem));
  g_autoptr (GBytes) key_bytes = g_bytes_new_static (key_pem, strlen (key_pem));
  g_autoptr (GError) error = NULL;
  g_autoptr (HubCertificate) certificate = NULL;
  g_autoptr (GPtrArray) addresses = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  certificate = hub_certificate_parse (bytes, "server.pem", key_bytes, "server-key.pem", &error);
  g_assert_no_error (error);

  names = hub_certificate_dup_names (certificate);
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, " %s", names[i]);

  addresses = hub_certificate_dup_addresses (certificate);
  for (guint i = 0; i < addresses->len; i++)
    {
      g_autofree char *address = g_inet_address_to_string (g_ptr_array_index (addresses, i));

      g_string_append_printf (text, " %s", address);
    }
  g_string_erase (text, 0, 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
hub_test_identity_make_pair (gnutls_pk_algorithm_t algorithm,
                             const char *const *names,
                             gint64 start,
                             gint64 end,
                             char **certificate,
                             char **key)
{
  g_autoptr (HubClock) clock = HUB_CLOCK (hub_fake_clock_new ());
  g_autoptr (GError) error = NULL;
  g_auto (gnutls_x509_privkey_t) private_key = NULL;
  g_auto (gnutls_x509_crt_t) crt = NULL;
  g_auto (gnutls_datum_t) pem = { NULL, 0 };
  gint64 now = hub_clock_get_real (clock) / 1000;
  guint bits = algorithm == GNUTLS_PK_RSA
                   ? 2048
                   : (guint) GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1);

  g_assert_cmpint (gnutls_x509_privkey_init (&private_key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_generate (private_key, algorithm, bits, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_init (&crt), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_version (crt, 3), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_serial (crt, "\x01", 1), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_activation_time (crt, now + start), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_expiration_time (crt, now + end), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_key (crt, private_key), ==, 0);
  for (guint i = 0; names[i] != NULL; i++)
    g_assert_cmpint (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_DNSNAME, names[i],
                                                           strlen (names[i]), GNUTLS_FSAN_APPEND),
                     ==, 0);
  g_assert_cmpint (gnutls_x509_crt_sign2 (crt, crt, private_key, GNUTLS_DIG_SHA256, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &pem), ==, 0);

  *certificate = g_strndup ((const char *) pem.data, pem.size);
  *key = hub_certificate_encode_key (private_key, &error);
  g_assert_no_error (error);
}
