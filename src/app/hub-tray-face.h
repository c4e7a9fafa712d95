/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long a tray may be away before it counts as lost: a panel that is restarted is back sooner. */
#define HUB_TRAY_FACE_PATIENCE_S 5

/*
 * HubTrayFace: what Hubbub shows in the desktop's tray: an icon for how the chat stands, a tooltip with
 * the number of people, a menu. Nothing of it names a guest or an address: everybody on the session
 * bus can read it. Owned by HubApplication; main thread.
 *
 * Properties: is-shown (boolean, read only): a tray shows the icon.
 * Signals:
 *   lost ()   no tray has shown the icon for HUB_TRAY_FACE_PATIENCE_S after one did; while GNOME's
 *             screen is locked, not before as long after its unlocking
 */
#define HUB_TYPE_TRAY_FACE (hub_tray_face_get_type ())
G_DECLARE_FINAL_TYPE (HubTrayFace, hub_tray_face, HUB, TRAY_FACE, GObject)

/* @connection: of the session bus. @actions: of the application; used are show, copy, lock, start,
 * stop and quit. Of start and stop the menu shows those that are enabled. */
HubTrayFace *
hub_tray_face_new (HubStatus *status, GDBusConnection *connection, GActionGroup *actions);

gboolean hub_tray_face_is_shown (HubTrayFace *self);

/* What lets a window come to the front, if the action that runs was chosen in the tray: for
 * gtk_window_set_startup_id() before gtk_window_present(). Returns: (transfer full) (nullable) */
char *hub_tray_face_take_activation_token (HubTrayFace *self);

G_END_DECLS
