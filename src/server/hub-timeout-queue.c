/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-timeout-queue.h"

struct _HubTimeoutQueue
{
  HubClock *clock;
  guint after;
  HubTimeoutFunc func;
  gpointer user_data;

  GQueue started; /* of HubTimeout's links, the first due first */
  GSource *source;
};

static gboolean on_due (gpointer user_data);

static void
arm (HubTimeoutQueue *self)
{
  HubTimeout *first = (HubTimeout *) self->started.head;
  gint64 now;

  if (self->source != NULL || first == NULL)
    return;

  now = hub_clock_get_monotonic (self->clock);
  self->source = g_timeout_source_new ((guint) MAX (first->due - now, 0));
  g_source_set_static_name (self->source, "HubTimeoutQueue");
  g_source_set_callback (self->source, on_due, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static void
disarm (HubTimeoutQueue *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static gboolean
on_due (gpointer user_data)
{
  HubTimeoutQueue *self = user_data;

  g_clear_pointer (&self->source, g_source_unref);
  hub_timeout_queue_run (self);
  arm (self);

  return G_SOURCE_REMOVE;
}

HubTimeoutQueue *
hub_timeout_queue_new (HubClock *clock, guint after, HubTimeoutFunc func, gpointer user_data)
{
  HubTimeoutQueue *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  G_STATIC_ASSERT (G_STRUCT_OFFSET (HubTimeout, link) == 0);

  self = g_new0 (HubTimeoutQueue, 1);
  self->clock = g_object_ref (clock);
  self->after = after;
  self->func = func;
  self->user_data = user_data;
  g_queue_init (&self->started);

  return self;
}

void
hub_timeout_queue_free (HubTimeoutQueue *self)
{
  g_return_if_fail (self != NULL);

  while (self->started.head != NULL)
    hub_timeout_queue_stop (self, (HubTimeout *) self->started.head);
  disarm (self);
  g_clear_object (&self->clock);
  g_free (self);
}

void
hub_timeout_queue_start (HubTimeoutQueue *self, HubTimeout *timeout, gpointer owner)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (owner != NULL);

  hub_timeout_queue_stop (self, timeout);
  timeout->link.data = owner;
  timeout->due = hub_clock_get_monotonic (self->clock) + self->after;
  g_queue_push_tail_link (&self->started, &timeout->link);
  arm (self);
}

void
hub_timeout_queue_stop (HubTimeoutQueue *self, HubTimeout *timeout)
{
  g_return_if_fail (self != NULL);

  if (timeout->link.data == NULL)
    return;

  /* The source stays: it finds nothing due and arms itself for whoever is first by then. */
  g_queue_unlink (&self->started, &timeout->link);
  timeout->link.data = NULL;
}

guint
hub_timeout_queue_get_length (HubTimeoutQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->started.length;
}

gpointer
hub_timeout_queue_peek (HubTimeoutQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_queue_peek_head (&self->started);
}

void
hub_timeout_queue_run (HubTimeoutQueue *self)
{
  gint64 now;

  g_return_if_fail (self != NULL);

  now = hub_clock_get_monotonic (self->clock);
  for (;;)
    {
      HubTimeout *first = (HubTimeout *) self->started.head;
      gpointer owner;

      if (first == NULL || first->due > now)
        return;

      owner = first->link.data;
      hub_timeout_queue_stop (self, first);
      self->func (owner, self->user_data);
    }
}
