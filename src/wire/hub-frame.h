/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * WebSocket frames as a server writes them (RFC 6455 section 5.2: FIN, not masked), so that a
 * payload is framed once for everybody.
 */
#define HUB_FRAME_HEADER_MAX 10

/* A whole text frame. Returns: (transfer full) */
GBytes *hub_frame_text (GBytes *payload);

/* A ping (section 5.5.2) with an empty payload. Returns: (transfer full) */
GBytes *hub_frame_ping (void);

/* The answer to a ping that held @payload (section 5.5.3). Returns: (transfer full) */
GBytes *hub_frame_pong (GBytes *payload);

/* A close (section 5.5.1) without a reason in words: the contract's codes say it all.
 * Returns: (transfer full) */
GBytes *hub_frame_close (gushort code);

G_END_DECLS
