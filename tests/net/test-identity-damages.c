/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-test-identity.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum
{
  DAMAGE_EMPTY,
  DAMAGE_GARBAGE,
  DAMAGE_TRUNCATED,
  DAMAGE_LARGE,
  DAMAGE_LINK,
  DAMAGE_DANGLING_LINK,
  DAMAGE_FIFO,
  DAMAGE_DIRECTORY,
  DAMAGE_WORLD_READABLE,
  DAMAGE_GROUP_READABLE,
  DAMAGE_WORLD_WRITABLE,
  DAMAGE_ENCRYPTED,
  DAMAGE_OTHER_PAIR,
} Damage;

static char *
encrypt_key (const char *pem)
{
  gnutls_x509_privkey_t key;
  gnutls_datum_t in = { (unsigned char *) pem, strlen (pem) }, out;
  char *encrypted;

  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_import (key, &in, GNUTLS_X509_FMT_PEM), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, "secret",
                                                      GNUTLS_PKCS_PBES2_AES_256, &out),
                   ==, 0);
  encrypted = g_strndup ((const char *) out.data, out.size);
  gnutls_free (out.data);
  gnutls_x509_privkey_deinit (key);

  return encrypted;
}

/* What belongs in @name in another installation. */
static char *
dup_foreign (const char *name)
{
  HubTestIdentity other;
  char *contents;

  hub_test_identity_set_up (&other, NULL);
  hub_test_identity_make (&other);
  contents = hub_test_identity_dup_file (&other, name);
  hub_test_identity_tear_down (&other, NULL);

  return contents;
}

static void
put_instead (HubTestIdentity *test, const char *name, Damage damage)
{
  g_autofree char *path = hub_test_identity_dup_path (test, name);
  g_autofree char *elsewhere = g_build_filename (test->directory, "elsewhere", NULL);

  switch (damage)
    {
    case DAMAGE_LINK:
      g_assert_cmpint (g_rename (path, elsewhere), ==, 0);
      g_assert_cmpint (symlink (elsewhere, path), ==, 0);
      break;
    case DAMAGE_DANGLING_LINK:
      g_assert_cmpint (g_unlink (path), ==, 0);
      g_assert_cmpint (symlink ("nowhere", path), ==, 0);
      break;
    case DAMAGE_FIFO:
      g_assert_cmpint (g_unlink (path), ==, 0);
      g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      break;
    case DAMAGE_DIRECTORY:
      g_assert_cmpint (g_unlink (path), ==, 0);
      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      break;
    case DAMAGE_WORLD_READABLE:
      g_assert_cmpint (g_chmod (path, 0604), ==, 0);
      break;
    case DAMAGE_GROUP_READABLE:
      g_assert_cmpint (g_chmod (path, 0640), ==, 0);
      break;
    case DAMAGE_WORLD_WRITABLE:
      g_assert_cmpint (g_chmod (path, 0602), ==, 0);
      break;
    case DAMAGE_EMPTY:
    case DAMAGE_GARBAGE:
    case DAMAGE_TRUNCATED:
    case DAMAGE_LARGE:
    case DAMAGE_ENCRYPTED:
    case DAMAGE_OTHER_PAIR:
    default:
      g_assert_not_reached ();
    }
}

static void
damage_file (HubTestIdentity *test, const char *name, Damage damage)
{
  g_autofree char *contents = hub_test_identity_dup_file (test, name);
  g_autofree char *worse = NULL;

  switch (damage)
    {
    case DAMAGE_EMPTY:
      worse = g_strdup ("");
      break;
    case DAMAGE_GARBAGE:
      worse = g_strdup ("\x7f"
                        "ELF\n-----BEGIN\n");
      break;
    case DAMAGE_TRUNCATED:
      worse = g_strndup (contents, 150);
      break;
    case DAMAGE_LARGE:
      worse = g_strnfill (300 * 1024, '\n');
      memcpy (worse, contents, strlen (contents));
      break;
    case DAMAGE_ENCRYPTED:
      worse = encrypt_key (contents);
      break;
    case DAMAGE_OTHER_PAIR:
      worse = dup_foreign (name);
      break;
    case DAMAGE_LINK:
    case DAMAGE_DANGLING_LINK:
    case DAMAGE_FIFO:
    case DAMAGE_DIRECTORY:
    case DAMAGE_WORLD_READABLE:
    case DAMAGE_GROUP_READABLE:
    case DAMAGE_WORLD_WRITABLE:
    default:
      put_instead (test, name, damage);
      return;
    }

  hub_test_identity_put_file (test, name, worse, strstr (name, "key") != NULL ? 0600 : 0644);
}

