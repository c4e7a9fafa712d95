/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-report.h"

#include <stdio.h>

void
hub_load_report_take_times (HubLoadReport *self, HubLoadHistogram *times)
{
  self->n_times = hub_load_histogram_get_count (times);
  self->p50_ms = hub_load_histogram_get_ms (times, 0.50);
  self->p90_ms = hub_load_histogram_get_ms (times, 0.90);
  self->p99_ms = hub_load_histogram_get_ms (times, 0.99);
  self->max_ms = hub_load_histogram_get_max_ms (times);
}

void
hub_load_report_take_ledger (HubLoadReport *self, HubLoadLedger *ledger)
{
  guint64 expected = hub_load_ledger_get_n_expected (ledger);
  guint64 delivered = hub_load_ledger_get_n_delivered (ledger);

  self->n_sent += hub_load_ledger_get_n_said (ledger);
  self->n_expected += expected;
  self->n_delivered += delivered;
  self->n_lost += expected - MIN (delivered, expected);
  self->n_doubled += hub_load_ledger_get_n_doubled (ledger);
  self->n_disordered += hub_load_ledger_get_n_disordered (ledger);
}

void
hub_load_report_take_counts (HubLoadReport *self, const HubLoadCounts *counts)
{
  self->n_joined = counts->n_in;
  self->n_resumed = counts->n_resumed;
  self->n_failed = counts->n_failed;
  self->n_cut = counts->n_cut;
  self->n_refused = counts->n_refused;
  self->cipher = counts->cipher;
}

/* Always with a decimal point, whatever the locale. */
static void
add_number (GString *json, const char *name, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, ",\"%s\":%s", name,
                          g_ascii_formatd (buffer, sizeof buffer, "%.6g", value));
}

static void
add_count (GString *json, const char *name, gint64 value)
{
  g_string_append_printf (json, ",\"%s\":%" G_GINT64_FORMAT, name, value);
}

void
hub_load_report_print (const HubLoadReport *self, const HubLoadOptions *options)
{
  g_autoptr (GString) json = g_string_new (NULL);
  double per = self->n_measured > 0 ? 1e-3 / (double) self->n_measured : 0;

  g_string_append_printf (json, "{\"scenario\":\"%s\",\"protocol\":\"%s\",\"cipher\":\"%s\"",
                          hub_load_options_get_scenario_name (options),
                          options->is_json ? "hubbub.v1" : "plain",
                          self->cipher != NULL ? self->cipher : "");
  add_count (json, "guests", options->n_guests);
  add_count (json, "joined", self->n_joined);
  add_count (json, "resumed", self->n_resumed);
  add_count (json, "failed", self->n_failed);
  add_count (json, "cut", self->n_cut);
  add_count (json, "refused", (gint64) self->n_refused);
  add_count (json, "sent", (gint64) self->n_sent);
  add_count (json, "expected", (gint64) self->n_expected);
  add_count (json, "delivered", (gint64) self->n_delivered);
  add_count (json, "lost", (gint64) self->n_lost);
  add_count (json, "doubled", (gint64) self->n_doubled);
  add_count (json, "disordered", (gint64) self->n_disordered);

  g_string_append_printf (json, ",\"latency_ms\":{\"count\":%" G_GUINT64_FORMAT, self->n_times);
  add_number (json, "p50", self->p50_ms);
  add_number (json, "p90", self->p90_ms);
  add_number (json, "p99", self->p99_ms);
  add_number (json, "max", self->max_ms);
  g_string_append_c (json, '}');

  add_number (json, "wall_s", self->wall_s);
  add_number (json, "cpu_s", (double) self->cpu_ns / 1e9);
  add_number (json, "own_cpu_s", (double) self->own_cpu_ns / 1e9);
  add_count (json, "measured", (gint64) self->n_measured);
  add_number (json, "per_s", self->wall_s > 0 ? (double) self->n_measured / self->wall_s : 0);
  add_number (json, "cpu_us_each", (double) self->cpu_ns * per);
  add_number (json, "own_cpu_us_each", (double) self->own_cpu_ns * per);
  add_count (json, "rss_before_kb", self->rss_before_kb);
  add_count (json, "rss_kb", self->rss_kb);
  add_number (json, "rss_kb_each",
              self->n_joined > 0 ? (double) (self->rss_kb - self->rss_before_kb) / self->n_joined
                                 : 0);
  g_string_append_printf (json, ",\"rss_cycles_kb\":[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]",
                          self->rss_cycles_kb[0], self->rss_cycles_kb[1]);
  printf ("%s}\n", json->str);
}
