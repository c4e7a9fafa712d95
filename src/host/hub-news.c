/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-news.h"

#include "base/hub-limits.h"
#include "host/hub-alarm.h"

struct _HubNews
{
  HubClock *clock;
  HubNewsFunc deliver;
  gpointer user_data;
  GSource *alarm;

  GQueue events; /* HubEvent, the oldest first */
  gsize bytes;
  guint interval;
  gint64 due; /* monotonic us before which the next batch does not go */
  gboolean is_stale;
  gboolean is_out; /* a batch is on its way */
};

static GPtrArray *
hub_news_take_events (HubNews *self)
{
  GPtrArray *events = g_ptr_array_new_full (self->events.length, (GDestroyNotify) hub_event_free);
  HubEvent *event;

  while ((event = g_queue_pop_head (&self->events)) != NULL)
    g_ptr_array_add (events, event);
  self->bytes = 0;

  return events;
}

static void
hub_news_deliver (HubNews *self)
{
  gboolean is_stale = self->is_stale;

  self->is_stale = FALSE;
  self->is_out = TRUE;
  self->due = g_get_monotonic_time () + (gint64) self->interval * 1000;
  self->deliver (hub_news_take_events (self), is_stale, self->user_data);
}

static void
on_alarm (gpointer data)
{
  hub_news_deliver (data);
}

/* Sets the alarm if there is something to deliver and nothing on its way. */
static void
hub_news_arm (HubNews *self)
{
  if (!g_queue_is_empty (&self->events) && !self->is_out)
    g_source_set_ready_time (self->alarm, self->due);
}

HubNews *
hub_news_new (HubClock *clock, HubNewsFunc deliver, gpointer user_data)
{
  HubNews *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (deliver != NULL, NULL);

  self = g_new0 (HubNews, 1);
  self->clock = g_object_ref (clock);
  self->deliver = deliver;
  self->user_data = user_data;
  self->interval = HUB_NEWS_INTERVAL_MS;
  self->alarm
      = hub_alarm_new (g_main_context_get_thread_default (), G_PRIORITY_DEFAULT, on_alarm, self);
  g_queue_init (&self->events);

  return self;
}

void
hub_news_free (HubNews *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->events, (GDestroyNotify) hub_event_free);
  hub_alarm_free (self->alarm);
  g_object_unref (self->clock);
  g_free (self);
}

/* Takes @event. */
static void
hub_news_push (HubNews *self, HubEvent *event)
{
  g_queue_push_tail (&self->events, event);
  self->bytes += hub_event_get_size (event);
  while (self->bytes > HUB_NEWS_MAX_BYTES)
    {
      g_autoptr (HubEvent) oldest = g_queue_pop_head (&self->events);

      self->bytes -= hub_event_get_size (oldest);
    }

  hub_news_arm (self);
}

/* Whether a snapshot made before @type does not show how things are. */
static gboolean
changes_snapshot (HubEventType type)
{
  return type != HUB_EVENT_SAID && type != HUB_EVENT_WARNING && type != HUB_EVENT_PORT_IN_USE
         && type != HUB_EVENT_STUCK;
}

void
hub_news_add (HubNews *self,
              HubEventType type,
              guint64 guest_id,
              const char *name,
              const char *text)
{
  g_return_if_fail (self != NULL);

  self->is_stale |= changes_snapshot (type);
  hub_news_push (self,
                 hub_event_new (type, hub_clock_get_real (self->clock), guest_id, name, text));
}

void
hub_news_add_presence (HubNews *self,
                       HubEventType type,
                       guint64 guest_id,
                       const char *name,
                       guint n_present)
{
  HubEvent *event;

  g_return_if_fail (self != NULL);

  event = hub_event_new (type, hub_clock_get_real (self->clock), guest_id, name, NULL);
  event->n_present = n_present;
  self->is_stale = TRUE;
  hub_news_push (self, event);
}

void
hub_news_set_interval (HubNews *self, guint interval)
{
  g_return_if_fail (self != NULL);

  self->interval = interval;
}

void
hub_news_flush (HubNews *self)
{
  g_return_if_fail (self != NULL);

  if (g_queue_is_empty (&self->events))
    return;

  g_source_set_ready_time (self->alarm, -1);
  hub_news_deliver (self);
}

void
hub_news_acknowledge (HubNews *self)
{
  g_return_if_fail (self != NULL);

  self->is_out = FALSE;
  hub_news_arm (self);
}
