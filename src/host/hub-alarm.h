/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubAlarm: a GSource that fires at a time set with g_source_set_ready_time() (monotonic
 * microseconds; -1: never), and then not again until it is set anew.
 */

/* Attached to @context with @priority. Returns: (transfer full) */
GSource *
hub_alarm_new (GMainContext *context, int priority, GSourceOnceFunc func, gpointer user_data);

/* Destroys and releases it. For g_clear_pointer(). */
void hub_alarm_free (GSource *alarm);

G_END_DECLS
