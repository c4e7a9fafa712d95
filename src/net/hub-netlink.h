/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubNetlink: a socket that asks the kernel about its networks, rtnetlink(7).
 *
 * Synchronous: the kernel answers within the system call, so the loop is held up for microseconds.
 * Needs no privilege. Used by one thread at a time.
 */
typedef struct _HubNetlink HubNetlink;

/* Errors: G_IO_ERROR, as for everything below. */
HubNetlink *hub_netlink_new (GError **error);
void hub_netlink_free (HubNetlink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubNetlink, hub_netlink_free)

/* Everything of one kind: @type is RTM_GETLINK and the like. Asked again when the kernel says that
 * its answer was overtaken by a change (NLM_F_DUMP_INTR). Returns: (transfer full): the messages of
 * the answer, one behind the other, for hub_netlink_reader_next_message(). */
GBytes *hub_netlink_dump (HubNetlink *self, guint16 type, GError **error);

/* One thing: @body is what follows the header of a request of @type. Returns: as above */
GBytes *
hub_netlink_get (HubNetlink *self, guint16 type, const void *body, gsize length, GError **error);

/* A non-blocking socket that becomes readable when something in @groups (RTMGRP_*) changes.
 * Returns: its descriptor, the caller's; -1 on error. */
int hub_netlink_subscribe (guint32 groups, GError **error);

/* Empties the socket of hub_netlink_subscribe(). Returns: whether the kernel had something to tell,
 * be it only that it lost some of it. */
gboolean hub_netlink_drain (int fd);

G_END_DECLS
