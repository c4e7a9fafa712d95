/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-scenario.h"
#include "hub-load-usage.h"

#define NS_PER_S 1000000000

static void
leave_and_settle (HubLoadCrowd *crowd, const HubLoadOptions *options)
{
  hub_load_crowd_leave (crowd);
  hub_load_usage_settle (options->pid);
}

/* The first guests of all make a server load what it loads late, and compile what it runs often. */
static void
warm_up (HubLoadCrowd *crowd, const HubLoadOptions *options)
{
  if (options->n_warm_up > 0)
    hub_load_crowd_join (crowd, (guint) options->n_warm_up, NULL);
  leave_and_settle (crowd, options);
}

/* Joins, counted and timed from @began_at on. */
static void
join_measured (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report)
{
  g_autoptr (HubLoadHistogram) times = hub_load_histogram_new ();
  gint64 began_at = hub_load_now ();
  gint64 cpu = hub_load_usage_cpu (options->pid), own = hub_load_usage_own_cpu ();
  const HubLoadCounts *counts = hub_load_crowd_get_counts (crowd);
  guint64 n_missing;

  hub_load_crowd_leave (crowd); /* where they were in, this is part of it */
  hub_load_crowd_join (crowd, (guint) options->n_guests, times);
  report->wall_s = (double) (hub_load_now () - began_at) / 1e9;
  report->cpu_ns = hub_load_usage_cpu (options->pid) - cpu;
  report->own_cpu_ns = hub_load_usage_own_cpu () - own;
  report->n_measured = counts->n_in;
  report->rss_kb = hub_load_usage_rss (options->pid);

  n_missing = hub_load_crowd_get_n_missing_arrivals (crowd);
  report->n_expected = (guint64) options->n_guests + counts->n_arrivals + n_missing;
  report->n_delivered = counts->n_in + counts->n_arrivals;
  report->n_lost = report->n_expected - report->n_delivered;
  hub_load_report_take_times (report, times);
  hub_load_report_take_counts (report, counts);
}

void
hub_load_come_join (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report)
{
  warm_up (crowd, options);
  report->rss_before_kb = hub_load_usage_rss (options->pid);
  if (options->resume)
    {
      hub_load_crowd_join (crowd, (guint) options->n_guests, NULL);
      leave_and_settle (crowd, options);
    }
  join_measured (crowd, options, report);
}

void
hub_load_come_reconnect (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report)
{
  warm_up (crowd, options);
  report->rss_before_kb = hub_load_usage_rss (options->pid);
  hub_load_crowd_join (crowd, (guint) options->n_guests, NULL);
  hub_load_usage_settle (options->pid);
  join_measured (crowd, options, report);
  hub_load_talk_check (crowd, options, report);
}

/* Serves everybody for a while: pings are answered. */
static void
stay (HubLoadCrowd *crowd, double seconds)
{
  gint64 end = hub_load_now () + (gint64) (seconds * NS_PER_S);

  while (hub_load_now () < end)
    hub_load_crowd_turn (crowd, end);
}

/* So many joins and leaves. Returns: the server's memory when it is empty again */
static gint64
cycle (HubLoadCrowd *crowd, const HubLoadOptions *options)
{
  for (int n = 0; n < options->n_cycles; n += options->n_guests)
    {
      hub_load_crowd_join (crowd, (guint) options->n_guests, NULL);
      leave_and_settle (crowd, options);
    }
  return hub_load_usage_rss (options->pid);
}

void
hub_load_come_idle (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report)
{
  warm_up (crowd, options);
  report->rss_before_kb = hub_load_usage_rss (options->pid);
  join_measured (crowd, options, report);
  stay (crowd, options->seconds);
  report->rss_kb = hub_load_usage_rss (options->pid);
  hub_load_talk_check (crowd, options, report);
  if (options->n_cycles == 0)
    return;
  leave_and_settle (crowd, options);
  for (guint i = 0; i < G_N_ELEMENTS (report->rss_cycles_kb); i++)
    report->rss_cycles_kb[i] = cycle (crowd, options);
}
