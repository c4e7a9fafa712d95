/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-connection.h"

G_BEGIN_DECLS

/*
 * HubStages: the deadlines of all connections, by the stage each is in: one queue a stage. Owned
 * by the door; lives on its thread.
 */
typedef struct _HubStages HubStages;

/* @due: a HubConnection's time is over. */
HubStages *hub_stages_new (HubClock *clock, HubTimeoutFunc due, gpointer user_data);
void hub_stages_free (HubStages *self);

/* @connection is at @stage, whose deadline begins now. */
void hub_stages_enter (HubStages *self, HubConnection *connection, HubStage stage);

/* It is at its end, whatever stage it was in. */
void hub_stages_leave (HubStages *self, HubConnection *connection);

/* Those of HUB_STAGE_PENDING: how many, and the oldest or NULL. */
guint hub_stages_get_n_pending (HubStages *self);
HubConnection *hub_stages_peek_pending (HubStages *self);

/* For tests that move the clock by hand: does what is due. */
void hub_stages_run (HubStages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubStages, hub_stages_free)

G_END_DECLS
