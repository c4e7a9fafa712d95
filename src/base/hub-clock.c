/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-clock.h"

G_DEFINE_TYPE (HubClock, hub_clock, G_TYPE_OBJECT)

static gint64
hub_clock_read_monotonic (HubClock *self)
{
  return g_get_monotonic_time () / 1000;
}

static gint64
hub_clock_read_real (HubClock *self)
{
  return g_get_real_time () / 1000;
}

static void
hub_clock_class_init (HubClockClass *klass)
{
  klass->get_monotonic = hub_clock_read_monotonic;
  klass->get_real = hub_clock_read_real;
}

static void
hub_clock_init (HubClock *self)
{
}

HubClock *
hub_clock_new (void)
{
  return g_object_new (HUB_TYPE_CLOCK, NULL);
}

gint64
hub_clock_get_monotonic (HubClock *self)
{
  g_return_val_if_fail (HUB_IS_CLOCK (self), 0);

  return HUB_CLOCK_GET_CLASS (self)->get_monotonic (self);
}

gint64
hub_clock_get_real (HubClock *self)
{
  g_return_val_if_fail (HUB_IS_CLOCK (self), 0);

  return HUB_CLOCK_GET_CLASS (self)->get_real (self);
}
