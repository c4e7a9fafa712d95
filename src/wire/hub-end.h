/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* HubEnd: why the host ends a guest's connection. */
typedef enum
{
  HUB_END_STOPPED,   /* close 1001 */
  HUB_END_ELSEWHERE, /* close 4001 */
  HUB_END_REMOVED,   /* close 4002 */
} HubEnd;

/* As the contract spells it ("stopped"). */
const char *hub_end_to_string (HubEnd why);

/* The WebSocket close code that goes with it. */
gushort hub_end_to_close_code (HubEnd why);

G_END_DECLS
