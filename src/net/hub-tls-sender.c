/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-sender.h"

void
hub_tls_sender_init (HubTlsSender *self, HubTlsSession *session)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (session != NULL);

  *self = (HubTlsSender){ .session = session };
}

void
hub_tls_sender_clear (HubTlsSender *self)
{
  g_return_if_fail (self != NULL);

  hub_outbox_clear (&self->outbox);
}

void
hub_tls_sender_open (HubTlsSender *self)
{
  g_return_if_fail (self != NULL);

  self->is_open = TRUE;
}

static gboolean
can_send (HubTlsSender *self)
{
  return self->is_open && hub_tls_session_get_spilled (self->session) == 0;
}

HubTlsResult
hub_tls_sender_flush (HubTlsSender *self)
{
  guint8 scratch[HUB_RECORD_BYTES];
  HubTlsResult result;

  g_return_val_if_fail (self != NULL, HUB_TLS_DONE);

  result = hub_tls_session_flush (self->session);
  while (result == HUB_TLS_DONE && can_send (self) && hub_outbox_get_queued (&self->outbox) > 0)
    {
      const guint8 *data;
      gsize length = hub_outbox_peek (&self->outbox, scratch, &data);

      result = hub_tls_session_send (self->session, data, length, &length);
      hub_outbox_take (&self->outbox, length);
    }
  if (result != HUB_TLS_DONE)
    return result;

  return hub_tls_sender_get_queued (self) == 0 ? HUB_TLS_DONE : HUB_TLS_AGAIN;
}

/* A guest that keeps up is sent from the shared bytes: no copy, no reference, nothing queued. */
static HubTlsResult
send_directly (HubTlsSender *self, const HubSegment *segments, guint n_segments)
{
  guint8 scratch[HUB_RECORD_BYTES];
  guint i = 0;
  gsize skip = 0;

  while (can_send (self))
    {
      const guint8 *data;
      gsize length = hub_segments_peek (segments + i, n_segments - i, skip, scratch, &data);

      if (length == 0)
        return HUB_TLS_DONE;
      if (hub_tls_session_send (self->session, data, length, &length) == HUB_TLS_FAILED)
        return HUB_TLS_FAILED;

      skip += length;
      while (i < n_segments && skip >= segments[i].length)
        skip -= segments[i++].length;
    }

  for (; i < n_segments; i++, skip = 0)
    hub_outbox_push (&self->outbox, segments[i].bytes, segments[i].offset + skip,
                     segments[i].length - skip);

  return HUB_TLS_AGAIN;
}

HubTlsResult
hub_tls_sender_send (HubTlsSender *self, const HubSegment *segments, guint n_segments)
{
  g_return_val_if_fail (self != NULL, HUB_TLS_DONE);
  g_return_val_if_fail (segments != NULL || n_segments == 0, HUB_TLS_DONE);

  if (hub_outbox_get_queued (&self->outbox) == 0)
    return send_directly (self, segments, n_segments);

  for (guint i = 0; i < n_segments; i++)
    hub_outbox_push (&self->outbox, segments[i].bytes, segments[i].offset, segments[i].length);

  return hub_tls_sender_flush (self);
}

HubTlsResult
hub_tls_sender_write (HubTlsSender *self,
                      const guint8 *data,
                      gsize length,
                      gsize room,
                      gsize *taken)
{
  gsize at = 0;
  gsize queued;

  g_return_val_if_fail (self != NULL, HUB_TLS_DONE);

  *taken = 0;
  while (at < length && can_send (self) && hub_outbox_get_queued (&self->outbox) == 0)
    {
      gsize sent;

      if (hub_tls_session_send (self->session, data + at, MIN (length - at, HUB_RECORD_BYTES),
                                &sent)
          == HUB_TLS_FAILED)
        return HUB_TLS_FAILED;
      at += sent;
    }

  queued = hub_tls_sender_get_queued (self);
  length = MIN (length - at, room > queued ? room - queued : 0);
  hub_outbox_append (&self->outbox, data + at, length);
  *taken = at + length;

  return queued + length == 0 ? HUB_TLS_DONE : HUB_TLS_AGAIN;
}

gsize
hub_tls_sender_get_queued (const HubTlsSender *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return hub_outbox_get_queued (&self->outbox) + hub_tls_session_get_spilled (self->session);
}
