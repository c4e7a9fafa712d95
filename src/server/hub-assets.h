/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubAssets: the files of the web client, by path: those compiled into the program, or those of a
 * folder (--web-root) for people who change the client. Owned by the HTTP server.
 */

/* One file, ready to be sent. */
typedef struct
{
  GBytes *body;
  GBytes *gzipped;  /* the same compressed, or NULL */
  const char *type; /* of media, static */
  char *etag;       /* strong, with its quotes; that of @gzipped is another */
  char *gzipped_etag;
} HubAsset;

void hub_asset_clear (HubAsset *self);
#define HUB_ASSET_INIT                                                                             \
  {                                                                                                \
    NULL, NULL, NULL, NULL, NULL                                                                   \
  }
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubAsset, hub_asset_clear)

typedef struct _HubAssets HubAssets;

/* @web_root: a folder, or NULL for the built-in client. Fails where it is not a folder that can be
 * read. */
HubAssets *hub_assets_new (const char *web_root, GError **error);
void hub_assets_free (HubAssets *self);

/* Looks up @path as the request spelled it ("/", "/app.js"), still percent-encoded. From a folder
 * come only regular files beneath it of bounded size, none whose name, or whose folder's name,
 * begins with a dot; no link leads out of it.
 * Returns: whether there is such a file */
gboolean hub_assets_lookup (HubAssets *self, const char *path, HubAsset *asset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubAssets, hub_assets_free)

G_END_DECLS
