/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubMenuExporter: a menu model and an action group as a com.canonical.dbusmenu object on a bus, for
 * trays to draw. Follows both as they change, and tells only what changed: at most once a turn of the
 * loop, and at the latest before a question is answered. Anybody on the bus may call it. Owned by
 * HubTray; lives on the thread-default context of its making.
 *
 * The interface is the one of libdbusmenu's dbus-menu.xml, version 3.
 *
 * Signals:
 *   clicked (guint timestamp)   a row was chosen, its action runs now; timestamp: the X server's time
 *                               of the click in ms, or 0
 *   done ()                     it has run
 */
#define HUB_TYPE_MENU_EXPORTER (hub_menu_exporter_get_type ())
G_DECLARE_FINAL_TYPE (HubMenuExporter, hub_menu_exporter, HUB, MENU_EXPORTER, GObject)

/* Returns: (nullable): NULL with @error set where something else is at @path already */
HubMenuExporter *hub_menu_exporter_new (GDBusConnection *connection,
                                        const char *path,
                                        GMenuModel *menu,
                                        GActionGroup *actions,
                                        GError **error);

/* Whether the words of the menu are written from right to left. */
void hub_menu_exporter_set_rtl (HubMenuExporter *self, gboolean is_rtl);

/* Leaves the bus. Also done when it is finalized. */
void hub_menu_exporter_withdraw (HubMenuExporter *self);

G_END_DECLS
