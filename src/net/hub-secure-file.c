/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "net/hub-secure-file.h"

#include "base/hub-limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct
{
  int flags;        /* for open(2) */
  mode_t forbidden; /* permission bits */
  gboolean is_ours; /* must belong to this user */
} rules[] = {
  [HUB_SECURE_FILE_OWN_KEY] = { O_NOFOLLOW, 0077, TRUE },
  [HUB_SECURE_FILE_OWN] = { O_NOFOLLOW, 0022, TRUE },
  /* Distributions keep keys as root:ssl-cert 0640, and certbot's are symbolic links. */
  [HUB_SECURE_FILE_KEY] = { 0, 0027, FALSE },
  [HUB_SECURE_FILE_PLAIN] = { 0, 0, FALSE },
};

static int
open_file (int directory_fd,
           const char *name,
           const char *display_path,
           HubSecureFileKind kind,
           GError **error)
{
  /* O_NONBLOCK: opening a FIFO would wait for its writer. */
  int fd = openat (directory_fd, name,
                   O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | rules[kind].flags);
  int open_errno = errno;

  if (fd >= 0)
    return fd;

  if (open_errno == ENOENT)
    /* Translators: %s is a file. */
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISSING, _ ("“%s” doesn’t exist."),
                 display_path);
  else if (open_errno == ELOOP || open_errno == ENXIO)
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_PERMISSIONS,
                 /* Translators: %s is a file. */
                 _ ("“%s” is not a regular file."), display_path);
  else
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_UNREADABLE,
                 /* Translators: the first is a file, the second says what is wrong */
                 _ ("“%s” can’t be opened: %s."), display_path, g_strerror (open_errno));

  return -1;
}

static gboolean
check_file (const struct stat *status,
            const char *display_path,
            HubSecureFileKind kind,
            GError **error)
{
  if (!S_ISREG (status->st_mode))
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_PERMISSIONS,
                 /* Translators: %s is a file. */
                 _ ("“%s” is not a regular file."), display_path);
  else if (rules[kind].is_ours && status->st_uid != geteuid ())
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_PERMISSIONS,
                 /* Translators: %s is a file. */
                 _ ("“%s” belongs to another user of this computer."), display_path);
  else if (status->st_mode & rules[kind].forbidden)
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_PERMISSIONS,
                 /* Translators: %s is a file, %04o its mode such as 0644, chmod go= a command. */
                 _ ("Other users of this computer have access to “%s” (mode %04o): take it away "
                    "from them with chmod go= and the file’s name."),
                 display_path, status->st_mode & 07777);
  else if (status->st_size == 0)
    /* Translators: %s is a file. */
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_CORRUPT, _ ("“%s” is empty."),
                 display_path);
  else if (status->st_size > HUB_PEM_MAX_BYTES)
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_CORRUPT,
                 /* Translators: %s is a file. */
                 _ ("“%s” is too large for a certificate or a key."), display_path);
  else
    return TRUE;

  return FALSE;
}

/* Reads what is there, up to @size: the file may have become shorter. */
static gssize
read_all (int fd, guint8 *buffer, gsize size)
{
  gsize length = 0;

  while (length < size)
    {
      gssize n = read (fd, buffer + length, size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      length += n;
    }

  return length;
}

GBytes *
hub_secure_file_read (int directory_fd,
                      const char *name,
                      const char *path,
                      HubSecureFileKind kind,
                      GError **error)
{
  g_autofree char *display_path = g_filename_display_name (path);
  g_autofree guint8 *buffer = NULL;
  struct stat status;
  gssize length = -1;
  int fd = open_file (directory_fd, name, display_path, kind, error);

  if (fd < 0)
    return NULL;

  if (fstat (fd, &status) == 0)
    {
      if (!check_file (&status, display_path, kind, error))
        {
          close (fd);
          return NULL;
        }
      buffer = g_malloc (status.st_size);
      length = read_all (fd, buffer, status.st_size);
    }

  if (length < 0)
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_UNREADABLE,
                 /* Translators: the first is a file, the second says what is wrong */
                 _ ("“%s” can’t be read: %s."), display_path, g_strerror (errno));
  close (fd);

  return length < 0 ? NULL : g_bytes_new_take (g_steal_pointer (&buffer), length);
}

static char *
dup_temporary_name (const char *name)
{
  return g_strconcat (name, ".tmp", NULL);
}

void
hub_secure_file_sweep (int directory_fd, const char *name)
{
  g_autofree char *temporary = dup_temporary_name (name);

  if (unlinkat (directory_fd, temporary, 0) == 0)
    g_debug ("Removed %s, left by a crash", temporary);
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= n;
    }

  return TRUE;
}

/* A file of that name and content, on the disk. FALSE with errno. */
static gboolean
write_temporary (int directory_fd, const char *temporary, mode_t mode, const char *data)
{
  int fd = openat (directory_fd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                   mode);
  int saved_errno;
  gboolean is_written;

  if (fd < 0)
    return FALSE;

  /* fchmod: the umask may have taken away what the owner needs. */
  is_written = fchmod (fd, mode) == 0 && write_all (fd, data, strlen (data)) && fsync (fd) == 0;
  saved_errno = errno;
  close (fd);
  errno = saved_errno;

  return is_written;
}

gboolean
hub_secure_file_write (int directory_fd,
                       const char *name,
                       const char *path,
                       mode_t mode,
                       const char *data,
                       GError **error)
{
  g_autofree char *temporary = dup_temporary_name (name);

  hub_secure_file_sweep (directory_fd, name);

  if (!write_temporary (directory_fd, temporary, mode, data)
      || renameat (directory_fd, temporary, directory_fd, name) != 0
      || (fsync (directory_fd) != 0 && errno != EINVAL)) /* EINVAL: not a file system that can */
    {
      int saved_errno = errno;
      g_autofree char *display_path = g_filename_display_name (path);

      hub_secure_file_sweep (directory_fd, name);
      g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_FAILED,
                   /* Translators: the first is a file, the second says what is wrong */
                   _ ("“%s” can’t be written: %s."), display_path, g_strerror (saved_errno));
      return FALSE;
    }

  return TRUE;
}
