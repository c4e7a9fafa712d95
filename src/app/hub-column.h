/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Logical pixels from which on a column has the style class "wide". */
#define HUB_COLUMN_WIDE 480

/*
 * HubColumn: what comes before a list, and the list, scrolled as one. The list stays a scrollable of
 * its own, which makes widgets only for the rows that are seen; this gives it the height that is left
 * below the head and lets it scroll once the head is out of sight. A GtkScrollable; owned by the
 * scrolled window around it.
 *
 * Properties (write only): head (GtkWidget) · list (GtkWidget that is a GtkScrollable)
 */
#define HUB_TYPE_COLUMN (hub_column_get_type ())
G_DECLARE_FINAL_TYPE (HubColumn, hub_column, HUB, COLUMN, GtkWidget)

GtkWidget *hub_column_new (void);

void hub_column_set_head (HubColumn *self, GtkWidget *head);
void hub_column_set_list (HubColumn *self, GtkWidget *list);

G_END_DECLS
