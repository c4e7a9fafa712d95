/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-close-policy.h"

HubCloseStep
hub_close_policy_get_step (const HubCloseFacts *facts)
{
  g_return_val_if_fail (facts != NULL, HUB_CLOSE_STEP_QUIT);

  if (facts->n_people == 0 && !facts->keep_running)
    return HUB_CLOSE_STEP_QUIT;
  if (facts->has_tray)
    return HUB_CLOSE_STEP_HIDE;
  /* Without a chat there is nothing to go on with, nor to ask about. */
  if (!facts->is_open)
    return HUB_CLOSE_STEP_QUIT;
  if (facts->is_sandboxed)
    return HUB_CLOSE_STEP_REQUEST;

  return HUB_CLOSE_STEP_ASK;
}
