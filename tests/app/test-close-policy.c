/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-close-policy.h"

static void
test_steps (void)
{
  static const struct
  {
    const char *what;
    HubCloseFacts facts;
    HubCloseStep step;
  } cases[] = {
    { "nobody, not to keep running", { .is_open = TRUE }, HUB_CLOSE_STEP_QUIT },
    { "the same beside a tray", { .is_open = TRUE, .has_tray = TRUE }, HUB_CLOSE_STEP_QUIT },
    { "the same in a sandbox", { .is_open = TRUE, .is_sandboxed = TRUE }, HUB_CLOSE_STEP_QUIT },
    { "people, tray", { .is_open = TRUE, .n_people = 1, .has_tray = TRUE }, HUB_CLOSE_STEP_HIDE },
    { "nobody, to keep running, tray",
      { .is_open = TRUE, .keep_running = TRUE, .has_tray = TRUE },
      HUB_CLOSE_STEP_HIDE },
    { "a tray is better than the portal",
      { .is_open = TRUE, .n_people = 1, .has_tray = TRUE, .is_sandboxed = TRUE },
      HUB_CLOSE_STEP_HIDE },
    { "people, sandbox",
      { .is_open = TRUE, .n_people = 1, .is_sandboxed = TRUE },
      HUB_CLOSE_STEP_REQUEST },
    { "nobody, to keep running, sandbox",
      { .is_open = TRUE, .keep_running = TRUE, .is_sandboxed = TRUE },
      HUB_CLOSE_STEP_REQUEST },
    { "people, nothing", { .is_open = TRUE, .n_people = 1 }, HUB_CLOSE_STEP_ASK },
    { "nobody, to keep running, nothing",
      { .is_open = TRUE, .keep_running = TRUE },
      HUB_CLOSE_STEP_ASK },
    { "no chat", { .is_open = FALSE }, HUB_CLOSE_STEP_QUIT },
    { "no chat, to keep running, tray",
      { .keep_running = TRUE, .has_tray = TRUE },
      HUB_CLOSE_STEP_HIDE },
    { "no chat, to keep running, nothing", { .keep_running = TRUE }, HUB_CLOSE_STEP_QUIT },
    { "no chat, to keep running, sandbox",
      { .keep_running = TRUE, .is_sandboxed = TRUE },
      HUB_CLOSE_STEP_QUIT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].what);
      g_assert_cmpint (hub_close_policy_get_step (&cases[i].facts), ==, cases[i].step);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/close-policy/steps", test_steps);

  return g_test_run ();
}
