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

  *self = (HubTlsSender){ .session = session, .is_blocked = TRUE };
}

void
hub_tls_sender_clear (HubTlsSender *self)
{
  g_return_if_fail (self != NULL);

  hub_outbox_clear (&self->outbox);
}

void
hub_tls_sender_unblock (HubTlsSender *self)
{
  g_return_if_fail (self != NULL);

  self->is_blocked = FALSE;
}

/* Sends one record, or pushes on the one in flight. */
static HubTlsResult
put_record (HubTlsSender *self, const guint8 *data, gsize length, gsize *sent)
{
  HubTlsResult result = hub_tls_session_send (self->session, data, length, sent);

  if (result == HUB_TLS_AGAIN)
    self->is_blocked = TRUE;

  return result;
}

/* What is in flight is still the first bytes of the outbox: it leaves when GnuTLS, which may have
 * cut it shorter than what it was given, says how long it was. */
HubTlsResult
hub_tls_sender_flush (HubTlsSender *self)
{
  guint8 scratch[HUB_RECORD_BYTES];

  g_return_val_if_fail (self != NULL, HUB_TLS_DONE);

  while (hub_outbox_get_queued (&self->outbox) > 0)
    {
      const guint8 *data = NULL;
      gsize length = 0;
      HubTlsResult result;

      if (self->is_blocked)
        return HUB_TLS_AGAIN;

      if (!self->session->in_flight)
        length = hub_outbox_peek (&self->outbox, scratch, &data);
      result = put_record (self, data, length, &length);
      if (result == HUB_TLS_FAILED)
        return result;
      hub_outbox_take (&self->outbox, length);
    }

  return HUB_TLS_DONE;
}

/* A guest that keeps up is sent from the shared bytes: no copy, no reference, nothing queued. */
static HubTlsResult
send_directly (HubTlsSender *self, const HubSegment *segments, guint n_segments)
{
  guint8 scratch[HUB_RECORD_BYTES];
  guint i = 0;
  gsize skip = 0;

  while (!self->is_blocked)
    {
      const guint8 *data;
      gsize length = hub_segments_peek (segments + i, n_segments - i, skip, scratch, &data);

      if (length == 0)
        return HUB_TLS_DONE;
      if (put_record (self, data, length, &length) == HUB_TLS_FAILED)
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
  gsize queued;
  gsize at = 0;

  g_return_val_if_fail (self != NULL, HUB_TLS_DONE);

  *taken = 0;
  queued = hub_outbox_get_queued (&self->outbox);
  while (queued == 0 && at < length && !self->is_blocked)
    {
      gsize sent;

      if (put_record (self, data + at, MIN (length - at, HUB_RECORD_BYTES), &sent)
          == HUB_TLS_FAILED)
        return HUB_TLS_FAILED;
      at += sent;
    }

  length = MIN (length - at, room > queued ? room - queued : 0);
  hub_outbox_append (&self->outbox, data + at, length);
  *taken = at + length;

  return queued + length == 0 ? HUB_TLS_DONE : HUB_TLS_AGAIN;
}

gsize
hub_tls_sender_get_queued (const HubTlsSender *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return hub_outbox_get_queued (&self->outbox);
}
