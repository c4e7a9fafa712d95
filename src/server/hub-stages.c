/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-stages.h"

#include "base/hub-limits.h"

struct _HubStages
{
  HubTimeoutQueue *deadlines[HUB_STAGE_TIMED];
};

static const guint deadline_ms[HUB_STAGE_TIMED] = {
  [HUB_STAGE_PENDING] = HUB_HANDSHAKE_DEADLINE_MS,
  [HUB_STAGE_REQUEST] = HUB_REQUEST_DEADLINE_MS,
  [HUB_STAGE_RESPONSE] = HUB_RESPONSE_DEADLINE_MS,
  [HUB_STAGE_IDLE] = HUB_KEEP_ALIVE_DEADLINE_MS,
};

HubStages *
hub_stages_new (HubClock *clock, HubTimeoutFunc due, gpointer user_data)
{
  HubStages *self = g_new0 (HubStages, 1);

  for (guint i = 0; i < HUB_STAGE_TIMED; i++)
    self->deadlines[i] = hub_timeout_queue_new (clock, deadline_ms[i], due, user_data);

  return self;
}

void
hub_stages_free (HubStages *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < HUB_STAGE_TIMED; i++)
    g_clear_pointer (&self->deadlines[i], hub_timeout_queue_free);
  g_free (self);
}

void
hub_stages_enter (HubStages *self, HubConnection *connection, HubStage stage)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (connection != NULL);

  hub_stages_leave (self, connection);
  connection->stage = stage;
  if (stage < HUB_STAGE_TIMED)
    hub_timeout_queue_start (self->deadlines[stage], &connection->timeout, connection);
}

void
hub_stages_leave (HubStages *self, HubConnection *connection)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (connection != NULL);

  if (connection->stage < HUB_STAGE_TIMED)
    hub_timeout_queue_stop (self->deadlines[connection->stage], &connection->timeout);
}

guint
hub_stages_get_n_pending (HubStages *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return hub_timeout_queue_get_length (self->deadlines[HUB_STAGE_PENDING]);
}

HubConnection *
hub_stages_peek_pending (HubStages *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return hub_timeout_queue_peek (self->deadlines[HUB_STAGE_PENDING]);
}

void
hub_stages_run (HubStages *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < HUB_STAGE_TIMED; i++)
    hub_timeout_queue_run (self->deadlines[i]);
}
