/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * HubInhibitor: keeps this computer from suspending while it is asked to: by the session's manager or
 * the portal (both are GTK's part), where there is none by logind. Owned by HubApplication, which asks
 * while guests are present; main thread.
 *
 * Properties (read only):
 *   may-sleep (boolean): it is asked to, and nobody who could has promised anything
 */
#define HUB_TYPE_INHIBITOR (hub_inhibitor_get_type ())
G_DECLARE_FINAL_TYPE (HubInhibitor, hub_inhibitor, HUB, INHIBITOR, GObject)

/* @application: registered; it must outlive the inhibitor. @is_sandboxed: hub_sandbox_is_inside(): a
 * sandbox has the portal only. */
HubInhibitor *hub_inhibitor_new (GtkApplication *application, gboolean is_sandboxed);

/* Idempotent. What was held is let go within the call. */
void hub_inhibitor_set_active (HubInhibitor *self, gboolean is_active);

/* Whether something that keeps this computer awake is held. */
gboolean hub_inhibitor_is_holding (HubInhibitor *self);

/* The property: worth saying once, "This computer may go to sleep." */
gboolean hub_inhibitor_may_sleep (HubInhibitor *self);

G_END_DECLS
