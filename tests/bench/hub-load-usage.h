/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Monotonic time in nanoseconds. */
gint64 hub_load_now (void);

/* What a process used, from outside it. @pid 0 is nobody: everything is 0. */

/* CPU time of all its threads, those that ended too, in nanoseconds. */
gint64 hub_load_usage_cpu (int pid);

/* CPU time of this program. */
gint64 hub_load_usage_own_cpu (void);

/* Resident memory in KiB. */
gint64 hub_load_usage_rss (int pid);

/* Waits until @pid does next to nothing; 5 seconds at most. */
void hub_load_usage_settle (int pid);

G_END_DECLS
