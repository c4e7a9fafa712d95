/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubMenuItem: one row of a menu as com.canonical.dbusmenu has it: its number, what the menu model says
 * about it, and the properties that were last told about it. Owned by HubMenuTree.
 */
typedef struct _HubMenuItem HubMenuItem;

typedef enum
{
  HUB_MENU_ITEM_PLAIN,
  HUB_MENU_ITEM_SEPARATOR,
  HUB_MENU_ITEM_SUBMENU,
} HubMenuItemKind;

/* The row @index of @model, without the menu below it. Attributes of another type than they have to be
 * count as missing. Not for rows that are sections. */
HubMenuItem *hub_menu_item_new (GMenuModel *model, int index);
HubMenuItem *hub_menu_item_new_separator (void);

/* What holds all rows: number 0. */
HubMenuItem *hub_menu_item_new_root (GMenuModel *model);
void hub_menu_item_free (HubMenuItem *self);

HubMenuItemKind hub_menu_item_get_kind (HubMenuItem *self);

/* Returns: (nullable): the menu below it */
GMenuModel *hub_menu_item_get_submenu (HubMenuItem *self);

/* (element-type HubMenuItem); owned by the row and filled by HubMenuTree. */
GPtrArray *hub_menu_item_get_children (HubMenuItem *self);

int hub_menu_item_get_id (HubMenuItem *self);
void hub_menu_item_set_id (HubMenuItem *self, int id);

/* Whether both are the same row for who looks at the menu: it does the same, though it may be called
 * otherwise now. */
gboolean hub_menu_item_is_same (HubMenuItem *self, HubMenuItem *other);

/* Takes number and properties of @other, which is the same row of an older tree. */
void hub_menu_item_inherit (HubMenuItem *self, HubMenuItem *other);

/* Whether it is to be seen while @actions are as they are. For separators: FALSE. */
gboolean hub_menu_item_is_visible (HubMenuItem *self, GActionGroup *actions);

/* What is told about it while @actions are as they are; what is as everybody supposes is left out.
 * Returns: (transfer full): a{sv} */
GVariant *hub_menu_item_describe (HubMenuItem *self, GActionGroup *actions, gboolean is_visible);

/* What was told last. Returns: (nullable): NULL for a row that is new */
GVariant *hub_menu_item_get_properties (HubMenuItem *self);
void hub_menu_item_set_properties (HubMenuItem *self, GVariant *properties);

/* Does what the row stands for. Nothing happens where that is not possible just now. */
void hub_menu_item_activate (HubMenuItem *self, GActionGroup *actions);

G_END_DECLS
