/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-person-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * HubPersonRow: one guest: initials, name, device and how long, and a menu of what may be done about
 * them. Used again and again for other guests; takes focus for its whole row and says all of it. What
 * guests chose is shown as plain text. Owned by the list view.
 *
 * Actions, of the group "person": remove
 */
#define HUB_TYPE_PERSON_ROW (hub_person_row_get_type ())
G_DECLARE_FINAL_TYPE (HubPersonRow, hub_person_row, HUB, PERSON_ROW, GtkWidget)

GtkWidget *hub_person_row_new (void);

/* @item: NULL: nobody. @now: in ms since the epoch. */
void hub_person_row_set_item (HubPersonRow *self, HubPersonItem *item, gint64 now);

/* Time has passed. @now: in ms since the epoch. */
void hub_person_row_set_now (HubPersonRow *self, gint64 now);

G_END_DECLS
