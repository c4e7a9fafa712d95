/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubFrameReader: from the bytes of a client to its WebSocket messages (RFC 6455 sections 5 to 7),
 * however they are cut up. Refuses what the protocol forbids as soon as it is there to be seen, and
 * holds no more than the message under way; between two messages, nothing.
 *
 * A plain value, embedded in whoever reads.
 */
typedef enum
{
  HUB_FRAME_MORE, /* nothing is whole: everything was taken */
  HUB_FRAME_TEXT,
  HUB_FRAME_BINARY,
  HUB_FRAME_PING,
  HUB_FRAME_PONG,
  HUB_FRAME_CLOSE,  /* code: what to answer with */
  HUB_FRAME_BROKEN, /* code: what to refuse with. There is no going on. */
} HubFrameKind;

typedef struct
{
  gsize max_message;
  guint frames; /* that began since somebody set this to 0 */
  guint16 code;

  guint8 header[14]; /* of the frame under way, as far as it came */
  guint n_header;
  guint64 length; /* of its payload */
  guint64 done;   /* of those */

  GByteArray *message; /* its frames so far; NULL: none is under way */
  guint8 message_opcode;
  GByteArray *control; /* the payload of a control frame under way */
} HubFrameReader;

/* @max_message: bytes of a message, in however many frames it comes. */
void hub_frame_reader_init (HubFrameReader *self, gsize max_message);
void hub_frame_reader_clear (HubFrameReader *self);

/* Goes on with *@data, up to the first whole message or control frame; moves *@data and *@length
 * behind what it took. @payload: (out) (transfer full): what it held, with a NUL behind it; NULL
 * with MORE and BROKEN. */
HubFrameKind
hub_frame_reader_read (HubFrameReader *self, const guint8 **data, gsize *length, GBytes **payload);

G_END_DECLS
