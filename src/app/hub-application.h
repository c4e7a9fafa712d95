/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-preferences.h"
#include "app/hub-status.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * HubApplication: the desktop program: one instance a session, its life from start to end, and what
 * can be done from outside its window (tray, notifications, desktop file): the actions. Owned by main.
 *
 * Actions of the group "app", which everybody on the session bus can see and use:
 *   show · quit (asks where people are present) · about · preferences · shortcuts · help
 *   start · stop (asks where people are present) · open-chat (on this computer)
 *   start-chat (what the desktop calls: starts where no chat runs, and shows the window)
 *   copy-address · lock (boolean state) · ask-code (boolean state) · new-code · rename-room
 *
 * Action of the group "guest", which each window has and nobody outside:
 *   remove (t: the guest's id; asks)
 */
#define HUB_TYPE_APPLICATION (hub_application_get_type ())
G_DECLARE_FINAL_TYPE (HubApplication, hub_application, HUB, APPLICATION, AdwApplication)

HubApplication *hub_application_new (void);

/* From `startup` on. */
HubStatus *hub_application_get_status (HubApplication *self);
HubPreferences *hub_application_get_preferences (HubApplication *self);

G_END_DECLS
