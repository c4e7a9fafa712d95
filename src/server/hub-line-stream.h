/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-pulse.h"
#include "server/hub-transport.h"

G_BEGIN_DECLS

/*
 * HubLineStream: a transport over the answer to a POST: what its client is told are the lines of a
 * response without an end, and what it says comes by other requests. For browsers whose WebSocket
 * does not work. libsoup has let go of the connection: lines go into the outbox of the HubTlsStream
 * as a WebSocket's frames do.
 *
 * Keeps itself alive until its stream has ended; lives on the engine's thread.
 */
#define HUB_TYPE_LINE_STREAM (hub_line_stream_get_type ())
G_DECLARE_FINAL_TYPE (HubLineStream, hub_line_stream, HUB, LINE_STREAM, GObject)

/* Takes @stream over. @head: what is sent first, that of the HTTP response; an empty line follows, so
 * that whoever reads has something at once. @pulse is borrowed until the stream has ended. */
HubLineStream *
hub_line_stream_new (HubTlsStream *stream, GBytes *head, HubPulse *pulse, HubClock *clock);

/* Whether it has ended, even if its owner is yet to be told: nothing is received any more. */
gboolean hub_line_stream_is_over (HubLineStream *self);

/* What its client posted: `received` is emitted. Returns: FALSE where that was more, or more often,
 * than anybody sends who means well: the stream has been ended instead */
gboolean hub_line_stream_receive (HubLineStream *self, GBytes *message);

/* What a HubPulse of HubLineStreams calls. */
extern const HubPulseFuncs hub_line_stream_pulse_funcs;

G_END_DECLS
