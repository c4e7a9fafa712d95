/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-test-identity.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

/* A whole identity in test->data. Returns: (transfer full): its fingerprint */
static char *
make_identity (HubTestIdentity *test)
{
  HubIdentity *identity = hub_test_identity_open (test);
  char *fingerprint;

  hub_test_identity_ensure (identity, "192.168.1.5", "pi", TRUE);
  fingerprint
      = g_strdup (hub_credentials_get_fingerprint (hub_identity_get_credentials (identity)));
  g_assert_finalize_object (identity);

  return fingerprint;
}

/* Opening fails with @code, names @name and the folder, and leaves everything as it was. */
static void
assert_refused (HubTestIdentity *test, const char *name, HubIdentityError code)
{
  g_autofree char *before = hub_test_identity_dup_listing (test);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HubIdentity) identity = hub_identity_open (test->clock, test->data, &error);

  g_assert_error (error, HUB_IDENTITY_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_null (identity);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_nonnull (strstr (error->message, "move the folder"));

  after = hub_test_identity_dup_listing (test);
  g_assert_cmpstr (before, ==, after);
}

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
  g_autofree char *fingerprint = NULL;
  char *contents;

  hub_test_identity_set_up (&other, NULL);
  fingerprint = make_identity (&other);
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
      g_autofree char *fingerprint = NULL;

      g_test_message ("%s, damage %d", damages[i].name, damages[i].damage);
      hub_test_identity_set_up (&test, NULL);
      fingerprint = make_identity (&test);
      damage_file (&test, damages[i].name, damages[i].damage);
      assert_refused (&test, damages[i].name, damages[i].code);
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
  g_autofree char *fingerprint = make_identity (test);

  swap_files (test, "ca-key.pem", "server-key.pem");
  assert_refused (test, "ca-key.pem", HUB_IDENTITY_ERROR_MISMATCH);
}

/* Both server files of another installation: a pair, but not one of this CA's. */
static void
test_foreign_leaf (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *fingerprint = make_identity (test);
  HubTestIdentity other;
  g_autofree char *other_fingerprint = NULL;
  g_autofree char *server = NULL;
  g_autofree char *server_key = NULL;

  hub_test_identity_set_up (&other, NULL);
  other_fingerprint = make_identity (&other);
  server = hub_test_identity_dup_file (&other, "server.pem");
  server_key = hub_test_identity_dup_file (&other, "server-key.pem");
  hub_test_identity_tear_down (&other, NULL);

  hub_test_identity_put_file (test, "server.pem", server, 0644);
  hub_test_identity_put_file (test, "server-key.pem", server_key, 0600);
  assert_refused (test, "server.pem", HUB_IDENTITY_ERROR_MISMATCH);
}

/* The server's certificate where the CA's should be. */
static void
test_leaf_as_authority (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *fingerprint = make_identity (test);
  g_autofree char *server = hub_test_identity_dup_file (test, "server.pem");
  g_autofree char *server_key = hub_test_identity_dup_file (test, "server-key.pem");

  hub_test_identity_put_file (test, "ca.pem", server, 0644);
  hub_test_identity_put_file (test, "ca-key.pem", server_key, 0600);
  assert_refused (test, "ca.pem", HUB_IDENTITY_ERROR_CORRUPT);
}

static void
test_authority_key_missing (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *fingerprint = make_identity (test);

  hub_test_identity_remove_file (test, "ca-key.pem");
  assert_refused (test, "ca-key.pem", HUB_IDENTITY_ERROR_MISSING);
}

/* What a kill at any moment of the first start, or of issuing again, leaves behind. The next
 * start goes on from there; whatever was whole stays as it was. */
static const struct
{
  const char *missing; /* of a whole identity */
  const char *left;    /* half-written */
} crashes[] = {
  { "ca-key.pem ca.pem server-key.pem server.pem", "ca-key.pem.tmp" },
  { "ca.pem server-key.pem server.pem", NULL },
  { "ca.pem server-key.pem server.pem", "ca.pem.tmp" },
  { "server-key.pem server.pem", NULL },
  { "server-key.pem server.pem", "server-key.pem.tmp" },
  { "server.pem", NULL },
  { "server.pem", "server.pem.tmp" },
  { "", "server.pem.tmp" },
  { "lock", "server-key.pem.tmp" },
  /* Not a crash of ours, but nothing is lost by making it again with the key there is. */
  { "ca.pem", NULL },
  { "server-key.pem", NULL },
};

