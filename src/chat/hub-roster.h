/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-guest.h"

G_BEGIN_DECLS

/*
 * HubRoster: the present guests, in the order of their joining and by how their names look.
 * Adding, removing and looking up cost the same with ten guests and with ten thousand. Part of
 * HubRoom.
 */
typedef struct _HubRoster HubRoster;

HubRoster *hub_roster_new (void);
void hub_roster_free (HubRoster *self);

/* @guest, whose name's skeleton must not be in the roster, comes last. Its name stays as it is
 * while it is in here. */
void hub_roster_add (HubRoster *self, HubGuest *guest);
void hub_roster_remove (HubRoster *self, HubGuest *guest);

/* Whether a guest in here has a name of this look. */
gboolean hub_roster_has_skeleton (HubRoster *self, const char *skeleton);

guint hub_roster_get_length (HubRoster *self);

/* The guests, valid until one is added or removed. Returns: (transfer none) (element-type HubGuest) */
GPtrArray *hub_roster_get_guests (HubRoster *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubRoster, hub_roster_free)

G_END_DECLS
