/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-linger.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"

static gsize
get_waiting (HubTlsStream *stream)
{
  return hub_tls_sender_get_queued (&stream->sender)
         + hub_tls_session_get_unacknowledged (&stream->session);
}

static gboolean on_deadline (gpointer user_data);

static void
set_deadline (HubTlsLinger *self)
{
  gint64 left = MAX (self->latest - g_get_monotonic_time (), 0) / 1000;
  guint ms = (guint) MIN (self->patience, left);

  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);

  self->deadline = g_timeout_source_new (ms);
  g_source_set_static_name (self->deadline, "HubTlsLinger deadline");
  g_source_set_callback (self->deadline, on_deadline, self, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
}

static gboolean
on_deadline (gpointer user_data)
{
  HubTlsLinger *self = user_data;
  gsize waiting = get_waiting (self->stream);

  /* Once it took everything there is nothing more to lose. */
  if (waiting > 0 && waiting < self->waiting && g_get_monotonic_time () < self->latest)
    {
      self->waiting = waiting;
      set_deadline (self);
    }
  else
    {
      hub_tls_stream_cut (self->stream, HUB_STREAM_END_DEADLINE);
    }

  return G_SOURCE_REMOVE;
}

void
hub_tls_linger_start (HubTlsLinger *self, HubTlsStream *stream, guint patience)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->stream == NULL);

  self->stream = g_object_ref (stream);
  self->latest = g_get_monotonic_time () + (gint64) HUB_LINGER_MAX_MS * 1000;
  self->waiting = get_waiting (stream);
  self->patience = patience;
  self->input = HUB_LINGER_INPUT_BYTES;
  set_deadline (self);
}

void
hub_tls_linger_shorten (HubTlsLinger *self, guint patience)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->stream != NULL);

  if (patience >= self->patience)
    return;

  self->patience = patience;
  set_deadline (self);
}

HubTlsStream *
hub_tls_linger_stop (HubTlsLinger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);

  return g_steal_pointer (&self->stream);
}
