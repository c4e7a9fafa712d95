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
 * Actions, all of the group "app":
 *   show · quit · about · preferences · shortcuts · help
 *   start · stop (asks where people are present) · open-chat (on this computer)
 *   copy-address · lock (boolean state) · ask-code (boolean state) · new-code
 *   remove (t: the guest's id; asks) · rename-room
 */
#define HUB_TYPE_APPLICATION (hub_application_get_type ())
G_DECLARE_FINAL_TYPE (HubApplication, hub_application, HUB, APPLICATION, AdwApplication)

HubApplication *hub_application_new (void);

HubStatus *hub_application_get_status (HubApplication *self);
HubPreferences *hub_application_get_preferences (HubApplication *self);

G_END_DECLS
