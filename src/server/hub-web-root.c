/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-web-root.h"

#include "base/hub-limits.h"
#include "hub-config.h"
#include "server/hub-server.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct _HubWebRoot
{
  int folder;
};

/* O_NONBLOCK: opening a FIFO must not wait for its writer. */
static int
open_beneath (int folder, const char *name)
{
  struct open_how how = {
    .flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
  };

  return (int) syscall (SYS_openat2, folder, name, &how, sizeof how);
}

HubWebRoot *
hub_web_root_open (const char *folder, GError **error)
{
  HubWebRoot *self;
  int saved;
  int fd;
  int probe;

  g_return_val_if_fail (folder != NULL, NULL);

  /* A system without openat2(2) is told now, and not as a page that is not found. */
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  probe = fd >= 0 ? open_beneath (fd, ".") : -1;
  saved = errno;
  if (probe < 0)
    {
      if (fd >= 0)
        close (fd);
      g_set_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_WEB_ROOT,
                   saved == ENOSYS
                       /* Translators: the first is a folder, the second says what is wrong. */
                       ? _ ("This system is too old to serve the folder “%s” safely (%s). Leave it "
                            "out to serve the page that is built in.")
                       /* Translators: the first is a folder, the second says what is wrong. */
                       : _ ("The folder “%s” cannot be served: %s. Choose a folder that you may "
                            "read, or leave it out to serve the page that is built in."),
                   folder, g_strerror (saved));
      return NULL;
    }

  close (probe);
  self = g_new0 (HubWebRoot, 1);
  self->folder = fd;
  return self;
}

void
hub_web_root_free (HubWebRoot *self)
{
  g_return_if_fail (self != NULL);

  close (self->folder);
  g_free (self);
}

/* Only plain names: no empty part, none that begins with a dot (".." is one of those). */
static gboolean
is_servable (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  if (parts[0] == NULL)
    return FALSE;
  for (char **part = parts; *part != NULL; part++)
    {
      if (**part == '\0' || **part == '.')
        return FALSE;
    }

  return TRUE;
}

int
hub_web_root_find (HubWebRoot *self, const char *name, struct stat *status)
{
  int fd;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (name != NULL, -1);
  g_return_val_if_fail (status != NULL, -1);

  if (!is_servable (name))
    return -1;
  fd = open_beneath (self->folder, name);
  if (fd < 0)
    return -1;

  if (fstat (fd, status) == 0 && S_ISREG (status->st_mode)
      && status->st_size <= HUB_WEB_FILE_MAX_BYTES)
    return fd;

  close (fd);
  return -1;
}

GBytes *
hub_web_root_read (int fd, const struct stat *status)
{
  gsize size = (gsize) status->st_size;
  g_autofree char *data = g_malloc (size + 1);
  gsize length = 0;

  g_return_val_if_fail (fd >= 0, NULL);

  while (length < size)
    {
      ssize_t n = read (fd, data + length, size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      length += (gsize) n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), length);
}
