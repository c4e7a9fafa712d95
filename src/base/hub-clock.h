/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * HubClock: what time it is. Passed to whatever needs the time, so that tests can move it.
 *
 * The base class reads the system's clocks; tests/support has one that is moved by hand. Immutable
 * and safe to use from any thread.
 */
#define HUB_TYPE_CLOCK (hub_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (HubClock, hub_clock, HUB, CLOCK, GObject)

struct _HubClockClass
{
  GObjectClass parent_class;

  gint64 (*get_monotonic) (HubClock *self);
  gint64 (*get_real) (HubClock *self);
};

/* A clock of the system's. Returns: (transfer full) */
HubClock *hub_clock_new (void);

/* Milliseconds on a clock that never goes back. */
gint64 hub_clock_get_monotonic (HubClock *self);

/* Milliseconds since the epoch, UTC: for people, never for measuring. */
gint64 hub_clock_get_real (HubClock *self);

G_END_DECLS
