/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Opens the listening sockets: on each of @addresses (element-type GInetAddress), or on every IPv4
 * and IPv6 address where it is NULL or empty (a computer without IPv6 then has IPv4 only). All on
 * the same port; @port 0: one that is free on all of them. Close-on-exec, non-blocking.
 * @bound: set to the port.
 * Returns: (transfer full): descriptors (element-type int), to be closed by the caller; NULL with a
 * HUB_SERVER_ERROR */
GArray *hub_listeners_open (GPtrArray *addresses, guint16 port, guint16 *bound, GError **error);

/* Opens the sockets for this computer itself: on 127.0.0.1 and, where that is possible at the same
 * port, on ::1; the rest as above. */
GArray *hub_listeners_open_local (guint16 *bound, GError **error);

G_END_DECLS
