/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-snapshot.h"

G_BEGIN_DECLS

/*
 * HubPersonItem: one guest in a list model. Lives as long as the guest is present; what changes is
 * told by `notify`. Main thread.
 *
 * Properties (read only): id (uint64) · name (string) · device (string, may be "") ·
 *   joined-at (int64, ms since the epoch) · away (boolean)
 */
#define HUB_TYPE_PERSON_ITEM (hub_person_item_get_type ())
G_DECLARE_FINAL_TYPE (HubPersonItem, hub_person_item, HUB, PERSON_ITEM, GObject)

HubPersonItem *hub_person_item_new (const HubPerson *person);

/* Takes over what @person, the same guest, says now. */
void hub_person_item_update (HubPersonItem *self, const HubPerson *person);

guint64 hub_person_item_get_id (HubPersonItem *self);
const char *hub_person_item_get_name (HubPersonItem *self);
const char *hub_person_item_get_device (HubPersonItem *self);
gint64 hub_person_item_get_joined_at (HubPersonItem *self);
gboolean hub_person_item_is_away (HubPersonItem *self);

/* "iPhone · 12 min", "iPhone · away", translated; @now in ms since the epoch. Returns: (transfer full) */
char *hub_person_item_dup_caption (HubPersonItem *self, gint64 now);

/* Name, device, since when and whether away, as one sentence for who listens. Returns: (transfer full) */
char *hub_person_item_dup_spoken (HubPersonItem *self, gint64 now);

G_END_DECLS
