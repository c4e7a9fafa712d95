/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long messages are counted before the count is told, in milliseconds. */
#define HUB_TALLY_INTERVAL_MS 1000

/* Tells that @count more messages were said. */
typedef void (*HubTallyFunc) (guint count, gpointer user_data);

/*
 * HubTally: messages counted together, so that a busy chat is a line a second. A plain value
 * inside a reporter, on the thread of its main loop.
 */
typedef struct
{
  HubTallyFunc func;
  gpointer user_data;
  guint count;
  guint source_id;
} HubTally;

void hub_tally_init (HubTally *self, HubTallyFunc func, gpointer user_data);

/* One more; it is told within HUB_TALLY_INTERVAL_MS. */
void hub_tally_add (HubTally *self);

/* Tells now what was counted, if anything: before news that came later. */
void hub_tally_flush (HubTally *self);

/* Forgets what was counted and stops counting. */
void hub_tally_clear (HubTally *self);

G_END_DECLS
