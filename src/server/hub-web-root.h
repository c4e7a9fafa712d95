/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubWebRoot: a folder that is served (--web-root), held open by descriptor, so that nothing
 * outside it can be reached by whatever name. Owned by HubAssets.
 */
typedef struct _HubWebRoot HubWebRoot;

/* Fails with HUB_SERVER_ERROR_WEB_ROOT where @folder cannot be opened as a folder. */
HubWebRoot *hub_web_root_open (const char *folder, GError **error);
void hub_web_root_free (HubWebRoot *self);

/* @name: relative, "css/page.css". Returns: (transfer full) (nullable): the file, or NULL where
 * there is none that may be served: not beneath the folder, not a regular file, above
 * HUB_WEB_FILE_MAX_BYTES, or with a dot at the beginning of a part of its name. */
GBytes *hub_web_root_read (HubWebRoot *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubWebRoot, hub_web_root_free)

G_END_DECLS
