/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* People from which on there is a field to search in. */
#define HUB_PEOPLE_VIEW_SEARCH_FROM 12

/*
 * HubPeopleView: the scrolled column of the window: what is above (property `top`), and who is here.
 * Widgets are made for the rows that are seen only. Owned by the window.
 *
 * Properties: top (GtkWidget) · can-search (boolean, read only)
 */
#define HUB_TYPE_PEOPLE_VIEW (hub_people_view_get_type ())
G_DECLARE_FINAL_TYPE (HubPeopleView, hub_people_view, HUB, PEOPLE_VIEW, GtkWidget)

GtkWidget *hub_people_view_new (void);

/* To be called once. */
void hub_people_view_set_status (HubPeopleView *self, HubStatus *status);

/* Gives the search field the focus, where there is one. */
void hub_people_view_search (HubPeopleView *self);

G_END_DECLS
