/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"

G_BEGIN_DECLS

/* HubFakeClock: a clock that stands still until a test moves it. Monotonic time starts at 1,000,000
 * ms, real time at 2026-01-01 00:00 UTC. */
#define HUB_TYPE_FAKE_CLOCK (hub_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (HubFakeClock, hub_fake_clock, HUB, FAKE_CLOCK, HubClock)

HubFakeClock *hub_fake_clock_new (void);

/* Moves both times by @ms. */
void hub_fake_clock_advance (HubFakeClock *self, gint64 ms);

G_END_DECLS
