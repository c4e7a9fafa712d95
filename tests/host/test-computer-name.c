/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-computer-name.h"

#include <glib/gstdio.h>

/* machine-info(5) as people write it; NULL: the host's name. */
static void
test_pretty (void)
{
  static const struct
  {
    const char *contents;
    const char *name;
  } cases[] = {
    { "PRETTY_HOSTNAME=\"Lena's Laptop\"\n", "Lena's Laptop" },
    { "PRETTY_HOSTNAME='Küche'\n", "Küche" },
    { "ICON_NAME=computer\nPRETTY_HOSTNAME=Basil\nCHASSIS=laptop\n", "Basil" },
    { "PRETTY_HOSTNAME=Basil", "Basil" },
    { "PRETTY_HOSTNAME=\n", NULL },
    { "PRETTY_HOSTNAME=\"  \"\n", NULL },
    { "PRETTY_HOSTNAME=\"no end\n", NULL },
    { "PRETTY_HOSTNAME=\"\xff\xfe\"\n", NULL },
    { "# PRETTY_HOSTNAME=Basil\n", NULL },
    { "", NULL },
  };
  g_autofree char *directory = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (directory, "machine-info", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = NULL;

      g_assert_true (g_file_set_contents (file, cases[i].contents, -1, NULL));
      name = hub_computer_name_dup_pretty (file);
      g_assert_cmpstr (name, ==, cases[i].name != NULL ? cases[i].name : g_get_host_name ());
    }

  g_assert_no_errno (g_unlink (file));
  g_assert_no_errno (g_rmdir (directory));
}

static void
test_no_file (void)
{
  g_autofree char *name = hub_computer_name_dup_pretty ("/nonexistent/machine-info");

  g_assert_cmpstr (name, ==, g_get_host_name ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/computer-name/pretty", test_pretty);
  g_test_add_func ("/host/computer-name/no-file", test_no_file);

  return g_test_run ();
}
