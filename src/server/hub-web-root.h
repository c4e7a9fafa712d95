/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/*
 * HubWebRoot: a folder that is served (--web-root), held open by descriptor, so that nothing
 * outside it can be reached by whatever name. Owned by HubAssets.
 */
typedef struct _HubWebRoot HubWebRoot;

/* Fails with HUB_SERVER_ERROR_WEB_ROOT where @folder cannot be opened as a folder. */
HubWebRoot *hub_web_root_open (const char *folder, GError **error);
void hub_web_root_free (HubWebRoot *self);

/* Opens a file that may be served. @name: relative, "css/page.css". @status: (out): what it is.
 * Returns: a descriptor, or -1 where there is none: not beneath the folder, not a regular file,
 * above HUB_WEB_FILE_MAX_BYTES, or with a dot at the beginning of a part of its name. */
int hub_web_root_find (HubWebRoot *self, const char *name, struct stat *status);

/* Reads what hub_web_root_find() found. Returns: (transfer full) (nullable) */
GBytes *hub_web_root_read (int fd, const struct stat *status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubWebRoot, hub_web_root_free)

G_END_DECLS
