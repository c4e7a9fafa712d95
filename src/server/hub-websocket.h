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
 * HubWebsocket: a transport over a WebSocket that libsoup upgraded, and that it then lets go of:
 * frames come straight from the HubTlsStream and go straight to it. So a guest costs no source in
 * the main loop and none of libsoup's queues, which have no bound; and each frame and byte of his
 * is counted.
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

/* @stream: what @websocket goes over; taken over, so that @websocket is of no use afterwards and may
 * go. @pulse and @caps are borrowed until the stream has ended. */
HubWebsocket *hub_websocket_new (SoupWebsocketConnection *websocket,
                                 HubTlsStream *stream,
                                 HubPulse *pulse,
                                 HubClock *clock,
                                 const HubWebsocketCaps *caps);

/* Whether the message that is being received is a binary one. */
gboolean hub_websocket_is_binary (HubWebsocket *self);

/* What a HubPulse of HubWebsockets calls. */
extern const HubPulseFuncs hub_websocket_pulse_funcs;

G_END_DECLS
