/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubPoller: one GSource and one epoll set for every socket of the engine, so that the main loop
 * walks and polls one descriptor instead of one a guest.
 *
 * Edge triggered. Events carry a slot and its generation, never a pointer: one that comes for a
 * descriptor removed in the same turn goes nowhere. Lives on the thread of its context.
 */
typedef struct _HubPoller HubPoller;

/* A registration; 0 is none. */
typedef guint64 HubPollerId;

/* @events: EPOLLIN, EPOLLOUT, EPOLLRDHUP, EPOLLHUP, EPOLLERR as epoll_wait(2) gave them. Called in
 * the source's check or dispatch: it may add, remove and close any descriptor. */
typedef void (*HubPollerFunc) (guint32 events, gpointer user_data);

/* Called once each turn before the loop sleeps: where a turn's output is flushed. */
typedef void (*HubPollerTurnFunc) (gpointer user_data);

/* Attaches to the thread-default context. Returns: (transfer full) (nullable) */
HubPoller *hub_poller_new (GError **error);
HubPoller *hub_poller_ref (HubPoller *self);
void hub_poller_unref (HubPoller *self);

/* Leaves the context; registrations become inert. */
void hub_poller_detach (HubPoller *self);

void hub_poller_set_turn_func (HubPoller *self, HubPollerTurnFunc func, gpointer user_data);

/* Watches @fd for everything, edge triggered. The caller owns @fd and removes it before closing. */
HubPollerId
hub_poller_add (HubPoller *self, int fd, HubPollerFunc func, gpointer user_data, GError **error);

/* EPOLL_CTL_DEL; @fd must still be open. */
void hub_poller_remove (HubPoller *self, HubPollerId id, int fd);

/* The thread this poller belongs to: what streams assert in debug builds. */
gboolean hub_poller_is_mine (HubPoller *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubPoller, hub_poller_unref)

G_END_DECLS
