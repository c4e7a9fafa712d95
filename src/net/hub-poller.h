/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubPoller: one GSource and one epoll set for every socket of the engine, so that the main loop
 * walks and polls one descriptor instead of one a guest. Knows how much waits for all of them
 * together, and has who is slowest cut where that is more than HUB_OUTBOX_TOTAL_BYTES.
 *
 * Edge triggered. Events carry a slot and its generation, never a pointer: one that comes for a
 * descriptor removed in the same turn goes nowhere. Lives on the thread of its context.
 */
typedef struct _HubPoller HubPoller;

/* A registration; 0 is none. */
typedef guint64 HubPollerId;

/* An event that is not epoll's: too much waits for all sockets together, and most of it for this
 * one. The registration is to be removed. */
#define HUB_POLLER_TOO_SLOW (1u << 27)

/* @events: EPOLLIN, EPOLLOUT, EPOLLRDHUP, EPOLLHUP, EPOLLERR as epoll_wait(2) gave them; 0 when it
 * is the turn of work put off by hub_poller_defer(); HUB_POLLER_TOO_SLOW. Called in the source's
 * check or prepare: it may add, remove and close any descriptor, and must not run the main loop. */
typedef void (*HubPollerFunc) (guint32 events, gpointer user_data);

/* Called once each turn before the loop sleeps (twice when deferred work was done): where a turn's
 * output is flushed. */
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

/* Calls the function of @id with no events after this turn's output was flushed, first come first
 * served, as far as HUB_HANDSHAKE_TURN_US goes for all together; the rest in the next turns.
 * For work that costs a lot and is not urgent. One that was removed meanwhile is forgotten. */
void hub_poller_defer (HubPoller *self, HubPollerId id);

/* Calls the function of @id with EPOLLIN in the next turn, as if the socket had said so: for who
 * left something unread so that others get their turn. */
void hub_poller_again (HubPoller *self, HubPollerId id);

/* How many bytes wait for the socket of @id from now on. */
void hub_poller_set_waiting (HubPoller *self, HubPollerId id, gsize bytes);

/* The same for all sockets together. */
gsize hub_poller_get_waiting (HubPoller *self);

/* A number that grows with each turn of the loop: what a budget per turn is counted by. */
guint64 hub_poller_get_turn (HubPoller *self);

/* The thread this poller belongs to: what streams assert in debug builds. */
gboolean hub_poller_is_mine (HubPoller *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubPoller, hub_poller_unref)

G_END_DECLS
