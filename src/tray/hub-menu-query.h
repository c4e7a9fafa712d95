/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tray/hub-menu-tree.h"

G_BEGIN_DECLS

/*
 * What com.canonical.dbusmenu answers to questions about a menu that was described. The questions come
 * from anybody on the bus: D-Bus has checked their types, nothing else.
 */

/* @revision: of the layout. Returns: (transfer floating) (nullable): NULL with @error set, to be sent */
GVariant *hub_menu_query_answer (HubMenuTree *tree,
                                 guint revision,
                                 const char *method,
                                 GVariant *parameters,
                                 GError **error);

/* Returns: (transfer none) (nullable): NULL with @error set for a number that no row has */
HubMenuItem *hub_menu_query_find (HubMenuTree *tree, int id, GError **error);

/* Whoever asks for more at once than any menu has is up to no good (HUB_TRAY_LIST_MAX). */
gboolean hub_menu_query_check_length (GVariant *list, GError **error);

/* As the interface has it: what is unknown is listed, and an error if nothing else was asked for. */
gboolean hub_menu_query_check_known (guint n_asked, guint n_unknown, GError **error);

G_END_DECLS
