/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-ledger.h"

typedef struct
{
  guint64 n_delivered, n_complete, n_doubled, n_disordered;
} Counts;

static void
assert_counts (HubLoadLedger *ledger, Counts wanted)
{
  g_assert_cmpuint (hub_load_ledger_get_n_delivered (ledger), ==, wanted.n_delivered);
  g_assert_cmpuint (hub_load_ledger_get_n_complete (ledger), ==, wanted.n_complete);
  g_assert_cmpuint (hub_load_ledger_get_n_doubled (ledger), ==, wanted.n_doubled);
  g_assert_cmpuint (hub_load_ledger_get_n_disordered (ledger), ==, wanted.n_disordered);
}

static void
test_everything_once (void)
{
  g_autoptr (HubLoadLedger) ledger = hub_load_ledger_new (3, 3);

  for (guint32 i = 0; i < 5000; i++)
    {
      g_assert_cmpuint (hub_load_ledger_say (ledger, i % 3, i), ==, i);
      for (guint guest = 0; guest < 3; guest++)
        hub_load_ledger_receive (ledger, guest, i, i + 10);
    }
  assert_counts (ledger, (Counts){ .n_delivered = 15000, .n_complete = 5000 });
  g_assert_cmpuint (hub_load_ledger_get_n_said (ledger), ==, 5000);
  g_assert_cmpuint (hub_load_ledger_get_n_expected (ledger), ==, 15000);
  g_assert_cmpuint (hub_load_histogram_get_count (hub_load_ledger_get_latency (ledger)), ==, 15000);
}

static void
test_lost (void)
{
  g_autoptr (HubLoadLedger) ledger = hub_load_ledger_new (2, 2);

  hub_load_ledger_say (ledger, 0, 0);
  hub_load_ledger_receive (ledger, 0, 0, 1);
  assert_counts (ledger, (Counts){ .n_delivered = 1 });
  g_assert_cmpuint (hub_load_ledger_get_n_expected (ledger), ==, 2);
}

static void
test_doubled (void)
{
  g_autoptr (HubLoadLedger) ledger = hub_load_ledger_new (2, 2);

  hub_load_ledger_say (ledger, 0, 0);
  hub_load_ledger_receive (ledger, 0, 0, 1);
  hub_load_ledger_receive (ledger, 0, 0, 1);
  hub_load_ledger_receive (ledger, 1, 7, 1); /* never said */
  assert_counts (ledger, (Counts){ .n_delivered = 1, .n_doubled = 2 });
}

/* Only the order of one author's messages counts. */
static void
test_disordered (void)
{
  g_autoptr (HubLoadLedger) ledger = hub_load_ledger_new (2, 1);
  guint32 first = hub_load_ledger_say (ledger, 0, 0);
  guint32 others = hub_load_ledger_say (ledger, 1, 0);
  guint32 second = hub_load_ledger_say (ledger, 0, 0);

  hub_load_ledger_receive (ledger, 0, others, 1);
  assert_counts (ledger, (Counts){ .n_delivered = 1, .n_complete = 1 });
  hub_load_ledger_receive (ledger, 0, second, 1);
  hub_load_ledger_receive (ledger, 0, first, 1);
  assert_counts (ledger, (Counts){ .n_delivered = 3, .n_complete = 3, .n_disordered = 1 });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load-ledger/everything-once", test_everything_once);
  g_test_add_func ("/load-ledger/lost", test_lost);
  g_test_add_func ("/load-ledger/doubled", test_doubled);
  g_test_add_func ("/load-ledger/disordered", test_disordered);
  return g_test_run ();
}
