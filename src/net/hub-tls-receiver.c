/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-receiver.h"

#include "base/hub-limits.h"

/* How often one receive goes on over records that hold no data, before others get their turn. */
#define EMPTY_RECORDS_AT_ONCE 8

void
hub_tls_receiver_renew (HubTlsReceiver *self, gsize budget)
{
  g_return_if_fail (self != NULL);

  self->taken = 0;
  self->budget = budget;
}

void
hub_tls_receiver_extend (HubTlsReceiver *self, gsize bytes)
{
  g_return_if_fail (self != NULL);

  self->budget += bytes;
}

/* What the latest record costs its peer. Returns: whether that was too much */
static gboolean
is_overdrawn (HubTlsReceiver *self, HubTlsResult result, gsize received)
{
  if (result == HUB_TLS_ONCE_MORE)
    self->empty++;
  else if (received > 0 && self->empty > 0)
    self->empty--;

  if (received > 0)
    self->in_turn += MAX (received, HUB_READ_LEAST_BYTES);
  self->taken += received;

  return self->taken > self->budget || self->empty > HUB_EMPTY_RECORDS;
}

HubTlsResult
hub_tls_receiver_receive (HubTlsReceiver *self,
                          HubTlsSession *session,
                          guint64 turn,
                          void *buffer,
                          gsize length,
                          gsize *received)
{
  HubTlsResult result = HUB_TLS_ONCE_MORE;

  g_return_val_if_fail (self != NULL, HUB_TLS_AGAIN);

  *received = 0;
  if (self->turn != turn)
    {
      self->turn = turn;
      self->in_turn = 0;
    }

  if (self->in_turn >= HUB_READ_TURN_BYTES)
    return HUB_TLS_AGAIN;

  length = MIN (length, HUB_READ_TURN_BYTES - self->in_turn);
  for (guint i = 0; i < EMPTY_RECORDS_AT_ONCE && result == HUB_TLS_ONCE_MORE; i++)
    {
      result = hub_tls_session_receive (session, buffer, length, received);
      if (is_overdrawn (self, result, *received))
        return hub_tls_session_fail (session, HUB_STREAM_END_INPUT);
    }

  return result == HUB_TLS_ONCE_MORE ? HUB_TLS_AGAIN : result;
}
