/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubCrowd: many hubbub.v1 guests in one thread, each over a TLS connection of its own
 * (HubCrowdGuest, who checks what he is sent as it comes). A violation aborts the test.
 */
typedef struct _HubCrowd HubCrowd;

typedef enum
{
  HUB_LOSS_RST,    /* the connection is reset */
  HUB_LOSS_FIN,    /* the socket is closed without TLS's or WebSocket's goodbye */
  HUB_LOSS_FROZEN, /* stays open, is never read again; closed at the end, or after many others */
} HubLoss;

HubCrowd *hub_crowd_new (guint16 port, guint n_guests);

/* One of several crowds in a room: its guests are the authors @first and up of @n_authors in all. */
HubCrowd *hub_crowd_new_part (guint16 port, guint n_guests, guint first, guint n_authors);
void hub_crowd_free (HubCrowd *self);

/* Guests whose connection the host closes come back at once; otherwise that aborts the test. */
void hub_crowd_set_returning (HubCrowd *self, gboolean is_returning);

/* Connects and joins all of them; returns when everybody was welcomed. */
void hub_crowd_join (HubCrowd *self);

/* Guest @index says one more message (queued until it is accepted, said again after a resume). */
void hub_crowd_say (HubCrowd *self, guint index);

/* Guest @index loses its connection; it is offline until hub_crowd_resume(). */
void hub_crowd_lose (HubCrowd *self, guint index, HubLoss loss);

/* Guest @index connects again; its `hello` with the token goes out at hub_crowd_send_hellos(), or,
 * with @at_once, as soon as it is connected. */
void hub_crowd_resume (HubCrowd *self, guint index, gboolean at_once);
/* Returns once every resuming guest is connected and only its `hello` is missing. */
void hub_crowd_wait_connected (HubCrowd *self);
void hub_crowd_send_hellos (HubCrowd *self);

/* Guest @index, who is in and has nothing left to be accepted, says `bye`, and is offline once the
 * host has closed; hub_crowd_resume() then joins as somebody new. */
void hub_crowd_leave (HubCrowd *self, guint index);

/* Guest @index reads nothing while asleep. */
void hub_crowd_set_asleep (HubCrowd *self, guint index, gboolean is_asleep);

/* Whether guest @index was welcomed on the connection it has; has none; has nothing unaccepted. */
gboolean hub_crowd_is_in (HubCrowd *self, guint index);
gboolean hub_crowd_is_offline (HubCrowd *self, guint index);
gboolean hub_crowd_is_quiet (HubCrowd *self, guint index);

/* Serves the sockets for @ms milliseconds. */
void hub_crowd_run (HubCrowd *self, guint ms);

/* Serves until every guest is back, has had every message that one of them had, and @newest, and
 * all its refs accepted; aborts after a generous deadline. */
void hub_crowd_settle_at (HubCrowd *self, guint64 newest);
void hub_crowd_settle (HubCrowd *self);

/* Messages accepted, and `said` objects received by all guests together; the newest id received;
 * how often the host closed a connection of a crowd that is returning. */
guint64 hub_crowd_get_n_said (HubCrowd *self);
guint64 hub_crowd_get_n_delivered (HubCrowd *self);
guint64 hub_crowd_get_newest (HubCrowd *self);
guint hub_crowd_get_n_returned (HubCrowd *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubCrowd, hub_crowd_free)

G_END_DECLS
