/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "host/hub-descriptors.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

static void
test_raise (void)
{
  struct rlimit before;
  struct rlimit after;
  guint64 limit;

  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &before));
  limit = hub_descriptors_raise ();
  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &after));
  g_assert_cmpuint (after.rlim_max, ==, before.rlim_max);
  g_assert_cmpuint (after.rlim_cur, ==, before.rlim_max);
  g_assert_cmpuint (limit, ==, after.rlim_cur);
}

/* In the way in which GLib starts programs for people: the browser, say. */
static void
assert_child_has (guint64 limit)
{
  const char *argv[] = { "sh", "-c", "ulimit -S -n", NULL };
  g_autofree char *output = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpuint (g_ascii_strtoull (output, NULL, 10), ==, limit);
}

static void
wait_for_file (const char *path, char **text)
{
  gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;

  while (!g_file_get_contents (path, text, NULL, NULL) || strchr (*text, '\n') == NULL)
    {
      g_clear_pointer (text, g_free);
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_usleep (5000); /* poll */
    }
}

static void
assert_launched_has (guint64 limit)
{
  g_autofree char *directory = g_dir_make_tmp ("hub-descriptors-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "limit", NULL);
  g_autofree char *command = g_strdup_printf ("sh -c 'ulimit -S -n >%s'", path);
  g_autofree char *text = NULL;
  g_autoptr (GAppInfo) program = NULL;

  program = g_app_info_create_from_commandline (command, "sh", G_APP_INFO_CREATE_NONE, NULL);
  g_assert_true (g_app_info_launch (program, NULL, NULL, NULL));
  wait_for_file (path, &text);
  g_assert_cmpuint (g_ascii_strtoull (text, NULL, 10), ==, limit);
  g_assert_no_errno (g_unlink (path));
  g_assert_no_errno (g_rmdir (directory));
}

/* Rule: children get the limit that this program got, not the one it took. */
static void
test_children_child (void)
{
  struct rlimit limit;

  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &limit));
  limit.rlim_cur = MIN (limit.rlim_max - 1, 256);
  g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &limit));

  g_assert_cmpuint (hub_descriptors_raise (), ==, limit.rlim_max);
  assert_child_has (limit.rlim_cur);
  g_assert_cmpuint (hub_descriptors_raise (), ==, limit.rlim_max);
  assert_launched_has (limit.rlim_cur);
}

/* In a process of its own, as the limit is the process's. */
static void
test_children (void)
{
  g_test_trap_subprocess ("/host/descriptors/children/subprocess/child", 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_guests (void)
{
  static const struct
  {
    guint64 limit;
    guint wanted;
    guint guests;
  } cases[] = {
    { 1024, 0, 1024 - HUB_RESERVED_DESCRIPTORS },
    { 1024, 100, 100 },
    { 1024, 2000, 1024 - HUB_RESERVED_DESCRIPTORS },
    { HUB_RESERVED_DESCRIPTORS + 1, 100, 1 },
    { HUB_RESERVED_DESCRIPTORS, 100, 1 },
    { 0, 0, 1 },
    { G_MAXUINT64, 0, HUB_MAX_CONNECTIONS },
    { G_MAXUINT64, 1000, 1000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (hub_descriptors_get_guests (cases[i].wanted,
                                                  hub_descriptors_get_connections (cases[i].limit)),
                      ==, cases[i].guests);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/descriptors/raise", test_raise);
  g_test_add_func ("/host/descriptors/children", test_children);
  g_test_add_func ("/host/descriptors/children/subprocess/child", test_children_child);
  g_test_add_func ("/host/descriptors/guests", test_guests);

  return g_test_run ();
}
