/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-sandbox.h"

#include <glib/gstdio.h>

static void
test_inside (void)
{
  g_autofree char *directory = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  g_autofree char *info = g_build_filename (directory, "info", NULL);

  g_assert_false (hub_sandbox_is_inside (info));
  g_assert_true (g_file_set_contents (info, "[Application]\n", -1, NULL));
  g_assert_true (hub_sandbox_is_inside (info));

  g_remove (info);
  g_rmdir (directory);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/sandbox/inside", test_inside);

  return g_test_run ();
}
