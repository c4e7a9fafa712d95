/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-line-stream.h"

#include "base/hub-limits.h"

struct _HubLineStream
{
  GObject parent_instance;

  /* Owned */
  HubTlsStream *stream;
  HubClock *clock;

  /* Borrowed */
  HubPulse *pulse;

  /* State */
  HubBeat beat;
  HubAllowance allowance;
  gulong ended;
  HubTransportEnd end;
};

static void hub_line_stream_transport_init (HubTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubLineStream,
                               hub_line_stream,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HUB_TYPE_TRANSPORT,
                                                      hub_line_stream_transport_init))

static void
hang_up (HubLineStream *self)
{
  hub_transport_end_come (&self->end, HUB_TRANSPORT (self));
  hub_tls_stream_shut (self->stream, HUB_LINGER_MS);
}

/* There is nothing to say on this connection any more: what comes is thrown away, and the stream's
 * own budget ends who sends much of it. A browser that aborts a request closes the connection. */
static void
on_stream_read (const guint8 *data, gsize length, gpointer user_data)
{
  if (length == 0)
    hang_up (user_data);
}

static void
on_stream_ended (HubTlsStream *stream, HubStreamEnd why, gpointer user_data)
{
  g_autoptr (HubLineStream) self = user_data; /* what kept it alive */

  g_clear_signal_handler (&self->ended, stream);
  hub_pulse_stop (self->pulse, &self->beat);
  hub_transport_end_come (&self->end, HUB_TRANSPORT (self));
}

/* With @head before it, which may be NULL. */
static void
send_blank_line (HubLineStream *self, GBytes *head)
{
  g_autoptr (GBytes) line = g_bytes_new_static ("\n", 1);
  HubSegment segments[2];
  guint n_segments = 0;

  if (head != NULL)
    segments[n_segments++] = (HubSegment){ head, 0, g_bytes_get_size (head) };
  segments[n_segments++] = (HubSegment){ line, 0, 1 };

  hub_tls_stream_send (self->stream, segments, n_segments, HUB_OUTBOX_BYTES);
}

static void
ping (gpointer owner)
{
  HubLineStream *self = owner;

  if (!self->end.is_closed)
    send_blank_line (self, NULL);
}

/* Its client cannot answer: that its system took the line has to do. */
static gboolean
take_heard (gpointer owner)
{
  return hub_tls_stream_take_acknowledged (HUB_LINE_STREAM (owner)->stream);
}

static void
lost (gpointer owner)
{
  hub_tls_stream_cut (HUB_LINE_STREAM (owner)->stream, HUB_STREAM_END_DEADLINE);
}

const HubPulseFuncs hub_line_stream_pulse_funcs
    = { HUB_BLANK_LINE_INTERVAL_MS, ping, take_heard, lost };

static HubFormat
hub_line_stream_get_format (HubTransport *transport)
{
  return HUB_FORMAT_LINES;
}

static HubAllowance *
hub_line_stream_get_allowance (HubTransport *transport)
{
  return &HUB_LINE_STREAM (transport)->allowance;
}

static void
hub_line_stream_send (HubTransport *transport, const HubSegment *segments, guint n_segments)
{
  HubLineStream *self = HUB_LINE_STREAM (transport);

  if (!self->end.is_closed)
    hub_tls_stream_send (self->stream, segments, n_segments, HUB_OUTBOX_BYTES);
}

/* There is no such thing as a code here: `ended` says why, or its absence. */
static void
hub_line_stream_close (HubTransport *transport, gushort code, guint linger)
{
  HubLineStream *self = HUB_LINE_STREAM (transport);

  hub_transport_end_take (&self->end);
  hub_tls_stream_shut (self->stream, linger);
}

static void
hub_line_stream_cut (HubTransport *transport)
{
  hub_tls_stream_cut (HUB_LINE_STREAM (transport)->stream, HUB_STREAM_END_OUTBOX);
}

static void
hub_line_stream_transport_init (HubTransportInterface *iface)
{
  iface->get_format = hub_line_stream_get_format;
  iface->get_allowance = hub_line_stream_get_allowance;
  iface->send = hub_line_stream_send;
  iface->close = hub_line_stream_close;
  iface->cut = hub_line_stream_cut;
}

static void
hub_line_stream_dispose (GObject *object)
{
  HubLineStream *self = HUB_LINE_STREAM (object);

  if (self->stream != NULL)
    g_clear_signal_handler (&self->ended, self->stream);
  hub_transport_end_clear (&self->end);
  g_clear_object (&self->stream);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (hub_line_stream_parent_class)->dispose (object);
}

static void
hub_line_stream_class_init (HubLineStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hub_line_stream_dispose;
}

static void
hub_line_stream_init (HubLineStream *self)
{
}

HubLineStream *
hub_line_stream_new (HubTlsStream *stream, GBytes *head, HubPulse *pulse, HubClock *clock)
{
  HubLineStream *self;

  g_return_val_if_fail (HUB_IS_TLS_STREAM (stream), NULL);
  g_return_val_if_fail (head != NULL, NULL);
  g_return_val_if_fail (pulse != NULL, NULL);
  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);

  self = g_object_new (HUB_TYPE_LINE_STREAM, NULL);
  self->stream = g_object_ref (stream);
  self->pulse = pulse;
  self->clock = g_object_ref (clock);
  hub_allowance_init (&self->allowance, hub_clock_get_monotonic (clock));

  hub_tls_stream_take_over (stream, on_stream_read, self);
  hub_tls_stream_renew_input (stream, HUB_STREAM_INPUT_BYTES);
  self->ended
      = g_signal_connect (stream, "ended", G_CALLBACK (on_stream_ended), g_object_ref (self));
  hub_pulse_start (pulse, &self->beat, self);
  send_blank_line (self, head);

  return self;
}

/* A message is one frame of a WebSocket's. */
static gboolean
may_send (HubLineStream *self, gsize length)
{
  gint64 now = hub_clock_get_monotonic (self->clock);

  return hub_allowance_take_frames (&self->allowance, 1, now)
         && hub_allowance_take_bytes (&self->allowance, length, now);
}

gboolean
hub_line_stream_is_over (HubLineStream *self)
{
  g_return_val_if_fail (HUB_IS_LINE_STREAM (self), TRUE);

  return self->end.is_closed;
}

gboolean
hub_line_stream_receive (HubLineStream *self, GBytes *message)
{
  g_return_val_if_fail (HUB_IS_LINE_STREAM (self), FALSE);
  g_return_val_if_fail (message != NULL, FALSE);

  if (self->end.is_closed)
    return FALSE;

  if (!may_send (self, g_bytes_get_size (message)))
    {
      hang_up (self);
      return FALSE;
    }

  hub_transport_emit_received (HUB_TRANSPORT (self), message);

  return TRUE;
}
