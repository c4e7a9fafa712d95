/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-session.h"

G_BEGIN_DECLS

/*
 * HubTlsReceiver: the way in of one stream, and how much of it a peer may use: at once, so that
 * others get their turn, and in all, until its owner says that the bytes were good for something.
 *
 * A plain value, embedded in its stream.
 */
typedef struct
{
  guint64 turn; /* the turn of the loop that in_turn is about */
  gsize in_turn;
  gsize taken; /* decrypted bytes since the latest renewal */
  gsize budget;
  guint empty; /* records that held nothing, beyond those that held something */
} HubTlsReceiver;

/* Starts again with @budget bytes. */
void hub_tls_receiver_renew (HubTlsReceiver *self, gsize budget);

/* @bytes more than it had, of what was taken before nothing is forgotten. */
void hub_tls_receiver_extend (HubTlsReceiver *self, gsize bytes);

/* Receives up to @length bytes in the turn with the number @turn: DONE with *@received, AGAIN (also
 * when this turn's share is used up; the session is then still readable), EOF or FAILED: with
 * HUB_STREAM_END_INPUT when the budget is overdrawn, or after too many records without data. */
HubTlsResult hub_tls_receiver_receive (HubTlsReceiver *self,
                                       HubTlsSession *session,
                                       guint64 turn,
                                       void *buffer,
                                       gsize length,
                                       gsize *received);

G_END_DECLS
