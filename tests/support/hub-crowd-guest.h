/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "support/hub-crowd-socket.h"

G_BEGIN_DECLS

/*
 * HubCrowdGuest: one hubbub.v1 guest of a HubCrowd, who keeps the contract and holds the host to
 * it: ids without a gap or a double, each author's messages in his order, each ref accepted once. A
 * violation aborts the test. Messages are "m AUTHOR NUMBER".
 */
typedef struct _HubCrowdGuest HubCrowdGuest;

/* @index: his own number as an author, below @n_authors. */
HubCrowdGuest *hub_crowd_guest_new (guint16 port, guint index, guint n_authors);
void hub_crowd_guest_free (HubCrowdGuest *self);

/* Connects; `hello` follows as soon as that is done, or, with @is_held, at
 * hub_crowd_guest_release(). A room that is locked is asked again until it is not. */
void hub_crowd_guest_connect (HubCrowdGuest *self, gboolean is_held);
void hub_crowd_guest_release (HubCrowdGuest *self);

/* The connection is his no more; the seat is.
 * Returns: (transfer full): its socket, for the caller to end in whatever way */
HubCrowdSocket *hub_crowd_guest_disconnect (HubCrowdGuest *self);

/* Says one more message: once he is in, and again after each return until it is accepted. */
void hub_crowd_guest_say (HubCrowdGuest *self);

/* Says `bye`. Only a guest who is in, and is_quiet. Once the host has closed he is not connected,
 * and joins as new when he connects again. */
void hub_crowd_guest_leave (HubCrowdGuest *self);

/* Reads and writes what is possible now. Returns: FALSE where the host closed unasked */
gboolean hub_crowd_guest_serve (HubCrowdGuest *self);

/* Whether he has a connection; it is upgraded; he was welcomed on it; and all he said is accepted. */
gboolean hub_crowd_guest_is_connected (HubCrowdGuest *self);
gboolean hub_crowd_guest_is_open (HubCrowdGuest *self);
gboolean hub_crowd_guest_is_in (HubCrowdGuest *self);
gboolean hub_crowd_guest_is_quiet (HubCrowdGuest *self);

/* -1 where he has no connection. */
int hub_crowd_guest_get_fd (HubCrowdGuest *self);

/* The newest message he has had; how many he has had, and said (accepted) in all. */
guint64 hub_crowd_guest_get_last_id (HubCrowdGuest *self);
guint64 hub_crowd_guest_get_n_heard (HubCrowdGuest *self);
guint64 hub_crowd_guest_get_n_said (HubCrowdGuest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubCrowdGuest, hub_crowd_guest_free)

G_END_DECLS
