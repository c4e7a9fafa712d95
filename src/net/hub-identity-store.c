/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "net/hub-identity-store.h"

#include "net/hub-secure-file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Somebody else's key generation and four files synced to a slow disk. */
#define LOCK_PATIENCE_US (2 * G_USEC_PER_SEC)
#define LOCK_RETRY_US (10 * 1000)

#define LOCK_NAME "lock"

static const struct
{
  const char *name;
  HubSecureFileKind kind;
  mode_t mode;
} files[] = {
  [HUB_IDENTITY_FILE_CA] = { "ca.pem", HUB_SECURE_FILE_OWN, 0644 },
  [HUB_IDENTITY_FILE_CA_KEY] = { "ca-key.pem", HUB_SECURE_FILE_OWN_KEY, 0600 },
  [HUB_IDENTITY_FILE_SERVER] = { "server.pem", HUB_SECURE_FILE_OWN, 0644 },
  [HUB_IDENTITY_FILE_SERVER_KEY] = { "server-key.pem", HUB_SECURE_FILE_OWN_KEY, 0600 },
};

struct _HubIdentityStore
{
  char *directory;
  char *paths[G_N_ELEMENTS (files)];
  int fd;      /* of the directory */
  int lock_fd; /* -1: not held */
};

static gboolean
is_own_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_str_has_prefix (name, files[i].name)) /* itself, or what a write left behind */
      return TRUE;

  return FALSE;
}

/* What says nothing about whose the folder is. */
static gboolean
is_anybodys_name (const char *name)
{
  static const char *const names[] = { ".", "..", "lost+found", LOCK_NAME, NULL };

  return g_strv_contains (names, name);
}

/* Whether the folder is somebody else's: it has things in it, and none of them is ours. One that
 * cannot be looked through is not known to be. */
static gboolean
is_foreign (HubIdentityStore *self)
{
  int fd = openat (self->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *directory = fd >= 0 ? fdopendir (fd) : NULL;
  gboolean has_own = FALSE, has_others = FALSE;
  struct dirent *entry;

  if (directory == NULL)
    {
      if (fd >= 0)
        close (fd);
      return FALSE;
    }

  while ((entry = readdir (directory)) != NULL)
    {
      if (is_own_name (entry->d_name))
        has_own = TRUE;
      else if (!is_anybodys_name (entry->d_name))
        has_others = TRUE;
    }
  closedir (directory);

  return has_others && !has_own;
}

static gboolean
check_directory (HubIdentityStore *self, GError **error)
{
  g_autofree char *display_path = g_filename_display_name (self->directory);
  struct stat status;

  if (fstat (self->fd, &status) != 0)
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY,
                 /* Translators: the first is a folder, the second says what is wrong */
                 _ ("The folder “%s” can’t be used: %s."), display_path, g_strerror (errno));
  else if (status.st_uid != geteuid ())
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY,
                 /* Translators: %s is a folder. */
                 _ ("The folder “%s” belongs to another user of this computer."), display_path);
  else if (status.st_mode & 0022)
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY,
                 /* Translators: %s is a folder, %04o its mode such as 0775, chmod 700 a command. */
                 _ ("Other users of this computer may write to the folder “%s” (mode %04o): take "
                    "that away from them with chmod 700."),
                 display_path, status.st_mode & 07777);
  else if (is_foreign (self))
    g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY,
                 /* Translators: %s is a folder. */
                 _ ("The folder “%s” holds other things: move them away."), display_path);
  else
    return TRUE;

  return FALSE;
}

HubIdentityStore *
hub_identity_store_new (const char *directory, GError **error)
{
  g_autoptr (HubIdentityStore) self = g_new0 (HubIdentityStore, 1);

  self->directory = g_strdup (directory);
  self->fd = -1;
  self->lock_fd = -1;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    self->paths[i] = g_build_filename (directory, files[i].name, NULL);

  if (g_mkdir_with_parents (directory, 0700) == 0)
    self->fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->fd < 0)
    {
      int saved_errno = errno;
      g_autofree char *display_path = g_filename_display_name (directory);

      g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY,
                   /* Translators: the first is a folder, the second says what is wrong */
                   _ ("The folder “%s” can’t be made or opened: %s."), display_path,
                   g_strerror (saved_errno));
      return NULL;
    }

  if (!check_directory (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
hub_identity_store_free (HubIdentityStore *self)
{
  hub_identity_store_unlock (self);
  if (self->fd >= 0)
    close (self->fd);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_free (self->paths[i]);
  g_free (self->directory);
  g_free (self);
}

/* An open file description lock: it goes with the descriptor, however the process ends, and also
 * keeps two identities of one process apart. FALSE with errno. */
static gboolean
wait_for_lock (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  gint64 deadline = g_get_monotonic_time () + LOCK_PATIENCE_US;

  while (fcntl (fd, F_OFD_SETLK, &lock) != 0)
    {
      if (errno != EINTR && errno != EAGAIN && errno != EACCES)
        return FALSE;
      if (g_get_monotonic_time () >= deadline)
        {
          errno = EAGAIN;
          return FALSE;
        }
      g_usleep (LOCK_RETRY_US);
    }

  return TRUE;
}

gboolean
hub_identity_store_lock (HubIdentityStore *self, GError **error)
{
  int fd;

  g_return_val_if_fail (self->lock_fd < 0, FALSE);

  fd = openat (self->fd, LOCK_NAME, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
  if (fd < 0 || !wait_for_lock (fd))
    {
      int saved_errno = errno;
      g_autofree char *display_path = g_filename_display_name (self->directory);

      if (fd >= 0)
        close (fd);
      if (saved_errno == EAGAIN)
        g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY,
                     /* Translators: %s is a folder. */
                     _ ("Another program holds the folder “%s”: end it."), display_path);
      else
        g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY,
                     /* Translators: the first is a folder, the second says what is wrong */
                     _ ("The folder “%s” can’t be written to: %s."), display_path,
                     g_strerror (saved_errno));
      return FALSE;
    }

  self->lock_fd = fd;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    hub_secure_file_sweep (self->fd, files[i].name);

  return TRUE;
}

void
hub_identity_store_unlock (HubIdentityStore *self)
{
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

const char *
hub_identity_store_get_path (HubIdentityStore *self, HubIdentityFile file)
{
  return self->paths[file];
}

gboolean
hub_identity_store_read (HubIdentityStore *self,
                         HubIdentityFile file,
                         GBytes **contents,
                         GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *contents = hub_secure_file_read (self->fd, files[file].name, self->paths[file], files[file].kind,
                                    &local_error);
  if (*contents == NULL
      && !g_error_matches (local_error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISSING))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

gboolean
hub_identity_store_write (HubIdentityStore *self,
                          HubIdentityFile file,
                          const char *contents,
                          GError **error)
{
  g_return_val_if_fail (self->lock_fd >= 0, FALSE);

  return hub_secure_file_write (self->fd, files[file].name, self->paths[file], files[file].mode,
                                contents, error);
}

gboolean
hub_identity_store_fail (HubIdentityStore *self, GError **error)
{
  g_autofree char *display_path = g_filename_display_name (self->directory);
  g_autofree char *way_out = NULL;

  /* Translators: %s is a folder. */
  way_out = g_strdup_printf (_ ("Put the right file back from a backup, or move the folder “%s” "
                                "away to make a new identity; guests will see the browser’s "
                                "warning again."),
                             display_path);
  hub_identity_error_append (error, way_out);

  return FALSE;
}
