/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-usage.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* A process is settled when it used less CPU than this in a row of so many looks. */
#define SETTLED_NS (2 * 1000 * 1000)
#define SETTLED_LOOKS 3
#define LOOK_US (100 * 1000)
#define MAX_LOOKS 50

static gint64
read_clock (clockid_t id)
{
  struct timespec time;

  if (clock_gettime (id, &time) < 0)
    return 0;
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

gint64
hub_load_now (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

gint64
hub_load_usage_cpu (int pid)
{
  clockid_t id;

  /* Another process's clock is exact; /proc/PID/stat counts in hundredths of a second. */
  if (pid == 0 || clock_getcpuclockid (pid, &id) != 0)
    return 0;
  return read_clock (id);
}

gint64
hub_load_usage_own_cpu (void)
{
  return read_clock (CLOCK_PROCESS_CPUTIME_ID);
}

gint64
hub_load_usage_rss (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", pid);
  g_autofree char *contents = NULL;
  long pages;

  if (pid == 0 || !g_file_get_contents (path, &contents, NULL, NULL)
      || sscanf (contents, "%*d %ld", &pages) != 1)
    return 0;
  return (gint64) pages * sysconf (_SC_PAGESIZE) / 1024;
}

void
hub_load_usage_settle (int pid)
{
  gint64 before = hub_load_usage_cpu (pid);

  if (pid == 0)
    return;
  for (guint looks = 0, quiet = 0; looks < MAX_LOOKS && quiet < SETTLED_LOOKS; looks++)
    {
      gint64 now;

      g_usleep (LOOK_US); /* poll */
      now = hub_load_usage_cpu (pid);
      quiet = now - before < SETTLED_NS ? quiet + 1 : 0;
      before = now;
    }
}
