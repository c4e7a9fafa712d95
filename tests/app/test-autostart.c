/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-autostart.h"

#include <gio/gdesktopappinfo.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#define FILE_NAME HUB_APPLICATION_ID ".desktop"

typedef struct
{
  char *home;
  char *directory; /* not there yet */
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  fixture->directory = g_build_filename (fixture->home, "config", "autostart", NULL);
  fixture->path = g_build_filename (fixture->directory, FILE_NAME, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->directory);

  g_remove (fixture->path);
  g_remove (fixture->directory);
  g_rmdir (parent);
  g_rmdir (fixture->home);
  g_free (fixture->home);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
turn_on (Fixture *fixture, const char *program)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hub_autostart_turn_on (fixture->directory, program, &error));
  g_assert_no_error (error);
}

static void
test_on_off (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_false (hub_autostart_is_on (fixture->directory));

  turn_on (fixture, "/usr/bin/hubbub");
  g_assert_true (hub_autostart_is_on (fixture->directory));
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0644);

  g_assert_true (hub_autostart_turn_off (fixture->directory, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  g_assert_true (hub_autostart_turn_off (fixture->directory, &error));
  g_assert_no_error (error);
}

/* What a session would run: GLib's own reading of the file. */
static void
test_command (Fixture *fixture, gconstpointer data)
{
  static const char *const programs[] = {
    "/usr/bin/hubbub",      "/opt/a b/hubbub",   "/opt/\"quoted\"/hubbub",
    "/opt/$HOME`x`/hubbub", "/opt/100%f/hubbub", "/opt/back\\slash/hubbub",
    "/opt/it's/hubbub",     "/opt/été/hubbub",
  };

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autofree char *command = NULL;
      g_auto (GStrv) arguments = NULL;
      g_auto (GStrv) halves = NULL;
      g_autofree char *program = NULL;

      turn_on (fixture, programs[i]);
      g_assert_true (g_key_file_load_from_file (file, fixture->path, 0, NULL));
      command = g_key_file_get_string (file, "Desktop Entry", "Exec", NULL);
      g_assert_true (g_shell_parse_argv (command, NULL, &arguments, NULL));
      g_assert_cmpuint (g_strv_length (arguments), ==, 2);
      g_assert_cmpstr (arguments[1], ==, "--background");
      halves = g_strsplit (arguments[0], "%%", -1); /* field codes come last */
      program = g_strjoinv ("%", halves);
      g_assert_cmpstr (program, ==, programs[i]);
    }
}

static void
test_desktop_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDesktopAppInfo) info = NULL;

  turn_on (fixture, "/bin/true");
  info = g_desktop_app_info_new_from_filename (fixture->path);
  g_assert_nonnull (info);
  g_assert_cmpstr (g_app_info_get_name (G_APP_INFO (info)), ==, "Hubbub");
  g_assert_true (g_str_has_suffix (g_app_info_get_commandline (G_APP_INFO (info)), "--background"));
}

/* Other programs switch entries off without removing them. */
static void
test_switched_off (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean is_on;
  } files[] = {
    { "[Desktop Entry]\nExec=hubbub\n", TRUE },
    { "[Desktop Entry]\nExec=hubbub\nHidden=false\nX-GNOME-Autostart-enabled=true\n", TRUE },
    { "[Desktop Entry]\nExec=hubbub\nHidden=true\n", FALSE },
    { "[Desktop Entry]\nExec=hubbub\nX-GNOME-Autostart-enabled=false\n", FALSE },
    { "", FALSE },
    { "no key file", FALSE },
  };

  g_mkdir_with_parents (fixture->directory, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_assert_true (g_file_set_contents (fixture->path, files[i].text, -1, NULL));
      g_assert_cmpint (hub_autostart_is_on (fixture->directory), ==, files[i].is_on);
    }

  turn_on (fixture, "/usr/bin/hubbub");
  g_assert_true (hub_autostart_is_on (fixture->directory));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->directory);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (parent, 0700);
  g_assert_true (g_file_set_contents (fixture->directory, "a file", -1, NULL));

  g_assert_false (hub_autostart_turn_on (fixture->directory, "/usr/bin/hubbub", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  g_clear_error (&error);

  g_assert_false (hub_autostart_turn_off (fixture->directory, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
}

static void
test_program (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = hub_autostart_dup_program ();
  g_autofree char *mine = g_file_read_link ("/proc/self/exe", NULL);

  g_assert_cmpstr (program, ==, mine);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/app/autostart/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("on-off", test_on_off);
  ADD ("command", test_command);
  ADD ("desktop-file", test_desktop_file);
  ADD ("switched-off", test_switched_off);
  ADD ("no-folder", test_no_folder);
  ADD ("program", test_program);

  return g_test_run ();
}
