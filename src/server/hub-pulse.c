/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-pulse.h"

#include "base/hub-limits.h"

struct _HubPulse
{
  HubPulseFuncs funcs;
  HubTimeoutQueue *intervals;
  HubTimeoutQueue *silences;
};

static void
on_interval (gpointer data, gpointer user_data)
{
  HubBeat *beat = data;
  HubPulse *self = user_data;

  self->funcs.take_heard (beat->owner);
  hub_timeout_queue_start (self->intervals, &beat->interval, beat);
  hub_timeout_queue_start (self->silences, &beat->silence, beat);
  self->funcs.ping (beat->owner);
}

static void
on_silence (gpointer data, gpointer user_data)
{
  HubBeat *beat = data;
  HubPulse *self = user_data;

  if (self->funcs.take_heard (beat->owner))
    return;

  hub_pulse_stop (self, beat);
  self->funcs.lost (beat->owner);
}

HubPulse *
hub_pulse_new (HubClock *clock, const HubPulseFuncs *funcs)
{
  HubPulse *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (funcs != NULL, NULL);
  g_return_val_if_fail (funcs->interval > HUB_PING_TIMEOUT_MS, NULL);

  self = g_new0 (HubPulse, 1);
  self->funcs = *funcs;
  self->intervals = hub_timeout_queue_new (clock, funcs->interval, on_interval, self);
  self->silences = hub_timeout_queue_new (clock, HUB_PING_TIMEOUT_MS, on_silence, self);

  return self;
}

void
hub_pulse_free (HubPulse *self)
{
  g_return_if_fail (self != NULL);

  hub_timeout_queue_free (self->intervals);
  hub_timeout_queue_free (self->silences);
  g_free (self);
}

void
hub_pulse_start (HubPulse *self, HubBeat *beat, gpointer owner)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (beat != NULL);

  beat->owner = owner;
  hub_timeout_queue_start (self->intervals, &beat->interval, beat);
}

void
hub_pulse_stop (HubPulse *self, HubBeat *beat)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (beat != NULL);

  hub_timeout_queue_stop (self->intervals, &beat->interval);
  hub_timeout_queue_stop (self->silences, &beat->silence);
}

void
hub_pulse_run (HubPulse *self)
{
  g_return_if_fail (self != NULL);

  hub_timeout_queue_run (self->silences);
  hub_timeout_queue_run (self->intervals);
}
