/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-stream.h"

G_BEGIN_DECLS

/*
 * HubTlsReader: the way in of a stream that was taken over: each turn's share of what is there goes
 * straight to who took it, and what is left comes in the next turn.
 *
 * A plain value, embedded in its stream; all zero until the stream is taken over, when it does
 * nothing.
 */
typedef struct
{
  HubTlsStreamReadFunc func; /* NULL: the stream is GIO's */
  gpointer user_data;
  guint64 booked_in; /* the turn in which it asked for the next one */
} HubTlsReader;

void hub_tls_reader_init (HubTlsReader *self, HubTlsStreamReadFunc func, gpointer user_data);

/* The socket said something. The caller has a reference to @stream. */
void hub_tls_reader_run (HubTlsReader *self, HubTlsStream *stream);

/* Something may be there without the socket's saying so: runs in the next turn. */
void hub_tls_reader_book (HubTlsReader *self, HubTlsStream *stream);

G_END_DECLS
