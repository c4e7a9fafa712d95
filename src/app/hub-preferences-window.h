/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-background.h"
#include "app/hub-preferences.h"
#include "app/hub-status.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * HubPreferencesWindow: what the host may choose. Every change is kept at once, a text when it is
 * complete; what is wrong is said beside it and not kept. What counts from the next start of the chat
 * says so and can restart it. Owned by GTK.
 *
 * Needs its "application" property for app.ask-code.
 */
#define HUB_TYPE_PREFERENCES_WINDOW (hub_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (HubPreferencesWindow,
                      hub_preferences_window,
                      HUB,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

HubPreferencesWindow *hub_preferences_window_new (HubPreferences *preferences,
                                                  HubStatus *status,
                                                  HubBackground *background);

G_END_DECLS
