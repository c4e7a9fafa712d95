/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-transport.h"

G_BEGIN_DECLS

/*
 * HubFanout: what goes to everybody, once per wire format and turn of the loop.
 *
 * Each format has one batch of frames for the turn under way. Each member has its place in it, and
 * a list of private frames that is made only for who needs one; both leave in the order in which
 * they came, when the turn ends: one call to a member's transport, with the batch's bytes shared
 * by all. A batch in which nothing is urgent goes on for a few turns more. Owned by HubHall; lives
 * on the thread whose default context it was made in.
 */
typedef struct _HubFanout HubFanout;

/* A transport that takes part. Owned by the fan-out. */
typedef struct _HubMember HubMember;

HubFanout *hub_fanout_new (void);

/* All members have to be removed before. */
void hub_fanout_free (HubFanout *self);

/* @transport gets everything that is published from now on. */
HubMember *hub_fanout_add (HubFanout *self, HubTransport *transport);

/* Sends what is @member's until now; frees it. */
void hub_fanout_remove (HubFanout *self, HubMember *member);

/* Whether anybody gets @format: if not, nothing needs to be encoded in it. */
gboolean hub_fanout_has_members (HubFanout *self, HubFormat format);

/* @frame, framed already, to every member of @format. */
void hub_fanout_publish (HubFanout *self, HubFormat format, GBytes *frame);

/* The same, of what may wait HUB_SOON_MS for more; whatever cannot wait takes it along. */
void hub_fanout_publish_soon (HubFanout *self, HubFormat format, GBytes *frame);

/* @frame to @member alone, behind everything published so far. */
void hub_fanout_tell (HubFanout *self, HubMember *member, GBytes *frame);

/* Sends what has gathered. */
void hub_fanout_flush (HubFanout *self);

/* At the end of each turn of the loop: sends what has gathered, unless all of it may wait. */
void hub_fanout_end_turn (HubFanout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubFanout, hub_fanout_free)

G_END_DECLS
