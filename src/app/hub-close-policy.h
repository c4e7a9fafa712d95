/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What closing the window means. */
typedef enum
{
  HUB_CLOSE_STEP_QUIT,
  HUB_CLOSE_STEP_HIDE,    /* the tray leads back */
  HUB_CLOSE_STEP_REQUEST, /* the portal is asked whether the program may go on without a window */
  HUB_CLOSE_STEP_ASK,     /* the host is */
} HubCloseStep;

/* What it depends on. */
typedef struct
{
  gboolean is_open; /* a chat runs, or is about to */
  guint n_people;
  gboolean keep_running; /* the preference */
  gboolean has_tray;     /* something shows the icon */
  gboolean is_sandboxed;
} HubCloseFacts;

/* The first that applies. Pure function. */
HubCloseStep hub_close_policy_get_step (const HubCloseFacts *facts);

G_END_DECLS
