/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-stages.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

static void
on_due (gpointer owner, gpointer user_data)
{
  HubConnection **due = user_data;

  g_assert_null (*due);
  *due = owner;
}

static const struct
{
  HubStage stage;
  guint deadline;
} deadlines[] = {
  { HUB_STAGE_PENDING, HUB_HANDSHAKE_DEADLINE_MS },
  { HUB_STAGE_REQUEST, HUB_REQUEST_DEADLINE_MS },
  { HUB_STAGE_RESPONSE, HUB_RESPONSE_DEADLINE_MS },
  { HUB_STAGE_IDLE, HUB_KEEP_ALIVE_DEADLINE_MS },
};

/* Each stage has its own time, from when it was entered. */
static void
test_deadlines (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  HubConnection *due = NULL;
  g_autoptr (HubStages) stages = hub_stages_new (HUB_CLOCK (clock), on_due, &due);
  HubConnection connection = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (deadlines); i++)
    {
      hub_stages_enter (stages, &connection, deadlines[i].stage);
      hub_fake_clock_advance (clock, deadlines[i].deadline - 1);
      hub_stages_run (stages);
      g_assert_null (due);
    }

  hub_stages_enter (stages, &connection, HUB_STAGE_UPGRADED);
  hub_fake_clock_advance (clock, 24 * 60 * 60 * 1000);
  hub_stages_run (stages);
  g_assert_null (due);

  for (gsize i = 0; i < G_N_ELEMENTS (deadlines); i++)
    {
      hub_stages_enter (stages, &connection, deadlines[i].stage);
      hub_fake_clock_advance (clock, deadlines[i].deadline);
      hub_stages_run (stages);
      g_assert_true (due == &connection);
      due = NULL;
    }
}

static void
test_pending (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  HubConnection *due = NULL;
  g_autoptr (HubStages) stages = hub_stages_new (HUB_CLOCK (clock), on_due, &due);
  HubConnection one = { 0 };
  HubConnection two = { 0 };

  g_assert_null (hub_stages_peek_pending (stages));
  hub_stages_enter (stages, &one, HUB_STAGE_PENDING);
  hub_stages_enter (stages, &two, HUB_STAGE_PENDING);
  g_assert_cmpuint (hub_stages_get_n_pending (stages), ==, 2);
  g_assert_true (hub_stages_peek_pending (stages) == &one);
  hub_stages_enter (stages, &one, HUB_STAGE_REQUEST);
  g_assert_true (hub_stages_peek_pending (stages) == &two);
  hub_stages_leave (stages, &two);
  g_assert_cmpuint (hub_stages_get_n_pending (stages), ==, 0);
  hub_stages_leave (stages, &one);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stages/deadlines", test_deadlines);
  g_test_add_func ("/stages/pending", test_pending);
  return g_test_run ();
}
