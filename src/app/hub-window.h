/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-application.h"

G_BEGIN_DECLS

/*
 * HubWindow: the host's window: address with QR code, people, and what may be done about them.
 * Owned by GTK and HubApplication.
 *
 * Actions, of the group "win": copy · enlarge · search
 */
#define HUB_TYPE_WINDOW (hub_window_get_type ())
G_DECLARE_FINAL_TYPE (HubWindow, hub_window, HUB, WINDOW, AdwApplicationWindow)

HubWindow *hub_window_new (HubApplication *application);

/* Copies the address once the window is active, with a toast; after 2 s without focus, selects it. */
void hub_window_copy_address (HubWindow *self);

/* Answers what was just done, for a moment and before all else. @text is plain text. */
void hub_window_toast (HubWindow *self, const char *text);

/* The same with a button that runs @action; @button may have a mnemonic. */
void
hub_window_toast_action (HubWindow *self, const char *text, const char *button, const char *action);

/* Says something that nobody asked for, once there is nothing else to say. @text is plain text. */
void hub_window_mention (HubWindow *self, const char *text);

G_END_DECLS
