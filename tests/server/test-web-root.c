/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-assets.h"
#include "server/hub-server.h"
#include "server/hub-test-server.h"
#include "server/hub-web-root.h"

#include "base/hub-limits.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *directory; /* holds "secret" and the folder "web" that is served */
  char *web;
} Fixture;

static void
put (Fixture *self, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
}

static void
make_folder (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_link (Fixture *self, const char *target, const char *name)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  g_autofree char *fifo = NULL;
  g_autofree char *big = NULL;
  g_autofree char *secret = NULL;
  int fd;

  self->directory = g_dir_make_tmp ("hub-web-XXXXXX", NULL);
  self->web = g_build_filename (self->directory, "web", NULL);
  make_folder (self, "web");
  make_folder (self, "web/css");
  make_folder (self, "web/.git");
  put (self, "secret", "secret");
  put (self, "web/index.html", "page");
  put (self, "web/css/a b.css", "style");
  put (self, "web/.hidden", "hidden");
  put (self, "web/.git/config", "hidden");
  put (self, "web/empty.txt", "");
  secret = g_build_filename (self->directory, "secret", NULL);
  make_link (self, "index.html", "web/inside.html");
  make_link (self, "../secret", "web/outside.html");
  make_link (self, secret, "web/absolute.html");
  make_link (self, "..", "web/up");
  make_link (self, "/proc/self", "web/proc");
  fifo = g_build_filename (self->web, "fifo", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  big = g_build_filename (self->web, "big.bin", NULL);
  fd = open (big, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (ftruncate (fd, HUB_WEB_FILE_MAX_BYTES + 1), ==, 0);
  close (fd);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  static const char *const names[] = {
    "web/index.html",    "web/css/a b.css", "web/.hidden", "web/.git/config",
    "web/empty.txt",     "web/inside.html", "web/up",      "web/outside.html",
    "web/absolute.html", "web/proc",        "web/fifo",    "web/big.bin",
    "web/css",           "web/.git",        "web",         "secret",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->directory, names[i], NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->directory), ==, 0);
  g_free (self->directory);
  g_free (self->web);
}

static const struct
{
  const char *path;
  const char *body; /* NULL: refused */
  const char *type;
} cases[] = {
  { "/", "page", "text/html; charset=utf-8" },
  { "/index.html", "page", "text/html; charset=utf-8" },
  { "/css/a%20b.css", "style", "text/css; charset=utf-8" },
  { "/empty.txt", "", "text/plain; charset=utf-8" },
  { "/inside.html", "page", "text/html; charset=utf-8" },
  { "/none.html", NULL, NULL },
  { "", NULL, NULL },
  { "index.html", NULL, NULL },
  { "/../secret", NULL, NULL },
  { "/%2e%2e/secret", NULL, NULL },
  { "/css/../../secret", NULL, NULL },
  { "/css/..%2f..%2fsecret", NULL, NULL },
  { "/..%5csecret", NULL, NULL },
  { "/./index.html", NULL, NULL },
  { "//index.html", NULL, NULL },
  { "//etc/passwd", NULL, NULL },
  { "/css//a%20b.css", NULL, NULL },
  { "/css/", NULL, NULL },
  { "/css", NULL, NULL },
  { "/.hidden", NULL, NULL },
  { "/%2ehidden", NULL, NULL },
  { "/.git/config", NULL, NULL },
  { "/outside.html", NULL, NULL },
  { "/absolute.html", NULL, NULL },
  { "/up/secret", NULL, NULL },
  { "/proc/environ", NULL, NULL },
  { "/fifo", NULL, NULL },
  { "/big.bin", NULL, NULL },
  { "/index.html%00", NULL, NULL },
  { "/index.html/", NULL, NULL },
  { "/%ff", NULL, NULL },
  { "/%", NULL, NULL },
  { "/%zz", NULL, NULL },
};

static void
test_cases (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubAssets) assets = NULL;

  if (!hub_test_can_open_beneath ())
    return;

  assets = hub_assets_new (self->web, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (HubAsset) asset = HUB_ASSET_INIT;

      g_test_message ("%s", cases[i].path);
      g_assert_cmpint (hub_assets_lookup (assets, cases[i].path, &asset), ==,
                       cases[i].body != NULL);
      if (cases[i].body == NULL)
        {
          g_assert_null (asset.body);
          continue;
        }
      g_assert_cmpmem (g_bytes_get_data (asset.body, NULL), g_bytes_get_size (asset.body),
                       cases[i].body, strlen (cases[i].body));
      g_assert_cmpstr (asset.type, ==, cases[i].type);
      g_assert_null (asset.gzipped);
    }
}

