/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hub-load-crowd.h"

G_BEGIN_DECLS

/*
 * HubLoadReport: what a scenario found out. What it has nothing to say about stays 0.
 */
typedef struct
{
  guint n_joined;
  guint n_resumed;
  guint n_failed;
  guint n_cut;
  guint64 n_refused;

  guint64 n_sent;
  guint64 n_expected;
  guint64 n_delivered;
  guint64 n_lost;
  guint64 n_doubled;
  guint64 n_disordered;

  /* Of what is measured: not of getting ready, nor of tidying up. */
  double wall_s;
  gint64 cpu_ns;      /* the server's */
  gint64 own_cpu_ns;  /* this program's */
  guint64 n_measured; /* deliveries, or guests who came, in that time */

  gint64 rss_before_kb;
  gint64 rss_kb;
  gint64 rss_cycles_kb[2];

  guint64 n_times;
  double p50_ms;
  double p90_ms;
  double p99_ms;
  double max_ms;
  const char *cipher;
} HubLoadReport;

void hub_load_report_take_times (HubLoadReport *self, HubLoadHistogram *times);
void hub_load_report_take_ledger (HubLoadReport *self, HubLoadLedger *ledger);
void hub_load_report_take_counts (HubLoadReport *self, const HubLoadCounts *counts);

/* One JSON object on a line of its own, on standard output. */
void hub_load_report_print (const HubLoadReport *self, const HubLoadOptions *options);

G_END_DECLS
