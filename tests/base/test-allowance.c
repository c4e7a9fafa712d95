/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-allowance.h"

#include "base/hub-limits.h"

#define START 1000000

/* Each has its own rate, whatever was taken of the others. */
static void
test_rates (void)
{
  HubAllowance allowance;

  hub_allowance_init (&allowance, START);
  g_assert_true (hub_allowance_take_frames (&allowance, HUB_FRAME_BURST, START));
  g_assert_false (hub_allowance_take_frames (&allowance, 1, START));
  g_assert_true (hub_allowance_take_frames (&allowance, HUB_FRAME_RATE, START + 1000));
  g_assert_false (hub_allowance_take_frames (&allowance, 1, START + 1000));

  g_assert_true (hub_allowance_take_bytes (&allowance, HUB_INPUT_BURST_BYTES, START));
  g_assert_false (hub_allowance_take_bytes (&allowance, 1, START));
  g_assert_true (hub_allowance_take_bytes (&allowance, HUB_INPUT_RATE_BYTES, START + 1000));

  for (guint i = 0; i < HUB_WHO_BURST; i++)
    g_assert_cmpuint (hub_allowance_take_page (&allowance, START), ==, 0);
  g_assert_cmpuint (hub_allowance_take_page (&allowance, START), ==, 1000 / HUB_WHO_RATE);
}

static void
test_few_bytes (void)
{
  HubAllowance allowance;

  hub_allowance_init (&allowance, START);
  for (guint i = 0; i < HUB_INPUT_BURST_BYTES / HUB_READ_LEAST_BYTES; i++)
    g_assert_true (hub_allowance_take_bytes (&allowance, i % 2, START));
  g_assert_false (hub_allowance_take_bytes (&allowance, 1, START));
}

/* More than a bucket counts with is too many, and not a few again. */
static void
test_very_many_bytes (void)
{
  HubAllowance allowance;

  hub_allowance_init (&allowance, START);
  g_assert_false (hub_allowance_take_bytes (&allowance, G_MAXSIZE, START));
  g_assert_false (hub_allowance_take_bytes (&allowance, (gsize) G_MAXUINT + 2, START));
}

/* What was taken on either of two connections is taken of both. */
static void
test_continue (void)
{
  HubAllowance former, allowance;

  hub_allowance_init (&former, START);
  g_assert_true (hub_allowance_take_frames (&former, HUB_FRAME_BURST - 20, START));
  g_assert_true (hub_allowance_take_bytes (&former, HUB_INPUT_BURST_BYTES / 2, START));
  g_assert_cmpuint (hub_allowance_take_page (&former, START), ==, 0);

  hub_allowance_init (&allowance, START);
  g_assert_true (hub_allowance_take_frames (&allowance, 5, START));
  g_assert_true (hub_allowance_take_bytes (&allowance, HUB_INPUT_BURST_BYTES / 4, START));
  hub_allowance_continue (&allowance, &former, START);

  g_assert_true (hub_allowance_take_frames (&allowance, 15, START));
  g_assert_false (hub_allowance_take_frames (&allowance, 1, START));
  g_assert_true (hub_allowance_take_bytes (&allowance, HUB_INPUT_BURST_BYTES / 4, START));
  g_assert_false (hub_allowance_take_bytes (&allowance, 1, START));
  for (guint i = 1; i < HUB_WHO_BURST; i++)
    g_assert_cmpuint (hub_allowance_take_page (&allowance, START), ==, 0);
  g_assert_cmpuint (hub_allowance_take_page (&allowance, START), >, 0);
}

/* Who was away for long has all of it; and nobody owes anything. */
static void
test_continue_later (void)
{
  HubAllowance former, allowance;
  gint64 later = START + 24 * 60 * 60 * 1000;

  hub_allowance_init (&former, START);
  g_assert_true (hub_allowance_take_frames (&former, HUB_FRAME_BURST, START));
  hub_allowance_init (&allowance, later);
  hub_allowance_continue (&allowance, &former, later);
  g_assert_true (hub_allowance_take_frames (&allowance, HUB_FRAME_BURST, later));
  g_assert_false (hub_allowance_take_frames (&allowance, 1, later));

  former = allowance;
  hub_allowance_init (&allowance, later);
  g_assert_true (hub_allowance_take_frames (&allowance, HUB_FRAME_BURST, later));
  hub_allowance_continue (&allowance, &former, later);
  g_assert_false (hub_allowance_take_frames (&allowance, HUB_FRAME_RATE, later + 999));
  g_assert_true (hub_allowance_take_frames (&allowance, HUB_FRAME_RATE, later + 1000));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/allowance/rates", test_rates);
  g_test_add_func ("/allowance/few-bytes", test_few_bytes);
  g_test_add_func ("/allowance/very-many-bytes", test_very_many_bytes);
  g_test_add_func ("/allowance/continue", test_continue);
  g_test_add_func ("/allowance/continue-later", test_continue_later);

  return g_test_run ();
}