static void
assert_goes_on (HubTestIdentity *test, const char *missing, const char *left)
{
  g_autofree char *fingerprint = make_identity (test);
  g_autofree char *fingerprint_after = NULL;
  g_auto (GStrv) gone = g_strsplit (missing, " ", -1);
  g_autofree char *left_path = NULL;
  const char *const names[] = { "ca-key.pem", "ca.pem", "server-key.pem", "server.pem" };
  g_autofree char *contents[G_N_ELEMENTS (names)] = { NULL };
  gboolean is_leaf_gone = strstr (missing, "server") != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    contents[i] = hub_test_identity_dup_file (test, names[i]);
  for (guint i = 0; gone[i] != NULL; i++)
    hub_test_identity_remove_file (test, gone[i]);
  if (left != NULL)
    hub_test_identity_put_file (test, left, "-----BEGIN PRIV", 0600);

  fingerprint_after = make_identity (test);
  g_assert_cmpint (strcmp (fingerprint, fingerprint_after) != 0, ==, is_leaf_gone);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *after = hub_test_identity_dup_file (test, names[i]);
      gboolean is_new = g_strv_contains ((const char *const *) gone, names[i])
                        || (is_leaf_gone && g_str_equal (names[i], "server.pem"));

      g_assert_cmpint (g_strcmp0 (contents[i], after) != 0, ==, is_new);
      g_free (contents[i]);
      contents[i] = NULL;
    }

  if (left != NULL)
    {
      left_path = hub_test_identity_dup_path (test, left);
      g_assert_false (g_file_test (left_path, G_FILE_TEST_EXISTS));
    }
}

static void
test_crashes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (crashes); i++)
    {
      HubTestIdentity test;

      g_test_message ("missing %s, left %s", crashes[i].missing, crashes[i].left);
      hub_test_identity_set_up (&test, NULL);
      assert_goes_on (&test, crashes[i].missing, crashes[i].left);
      hub_test_identity_tear_down (&test, NULL);
    }
}

static gpointer
open_in_thread (gpointer data)
{
  HubTestIdentity *test = data;
  HubIdentity *identity = hub_test_identity_open (test);
  g_autofree char *ca = hub_identity_dup_ca_pem (identity);
  char *result;

  hub_test_identity_ensure (identity, "192.168.1.5", "pi", TRUE);
  result = g_strconcat (
      ca, hub_credentials_get_fingerprint (hub_identity_get_credentials (identity)), NULL);
  g_assert_finalize_object (identity);

  return result;
}

/* The lock belongs to an open file, so threads meet it as processes do: all end with one CA and
 * one certificate. */
static void
test_at_once (HubTestIdentity *test, gconstpointer user_data)
{
  GThread *threads[8];
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("open", open_in_thread, test);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *result = g_thread_join (threads[i]);

      if (first == NULL)
        first = g_steal_pointer (&result);
      else
        g_assert_cmpstr (result, ==, first);
    }
}

/* Of two that run on one folder, the second takes over what the first has issued. */
static void
test_two_running (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *one = hub_test_identity_open (test);
  HubIdentity *other = hub_test_identity_open (test);

  g_assert_true (hub_test_identity_ensure (one, "10.0.0.1", NULL, TRUE));
  g_assert_true (hub_test_identity_ensure (other, "10.0.0.1", NULL, TRUE));
  g_assert_cmpstr (hub_credentials_get_fingerprint (hub_identity_get_credentials (one)), ==,
                   hub_credentials_get_fingerprint (hub_identity_get_credentials (other)));

  /* And adds to it what only it has. */
  g_assert_true (hub_test_identity_ensure (one, "10.0.0.2", NULL, FALSE));
  g_assert_true (hub_test_identity_ensure (other, "10.0.0.3", NULL, FALSE));
  g_assert_true (hub_test_identity_ensure (one, "10.0.0.3 10.0.0.1", NULL, FALSE));
  g_assert_false (hub_test_identity_ensure (one, "10.0.0.2", NULL, FALSE));

  g_assert_finalize_object (one);
  g_assert_finalize_object (other);
}

static void
test_lock_is_held (HubTestIdentity *test, gconstpointer user_data)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autofree char *fingerprint = make_identity (test);
  g_autofree char *path = hub_test_identity_dup_path (test, "lock");
  g_autoptr (GError) error = NULL;
  HubIdentity *identity;
  int fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &lock), ==, 0);
  g_assert_null (hub_identity_open (test->clock, test->data, &error));
  g_assert_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, test->data));
  close (fd);

  identity = hub_test_identity_open (test);
  g_assert_finalize_object (identity);
}

