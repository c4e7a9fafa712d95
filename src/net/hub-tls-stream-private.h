/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-input.h"
#include "net/hub-tls-linger.h"
#include "net/hub-tls-output.h"
#include "net/hub-tls-reader.h"
#include "net/hub-tls-receiver.h"
#include "net/hub-tls-sender.h"
#include "net/hub-tls-stream.h"

G_BEGIN_DECLS

/*
 * What a HubTlsStream shares with its two halves and its tests only.
 */
typedef enum
{
  HUB_TLS_STREAM_SHAKING,
  HUB_TLS_STREAM_OPEN,
  HUB_TLS_STREAM_CLOSING, /* shut, but not everything is sent, or the peer is not done */
  HUB_TLS_STREAM_ENDED,
} HubTlsStreamState;

struct _HubTlsStream
{
  GIOStream parent_instance;

  /* Owned */
  HubPoller *poller;
  HubTlsSession session;
  HubTlsInput *input;
  HubTlsOutput *output;
  HubTlsSender sender;
  HubTlsReceiver receiver;
  HubTlsReader reader; /* once it is taken over */
  HubTlsLinger linger; /* from hub_tls_stream_shut() to the end */

  /* State */
  HubPollerId poller_id;
  HubTlsStreamState state;
  gboolean is_deferred; /* the next step of the handshake is booked */
  gsize told_waiting;   /* what the poller knows of what waits */
};

/* A stream in use on two threads is memory corruption that a peer can time: better no program. */
#define hub_tls_stream_assert_thread(self) g_assert (hub_poller_is_mine ((self)->poller))

/* After anything that may have sent or queued something: ends the stream where @result is an end.
 * Returns: whether it goes on. */
gboolean hub_tls_stream_survives (HubTlsStream *self, HubTlsResult result);

G_END_DECLS
