/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubTrayItem: the org.kde.StatusNotifierItem object of a tray's icon: what trays read of it, the
 * signals that tell of changes, and what a click on it calls. Anybody on the bus may call it. Owned by
 * HubTray; lives on the thread-default context of its making.
 *
 * Signals:
 *   activated ()         somebody clicked the icon
 *   token-given (char*)  what lets a window come to the front after the click that follows
 */
#define HUB_TYPE_TRAY_ITEM (hub_tray_item_get_type ())
G_DECLARE_FINAL_TYPE (HubTrayItem, hub_tray_item, HUB, TRAY_ITEM, GObject)

/* @path: where the item is to be; @menu_path: where its menu is.
 * Returns: (nullable): NULL with @error set where something else is at @path already */
HubTrayItem *hub_tray_item_new (GDBusConnection *connection,
                                const char *path,
                                const char *id,
                                const char *menu_path,
                                GError **error);

/* As those of HubTray. */
void hub_tray_item_set_title (HubTrayItem *self, const char *title);
void hub_tray_item_set_icon (HubTrayItem *self, const char *icon_name, GVariant *pixmaps);
void hub_tray_item_set_urgent (HubTrayItem *self, gboolean is_urgent);
void hub_tray_item_set_tooltip (HubTrayItem *self, const char *title, const char *text);

/* Tells trays not to show it any more, and leaves the bus. Also done when it is finalized. */
void hub_tray_item_withdraw (HubTrayItem *self);

G_END_DECLS
