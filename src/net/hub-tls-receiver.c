/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-receiver.h"

#include "base/hub-limits.h"

/* How often one receive goes on over records that hold no data, before others get their turn. */
#define MAX_EMPTY_RECORDS 8

void
hub_tls_receiver_renew (HubTlsReceiver *self, gsize budget)
{
  g_return_if_fail (self != NULL);

  self->taken = 0;
  self->budget = budget;
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

  length = MIN (length, HUB_READ_TURN_BYTES - self->in_turn);
  if (length == 0)
    return HUB_TLS_AGAIN;

  for (guint i = 0; i < MAX_EMPTY_RECORDS && result == HUB_TLS_ONCE_MORE; i++)
    result = hub_tls_session_receive (session, buffer, length, received);

  self->in_turn += *received;
  self->taken += *received;
  if (self->taken > self->budget)
    return hub_tls_session_fail (session, HUB_STREAM_END_INPUT);

  return result == HUB_TLS_ONCE_MORE ? HUB_TLS_AGAIN : result;
}
