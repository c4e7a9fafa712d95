/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-source.h"

typedef struct
{
  GSource source;
  GObject *half;    /* owned */
  GSList **waiting; /* borrowed: lies inside half */
  HubTlsSourceReadyFunc is_ready;
} HubTlsSource;

static gboolean
hub_tls_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  HubTlsSource *self = (HubTlsSource *) source;
  GPollableSourceFunc func = (GPollableSourceFunc) (GCallback) callback;
  gboolean goes_on = G_SOURCE_CONTINUE;

  if (func != NULL)
    goes_on = func (self->half, user_data);
  if (goes_on && !g_source_is_destroyed (source))
    g_source_set_ready_time (source, self->is_ready (self->half) ? 0 : -1);

  return goes_on;
}

static void
hub_tls_source_finalize (GSource *source)
{
  HubTlsSource *self = (HubTlsSource *) source;

  *self->waiting = g_slist_remove (*self->waiting, source);
  g_object_unref (self->half);
}

/* What g_source_set_closure() calls, as GLib's own pollable sources do. libsoup's filters use it
 * through g_source_set_dummy_callback(). */
static gboolean
invoke_closure (GObject *half, gpointer user_data)
{
  GClosure *closure = user_data;
  g_auto (GValue) half_value = G_VALUE_INIT;
  g_auto (GValue) result = G_VALUE_INIT;

  g_value_init (&result, G_TYPE_BOOLEAN);
  g_value_init (&half_value, G_TYPE_OBJECT);
  g_value_set_object (&half_value, half);
  g_closure_invoke (closure, &result, 1, &half_value, NULL);

  return g_value_get_boolean (&result);
}

static GSourceFuncs hub_tls_source_funcs = {
  NULL,
  NULL,
  hub_tls_source_dispatch,
  hub_tls_source_finalize,
  (GSourceFunc) (GCallback) invoke_closure,
  NULL,
};

GSource *
hub_tls_source_new (GObject *half,
                    GSList **waiting,
                    HubTlsSourceReadyFunc is_ready,
                    GCancellable *cancellable)
{
  GSource *source;
  HubTlsSource *self;

  g_return_val_if_fail (G_IS_OBJECT (half), NULL);
  g_return_val_if_fail (waiting != NULL, NULL);
  g_return_val_if_fail (is_ready != NULL, NULL);

  source = g_source_new (&hub_tls_source_funcs, sizeof (HubTlsSource));
  self = (HubTlsSource *) source;
  self->half = g_object_ref (half);
  self->waiting = waiting;
  self->is_ready = is_ready;
  *waiting = g_slist_prepend (*waiting, source);
  g_source_set_static_name (source, "HubTlsSource");

  if (is_ready (half))
    g_source_set_ready_time (source, 0);

  if (cancellable != NULL)
    {
      g_autoptr (GSource) child = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (child);
      g_source_add_child_source (source, child);
    }

  return source;
}

void
hub_tls_source_wake (GSList *waiting)
{
  for (GSList *l = waiting; l != NULL; l = l->next)
    {
      HubTlsSource *self = l->data;

      if (self->is_ready (self->half))
        g_source_set_ready_time (&self->source, 0);
    }
}
