/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-autostart.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define FILE_NAME HUB_APPLICATION_ID ".desktop"
#define GROUP G_KEY_FILE_DESKTOP_GROUP

gboolean
hub_autostart_is_on (const char *directory)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = NULL;

  g_return_val_if_fail (directory != NULL, FALSE);

  path = g_build_filename (directory, FILE_NAME, NULL);
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL)
      || !g_key_file_has_key (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL))
    return FALSE;

  if (g_key_file_get_boolean (file, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL))
    return FALSE;

  /* How GNOME's tools switch one off. */
  return !g_key_file_has_key (file, GROUP, "X-GNOME-Autostart-enabled", NULL)
         || g_key_file_get_boolean (file, GROUP, "X-GNOME-Autostart-enabled", NULL);
}

/* @path as an argument of Exec=: in quotes, what means something in them escaped, "%" doubled. The
 * escapes of the file itself are GKeyFile's.
 * https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html */
static char *
dup_quoted (const char *path)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *p = path; *p != '\0'; p++)
    {
      if (strchr ("\"`$\\", *p) != NULL)
        g_string_append_c (quoted, '\\');
      else if (*p == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

gboolean
hub_autostart_turn_on (const char *directory, const char *program, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *command = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (directory != NULL, FALSE);
  g_return_val_if_fail (program != NULL, FALSE);

  quoted = dup_quoted (program);
  command = g_strconcat (quoted, " --background", NULL);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                         G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Hubbub");
  g_key_file_set_string (
      file, GROUP, G_KEY_FILE_DESKTOP_KEY_COMMENT,
      /* Translators: of the entry in the session's list of programs that start with it. */
      _ ("Starts the chat with the session"));
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, HUB_APPLICATION_ID);
  text = g_key_file_to_data (file, &length, NULL);

  if (g_mkdir_with_parents (directory, 0700) < 0)
    {
      int saved = errno;

      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (saved),
                           g_strerror (saved));
      return FALSE;
    }

  path = g_build_filename (directory, FILE_NAME, NULL);

  return g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0644, error);
}

gboolean
hub_autostart_turn_off (const char *directory, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (directory != NULL, FALSE);

  path = g_build_filename (directory, FILE_NAME, NULL);
  if (g_unlink (path) < 0 && errno != ENOENT)
    {
      int saved = errno;

      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (saved),
                           g_strerror (saved));
      return FALSE;
    }

  return TRUE;
}

/* Whether both are the same file. */
static gboolean
is_same (const char *path, const char *other)
{
  GStatBuf a, b;

  return g_stat (path, &a) == 0 && g_stat (other, &b) == 0 && a.st_dev == b.st_dev
         && a.st_ino == b.st_ino;
}

char *
hub_autostart_dup_program (void)
{
  g_autofree char *found = g_find_program_in_path ("hubbub");

  /* The path that survives an update, where there is one. */
  if (found != NULL && is_same (found, "/proc/self/exe"))
    return g_steal_pointer (&found);

  return g_file_read_link ("/proc/self/exe", NULL);
}
