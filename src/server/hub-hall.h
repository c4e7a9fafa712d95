/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-attendance.h"
#include "server/hub-fanout.h"
#include "wire/hub-end.h"

G_BEGIN_DECLS

typedef struct _HubSession HubSession;

/*
 * HubHall: all sessions of one room and what they share: who sits where, the fan-out, the room's
 * news (HubAnnouncer), the deadline for who does not join.
 *
 * Owned by HubServer; lives on the engine's thread.
 */
typedef struct _HubHall HubHall;

/* @message_rate: as `welcome` tells it. */
HubHall *hub_hall_new (HubClock *clock, HubRoom *room, guint message_rate);

/* Cuts every session. */
void hub_hall_free (HubHall *self);

/* A new session over @transport. @key: the throttle key of its connection. */
void hub_hall_open (HubHall *self, HubTransport *transport, const char *key, const char *device);

/* A message of the guest whose seat @token takes, for whom there is a session that is told in
 * HUB_FORMAT_LINES: those send by another way than they are told.
 * Returns: (transfer none) (nullable): the transport of that session; NULL: there is none */
HubTransport *hub_hall_find_stream (HubHall *self, const HubSecret *token);

/* The room's addresses, best first. Tells those who are in when they changed. */
void hub_hall_set_urls (HubHall *self, const char *const *urls);

/* Sends what has gathered; at the end of a turn what of it cannot wait (server/hub-fanout.h). */
void hub_hall_flush (HubHall *self);
void hub_hall_end_turn (HubHall *self);

/* Ends every session with @why. */
void hub_hall_end (HubHall *self, HubEnd why, guint linger);

/* For tests that move the clock by hand: ends who is due to have joined. */
void hub_hall_run (HubHall *self);

guint hub_hall_get_n_sessions (HubHall *self);

/* ---- For its sessions ---- */

HubClock *hub_hall_get_clock (HubHall *self);
HubRoom *hub_hall_get_room (HubHall *self);
HubFanout *hub_hall_get_fanout (HubHall *self);
HubAttendance *hub_hall_get_attendance (HubHall *self);
const char *const *hub_hall_get_urls (HubHall *self);
guint hub_hall_get_message_rate (HubHall *self);

/* @session is @guest's from now on. */
void hub_hall_seat (HubHall *self, HubSession *session, HubGuest *guest);
void hub_hall_unseat (HubHall *self, HubSession *session, HubGuest *guest);

/* Whose session it is. Returns: (transfer none) (nullable) */
HubSession *hub_hall_find (HubHall *self, HubGuest *guest);

/* @session joined, or needs no deadline any more. */
void hub_hall_stop_deadline (HubHall *self, HubSession *session);

/* @session is over: the hall forgets it. */
void hub_hall_close (HubHall *self, HubSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubHall, hub_hall_free)

G_END_DECLS
