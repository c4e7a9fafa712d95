/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-session.h"

G_BEGIN_DECLS

/*
 * HubTlsSender: the way out of one stream: from segments to records, in order, with what the socket
 * does not take kept in an outbox.
 *
 * A plain value, embedded in its stream. Its functions return DONE when everything is sent, AGAIN
 * when something waits for the socket, or FAILED.
 */
typedef struct
{
  HubTlsSession *session; /* borrowed */
  HubOutbox outbox;
  gboolean is_open; /* the handshake is done */
} HubTlsSender;

/* A sender that keeps everything, until the handshake is done. */
void hub_tls_sender_init (HubTlsSender *self, HubTlsSession *session);

/* Drops what waits. */
void hub_tls_sender_clear (HubTlsSender *self);

/* The handshake is done. Nothing is sent before the next flush. */
void hub_tls_sender_open (HubTlsSender *self);

/* Sends what waits. */
HubTlsResult hub_tls_sender_flush (HubTlsSender *self);

/* Sends @segments behind everything else. All of them are taken. */
HubTlsResult hub_tls_sender_send (HubTlsSender *self, const HubSegment *segments, guint n_segments);

/* Sends @data behind everything else. What the socket does not take is kept as far as the outbox
 * holds no more than @room bytes; *@taken is how many bytes were sent or kept. */
HubTlsResult hub_tls_sender_write (HubTlsSender *self,
                                   const guint8 *data,
                                   gsize length,
                                   gsize room,
                                   gsize *taken);

/* Bytes that wait. */
gsize hub_tls_sender_get_queued (const HubTlsSender *self);

G_END_DECLS
