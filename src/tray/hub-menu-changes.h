/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tray/hub-menu-tree.h"

G_BEGIN_DECLS

/*
 * What is different about a menu's rows since they were described last.
 */

/* Describes all rows anew and remembers that. Rows that are new are not told of: they come with the
 * layout. Returns: (transfer floating) (nullable): (a(ia{sv})a(ias)), what ItemsPropertiesUpdated
 * tells; NULL if nothing is different */
GVariant *hub_menu_changes_collect (HubMenuTree *tree, GActionGroup *actions);

G_END_DECLS
