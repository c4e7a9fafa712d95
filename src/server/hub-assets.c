/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-assets.h"

#include "hub-web-resources.h"
#include "server/hub-web-root.h"

#include <string.h>

#define RESOURCE_PREFIX "/hubbub/web/"
#define INDEX "index.html"
#define GZIPPED ".gz"

struct _HubAssets
{
  HubWebRoot *root;     /* NULL: the built-in client */
  GHashTable *built_in; /* name -> HubAsset, owned; NULL: a folder */
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
free_asset (gpointer data)
{
  hub_asset_clear (data);
  g_free (data);
}

/* Once for all requests: a digest of the page takes longer than everything else about one. And
 * GResource would find "app.js/" and the compressed files by their own names. */
static GHashTable *
load_built_in (void)
{
  GHashTable *assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_asset);
  g_auto (GStrv) names = g_resource_enumerate_children (hub_web_get_resource (), RESOURCE_PREFIX,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      HubAsset *asset;

      if (g_str_has_suffix (*name, GZIPPED))
        continue;
      asset = g_new0 (HubAsset, 1);
      asset->body = load_resource (*name, "");
      asset->gzipped = load_resource (*name, GZIPPED);
      asset->type = get_type (*name);
      set_etags (asset);
      g_hash_table_insert (assets, g_strdup (*name), asset);
    }

  return assets;
}

static gboolean
lookup_built_in (HubAssets *self, const char *name, HubAsset *asset)
{
  const HubAsset *found = g_hash_table_lookup (self->built_in, name);

  if (found == NULL)
    return FALSE;

  asset->body = g_bytes_ref (found->body);
  asset->gzipped = found->gzipped != NULL ? g_bytes_ref (found->gzipped) : NULL;
  asset->type = found->type;
  asset->etag = g_strdup (found->etag);
  asset->gzipped_etag = g_strdup (found->gzipped_etag);
  return TRUE;
}

static gboolean
lookup_in_root (HubAssets *self, const char *name, HubAsset *asset)
{
  asset->body = hub_web_root_read (self->root, name);
  if (asset->body == NULL)
    return FALSE;

  asset->type = get_type (name);
  set_etags (asset);
  return TRUE;
}

HubAssets *
hub_assets_new (const char *web_root, GError **error)
{
  g_autoptr (HubAssets) self = g_new0 (HubAssets, 1);

  if (web_root == NULL)
    {
      self->built_in = load_built_in ();
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
  g_clear_pointer (&self->built_in, g_hash_table_unref);
  g_free (self);
}

gboolean
hub_assets_lookup (HubAssets *self, const char *path, HubAsset *asset)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (asset != NULL, FALSE);

  name = dup_name (path);
  if (name == NULL)
    return FALSE;

  *asset = (HubAsset) HUB_ASSET_INIT;
  return self->root != NULL ? lookup_in_root (self, name, asset)
                            : lookup_built_in (self, name, asset);
}

void
hub_asset_clear (HubAsset *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->gzipped, g_bytes_unref);
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->gzipped_etag, g_free);
}
