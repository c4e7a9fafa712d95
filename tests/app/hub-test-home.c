/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-test-home.h"

#include <glib/gstdio.h>

char *
hub_test_home_make (void)
{
  static const char *const variables[] = { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME",
                                           "XDG_STATE_HOME", "XDG_RUNTIME_DIR" };
  char *home = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);

  g_assert_nonnull (home);
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *path = g_build_filename (home, variables[i], NULL);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      g_setenv (variables[i], path, TRUE);
    }

  return home;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
hub_test_home_remove (char *home)
{
  remove_tree (home);
  g_free (home);
}
