/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-pulse.h"
#include "server/hub-transport.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * HubWebsocket: a transport over a WebSocket that libsoup upgraded. libsoup reads its frames and
 * answers pings and closes; all else is written straight to the HubTlsStream, past libsoup's
 * unbounded queue.
 *
 * Keeps itself alive until its stream has ended; lives on the engine's thread.
 */
#define HUB_TYPE_WEBSOCKET (hub_websocket_get_type ())
G_DECLARE_FINAL_TYPE (HubWebsocket, hub_websocket, HUB, WEBSOCKET, GObject)

/* What one message may be. */
typedef struct
{
  gsize message_bytes;
  gboolean takes_binary; /* else such a message is answered with close 1003 */
} HubWebsocketCaps;

/* @stream: what @websocket goes over. @pulse and @caps are borrowed until the stream has ended. */
HubWebsocket *hub_websocket_new (SoupWebsocketConnection *websocket,
                                 HubTlsStream *stream,
                                 HubPulse *pulse,
                                 HubClock *clock,
                                 const HubWebsocketCaps *caps);

/* What a HubPulse of HubWebsockets calls. */
extern const HubPulseFuncs hub_websocket_pulse_funcs;

G_END_DECLS
