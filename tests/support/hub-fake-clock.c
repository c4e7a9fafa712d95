/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-fake-clock.h"

struct _HubFakeClock
{
  HubClock parent_instance;

  gint64 monotonic;
  gint64 real;
};

G_DEFINE_FINAL_TYPE (HubFakeClock, hub_fake_clock, HUB_TYPE_CLOCK)

static gint64
hub_fake_clock_get_monotonic (HubClock *clock)
{
  return HUB_FAKE_CLOCK (clock)->monotonic;
}

static gint64
hub_fake_clock_get_real (HubClock *clock)
{
  return HUB_FAKE_CLOCK (clock)->real;
}

static void
hub_fake_clock_class_init (HubFakeClockClass *klass)
{
  HubClockClass *clock_class = HUB_CLOCK_CLASS (klass);

  clock_class->get_monotonic = hub_fake_clock_get_monotonic;
  clock_class->get_real = hub_fake_clock_get_real;
}

static void
hub_fake_clock_init (HubFakeClock *self)
{
  self->monotonic = 1000000;
  self->real = G_GINT64_CONSTANT (1767225600000);
}

HubFakeClock *
hub_fake_clock_new (void)
{
  return g_object_new (HUB_TYPE_FAKE_CLOCK, NULL);
}

void
hub_fake_clock_advance (HubFakeClock *self, gint64 ms)
{
  g_return_if_fail (HUB_IS_FAKE_CLOCK (self));
  g_return_if_fail (ms >= 0);

  self->monotonic += ms;
  self->real += ms;
}
