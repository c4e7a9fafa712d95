/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-stream.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Sends the response that @message has got over @stream now and shuts that. libsoup answers a
 * request only when its whole body has come, and a peer that sends more than it may would be cut
 * before it knew why; a stream that was shut still takes some of it in. */
void hub_early_answer_send (SoupServerMessage *message, HubTlsStream *stream);

G_END_DECLS
