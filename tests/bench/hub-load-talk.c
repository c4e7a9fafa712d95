/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-scenario.h"
#include "hub-load-usage.h"

#include <stdio.h>

#define NS_PER_S 1000000000

/* A prime: who speaks next is far from who spoke last, and all have their turn. */
#define NEXT_SPEAKER 7919

/* The contract closes a guest who says more than 50 messages a second for long, and lets nobody
 * say as much as he likes at once; a small crowd would pass that. */
#define MOST_PER_GUEST 40

/* The first part of a saturated run is not measured: queues fill, and code is compiled. */
#define SATURATED_LEAD 0.2

#define CHECK_MESSAGES 20
#define CHECK_RATE 100

static void
say_next (HubLoadCrowd *crowd, HubLoadLedger *ledger, guint n_guests, gint64 since)
{
  guint64 number = hub_load_ledger_get_n_said (ledger);

  hub_load_crowd_say (crowd, (guint) (number * NEXT_SPEAKER % n_guests), since);
}

/* Until everybody has everything, or nothing comes any more. */
static void
drain (HubLoadCrowd *crowd, HubLoadLedger *ledger, double patience)
{
  gint64 progress_at = hub_load_now (), limit = (gint64) (patience * NS_PER_S);
  guint64 progress = hub_load_ledger_get_n_delivered (ledger);

  while (hub_load_ledger_get_n_complete (ledger) < hub_load_ledger_get_n_said (ledger)
         && hub_load_now () < progress_at + limit)
    {
      hub_load_crowd_turn (crowd, progress_at + limit);
      if (hub_load_ledger_get_n_delivered (ledger) != progress)
        progress_at = hub_load_now ();
      progress = hub_load_ledger_get_n_delivered (ledger);
    }
}

/* So many messages, each in its time. One that we are late with has been waiting since then: who
 * measured from when it was sent would not see what made it late. */
static void
say_paced (HubLoadCrowd *crowd, HubLoadLedger *ledger, guint n_guests, guint64 n, double rate)
{
  gint64 began_at = hub_load_now ();

  while (hub_load_ledger_get_n_said (ledger) < n)
    {
      guint64 said = hub_load_ledger_get_n_said (ledger);
      gint64 due = began_at + (gint64) ((double) said / rate * NS_PER_S);

      if (hub_load_now () >= due)
        say_next (crowd, ledger, n_guests, due);
      else
        hub_load_crowd_turn (crowd, due);
    }
}

static HubLoadLedger *
join_all (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report)
{
  HubLoadLedger *ledger;

  report->rss_before_kb = hub_load_usage_rss (options->pid);
  hub_load_crowd_join (crowd, (guint) options->n_guests, NULL);
  hub_load_usage_settle (options->pid);
  fputs ("joined\n", stderr);
  ledger = hub_load_ledger_new ((guint) options->n_guests, (guint) options->n_guests);
  hub_load_crowd_set_ledger (crowd, ledger);
  return ledger;
}

static void
finish (HubLoadCrowd *crowd,
        HubLoadLedger *ledger,
        const HubLoadOptions *options,
        HubLoadReport *report)
{
  report->rss_kb = hub_load_usage_rss (options->pid);
  hub_load_report_take_ledger (report, ledger);
  hub_load_report_take_times (report, hub_load_ledger_get_latency (ledger));
  hub_load_report_take_counts (report, hub_load_crowd_get_counts (crowd));
  hub_load_crowd_set_ledger (crowd, NULL);
}

void
hub_load_talk_paced (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report)
{
  g_autoptr (HubLoadLedger) ledger = join_all (crowd, options, report);
  gint64 began_at = hub_load_now ();
  gint64 cpu = hub_load_usage_cpu (options->pid), own = hub_load_usage_own_cpu ();

  say_paced (crowd, ledger, (guint) options->n_guests,
             (guint64) (options->rate * options->seconds + 0.5), options->rate);
  drain (crowd, ledger, options->patience);

  report->wall_s = (double) (hub_load_now () - began_at) / 1e9;
  report->cpu_ns = hub_load_usage_cpu (options->pid) - cpu;
  report->own_cpu_ns = hub_load_usage_own_cpu () - own;
  report->n_measured = hub_load_ledger_get_n_delivered (ledger);
  finish (crowd, ledger, options, report);
}

/* Keeps the window full until @end. */
static void
saturate (HubLoadCrowd *crowd,
          HubLoadLedger *ledger,
          const HubLoadOptions *options,
          gint64 began_at,
          gint64 end)
{
  guint n_guests = (guint) options->n_guests;
  guint64 window = (guint64) options->window;

  for (gint64 now = hub_load_now (); now < end; now = hub_load_now ())
    {
      double seconds = (double) (now - began_at) / 1e9;
      guint64 most = window + (guint64) (seconds * MOST_PER_GUEST * n_guests);
      guint64 complete = hub_load_ledger_get_n_complete (ledger);

      while (hub_load_ledger_get_n_said (ledger) < MIN (complete + window, most))
        say_next (crowd, ledger, n_guests, now);
      hub_load_crowd_turn (crowd, MIN (end, now + NS_PER_S / 1000));
    }
}

void
hub_load_talk_saturated (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report)
{
  g_autoptr (HubLoadLedger) ledger = join_all (crowd, options, report);
  gint64 began_at = hub_load_now (), measured_at, cpu, own;
  gint64 length = (gint64) (options->seconds * NS_PER_S);
  gint64 lead = (gint64) (options->seconds * SATURATED_LEAD * NS_PER_S);
  guint64 delivered;

  saturate (crowd, ledger, options, began_at, began_at + lead);

  measured_at = hub_load_now ();
  cpu = hub_load_usage_cpu (options->pid);
  own = hub_load_usage_own_cpu ();
  delivered = hub_load_ledger_get_n_delivered (ledger);

  saturate (crowd, ledger, options, began_at, began_at + lead + length);

  report->wall_s = (double) (hub_load_now () - measured_at) / 1e9;
  report->cpu_ns = hub_load_usage_cpu (options->pid) - cpu;
  report->own_cpu_ns = hub_load_usage_own_cpu () - own;
  report->n_measured = hub_load_ledger_get_n_delivered (ledger) - delivered;
  drain (crowd, ledger, options->patience);
  finish (crowd, ledger, options, report);
}

void
hub_load_talk_check (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report)
{
  guint n_guests = (guint) options->n_guests;
  g_autoptr (HubLoadLedger) ledger = hub_load_ledger_new (n_guests, n_guests);

  hub_load_crowd_set_ledger (crowd, ledger);
  say_paced (crowd, ledger, n_guests, CHECK_MESSAGES, CHECK_RATE);
  drain (crowd, ledger, options->patience);
  hub_load_report_take_ledger (report, ledger);
  hub_load_crowd_set_ledger (crowd, NULL);
}
