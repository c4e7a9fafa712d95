/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-alarm.h"

typedef struct
{
  GSource source;
  GSourceOnceFunc func;
  gpointer user_data;
} HubAlarm;

static gboolean
hub_alarm_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  HubAlarm *self = (HubAlarm *) source;

  g_source_set_ready_time (source, -1);
  self->func (self->user_data);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs hub_alarm_funcs = { .dispatch = hub_alarm_dispatch };

GSource *
hub_alarm_new (GMainContext *context, int priority, GSourceOnceFunc func, gpointer user_data)
{
  GSource *source = g_source_new (&hub_alarm_funcs, sizeof (HubAlarm));
  HubAlarm *self = (HubAlarm *) source;

  self->func = func;
  self->user_data = user_data;
  g_source_set_static_name (source, "hub-alarm");
  g_source_set_priority (source, priority);
  g_source_attach (source, context);

  return source;
}

void
hub_alarm_free (GSource *alarm)
{
  g_source_destroy (alarm);
  g_source_unref (alarm);
}
