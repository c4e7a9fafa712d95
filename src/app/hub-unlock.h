/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Waiting for the end of GNOME's lock screen, which takes its extensions away, and with them the tray:
 * org.gnome.ScreenSaver, of gnome-shell, says whether it is up. Trays of other desktops stay.
 */

/* Calls back once the screen is not locked: soon, where it is not or nobody there would say so. Only in
 * the main loop, also where it is cancelled. */
void hub_unlock_wait_async (GDBusConnection *session_bus,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* @was_locked: (out): whether the screen was locked meanwhile. Returns: FALSE with an error where it was
 * cancelled */
gboolean hub_unlock_wait_finish (GAsyncResult *result, gboolean *was_locked, GError **error);

G_END_DECLS
