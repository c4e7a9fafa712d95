/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-attendance.h"
#include "server/hub-fanout.h"

G_BEGIN_DECLS

/*
 * HubAnnouncer: turns the room's news into what everybody is sent, in each format that somebody
 * speaks: who came and went, what was said, what changed of the room itself.
 *
 * Owned by HubHall; lives on the thread whose default context it was made in.
 */
typedef struct _HubAnnouncer HubAnnouncer;

/* @fanout is borrowed and outlives this. */
HubAnnouncer *hub_announcer_new (HubClock *clock, HubRoom *room, HubFanout *fanout);
void hub_announcer_free (HubAnnouncer *self);

/* The room's addresses, best first. Tells those who are in when they changed. */
void hub_announcer_set_urls (HubAnnouncer *self, const char *const *urls);
const char *const *hub_announcer_get_urls (HubAnnouncer *self);

/* Returns: (transfer none) */
HubAttendance *hub_announcer_get_attendance (HubAnnouncer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubAnnouncer, hub_announcer_free)

G_END_DECLS
