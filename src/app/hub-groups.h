/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Takes all rows out of the AdwPreferencesGroups in @root, in the dispose of what holds them: a group of
 * libadwaita 1.2 is never freed, and would keep its rows and all that these hold. */
void hub_groups_empty (GtkWidget *root);

G_END_DECLS
