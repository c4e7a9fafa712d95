/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Calls of portals that ask the person at the computer and answer later, by a Request object:
 * https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Request.html
 * Everything happens in the thread's default context at the time of the call.
 */

/* Calls @method of the portal @interface for no window in particular. @options: a{sv}, floating or not,
 * without "handle_token", which is added. @timeout_ms: the Request is closed when it has not been
 * answered by then; 0: it may take its time. */
void hub_portal_request_async (GDBusConnection *bus,
                               const char *interface,
                               const char *method,
                               GVariant *options,
                               guint timeout_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* What was granted. Returns: (transfer full): a{sv}, or NULL with @error: G_IO_ERROR_TIMED_OUT,
 * G_IO_ERROR_PERMISSION_DENIED (the Request was refused or dismissed), G_IO_ERROR_CANCELLED, or what the
 * bus says where there is no such portal */
GVariant *hub_portal_request_finish (GAsyncResult *result, GError **error);

G_END_DECLS
