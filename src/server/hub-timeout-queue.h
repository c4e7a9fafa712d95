/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"

G_BEGIN_DECLS

/*
 * HubTimeoutQueue: everything that times out after the same time, in the order it was started, so
 * that a thousand connections cost one GSource and each start or stop is O(1).
 *
 * Owned by whoever's deadlines it keeps; lives on the thread whose default context it was made in.
 * A HubTimeout is embedded in its owner, who stops it before he goes.
 */
typedef struct
{
  GList link; /* data: the owner; NULL while it is not started */
  gint64 due; /* monotonic ms */
} HubTimeout;

#define HUB_TIMEOUT_INIT                                                                           \
  {                                                                                                \
    { NULL, NULL, NULL }, 0                                                                        \
  }

typedef struct _HubTimeoutQueue HubTimeoutQueue;

/* @owner's time is over; its HubTimeout is stopped. It may start and stop any timeout and free
 * itself; it must not free the queue. */
typedef void (*HubTimeoutFunc) (gpointer owner, gpointer user_data);

/* Timeouts of @after milliseconds. Returns: (transfer full) */
HubTimeoutQueue *
hub_timeout_queue_new (HubClock *clock, guint after, HubTimeoutFunc func, gpointer user_data);
void hub_timeout_queue_free (HubTimeoutQueue *self);

/* Starts @timeout for @owner, again from now where it was started before. */
void hub_timeout_queue_start (HubTimeoutQueue *self, HubTimeout *timeout, gpointer owner);

/* Does nothing where it is not started. */
void hub_timeout_queue_stop (HubTimeoutQueue *self, HubTimeout *timeout);

/* How many are started, and whose is due first (NULL: none is). */
guint hub_timeout_queue_get_length (HubTimeoutQueue *self);
gpointer hub_timeout_queue_peek (HubTimeoutQueue *self);

/* Tells all whose time is over by the clock. Its own source calls this; so do tests that move the
 * clock by hand. */
void hub_timeout_queue_run (HubTimeoutQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubTimeoutQueue, hub_timeout_queue_free)

G_END_DECLS
