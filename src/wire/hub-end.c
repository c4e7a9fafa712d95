/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-end.h"

static const struct
{
  const char *name;
  gushort close_code;
} ends[] = {
  [HUB_END_STOPPED] = { "stopped", 1001 }, /* RFC 6455 section 7.4.1: going away */
  [HUB_END_ELSEWHERE] = { "elsewhere", 4001 },
  [HUB_END_REMOVED] = { "removed", 4002 },
};

const char *
hub_end_to_string (HubEnd why)
{
  g_return_val_if_fail ((guint) why < G_N_ELEMENTS (ends), NULL);

  return ends[why].name;
}

gushort
hub_end_to_close_code (HubEnd why)
{
  g_return_val_if_fail ((guint) why < G_N_ELEMENTS (ends), 0);

  return ends[why].close_code;
}