static const struct
{
  const char *name;
  Damage damage;
  HubIdentityError code;
} damages[] = {
  { "ca.pem", DAMAGE_EMPTY, HUB_IDENTITY_ERROR_CORRUPT },
  { "ca.pem", DAMAGE_GARBAGE, HUB_IDENTITY_ERROR_CORRUPT },
  { "ca.pem", DAMAGE_TRUNCATED, HUB_IDENTITY_ERROR_CORRUPT },
  { "ca.pem", DAMAGE_LARGE, HUB_IDENTITY_ERROR_CORRUPT },
  { "ca.pem", DAMAGE_LINK, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca.pem", DAMAGE_DANGLING_LINK, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca.pem", DAMAGE_FIFO, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca.pem", DAMAGE_DIRECTORY, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca.pem", DAMAGE_WORLD_WRITABLE, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca.pem", DAMAGE_OTHER_PAIR, HUB_IDENTITY_ERROR_MISMATCH },
  { "ca-key.pem", DAMAGE_EMPTY, HUB_IDENTITY_ERROR_CORRUPT },
  { "ca-key.pem", DAMAGE_GARBAGE, HUB_IDENTITY_ERROR_CORRUPT },
  { "ca-key.pem", DAMAGE_TRUNCATED, HUB_IDENTITY_ERROR_CORRUPT },
  { "ca-key.pem", DAMAGE_LINK, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca-key.pem", DAMAGE_DANGLING_LINK, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca-key.pem", DAMAGE_FIFO, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca-key.pem", DAMAGE_DIRECTORY, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca-key.pem", DAMAGE_WORLD_READABLE, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca-key.pem", DAMAGE_GROUP_READABLE, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "ca-key.pem", DAMAGE_ENCRYPTED, HUB_IDENTITY_ERROR_ENCRYPTED },
  { "ca-key.pem", DAMAGE_OTHER_PAIR, HUB_IDENTITY_ERROR_MISMATCH },
  { "server.pem", DAMAGE_EMPTY, HUB_IDENTITY_ERROR_CORRUPT },
  { "server.pem", DAMAGE_GARBAGE, HUB_IDENTITY_ERROR_CORRUPT },
  { "server.pem", DAMAGE_TRUNCATED, HUB_IDENTITY_ERROR_CORRUPT },
  { "server.pem", DAMAGE_LINK, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "server.pem", DAMAGE_FIFO, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "server.pem", DAMAGE_DIRECTORY, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "server.pem", DAMAGE_OTHER_PAIR, HUB_IDENTITY_ERROR_MISMATCH },
  { "server-key.pem", DAMAGE_EMPTY, HUB_IDENTITY_ERROR_CORRUPT },
  { "server-key.pem", DAMAGE_GARBAGE, HUB_IDENTITY_ERROR_CORRUPT },
  { "server-key.pem", DAMAGE_TRUNCATED, HUB_IDENTITY_ERROR_CORRUPT },
  { "server-key.pem", DAMAGE_LINK, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "server-key.pem", DAMAGE_FIFO, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "server-key.pem", DAMAGE_WORLD_READABLE, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "server-key.pem", DAMAGE_GROUP_READABLE, HUB_IDENTITY_ERROR_PERMISSIONS },
  { "server-key.pem", DAMAGE_ENCRYPTED, HUB_IDENTITY_ERROR_ENCRYPTED },
  { "server-key.pem", DAMAGE_OTHER_PAIR, HUB_IDENTITY_ERROR_MISMATCH },
};

static void
test_damages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      HubTestIdentity test;

      g_test_message ("%s, damage %d", damages[i].name, damages[i].damage);
      hub_test_identity_set_up (&test, NULL);
      hub_test_identity_make (&test);
      damage_file (&test, damages[i].name, damages[i].damage);
      hub_test_identity_assert_refused (&test, damages[i].name, damages[i].code);
      hub_test_identity_tear_down (&test, NULL);
    }
}

static void
swap_files (HubTestIdentity *test, const char *one, const char *other)
{
  g_autofree char *of_one = hub_test_identity_dup_file (test, one);
  g_autofree char *of_other = hub_test_identity_dup_file (test, other);

  hub_test_identity_put_file (test, one, of_other, 0600);
  hub_test_identity_put_file (test, other, of_one, 0600);
}

static void
test_swapped_keys (HubTestIdentity *test, gconstpointer user_data)
{
  hub_test_identity_make (test);
  swap_files (test, "ca-key.pem", "server-key.pem");
  hub_test_identity_assert_refused (test, "ca-key.pem", HUB_IDENTITY_ERROR_MISMATCH);
}

/* Both server files of another installation: a pair, but not one of this CA's. */
static void
test_foreign_leaf (HubTestIdentity *test, gconstpointer user_data)
{
  HubTestIdentity other;
  g_autofree char *server = NULL;
  g_autofree char *server_key = NULL;

  hub_test_identity_make (test);
  hub_test_identity_set_up (&other, NULL);
  hub_test_identity_make (&other);
  server = hub_test_identity_dup_file (&other, "server.pem");
  server_key = hub_test_identity_dup_file (&other, "server-key.pem");
  hub_test_identity_tear_down (&other, NULL);

  hub_test_identity_put_file (test, "server.pem", server, 0644);
  hub_test_identity_put_file (test, "server-key.pem", server_key, 0600);
  hub_test_identity_assert_refused (test, "server.pem", HUB_IDENTITY_ERROR_MISMATCH);
}

/* The server's certificate where the CA's should be. */
static void
test_leaf_as_authority (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *server = NULL;
  g_autofree char *server_key = NULL;

  hub_test_identity_make (test);
  server = hub_test_identity_dup_file (test, "server.pem");
  server_key = hub_test_identity_dup_file (test, "server-key.pem");
  hub_test_identity_put_file (test, "ca.pem", server, 0644);
  hub_test_identity_put_file (test, "ca-key.pem", server_key, 0600);
  hub_test_identity_assert_refused (test, "ca.pem", HUB_IDENTITY_ERROR_CORRUPT);
}

static void
test_authority_key_missing (HubTestIdentity *test, gconstpointer user_data)
{
  hub_test_identity_make (test);
  hub_test_identity_remove_file (test, "ca-key.pem");
  hub_test_identity_assert_refused (test, "ca-key.pem", HUB_IDENTITY_ERROR_MISSING);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identity-damages/table", test_damages);
  hub_test_identity_add ("/identity-damages/swapped-keys", test_swapped_keys);
  hub_test_identity_add ("/identity-damages/foreign-leaf", test_foreign_leaf);
  hub_test_identity_add ("/identity-damages/leaf-as-authority", test_leaf_as_authority);
  hub_test_identity_add ("/identity-damages/authority-key-missing", test_authority_key_missing);

  return g_test_run ();
}
