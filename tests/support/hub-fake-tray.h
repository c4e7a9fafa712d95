/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubFakeTray: an org.kde.StatusNotifierWatcher on a bus of the test's, with a tray that can be switched
 * on and off. Answers from the loop of the thread that made it. Real ones: tests/desktop/test-tray-*.
 */
typedef struct _HubFakeTray HubFakeTray;

/* Takes the watcher's name on the bus at @address. */
HubFakeTray *hub_fake_tray_new (const char *address, gboolean has_host);

/* Leaves the bus, as a panel that is stopped. */
void hub_fake_tray_free (HubFakeTray *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubFakeTray, hub_fake_tray_free)

/* A tray comes or goes while the watcher stays. */
void hub_fake_tray_set_host (HubFakeTray *self, gboolean has_host);

/* From now on items are refused, or not. */
void hub_fake_tray_refuse (HubFakeTray *self, gboolean refuses);

/* Says that the latest item is gone, by its name with @suffix behind. */
void hub_fake_tray_lose (HubFakeTray *self, const char *suffix);

/* Sends any signal of the watcher's; @parameters: (nullable). */
void hub_fake_tray_emit (HubFakeTray *self, const char *signal, GVariant *parameters);

/* How often an item came; refused ones included. */
guint hub_fake_tray_count (HubFakeTray *self);

/* What the latest item said its name is. Returns: (nullable) */
const char *hub_fake_tray_get_item (HubFakeTray *self);

G_END_DECLS
