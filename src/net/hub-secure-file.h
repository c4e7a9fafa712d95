/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-identity-error.h"

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/*
 * Files that hold keys and certificates: read only after their descriptor was looked at, written
 * so that a reader, and a next start after a crash, sees the old file or the new one.
 */

/* Who may have touched or seen a file that we are to believe. */
typedef enum
{
  HUB_SECURE_FILE_OWN_KEY, /* ours; no symbolic link; nobody else may read it */
  HUB_SECURE_FILE_OWN,     /* ours; no symbolic link; nobody else may write it */
  HUB_SECURE_FILE_KEY,     /* named by the user, so links are followed; a group may read it */
  HUB_SECURE_FILE_PLAIN,   /* named by the user */
} HubSecureFileKind;

/* Reads @name in @directory_fd (or AT_FDCWD); @path is what messages call it.
 * MISSING, UNREADABLE, PERMISSIONS (also whatever is not a regular file) or CORRUPT (empty, or
 * larger than any) on failure. Never waits for a FIFO. Returns: (transfer full) (nullable) */
GBytes *hub_secure_file_read (int directory_fd,
                              const char *name,
                              const char *path,
                              HubSecureFileKind kind,
                              GError **error);

/* Replaces @name in @directory_fd with @data: a temporary file beside it, synced, renamed, and the
 * directory synced. The caller holds the directory's lock, so the temporary name is fixed, and
 * what a crash left of it is in nobody's use. FAILED on failure: the old file stays. */
gboolean hub_secure_file_write (int directory_fd,
                                const char *name,
                                const char *path,
                                mode_t mode,
                                const char *data,
                                GError **error);

/* Removes what a crash in hub_secure_file_write() left of @name. */
void hub_secure_file_sweep (int directory_fd, const char *name);

G_END_DECLS
