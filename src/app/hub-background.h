/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-preferences.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long the portal may take to let the program run without a window before the host is asked. */
#define HUB_BACKGROUND_PATIENCE_MS 10000

/*
 * HubBackground: running without a window: from the session's start (an autostart file of our own, or the
 * portal in a Flatpak), and on after the window was closed (in a Flatpak the portal's to allow). Follows
 * the preference start-with-session both ways: outside of a Flatpak the file, which other programs may
 * change as well, says how it is when this object is made. Owned by HubApplication; main thread.
 *
 * Signals:
 *   refused (GError)   start-with-session could not be followed and is as before; the error says why in
 *                      one translated sentence
 */
#define HUB_TYPE_BACKGROUND (hub_background_get_type ())
G_DECLARE_FINAL_TYPE (HubBackground, hub_background, HUB, BACKGROUND, GObject)

/* @portal: the session bus where this runs in a Flatpak (hub_sandbox_is_inside()), else NULL.
 * @autostart_dir: NULL for ~/.config/autostart. */
HubBackground *hub_background_new (HubPreferences *preferences,
                                   GDBusConnection *portal,
                                   const char *autostart_dir);

/* Asks to go on without a window. Outside of a Flatpak nobody needs to be asked. */
void hub_background_request_async (HubBackground *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* TRUE: granted. FALSE without @error: denied, or no answer within HUB_BACKGROUND_PATIENCE_MS: ask the
 * host. @error: there is no such portal, or cancelled. */
gboolean hub_background_request_finish (HubBackground *self, GAsyncResult *result, GError **error);

/* What the desktop shows beside the program while it has no window, translated, at most 96 characters
 * (the portal's limit); no guest's words. Nothing happens outside of a Flatpak. */
void hub_background_set_status (HubBackground *self, const char *message);

G_END_DECLS
