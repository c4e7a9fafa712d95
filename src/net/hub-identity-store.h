/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-identity-error.h"

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubIdentityStore: the data directory of an identity, as files. Owned by HubIdentity.
 *
 * Several processes may use one directory: whoever makes or replaces a file holds the lock, and
 * looks again at what is there after taking it.
 */
typedef struct _HubIdentityStore HubIdentityStore;

typedef enum
{
  HUB_IDENTITY_FILE_CA,
  HUB_IDENTITY_FILE_CA_KEY,
  HUB_IDENTITY_FILE_SERVER,
  HUB_IDENTITY_FILE_SERVER_KEY,
} HubIdentityFile;

/* Makes @directory (0700) where it is missing. HUB_IDENTITY_ERROR_DIRECTORY on failure. */
HubIdentityStore *hub_identity_store_new (const char *directory, GError **error);
void hub_identity_store_free (HubIdentityStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubIdentityStore, hub_identity_store_free)

/* Waits a moment for another process. Not recursive. What a crash left is removed. */
gboolean hub_identity_store_lock (HubIdentityStore *self, GError **error);
void hub_identity_store_unlock (HubIdentityStore *self);

/* The path of @file, for messages. */
const char *hub_identity_store_get_path (HubIdentityStore *self, HubIdentityFile file);

/* @contents: (out) (nullable): NULL where there is no such file, which is no error. */
gboolean hub_identity_store_read (HubIdentityStore *self,
                                  HubIdentityFile file,
                                  GBytes **contents,
                                  GError **error);

/* Replaces @file at once or not at all. The lock is held. */
gboolean hub_identity_store_write (HubIdentityStore *self,
                                   HubIdentityFile file,
                                   const char *contents,
                                   GError **error);

/* Appends the way out of a broken identity to the message of @error. Returns: FALSE */
gboolean hub_identity_store_fail (HubIdentityStore *self, GError **error);

G_END_DECLS
