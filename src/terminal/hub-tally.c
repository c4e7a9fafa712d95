/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-tally.h"

void
hub_tally_init (HubTally *self, HubTallyFunc func, gpointer user_data)
{
  *self = (HubTally){ .func = func, .user_data = user_data };
}

static gboolean
on_interval_over (gpointer user_data)
{
  HubTally *self = user_data;

  self->source_id = 0;
  hub_tally_flush (self);

  return G_SOURCE_REMOVE;
}

void
hub_tally_add (HubTally *self)
{
  self->count++;
  if (self->source_id == 0)
    self->source_id = g_timeout_add (HUB_TALLY_INTERVAL_MS, on_interval_over, self);
}

void
hub_tally_flush (HubTally *self)
{
  guint count = self->count;

  g_clear_handle_id (&self->source_id, g_source_remove);
  self->count = 0;
  if (count > 0)
    self->func (count, self->user_data);
}

void
hub_tally_clear (HubTally *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  self->count = 0;
}
