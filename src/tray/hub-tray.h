/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierItem/ "Status" */
typedef enum
{
  HUB_TRAY_ACTIVE,
  HUB_TRAY_ATTENTION,
} HubTrayStatus;

/*
 * HubTray: an icon in the desktop's tray with a menu: a StatusNotifierItem and a com.canonical.dbusmenu
 * on the session bus, out of a menu model and an action group. It appears when there is a tray to show
 * it, and again when the tray was restarted; without one nothing happens. No GTK. Owned by whoever made
 * it; lives on the thread-default context of that.
 *
 * Menu items: "label", "action" (with its prefix cut: the group is the one given), "target", "icon",
 * "hidden-when"; sections become separators; an action with a boolean state is a check item.
 *
 * Properties: is-shown (boolean, read only): a tray shows the icon.
 */
#define HUB_TYPE_TRAY (hub_tray_get_type ())
G_DECLARE_FINAL_TYPE (HubTray, hub_tray, HUB, TRAY, GObject)

/* @id: unique for the program, stays the same between sessions. @default_action: what a click does. */
HubTray *hub_tray_new (GDBusConnection *connection,
                       const char *id,
                       GMenuModel *menu,
                       GActionGroup *actions,
                       const char *default_action);

/* @icon_name: of the icon theme; @pixmaps: a{sv}-ready a(iiay) in ARGB32, network byte order, for trays
 * that do not find the name, or NULL. */
void hub_tray_set_icon (HubTray *self, const char *icon_name, GVariant *pixmaps);
void hub_tray_set_status (HubTray *self, HubTrayStatus status);

/* @title: one line; @text: more, plain text. */
void hub_tray_set_tooltip (HubTray *self, const char *title, const char *text);

gboolean hub_tray_is_shown (HubTray *self);

/* What the last click brought along, until it is taken. Returns: (transfer full) (nullable) */
char *hub_tray_take_activation_token (HubTray *self);

/* Takes the icon away and leaves the bus. Also done when it is finalized. */
void hub_tray_withdraw (HubTray *self);

G_END_DECLS
