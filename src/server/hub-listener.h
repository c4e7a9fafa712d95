/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubListener: accepts on the listening sockets, a bounded number a turn. When the process is out
 * of descriptors it closes one connection by a descriptor kept in reserve (so that the peer knows),
 * pauses, and goes on: it never spins and never stops for good.
 *
 * Owned by the door; lives on the thread whose default context it was made in.
 */
typedef struct _HubListener HubListener;

/* @fd: accepted, non-blocking, close-on-exec, TCP_NODELAY; the callee's from now on. */
typedef void (*HubListenerFunc) (int fd, gpointer user_data);

/* Takes @fds, of hub_listeners_open(). */
HubListener *hub_listener_new (GArray *fds, HubListenerFunc func, gpointer user_data);

/* Leaves peers in the kernel's queue until it is told to go on; may be called by @func. */
void hub_listener_set_held (HubListener *self, gboolean is_held);

/* Closes them. */
void hub_listener_free (HubListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubListener, hub_listener_free)

G_END_DECLS
