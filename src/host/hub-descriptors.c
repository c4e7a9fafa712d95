/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-descriptors.h"

#include "base/hub-limits.h"

#include <sys/resource.h>

guint64
hub_descriptors_raise (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return HUB_RESERVED_DESCRIPTORS;

  if (limit.rlim_cur < limit.rlim_max)
    {
      const struct rlimit raised = { limit.rlim_max, limit.rlim_max };

      if (setrlimit (RLIMIT_NOFILE, &raised) == 0)
        limit = raised;
    }

  return limit.rlim_cur;
}

guint
hub_descriptors_get_connections (guint64 limit)
{
  if (limit <= HUB_RESERVED_DESCRIPTORS)
    return 1;

  return (guint) MIN (limit - HUB_RESERVED_DESCRIPTORS, HUB_MAX_CONNECTIONS);
}

guint
hub_descriptors_get_guests (guint wanted, guint connections)
{
  return wanted == 0 ? connections : MIN (wanted, connections);
}
