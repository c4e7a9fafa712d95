/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * HubNotifier: tells the host what happens while no window of the program is active: the first guest, a
 * network that changed, a device stuck at its browser's warning, and that the chat goes on without a
 * window. Each of the first three can be switched off (HubPreferences). Withdraws what no longer holds,
 * and everything when it goes. No body holds anything that a guest chose: notification servers parse
 * markup, keep what they showed and show it on locked screens. Owned by HubApplication; main thread.
 *
 * Uses the actions app.show, app.copy-address and app.help.
 */
#define HUB_TYPE_NOTIFIER (hub_notifier_get_type ())
G_DECLARE_FINAL_TYPE (HubNotifier, hub_notifier, HUB, NOTIFIER, GObject)

/* @application: registered; it must outlive the notifier. */
HubNotifier *
hub_notifier_new (GtkApplication *application, HubStatus *status, HubPreferences *preferences);

/* The window was closed and the chat goes on: says so, until a window is active again. */
void hub_notifier_tell_keeps_running (HubNotifier *self);

G_END_DECLS
