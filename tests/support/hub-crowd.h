/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubCrowd: many hubbub.v1 guests in one thread, each over a TLS connection of its own, driven by
 * one epoll set. Every guest checks what it is sent as it comes: message ids without a gap or a
 * double, each author's messages in his order, each ref accepted once. A violation aborts the test.
 */
typedef struct _HubCrowd HubCrowd;

typedef enum
{
  HUB_LOSS_RST,    /* the connection is reset */
  HUB_LOSS_FIN,    /* the socket is closed without TLS's or WebSocket's goodbye */
  HUB_LOSS_FROZEN, /* stays open, is never read again; closed at the end */
} HubLoss;

HubCrowd *hub_crowd_new (guint16 port, guint n_guests);
void hub_crowd_free (HubCrowd *self);

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

/* Serves the sockets for @ms milliseconds. */
void hub_crowd_run (HubCrowd *self, guint ms);

/* Serves until every guest is back, has had every message said so far and all its refs accepted;
 * aborts after a generous deadline. */
void hub_crowd_settle (HubCrowd *self);

/* Messages accepted, and `said` objects received by all guests together. */
guint64 hub_crowd_get_n_said (HubCrowd *self);
guint64 hub_crowd_get_n_delivered (HubCrowd *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubCrowd, hub_crowd_free)

G_END_DECLS
