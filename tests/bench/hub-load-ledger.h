/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hub-load-histogram.h"

G_BEGIN_DECLS

/*
 * HubLoadLedger: which message was said when, and who got it. Each guest has to get each message
 * exactly once, and each author's messages in the order in which they were said.
 */
typedef struct _HubLoadLedger HubLoadLedger;

/* @n_guests: how many there are, numbered from 0; each of @n_present of them is owed each message. */
HubLoadLedger *hub_load_ledger_new (guint n_guests, guint n_present);
void hub_load_ledger_free (HubLoadLedger *self);

/* Guest @author says something @now (nanoseconds). Returns: the message's number, from 0. */
guint32 hub_load_ledger_say (HubLoadLedger *self, guint author, gint64 now);

/* Guest @guest got message @number @now. A number that was never said counts as doubled. */
void hub_load_ledger_receive (HubLoadLedger *self, guint guest, guint32 number, gint64 now);

guint64 hub_load_ledger_get_n_said (HubLoadLedger *self);
/* Messages that everybody has. */
guint64 hub_load_ledger_get_n_complete (HubLoadLedger *self);
guint64 hub_load_ledger_get_n_expected (HubLoadLedger *self);
/* Deliveries, each message and guest counted once. */
guint64 hub_load_ledger_get_n_delivered (HubLoadLedger *self);
guint64 hub_load_ledger_get_n_doubled (HubLoadLedger *self);
/* Deliveries before an earlier message of the same author. */
guint64 hub_load_ledger_get_n_disordered (HubLoadLedger *self);

/* From saying to each delivery. */
HubLoadHistogram *hub_load_ledger_get_latency (HubLoadLedger *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubLoadLedger, hub_load_ledger_free)

G_END_DECLS
