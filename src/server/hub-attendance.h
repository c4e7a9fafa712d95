/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"

G_BEGIN_DECLS

/*
 * HubAttendance: who came and went, gathered for hubbub.v1 clients: at most one object each
 * HUB_PRESENCE_INTERVAL_MS, with who came and went in between left out, and only the count for
 * crowds, because presence grows with the square of those who are here.
 *
 * Owned by HubHall; lives on the thread whose default context it was made in.
 */
typedef struct _HubAttendance HubAttendance;

typedef enum
{
  HUB_ATTENDANCE_JOINED,
  HUB_ATTENDANCE_LEFT,
  HUB_ATTENDANCE_AWAY,
  HUB_ATTENDANCE_BACK,
} HubAttendanceEvent;

/* @payload: one `presence` object for everybody. */
typedef void (*HubAttendanceFunc) (GBytes *payload, gpointer user_data);

HubAttendance *
hub_attendance_new (HubClock *clock, HubRoom *room, HubAttendanceFunc func, gpointer user_data);
void hub_attendance_free (HubAttendance *self);

/* Something happened to @guest. */
void hub_attendance_note (HubAttendance *self, HubGuest *guest, HubAttendanceEvent event);

/* Somebody was told who is here (`welcome`, `guests`): what is pending is known to him, so that
 * its opposite has to be told, too. But @guest, who may be NULL, was it himself. */
void hub_attendance_set_told (HubAttendance *self, HubGuest *guest);

/* Tells what is pending where it is due by the clock. Its own timer calls this; so do tests. */
void hub_attendance_run (HubAttendance *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubAttendance, hub_attendance_free)

G_END_DECLS
