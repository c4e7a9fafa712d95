/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-stream.h"

G_BEGIN_DECLS

/*
 * HubTlsLinger: how long a stream that was shut may go on: as long as its peer takes what is on its
 * way, and a given time after that; at most HUB_LINGER_MAX_MS in all.
 *
 * A plain value, embedded in its stream, which it keeps alive.
 */
typedef struct
{
  HubTlsStream *stream; /* owned; NULL while it is not closing */
  GSource *deadline;
  gint64 latest;  /* monotonic us: not longer than this */
  gsize waiting;  /* bytes that the peer had not taken when that was looked at last */
  guint patience; /* ms */
  gsize input;    /* bytes the peer may still send meanwhile */
} HubTlsLinger;

/* @stream has been shut: it is cut unless the peer takes something within each @patience ms. */
void hub_tls_linger_start (HubTlsLinger *self, HubTlsStream *stream, guint patience);

/* @patience ms from now on, if that is less. */
void hub_tls_linger_shorten (HubTlsLinger *self, guint patience);

/* The stream is over. Returns: (transfer full) (nullable): the reference that kept it alive */
HubTlsStream *hub_tls_linger_stop (HubTlsLinger *self);

G_END_DECLS
