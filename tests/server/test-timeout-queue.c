/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-timeout-queue.h"

#include "support/hub-fake-clock.h"

typedef struct
{
  HubTimeout timeout;
  HubTimeoutQueue *queue;
  guint fired;
  gboolean starts_again;
} Owner;

static void
on_due (gpointer data, gpointer user_data)
{
  Owner *owner = data;

  owner->fired++;
  if (owner->starts_again)
    hub_timeout_queue_start (owner->queue, &owner->timeout, owner);
}

static void
test_order (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubTimeoutQueue) queue = hub_timeout_queue_new (HUB_CLOCK (clock), 100, on_due, NULL);
  Owner a = { 0 };
  Owner b = { 0 };

  hub_timeout_queue_start (queue, &a.timeout, &a);
  hub_fake_clock_advance (clock, 60);
  hub_timeout_queue_start (queue, &b.timeout, &b);
  g_assert_cmpuint (hub_timeout_queue_get_length (queue), ==, 2);
  g_assert_true (hub_timeout_queue_peek (queue) == &a);

  hub_fake_clock_advance (clock, 39);
  hub_timeout_queue_run (queue);
  g_assert_cmpuint (a.fired, ==, 0);
  hub_fake_clock_advance (clock, 1);
  hub_timeout_queue_run (queue);
  g_assert_cmpuint (a.fired, ==, 1);
  g_assert_cmpuint (b.fired, ==, 0);
  hub_fake_clock_advance (clock, 60);
  hub_timeout_queue_run (queue);
  g_assert_cmpuint (a.fired, ==, 1);
  g_assert_cmpuint (b.fired, ==, 1);
  g_assert_null (hub_timeout_queue_peek (queue));
}

static void
test_restart (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubTimeoutQueue) queue = hub_timeout_queue_new (HUB_CLOCK (clock), 100, on_due, NULL);
  Owner a = { 0 };
  Owner b = { 0 };

  hub_timeout_queue_start (queue, &a.timeout, &a);
  hub_timeout_queue_start (queue, &b.timeout, &b);
  hub_fake_clock_advance (clock, 50);
  hub_timeout_queue_start (queue, &a.timeout, &a);
  hub_fake_clock_advance (clock, 50);
  hub_timeout_queue_stop (queue, &b.timeout);
  hub_timeout_queue_stop (queue, &b.timeout);
  hub_timeout_queue_run (queue);
  g_assert_cmpuint (a.fired, ==, 0);
  g_assert_cmpuint (b.fired, ==, 0);
  hub_fake_clock_advance (clock, 50);
  hub_timeout_queue_run (queue);
  g_assert_cmpuint (a.fired, ==, 1);
}

static void
test_starts_again (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubTimeoutQueue) queue = hub_timeout_queue_new (HUB_CLOCK (clock), 100, on_due, NULL);
  Owner a = { .queue = queue, .starts_again = TRUE };

  hub_timeout_queue_start (queue, &a.timeout, &a);
  for (guint i = 1; i <= 3; i++)
    {
      hub_fake_clock_advance (clock, 100);
      hub_timeout_queue_run (queue);
      g_assert_cmpuint (a.fired, ==, i);
    }
  hub_timeout_queue_stop (queue, &a.timeout);
}

/* By its own source, on the system's clock. */
static void
test_source (void)
{
  g_autoptr (HubClock) clock = hub_clock_new ();
  g_autoptr (HubTimeoutQueue) queue = hub_timeout_queue_new (clock, 20, on_due, NULL);
  Owner a = { 0 };
  Owner b = { 0 };
  Owner c = { 0 };

  hub_timeout_queue_start (queue, &a.timeout, &a);
  hub_timeout_queue_start (queue, &b.timeout, &b);
  hub_timeout_queue_start (queue, &c.timeout, &c);
  hub_timeout_queue_stop (queue, &a.timeout);
  while (c.fired == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (a.fired, ==, 0);
  g_assert_cmpuint (b.fired, ==, 1);

  hub_timeout_queue_start (queue, &a.timeout, &a);
  while (a.fired == 0)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeout-queue/order", test_order);
  g_test_add_func ("/timeout-queue/restart", test_restart);
  g_test_add_func ("/timeout-queue/starts-again", test_starts_again);
  g_test_add_func ("/timeout-queue/source", test_source);
  return g_test_run ();
}
