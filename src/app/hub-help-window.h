/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * HubHelpWindow: "Help Connecting" (same network, firewall, Wi-Fi that separates devices, the phone
 * itself) and "Security" (the browsers' warnings, the certificate's fingerprint, what is protected and
 * what is not). Follows the chat's port and certificate. Owned by GTK.
 */
#define HUB_TYPE_HELP_WINDOW (hub_help_window_get_type ())
G_DECLARE_FINAL_TYPE (HubHelpWindow, hub_help_window, HUB, HELP_WINDOW, AdwPreferencesWindow)

/* Opens at "Security" where a device is stuck at its browser's warning. @is_sandboxed:
 * hub_sandbox_is_inside(): it cannot be found out which firewall runs. */
HubHelpWindow *hub_help_window_new (HubStatus *status, gboolean is_sandboxed);

G_END_DECLS
