/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubTray: an icon in the desktop's tray with a menu: a StatusNotifierItem and a com.canonical.dbusmenu
 * on the session bus, out of a menu model and an action group. It appears when there is a tray to show
 * it, and again when the tray was restarted; without one nothing happens. No GTK. Owned by whoever made
 * it; lives on the thread-default context of that. One for each connection.
 *
 * Everybody on the bus can read what it shows, and call it: the actions that its menu and
 * @default_action name are those that can be called.
 *
 * Menu items: "label" (an underscore marks a mnemonic, two are one), "action" (with its prefix cut: the
 * group is the one given), "target", "icon" (of the theme), "hidden-when" ("action-missing",
 * "action-disabled"); sections become separators; an action with a boolean state is a check item, one
 * whose state is compared with the item's target a radio item.
 *
 * Properties: is-shown (boolean, read only): a tray shows the icon.
 *
 * https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/
 */
#define HUB_TYPE_TRAY (hub_tray_get_type ())
G_DECLARE_FINAL_TYPE (HubTray, hub_tray, HUB, TRAY, GObject)

/* @connection: to a bus. @id: unique for the program, stays the same between sessions.
 * @default_action: what a click does, a name in @actions without a parameter. */
HubTray *hub_tray_new (GDBusConnection *connection,
                       const char *id,
                       GMenuModel *menu,
                       GActionGroup *actions,
                       const char *default_action);

/* @title: the program's name. */
void hub_tray_set_title (HubTray *self, const char *title);

/* @icon_name: of the icon theme; @pixmaps: a(iiay): width, height, ARGB32 in network byte order, for
 * trays that do not find the name, or NULL. */
void hub_tray_set_icon (HubTray *self, const char *icon_name, GVariant *pixmaps);

/* Whether somebody ought to look at it. */
void hub_tray_set_urgent (HubTray *self, gboolean is_urgent);

/* @title: one line, also for who listens; @text: more. Both plain text. */
void hub_tray_set_tooltip (HubTray *self, const char *title, const char *text);

/* Whether the words of the menu are written from right to left. */
void hub_tray_set_rtl (HubTray *self, gboolean is_rtl);

gboolean hub_tray_is_shown (HubTray *self);

/* While an action runs that was chosen in the tray: what lets a window come to the front, a token of
 * xdg-activation or a startup id of X11. Returns: (transfer full) (nullable): NULL when taken already,
 * at other times, and where the tray gave none */
char *hub_tray_take_activation_token (HubTray *self);

/* Takes the icon away and leaves the bus. Also done when it is finalized. */
void hub_tray_withdraw (HubTray *self);

G_END_DECLS
