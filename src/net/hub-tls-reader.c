/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-reader.h"

#include "net/hub-tls-stream-private.h"

void
hub_tls_reader_init (HubTlsReader *self, HubTlsStreamReadFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  *self = (HubTlsReader){ func, user_data, G_MAXUINT64 };
}

void
hub_tls_reader_book (HubTlsReader *self, HubTlsStream *stream)
{
  guint64 turn = hub_poller_get_turn (stream->poller);

  /* Once a turn, whatever else wakes the stream meanwhile. */
  if (self->func == NULL || self->booked_in == turn)
    return;

  self->booked_in = turn;
  hub_poller_again (stream->poller, stream->poller_id);
}

void
hub_tls_reader_run (HubTlsReader *self, HubTlsStream *stream)
{
  guint8 buffer[HUB_RECORD_BYTES];
  HubTlsResult result = HUB_TLS_DONE;

  if (self->func == NULL)
    return;

  while (result == HUB_TLS_DONE && stream->state == HUB_TLS_STREAM_OPEN)
    {
      gsize length;

      result = hub_tls_receiver_receive (&stream->receiver, &stream->session,
                                         hub_poller_get_turn (stream->poller), buffer,
                                         sizeof buffer, &length);
      if (result == HUB_TLS_DONE || result == HUB_TLS_EOF)
        self->func (buffer, length, self->user_data);
    }

  if (stream->state != HUB_TLS_STREAM_OPEN || result == HUB_TLS_EOF)
    return;
  if (hub_tls_stream_survives (stream, result) && hub_tls_session_is_readable (&stream->session))
    hub_tls_reader_book (self, stream);
}
