/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-credentials.h"
#include "net/hub-outbox.h"
#include "net/hub-poller.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubTlsStream: the server's end of one TLS connection, GnuTLS straight on the non-blocking
 * socket; a pollable GIOStream for libsoup while it serves HTTP, and from the WebSocket upgrade on a
 * stream of its own, with a bounded outbox for the fan-out.
 *
 * Without credentials the very same without TLS, for this computer's own browser and the page that
 * explains the warning: outbox, budgets and ends are what takes care, and there should be one of
 * them. It keeps the name of what nearly all of them are.
 *
 * Owned by the door while it shakes hands, then by libsoup and the session. Lives on the thread of
 * its HubPoller and never leaves it (close is overridden so that GIO starts no worker for it).
 *
 * Its ends: hub_tls_stream_shut() (polite) and hub_tls_stream_cut() (at once). The rules it keeps
 * (src/net/README.md): read budget, byte budget before the upgrade, ordered segments, linger.
 *
 * Signals:
 *   shaken ()          the handshake is done; may be read and written
 *   ended (HubStreamEnd)  emitted once, when the connection is over for whatever reason. The
 *                      stream is CLOSED for its halves before this is emitted.
 */
#define HUB_TYPE_TLS_STREAM (hub_tls_stream_get_type ())
G_DECLARE_FINAL_TYPE (HubTlsStream, hub_tls_stream, HUB, TLS_STREAM, GIOStream)

typedef enum
{
  HUB_STREAM_END_CLOSED,   /* shut, flushed and drained; or the peer closed */
  HUB_STREAM_END_RESET,    /* the connection broke */
  HUB_STREAM_END_PROTOCOL, /* not TLS, or broken TLS */
  HUB_STREAM_END_ALERT,    /* the peer refused the certificate with an alert */
  HUB_STREAM_END_DEADLINE, /* something took too long */
  HUB_STREAM_END_OUTBOX,   /* did not read: its outbox reached the bound */
  HUB_STREAM_END_INPUT,    /* sent more than a request may have, or records that held nothing */
  HUB_STREAM_END_CUT,      /* the owner wanted it */
} HubStreamEnd;

#define HUB_TYPE_STREAM_END (hub_stream_end_get_type ())
GType hub_stream_end_get_type (void);

/* Takes @fd (connected, non-blocking), on error too. Starts the handshake from the loop; it has no
 * deadline of its own. Without @credentials there is no TLS: `shaken` comes from the loop at once,
 * all else is the same. */
HubTlsStream *
hub_tls_stream_new (HubPoller *poller, HubCredentials *credentials, int fd, GError **error);

/* Told of what came in, from the loop; with @length 0 when the peer sends no more. May shut or cut
 * the stream. */
typedef void (*HubTlsStreamReadFunc) (const guint8 *data, gsize length, gpointer user_data);

/* After the WebSocket upgrade: what comes in goes straight to @func, without a source in the main
 * loop, and only hub_tls_stream_send() sends. Nothing goes through GIO's halves any more, and
 * closing them or the stream does nothing: whoever had them may drop them. The input budget is off:
 * @func judges what it is given. */
void hub_tls_stream_take_over (HubTlsStream *self, HubTlsStreamReadFunc func, gpointer user_data);

/* Input budget: decrypted bytes it may still take until the owner calls this again (a request was
 * answered, a whole message arrived). Exceeding it cuts with HUB_STREAM_END_INPUT. */
void hub_tls_stream_renew_input (HubTlsStream *self, gsize bytes);

/* @bytes more than that: of a body that is announced and welcome. */
void hub_tls_stream_extend_input (HubTlsStream *self, gsize bytes);

/* Whether anything at all came from the peer since this was asked before. */
gboolean hub_tls_stream_take_heard (HubTlsStream *self);

/* Whether the peer's system acknowledged any of what it was sent since this was asked before: for a
 * peer that is not asked to say anything. TRUE also where this system cannot tell. */
gboolean hub_tls_stream_take_acknowledged (HubTlsStream *self);

/* Queues @segments in order behind everything queued before, and sends what the socket takes.
 * Small neighbours go into one TLS record. Cuts the stream when what the socket did not take is
 * more than @bound bytes. Legal at any time; after hub_tls_stream_shut() and after the end it does
 * nothing. May emit `ended`: the caller holds a reference. */
void
hub_tls_stream_send (HubTlsStream *self, const HubSegment *segments, guint n_segments, gsize bound);

/* Bytes queued and not yet taken by the socket. */
gsize hub_tls_stream_get_queued (HubTlsStream *self);

/* Polite end: everything queued is flushed, then close_notify, shutdown(SHUT_WR), input drained,
 * closed at EOF or after @linger ms in which the peer took nothing, or HUB_LINGER_MAX_MS. Later
 * reads and writes fail with CLOSED; the stream keeps itself alive until it is over. Called again
 * it can only shorten the linger. A stream that still
 * shakes hands is cut. g_io_stream_close() is this with HUB_LINGER_MS. */
void hub_tls_stream_shut (HubTlsStream *self, guint linger);

/* Ends it now: drops the queue, leaves epoll, closes the socket, wakes whoever waits for it.
 * Idempotent, legal anywhere. */
void hub_tls_stream_cut (HubTlsStream *self, HubStreamEnd why);

gboolean hub_tls_stream_is_ended (HubTlsStream *self);

G_END_DECLS
