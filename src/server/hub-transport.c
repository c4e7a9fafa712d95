/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-transport.h"

G_DEFINE_INTERFACE (HubTransport, hub_transport, G_TYPE_OBJECT)

enum
{
  SIGNAL_RECEIVED,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
hub_transport_default_init (HubTransportInterface *iface)
{
  signals[SIGNAL_RECEIVED] = g_signal_new ("received", HUB_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", HUB_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

HubFormat
hub_transport_get_format (HubTransport *self)
{
  g_return_val_if_fail (HUB_IS_TRANSPORT (self), HUB_FORMAT_PLAIN);

  return HUB_TRANSPORT_GET_IFACE (self)->get_format (self);
}

HubAllowance *
hub_transport_get_allowance (HubTransport *self)
{
  g_return_val_if_fail (HUB_IS_TRANSPORT (self), NULL);

  return HUB_TRANSPORT_GET_IFACE (self)->get_allowance (self);
}

void
hub_transport_send (HubTransport *self, const HubSegment *segments, guint n_segments)
{
  g_return_if_fail (HUB_IS_TRANSPORT (self));

  HUB_TRANSPORT_GET_IFACE (self)->send (self, segments, n_segments);
}

void
hub_transport_close (HubTransport *self, gushort code, guint linger)
{
  g_return_if_fail (HUB_IS_TRANSPORT (self));

  HUB_TRANSPORT_GET_IFACE (self)->close (self, code, linger);
}

void
hub_transport_cut (HubTransport *self)
{
  g_return_if_fail (HUB_IS_TRANSPORT (self));

  HUB_TRANSPORT_GET_IFACE (self)->cut (self);
}

void
hub_transport_emit_received (HubTransport *self, GBytes *message)
{
  g_return_if_fail (HUB_IS_TRANSPORT (self));

  g_signal_emit (self, signals[SIGNAL_RECEIVED], 0, message);
}

void
hub_transport_emit_closed (HubTransport *self)
{
  g_return_if_fail (HUB_IS_TRANSPORT (self));

  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static gboolean
on_idle (gpointer user_data)
{
  hub_transport_emit_closed (user_data);

  return G_SOURCE_REMOVE;
}

void
hub_transport_end_come (HubTransportEnd *end, HubTransport *self)
{
  g_return_if_fail (end != NULL);
  g_return_if_fail (HUB_IS_TRANSPORT (self));

  end->is_closed = TRUE;
  if (end->is_told)
    return;

  end->is_told = TRUE;
  end->farewell = g_idle_source_new ();
  g_source_set_priority (end->farewell, G_PRIORITY_DEFAULT);
  g_source_set_static_name (end->farewell, "HubTransport closed");
  g_source_set_callback (end->farewell, on_idle, g_object_ref (self), g_object_unref);
  g_source_attach (end->farewell, g_main_context_get_thread_default ());
}

gboolean
hub_transport_end_take (HubTransportEnd *end)
{
  gboolean was_open;

  g_return_val_if_fail (end != NULL, FALSE);

  was_open = !end->is_closed;
  end->is_closed = TRUE;
  hub_transport_end_clear (end);

  return was_open;
}

void
hub_transport_end_clear (HubTransportEnd *end)
{
  g_autoptr (GSource) farewell = NULL;

  g_return_if_fail (end != NULL);

  end->is_told = TRUE;
  farewell = g_steal_pointer (&end->farewell);
  /* It may hold the last reference to what @end is in. */
  if (farewell != NULL)
    g_source_destroy (farewell);
}
