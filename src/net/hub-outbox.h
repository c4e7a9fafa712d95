/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Plaintext bytes of one TLS record at most: RFC 8446, 5.1. */
#define HUB_RECORD_BYTES 16384

/* A piece of what is to be sent: a range of bytes shared with other streams, or private ones. */
typedef struct
{
  GBytes *bytes; /* borrowed; the stream takes a reference if it has to keep it */
  gsize offset;
  gsize length;
} HubSegment;

/*
 * HubOutbox: what waits for one socket: segments in the order in which they are to be sent.
 *
 * Long ranges are kept as references, so that a lagging guest costs no copy of the chat; short
 * ones are copied together, where a reference would cost more than the bytes. Holds no memory
 * while it is empty. A plain value, embedded in its stream.
 */
typedef struct
{
  HubSegment *segments; /* owned, each with a reference to its bytes */
  guint first;          /* the oldest one's index */
  guint end;            /* one past the newest one's index */
  guint capacity;
  gsize queued; /* bytes in all segments */

  GBytes *chunk; /* where short pieces are copied to */
  guint8 *room;  /* the chunk's first free byte */
  gsize room_left;
} HubOutbox;

/* Drops everything. A zeroed outbox is an empty one. */
void hub_outbox_clear (HubOutbox *self);

/* Appends a range; short ones are copied. */
void hub_outbox_push (HubOutbox *self, GBytes *bytes, gsize offset, gsize length);

/* Appends a copy of @data. */
void hub_outbox_append (HubOutbox *self, const void *data, gsize length);

/* Bytes waiting. */
gsize hub_outbox_get_queued (const HubOutbox *self);

/* What to send next, see hub_segments_peek(). 0: nothing. */
gsize hub_outbox_peek (const HubOutbox *self,
                       guint8 scratch[static HUB_RECORD_BYTES],
                       const guint8 **data);

/* Drops the first @length bytes. */
void hub_outbox_take (HubOutbox *self, gsize length);

/* The bytes of the next record out of @segments, of which the first @skip bytes are done with: one
 * segment's own memory where it fills a record or stands alone, else neighbours joined in @scratch.
 * Returns: the length; 0 when nothing is left. */
gsize hub_segments_peek (const HubSegment *segments,
                         guint n_segments,
                         gsize skip,
                         guint8 scratch[static HUB_RECORD_BYTES],
                         const guint8 **data);

G_END_DECLS
