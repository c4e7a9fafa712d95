/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tray/hub-menu-item.h"

G_BEGIN_DECLS

/*
 * HubMenuTree: a menu model with all its submenus as numbered rows, as it was when the tree was made.
 * Sections become rows of the menu that they are in, with separators between them; their labels are
 * not shown (com.canonical.dbusmenu has none). Owned by HubMenuExporter.
 */
typedef struct _HubMenuTree HubMenuTree;

/* @previous: (nullable): an older tree of the same model. Rows that were in it keep their numbers, and
 * numbers of rows that are gone are not given to others.
 * @changed: called with @user_data when the model or one below it changes: the tree is outdated. */
HubMenuTree *
hub_menu_tree_new (GMenuModel *model, HubMenuTree *previous, GCallback changed, gpointer user_data);
void hub_menu_tree_free (HubMenuTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubMenuTree, hub_menu_tree_free)

/* Every row, the root first. (element-type HubMenuItem) */
GPtrArray *hub_menu_tree_get_items (HubMenuTree *self);

/* Returns: (nullable) */
HubMenuItem *hub_menu_tree_find (HubMenuTree *self, int id);

/* The row below which all differences of the rows and their order are: the number of the root, of a
 * submenu, or -1 without any. */
int hub_menu_tree_compare (HubMenuTree *self, HubMenuTree *previous);

/* What is told of each row while @actions are as they are. A separator is to be seen where there is
 * something on both sides of it. Returns: (transfer full) (element-type GVariant): of the same order
 * as the items */
GPtrArray *hub_menu_tree_describe (HubMenuTree *self, GActionGroup *actions);

G_END_DECLS