static void
test_not_a_folder (Fixture *self, gconstpointer user_data)
{
  g_autofree char *file = g_build_filename (self->directory, "secret", NULL);
  g_autofree char *none = g_build_filename (self->directory, "none", NULL);
  g_autoptr (GError) file_error = NULL;
  g_autoptr (GError) none_error = NULL;

  g_assert_null (hub_web_root_open (file, &file_error));
  g_assert_error (file_error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_WEB_ROOT);
  g_assert_null (hub_web_root_open (none, &none_error));
  g_assert_error (none_error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_WEB_ROOT);
}

/* What is served follows the file: another content is another tag. */
static void
test_etag (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubAssets) assets = NULL;
  g_auto (HubAsset) before = HUB_ASSET_INIT;
  g_auto (HubAsset) same = HUB_ASSET_INIT;
  g_auto (HubAsset) after = HUB_ASSET_INIT;

  if (!hub_test_can_open_beneath ())
    return;

  assets = hub_assets_new (self->web, NULL);
  g_assert_true (hub_assets_lookup (assets, "/", &before));
  g_assert_true (hub_assets_lookup (assets, "/index.html", &same));
  g_assert_cmpstr (before.etag, ==, same.etag);
  put (self, "web/index.html", "other");
  g_assert_true (hub_assets_lookup (assets, "/", &after));
  g_assert_cmpstr (before.etag, !=, after.etag);
}

static GBytes *
get_body (HubAssets *assets, const char *path)
{
  g_auto (HubAsset) asset = HUB_ASSET_INIT;

  g_assert_true (hub_assets_lookup (assets, path, &asset));
  return g_bytes_ref (asset.body);
}

/* Asks for more than may be kept in all, of one file that changes or of one after the other. */
static void
ask_for_much (Fixture *self, HubAssets *assets, gboolean is_one)
{
  g_autofree char *contents = g_strnfill (HUB_WEB_FILE_MAX_BYTES / 2, 'x');
  g_auto (HubAsset) none = HUB_ASSET_INIT;

  for (guint i = 0; i <= HUB_WEB_FILES_BYTES / (HUB_WEB_FILE_MAX_BYTES / 2); i++)
    {
      g_autofree char *name = g_strdup_printf ("web/large-%u", is_one ? 0 : i);

      put (self, name, contents);
      g_bytes_unref (get_body (assets, name + strlen ("web")));
    }

  for (guint i = 0; i <= HUB_WEB_FILES_BYTES / (HUB_WEB_FILE_MAX_BYTES / 2); i++)
    {
      g_autofree char *name = g_strdup_printf ("web/large-%u", i);
      g_autofree char *path = g_build_filename (self->directory, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, is_one && i > 0 ? -1 : 0);
    }
  g_assert_false (hub_assets_lookup (assets, "/large-0", &none));
}

/* Those who ask for one file share it, until more was asked for than may be kept. */
static void
test_kept (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubAssets) assets = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) same = NULL;
  g_autoptr (GBytes) after = NULL;

  if (!hub_test_can_open_beneath ())
    return;

  assets = hub_assets_new (self->web, NULL);
  before = get_body (assets, "/index.html");
  ask_for_much (self, assets, TRUE);
  same = get_body (assets, "/");
  g_assert_true (before == same);

  ask_for_much (self, assets, FALSE);
  after = get_body (assets, "/");
  g_assert_false (before == after);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_built_in (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubAssets) assets = hub_assets_new (NULL, NULL);
  static const char *const unknown[]
      = { "/none", "/app.js/", "//app.js", "/app.js.gz", "/index.html/", "/css" };
  g_auto (HubAsset) page = HUB_ASSET_INIT;

  g_assert_true (hub_assets_lookup (assets, "/", &page));
  g_assert_nonnull (page.gzipped);
  g_assert_cmpstr (page.etag, !=, page.gzipped_etag);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_auto (HubAsset) none = HUB_ASSET_INIT;

      g_test_message ("%s", unknown[i]);
      g_assert_false (hub_assets_lookup (assets, unknown[i], &none));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/web-root/cases", Fixture, NULL, set_up, test_cases, tear_down);
  g_test_add ("/web-root/not-a-folder", Fixture, NULL, set_up, test_not_a_folder, tear_down);
  g_test_add ("/web-root/etag", Fixture, NULL, set_up, test_etag, tear_down);
  g_test_add ("/web-root/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/web-root/built-in", Fixture, NULL, set_up, test_built_in, tear_down);
  return g_test_run ();
}
