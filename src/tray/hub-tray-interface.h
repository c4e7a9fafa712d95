/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HUB_TRAY_INTERFACE_ITEM "org.kde.StatusNotifierItem"
#define HUB_TRAY_INTERFACE_MENU "com.canonical.dbusmenu"

/*
 * The two interfaces of a tray's icon: the first as freedesktop.org's StatusNotifierItem has it, with
 * what KDE and Ayatana added and panels read; the second of libdbusmenu's dbus-menu.xml.
 */

/* As g_dbus_connection_register_object(), of the interface called @name, one of the above. */
guint hub_tray_interface_register (GDBusConnection *connection,
                                   const char *path,
                                   const char *name,
                                   const GDBusInterfaceVTable *vtable,
                                   gpointer user_data,
                                   GError **error);

G_END_DECLS
