/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-descriptors.h"

#include "base/hub-limits.h"

#include <pthread.h>
#include <sys/resource.h>

/* The limit is the process's, so this is, too: the soft one that it was started with. Written once, before
 * anything is forked. */
static rlim_t inherited;

/* In the child of a fork, where only what is safe in a signal handler may be called. */
static void
restore (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;

  limit.rlim_cur = MIN (inherited, limit.rlim_max);
  setrlimit (RLIMIT_NOFILE, &limit);
}

/* Programs that count on select() fail with more descriptors than FD_SETSIZE, and the browser that is opened
 * here is one of ours only for a moment. GLib forks whom it starts, as long as it closes descriptors for them. */
static void
spare_children (rlim_t soft)
{
  static gsize is_spared = 0;

  if (!g_once_init_enter (&is_spared))
    return;

  inherited = soft;
  pthread_atfork (NULL, NULL, restore);
  g_once_init_leave (&is_spared, 1);
}

guint64
hub_descriptors_raise (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return HUB_RESERVED_DESCRIPTORS;

  if (limit.rlim_cur < limit.rlim_max)
    {
      const struct rlimit raised = { limit.rlim_max, limit.rlim_max };

      spare_children (limit.rlim_cur);
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