/* The disk turns bad while guests are present: the old credentials stay. */
static void
test_ensure_fails (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = hub_test_identity_open (test);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  HubCredentials *credentials;
  gboolean changed = TRUE;

  hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE);
  credentials = hub_identity_get_credentials (identity);
  damage_file (test, "server-key.pem", DAMAGE_GARBAGE);

  g_ptr_array_add (addresses, g_inet_address_new_from_string ("10.0.0.2"));
  g_assert_false (hub_identity_ensure (identity, addresses, NULL, FALSE, &changed, &error));
  g_assert_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "server-key.pem"));
  g_assert_false (changed);
  g_assert_true (hub_identity_get_credentials (identity) == credentials);
  g_assert_finalize_object (identity);
}

static void
assert_directory_refused (HubTestIdentity *test, const char *directory)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hub_identity_open (test->clock, directory, &error));
  g_assert_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY);
  g_assert_nonnull (strstr (error->message, directory));
}

static void
test_directories (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *file = g_build_filename (test->directory, "file", NULL);
  g_autofree char *below = g_build_filename (file, "data", NULL);
  g_autofree char *deep = g_build_filename (test->directory, "a", "b", "c", NULL);
  g_autofree char *link = g_build_filename (test->directory, "link", NULL);
  g_autoptr (HubIdentity) made = NULL;
  g_autoptr (HubIdentity) by_link = NULL;

  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  assert_directory_refused (test, file);
  assert_directory_refused (test, below);

  made = hub_identity_open (test->clock, deep, NULL);
  g_assert_nonnull (made);
  /* People keep their data on other disks. */
  g_assert_cmpint (symlink (deep, link), ==, 0);
  by_link = hub_identity_open (test->clock, link, NULL);
  g_assert_nonnull (by_link);

  g_assert_cmpint (g_chmod (deep, 0770), ==, 0);
  assert_directory_refused (test, deep);
  g_assert_cmpint (g_chmod (deep, 0777), ==, 0);
  assert_directory_refused (test, deep);
}

/* Both need somebody who is not root and somebody else: only root can play both. */
static void
test_other_users (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *fingerprint = NULL;
  g_autofree char *key_path = hub_test_identity_dup_path (test, "ca-key.pem");

  if (geteuid () != 0)
    {
      g_test_skip ("needs root");
      return;
    }

  fingerprint = make_identity (test);
  g_assert_cmpint (chown (key_path, NOBODY, (gid_t) -1), ==, 0);
  assert_refused (test, "ca-key.pem", HUB_IDENTITY_ERROR_PERMISSIONS);
  g_assert_cmpint (chown (key_path, 0, (gid_t) -1), ==, 0);

  g_assert_cmpint (chown (test->data, NOBODY, (gid_t) -1), ==, 0);
  assert_directory_refused (test, test->data);
}

static void
test_unreadable (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *fingerprint = NULL;
  g_autofree char *key_path = hub_test_identity_dup_path (test, "ca-key.pem");
  gboolean is_root = geteuid () == 0;

  if (is_root)
    {
      g_assert_cmpint (chown (test->directory, NOBODY, (gid_t) -1), ==, 0);
      g_assert_cmpint (seteuid (NOBODY), ==, 0);
    }

  fingerprint = make_identity (test);
  g_assert_cmpint (g_chmod (key_path, 0), ==, 0);
  assert_refused (test, "ca-key.pem", HUB_IDENTITY_ERROR_UNREADABLE);

  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identity-store/damages", test_damages);
  hub_test_identity_add ("/identity-store/swapped-keys", test_swapped_keys);
  hub_test_identity_add ("/identity-store/foreign-leaf", test_foreign_leaf);
  hub_test_identity_add ("/identity-store/leaf-as-authority", test_leaf_as_authority);
  hub_test_identity_add ("/identity-store/authority-key-missing", test_authority_key_missing);
  g_test_add_func ("/identity-store/crashes", test_crashes);
  hub_test_identity_add ("/identity-store/at-once", test_at_once);
  hub_test_identity_add ("/identity-store/two-running", test_two_running);
  hub_test_identity_add ("/identity-store/lock-is-held", test_lock_is_held);
  hub_test_identity_add ("/identity-store/ensure-fails", test_ensure_fails);
  hub_test_identity_add ("/identity-store/directories", test_directories);
  hub_test_identity_add ("/identity-store/other-users", test_other_users);
  hub_test_identity_add ("/identity-store/unreadable", test_unreadable);

  return g_test_run ();
}
