/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubPreferences: what the host chose, as properties that widgets bind to, kept in GSettings. Where the
 * schema is not installed the same properties hold the defaults in memory, and `is-kept` is FALSE.
 * Owned by HubApplication; main thread.
 *
 * Properties (read and write; names are the schema's keys):
 *   room-name (string, "": the default name) · port (uint, 1 to 65535) ·
 *   addresses (strv, empty: all) · ask-code (boolean) · max-guests, max-per-address, message-rate
 *   (uint, 0: no limit) · start-with-session, keep-running (boolean) · notify-first-guest,
 *   notify-network, notify-stuck (boolean) · first-run (boolean: its note has not been dismissed) ·
 *   window-width, window-height (int, logical pixels) · hide-names (boolean, of the join card)
 * Read only: is-kept (boolean)
 */
#define HUB_TYPE_PREFERENCES (hub_preferences_get_type ())
G_DECLARE_FINAL_TYPE (HubPreferences, hub_preferences, HUB, PREFERENCES, GObject)

/* @schema_id: the application's. */
HubPreferences *hub_preferences_new (const char *schema_id);

gboolean hub_preferences_is_kept (HubPreferences *self);

/* What a chat is started with. Returns: (transfer full) */
HubSettings *hub_preferences_make_settings (HubPreferences *self);

G_END_DECLS
