/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-test-identity.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define NOBODY 65534

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
  g_autofree char *fingerprint = NULL;
  g_autofree char *fingerprint_after = NULL;
  g_auto (GStrv) gone = g_strsplit (missing, " ", -1);
  g_autofree char *left_path = NULL;
  const char *const names[] = { "ca-key.pem", "ca.pem", "server-key.pem", "server.pem" };
  g_auto (GStrv) contents = g_new0 (char *, G_N_ELEMENTS (names) + 1);
  gboolean is_leaf_gone = strstr (missing, "server") != NULL;

  hub_test_identity_make (test);
  fingerprint = hub_test_identity_dup_fingerprint (test);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    contents[i] = hub_test_identity_dup_file (test, names[i]);
  for (guint i = 0; gone[i] != NULL; i++)
    hub_test_identity_remove_file (test, gone[i]);
  if (left != NULL)
    hub_test_identity_put_file (test, left, "-----BEGIN PRIV", 0600);

  hub_test_identity_make (test);
  fingerprint_after = hub_test_identity_dup_fingerprint (test);
  g_assert_cmpint (g_strcmp0 (fingerprint, fingerprint_after) != 0, ==, is_leaf_gone);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *after = hub_test_identity_dup_file (test, names[i]);
      gboolean is_new = g_strv_contains ((const char *const *) gone, names[i])
                        || (is_leaf_gone && g_str_equal (names[i], "server.pem"));

      g_assert_cmpint (g_strcmp0 (contents[i], after) != 0, ==, is_new);
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
  g_autofree char *path = hub_test_identity_dup_path (test, "lock");
  g_autoptr (GError) error = NULL;
  HubIdentity *identity;
  int fd;

  hub_test_identity_make (test);
  fd = open (path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &lock), ==, 0);
  g_assert_null (hub_identity_open (test->clock, test->data, &error));
  g_assert_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY);
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
  hub_test_identity_put_file (test, "server-key.pem", "garbage", 0600);

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

/* A folder with other things in it is not made into ours, "/etc" say; with any file of ours among
 * them it is ours, and so is an empty disk. */
static void
test_foreign_directory (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *lost = hub_test_identity_dup_path (test, "lost+found");
  g_autofree char *listing = NULL;
  g_autofree char *listing_after = NULL;
  g_autoptr (HubIdentity) in_empty = NULL;

  g_assert_cmpint (g_mkdir_with_parents (test->data, 0700), ==, 0);
  hub_test_identity_put_file (test, ".profile", "x", 0600);
  hub_test_identity_put_file (test, "lock", "", 0600);
  listing = hub_test_identity_dup_listing (test);
  assert_directory_refused (test, test->data);
  listing_after = hub_test_identity_dup_listing (test);
  g_assert_cmpstr (listing, ==, listing_after);

  hub_test_identity_remove_file (test, ".profile");
  g_assert_cmpint (g_mkdir (lost, 0700), ==, 0);
  in_empty = hub_identity_open (test->clock, test->data, NULL);
  g_assert_nonnull (in_empty);
  g_assert_cmpint (g_rmdir (lost), ==, 0);

  hub_test_identity_put_file (test, "notes", "x", 0600);
  hub_test_identity_make (test);
}

/* Both need somebody who is not root and somebody else: only root can play both. */
static void
test_other_users (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *key_path = hub_test_identity_dup_path (test, "ca-key.pem");

  if (geteuid () != 0)
    {
      g_test_skip ("needs root");
      return;
    }

  hub_test_identity_make (test);
  g_assert_cmpint (chown (key_path, NOBODY, (gid_t) -1), ==, 0);
  hub_test_identity_assert_refused (test, "ca-key.pem", HUB_IDENTITY_ERROR_PERMISSIONS);
  g_assert_cmpint (chown (key_path, 0, (gid_t) -1), ==, 0);

  g_assert_cmpint (chown (test->data, NOBODY, (gid_t) -1), ==, 0);
  assert_directory_refused (test, test->data);
}

static void
test_unreadable (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *key_path = hub_test_identity_dup_path (test, "ca-key.pem");
  gboolean is_root = geteuid () == 0;

  if (is_root)
    {
      g_assert_cmpint (chown (test->directory, NOBODY, (gid_t) -1), ==, 0);
      g_assert_cmpint (seteuid (NOBODY), ==, 0);
    }

  hub_test_identity_make (test);
  g_assert_cmpint (g_chmod (key_path, 0), ==, 0);
  hub_test_identity_assert_refused (test, "ca-key.pem", HUB_IDENTITY_ERROR_UNREADABLE);

  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identity-store/crashes", test_crashes);
  hub_test_identity_add ("/identity-store/at-once", test_at_once);
  hub_test_identity_add ("/identity-store/two-running", test_two_running);
  hub_test_identity_add ("/identity-store/lock-is-held", test_lock_is_held);
  hub_test_identity_add ("/identity-store/ensure-fails", test_ensure_fails);
  hub_test_identity_add ("/identity-store/directories", test_directories);
  hub_test_identity_add ("/identity-store/foreign-directory", test_foreign_directory);
  hub_test_identity_add ("/identity-store/other-users", test_other_users);
  hub_test_identity_add ("/identity-store/unreadable", test_unreadable);

  return g_test_run ();
}
