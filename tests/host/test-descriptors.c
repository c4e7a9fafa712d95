/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "host/hub-descriptors.h"

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
  g_test_add_func ("/host/descriptors/guests", test_guests);

  return g_test_run ();
}
