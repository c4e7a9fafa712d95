/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubLoadHistogram: how long things took, from a nanosecond to centuries, each kept to within 1.6 %
 * in a table of fixed size.
 */
typedef struct _HubLoadHistogram HubLoadHistogram;

HubLoadHistogram *hub_load_histogram_new (void);
void hub_load_histogram_free (HubLoadHistogram *self);

/* @ns: nanoseconds; below 0 counts as 0. */
void hub_load_histogram_add (HubLoadHistogram *self, gint64 ns);

guint64 hub_load_histogram_get_count (HubLoadHistogram *self);

/* The time that @share (0 to 1) of all did not exceed, in milliseconds; 0 when there is none. */
double hub_load_histogram_get_ms (HubLoadHistogram *self, double share);
double hub_load_histogram_get_max_ms (HubLoadHistogram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubLoadHistogram, hub_load_histogram_free)

G_END_DECLS
