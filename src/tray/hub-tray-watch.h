/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubTrayWatch: makes the tray item of a connection known to the desktop's StatusNotifierWatcher:
 * whenever there is one, again after it was restarted or lost the item, and sees whether a tray shows
 * what it knows. Without any it waits. Owned by HubTray; lives on the thread-default context of its
 * making.
 *
 * The item is registered by the connection's unique name: in a sandbox there is no other.
 *
 * Properties: is-shown (boolean, read only): the item is registered, and there is a tray.
 */
#define HUB_TYPE_TRAY_WATCH (hub_tray_watch_get_type ())
G_DECLARE_FINAL_TYPE (HubTrayWatch, hub_tray_watch, HUB, TRAY_WATCH, GObject)

/* The item has to be on the bus already, at /StatusNotifierItem. */
HubTrayWatch *hub_tray_watch_new (GDBusConnection *connection);

gboolean hub_tray_watch_is_shown (HubTrayWatch *self);

/* Forgets about trays; nothing is shown any more. Also done when it is finalized. */
void hub_tray_watch_stop (HubTrayWatch *self);

G_END_DECLS
