/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-websocket.h"

#include "base/hub-limits.h"
#include "wire/hub-frame-reader.h"
#include "wire/hub-frame.h"
#include "wire/hub-wire.h"

/* RFC 6455 section 7.4.1. */
#define CLOSE_PROTOCOL 1002
#define CLOSE_UNSUPPORTED 1003
#define CLOSE_POLICY 1008

struct _HubWebsocket
{
  GObject parent_instance;

  /* Owned */
  HubTlsStream *stream;
  HubClock *clock;
  HubFormat format;

  /* Borrowed */
  HubPulse *pulse;
  const HubWebsocketCaps *caps;

  /* State */
  HubBeat beat;
  HubFrameReader reader;
  HubAllowance allowance;
  gulong ended;
  gboolean is_binary; /* the message that is being received */
  HubTransportEnd end;
};

static void hub_websocket_transport_init (HubTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubWebsocket,
                               hub_websocket,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HUB_TYPE_TRANSPORT,
                                                      hub_websocket_transport_init))

static void
send_bytes (HubWebsocket *self, GBytes *bytes)
{
  HubSegment segment = { bytes, 0, g_bytes_get_size (bytes) };

  hub_tls_stream_send (self->stream, &segment, 1, HUB_OUTBOX_BYTES);
}

static void
send_close (HubWebsocket *self, gushort code)
{
  g_autoptr (GBytes) frame = hub_frame_close (code);

  send_bytes (self, frame);
}

/* The peer sends no more. */
static void
hang_up (HubWebsocket *self)
{
  hub_transport_end_come (&self->end, HUB_TRANSPORT (self));
  hub_tls_stream_shut (self->stream, HUB_LINGER_MS);
}

/* The peer broke a rule, or said that it goes. */
static void
refuse (HubWebsocket *self, gushort code)
{
  send_close (self, code);
  hang_up (self);
}

static void
answer_ping (HubWebsocket *self, GBytes *payload)
{
  g_autoptr (GBytes) frame = hub_frame_pong (payload);

  send_bytes (self, frame);
}

static void
handle (HubWebsocket *self, HubFrameKind kind, GBytes *payload)
{
  switch (kind)
    {
    case HUB_FRAME_TEXT:
      hub_transport_emit_received (HUB_TRANSPORT (self), payload);
      break;

    case HUB_FRAME_BINARY:
      if (self->caps->takes_binary)
        hub_transport_emit_received (HUB_TRANSPORT (self), payload);
      else
        refuse (self, CLOSE_UNSUPPORTED);
      break;

    case HUB_FRAME_PING:
      answer_ping (self, payload);
      break;

    case HUB_FRAME_CLOSE:
    case HUB_FRAME_BROKEN:
      refuse (self, self->reader.code);
      break;

    case HUB_FRAME_PONG:
    case HUB_FRAME_MORE:
    default:
      break;
    }
}

/* Whether as much has come in as nobody sends who means well. */
static gboolean
is_flood (HubWebsocket *self, gsize bytes)
{
  return !hub_allowance_take_bytes (&self->allowance, bytes, hub_clock_get_monotonic (self->clock));
}

static gboolean
is_frame_flood (HubWebsocket *self)
{
  guint frames = self->reader.frames;

  self->reader.frames = 0;

  return frames > 0
         && !hub_allowance_take_frames (&self->allowance, frames,
                                        hub_clock_get_monotonic (self->clock));
}

static void
on_stream_read (const guint8 *data, gsize length, gpointer user_data)
{
  g_autoptr (HubWebsocket) self = g_object_ref (user_data);
  HubFrameKind kind = HUB_FRAME_TEXT;

  if (length == 0)
    hang_up (self);
  else if (is_flood (self, length))
    refuse (self, CLOSE_POLICY);

  while (!self->end.is_closed && kind != HUB_FRAME_MORE)
    {
      g_autoptr (GBytes) payload = NULL;

      kind = hub_frame_reader_read (&self->reader, &data, &length, &payload);
      self->is_binary = kind == HUB_FRAME_BINARY;
      if (is_frame_flood (self))
        refuse (self, CLOSE_POLICY);
      else
        handle (self, kind, payload);
    }
}

static void
on_stream_ended (HubTlsStream *stream, HubStreamEnd why, gpointer user_data)
{
  g_autoptr (HubWebsocket) self = user_data; /* what kept it alive */

  g_clear_signal_handler (&self->ended, stream);
  hub_pulse_stop (self->pulse, &self->beat);
  hub_transport_end_come (&self->end, HUB_TRANSPORT (self));
}

static void
ping (gpointer owner)
{
  HubWebsocket *self = owner;
  g_autoptr (GBytes) frame = NULL;

  if (self->end.is_closed)
    return;

  frame = hub_frame_ping ();
  send_bytes (self, frame);
}

