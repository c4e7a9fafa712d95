/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-assets.h"

#include "base/hub-limits.h"
#include "hub-web-resources.h"
#include "server/hub-web-root.h"

#include <string.h>
#include <unistd.h>

#define RESOURCE_PREFIX "/hubbub/web/"
#define INDEX "index.html"
#define GZIPPED ".gz"

/* A file, as it was when it was read. */
typedef struct
{
  HubAsset asset;
  struct stat status; /* of one out of a folder */
} File;

struct _HubAssets
{
  HubWebRoot *root; /* NULL: the built-in client */
  GHashTable
      *files;  /* name -> File: all of the built-in client, of a folder those asked for lately */
  gsize bytes; /* of the bodies of a folder's */
};

/* Everything a page may be made of; what is not here is served as bytes that no browser runs. */
static const struct
{
  const char *suffix;
  const char *type;
} types[] = {
  { ".html", "text/html; charset=utf-8" },
  { ".css", "text/css; charset=utf-8" },
  { ".js", "text/javascript; charset=utf-8" },
  { ".mjs", "text/javascript; charset=utf-8" },
  { ".json", "application/json" },
  { ".webmanifest", "application/manifest+json" },
  { ".svg", "image/svg+xml" },
  { ".png", "image/png" },
  { ".jpg", "image/jpeg" },
  { ".webp", "image/webp" },
  { ".ico", "image/x-icon" },
  { ".woff2", "font/woff2" },
  { ".txt", "text/plain; charset=utf-8" },
};

static const char *
get_type (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_has_suffix (name, types[i].suffix))
        return types[i].type;
    }

  return "application/octet-stream";
}

static void
set_etags (HubAsset *asset)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, asset->body);

  asset->etag = g_strdup_printf ("\"%.32s\"", digest);
  if (asset->gzipped != NULL)
    asset->gzipped_etag = g_strdup_printf ("\"%.32s-gz\"", digest);
}

/* The path as the request spelled it -> a relative file name, or NULL where it can be none. */
static char *
dup_name (const char *path)
{
  g_autofree char *name = NULL;

  if (path[0] != '/')
    return NULL;
  if (path[1] == '\0')
    return g_strdup (INDEX);

  /* NULL for %2F and %00: neither is part of a file's name. */
  name = g_uri_unescape_string (path + 1, "/");
  if (name == NULL || *name == '\0' || !g_utf8_validate (name, -1, NULL))
    return NULL;

  return g_steal_pointer (&name);
}

static GBytes *
load_resource (const char *name, const char *suffix)
{
  g_autofree char *path = g_strconcat (RESOURCE_PREFIX, name, suffix, NULL);

  return g_resource_lookup_data (hub_web_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static void
free_file (gpointer data)
{
  File *file = data;

  hub_asset_clear (&file->asset);
  g_free (file);
}

/* Once for all requests: a digest of the page takes longer than everything else about one. And
 * GResource would find "app.js/" and the compressed files by their own names. */
static void
load_built_in (HubAssets *self)
{
  g_auto (GStrv) names = g_resource_enumerate_children (hub_web_get_resource (), RESOURCE_PREFIX,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      File *file;

      if (g_str_has_suffix (*name, GZIPPED))
        continue;
      file = g_new0 (File, 1);
      file->asset.body = load_resource (*name, "");
      file->asset.gzipped = load_resource (*name, GZIPPED);
      file->asset.type = get_type (*name);
      set_etags (&file->asset);
      g_hash_table_insert (self->files, g_strdup (*name), file);
    }
}

static gboolean
is_unchanged (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size
         && a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec
         && a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static void
drop (HubAssets *self, const char *name)
{
  const File *file = g_hash_table_lookup (self->files, name);

  if (file == NULL)
    return;

  self->bytes -= g_bytes_get_size (file->asset.body);
  g_hash_table_remove (self->files, name);
}

/* Keeps what it reads: many may ask for it at once, and they should share it. */
static const File *
read_file (HubAssets *self, const char *name, int fd, const struct stat *status)
{
  g_autoptr (GBytes) body = hub_web_root_read (fd, status);
  File *file;

  drop (self, name);
  if (body == NULL)
    return NULL;
  if (self->bytes + g_bytes_get_size (body) > HUB_WEB_FILES_BYTES)
    {
      g_hash_table_remove_all (self->files);
      self->bytes = 0;
    }

  file = g_new0 (File, 1);
  file->asset.body = g_steal_pointer (&body);
  file->asset.type = get_type (name);
  file->status = *status;
  set_etags (&file->asset);
  self->bytes += g_bytes_get_size (file->asset.body);
  g_hash_table_insert (self->files, g_strdup (name), file);

  return file;
}

static const File *
find_in_root (HubAssets *self, const char *name)
{
  struct stat status;
  int fd = hub_web_root_find (self->root, name, &status);
  const File *file;

  if (fd < 0)
    {
      drop (self, name);
      return NULL;
    }

  file = g_hash_table_lookup (self->files, name);
  if (file == NULL || !is_unchanged (&file->status, &status))
    file = read_file (self, name, fd, &status);
  close (fd);

  return file;
}

HubAssets *
hub_assets_new (const char *web_root, GError **error)
{
  g_autoptr (HubAssets) self = g_new0 (HubAssets, 1);

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_file);
  if (web_root == NULL)
    {
      load_built_in (self);
      return g_steal_pointer (&self);
    }

  self->root = hub_web_root_open (web_root, error);
  return self->root != NULL ? g_steal_pointer (&self) : NULL;
}

void
hub_assets_free (HubAssets *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->root, hub_web_root_free);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_free (self);
}

gboolean
hub_assets_lookup (HubAssets *self, const char *path, HubAsset *asset)
{
  g_autofree char *name = NULL;
  const File *file;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (asset != NULL, FALSE);

  name = dup_name (path);
  if (name == NULL)
    return FALSE;

  file = self->root != NULL ? find_in_root (self, name) : g_hash_table_lookup (self->files, name);
  if (file == NULL)
    return FALSE;

  asset->body = g_bytes_ref (file->asset.body);
  asset->gzipped = file->asset.gzipped != NULL ? g_bytes_ref (file->asset.gzipped) : NULL;
  asset->type = file->asset.type;
  asset->etag = g_strdup (file->asset.etag);
  asset->gzipped_etag = g_strdup (file->asset.gzipped_etag);
  return TRUE;
}

void
hub_asset_clear (HubAsset *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->gzipped, g_bytes_unref);
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->gzipped_etag, g_free);
}
