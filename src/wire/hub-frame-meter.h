/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubFrameMeter: reads along in the WebSocket frames of a client (RFC 6455 section 5.2), however
 * they are cut up, and counts what libsoup does not tell of: each frame of whatever kind, and the
 * bytes of a message whose end is still to come.
 *
 * It judges nothing: what is no WebSocket frame is libsoup's to refuse. A plain value; all zero is
 * the beginning.
 */
typedef struct
{
  guint8 header[10]; /* of the frame under way, as far as it came; without the mask */
  guint n_header;
  guint64 left; /* bytes of the frame under way behind its header: the mask's and the payload's */
  guint64 message; /* payload bytes of the message under way, of all its frames that began */
} HubFrameMeter;

typedef struct
{
  guint frames;    /* that began */
  guint64 largest; /* payload bytes of the largest message or control frame that was announced */
} HubFrameTally;

/* Goes on with @data. Returns: what was in it */
HubFrameTally hub_frame_meter_feed (HubFrameMeter *self, const guint8 *data, gsize length);

G_END_DECLS