static gboolean
take_heard (gpointer owner)
{
  return hub_tls_stream_take_heard (HUB_WEBSOCKET (owner)->stream);
}

static void
lost (gpointer owner)
{
  hub_tls_stream_cut (HUB_WEBSOCKET (owner)->stream, HUB_STREAM_END_DEADLINE);
}

const HubPulseFuncs hub_websocket_pulse_funcs = { HUB_PING_INTERVAL_MS, ping, take_heard, lost };

static HubFormat
hub_websocket_get_format (HubTransport *transport)
{
  return HUB_WEBSOCKET (transport)->format;
}

static HubAllowance *
hub_websocket_get_allowance (HubTransport *transport)
{
  return &HUB_WEBSOCKET (transport)->allowance;
}

static void
hub_websocket_send (HubTransport *transport, const HubSegment *segments, guint n_segments)
{
  HubWebsocket *self = HUB_WEBSOCKET (transport);

  if (!self->end.is_closed)
    hub_tls_stream_send (self->stream, segments, n_segments, HUB_OUTBOX_BYTES);
}

static void
hub_websocket_close (HubTransport *transport, gushort code, guint linger)
{
  HubWebsocket *self = HUB_WEBSOCKET (transport);

  if (hub_transport_end_take (&self->end))
    send_close (self, code);
  hub_tls_stream_shut (self->stream, linger);
}

static void
hub_websocket_cut (HubTransport *transport)
{
  hub_tls_stream_cut (HUB_WEBSOCKET (transport)->stream, HUB_STREAM_END_OUTBOX);
}

static void
hub_websocket_transport_init (HubTransportInterface *iface)
{
  iface->get_format = hub_websocket_get_format;
  iface->get_allowance = hub_websocket_get_allowance;
  iface->send = hub_websocket_send;
  iface->close = hub_websocket_close;
  iface->cut = hub_websocket_cut;
}

static void
hub_websocket_dispose (GObject *object)
{
  HubWebsocket *self = HUB_WEBSOCKET (object);

  if (self->stream != NULL)
    g_clear_signal_handler (&self->ended, self->stream);
  hub_transport_end_clear (&self->end);
  g_clear_object (&self->stream);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (hub_websocket_parent_class)->dispose (object);
}

static void
hub_websocket_finalize (GObject *object)
{
  hub_frame_reader_clear (&HUB_WEBSOCKET (object)->reader);

  G_OBJECT_CLASS (hub_websocket_parent_class)->finalize (object);
}

static void
hub_websocket_class_init (HubWebsocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_websocket_dispose;
  object_class->finalize = hub_websocket_finalize;
}

static void
hub_websocket_init (HubWebsocket *self)
{
}

/* A client has to wait for the answer to its upgrade (RFC 6455 section 4.1); what it sent before
 * lies in libsoup. */
static gboolean
has_spoken_early (SoupWebsocketConnection *websocket)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (websocket);
  GInputStream *input = g_io_stream_get_input_stream (stream);
  guint8 byte;

  return g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), &byte, 1, NULL,
                                                   NULL)
         > 0;
}

HubWebsocket *
hub_websocket_new (SoupWebsocketConnection *websocket,
                   HubTlsStream *stream,
                   HubPulse *pulse,
                   HubClock *clock,
                   const HubWebsocketCaps *caps)
{
  HubWebsocket *self;

  g_return_val_if_fail (SOUP_IS_WEBSOCKET_CONNECTION (websocket), NULL);
  g_return_val_if_fail (HUB_IS_TLS_STREAM (stream), NULL);
  g_return_val_if_fail (pulse != NULL, NULL);
  g_return_val_if_fail (caps != NULL, NULL);

  self = g_object_new (HUB_TYPE_WEBSOCKET, NULL);
  self->stream = g_object_ref (stream);
  self->pulse = pulse;
  self->caps = caps;
  self->clock = g_object_ref (clock);
  self->format
      = g_strcmp0 (soup_websocket_connection_get_protocol (websocket), HUB_WIRE_PROTOCOL) == 0
            ? HUB_FORMAT_JSON
            : HUB_FORMAT_PLAIN;
  hub_allowance_init (&self->allowance, hub_clock_get_monotonic (clock));

  hub_frame_reader_init (&self->reader, caps->message_bytes);

  hub_tls_stream_take_over (stream, on_stream_read, self);
  self->ended
      = g_signal_connect (stream, "ended", G_CALLBACK (on_stream_ended), g_object_ref (self));
  hub_pulse_start (pulse, &self->beat, self);
  if (has_spoken_early (websocket))
    refuse (self, CLOSE_PROTOCOL);

  return self;
}

gboolean
hub_websocket_is_binary (HubWebsocket *self)
{
  g_return_val_if_fail (HUB_IS_WEBSOCKET (self), FALSE);

  return self->is_binary;
}
