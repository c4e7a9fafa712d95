/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-outbox.h"

#include <string.h>

/* Up to this many bytes a copy costs less memory than a segment and what its reference keeps
 * alive: a peer that makes us queue thousands of pongs must not cost a multiple of their bytes. */
#define COPY_BYTES 256

/* Short pieces are collected in chunks of this size. */
#define CHUNK_BYTES 4096

static void
release (HubOutbox *self)
{
  g_clear_pointer (&self->segments, g_free);
  g_clear_pointer (&self->chunk, g_bytes_unref);
  self->room = NULL;
  self->room_left = 0;
  self->first = self->end = self->capacity = 0;
}

void
hub_outbox_clear (HubOutbox *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = self->first; i < self->end; i++)
    g_bytes_unref (self->segments[i].bytes);
  self->queued = 0;
  release (self);
}

/* Makes room for one segment more: the gap at the front is used again before the array grows. */
static void
reserve (HubOutbox *self)
{
  guint count = self->end - self->first;

  if (self->end < self->capacity)
    return;

  if (self->segments != NULL && self->first > self->capacity / 2)
    {
      memmove (self->segments, self->segments + self->first, count * sizeof (HubSegment));
      self->first = 0;
      self->end = count;
    }
  else
    {
      self->capacity = MAX (4, self->capacity * 2);
      self->segments = g_renew (HubSegment, self->segments, self->capacity);
    }
}

static void
push_reference (HubOutbox *self, GBytes *bytes, gsize offset, gsize length)
{
  HubSegment *last = self->end > self->first ? &self->segments[self->end - 1] : NULL;

  self->queued += length;

  if (last != NULL && last->bytes == bytes && last->offset + last->length == offset)
    {
      last->length += length;
      return;
    }

  reserve (self);
  g_assert (self->segments != NULL);
  self->segments[self->end++]
      = (HubSegment){ .bytes = g_bytes_ref (bytes), .offset = offset, .length = length };
}

void
hub_outbox_push (HubOutbox *self, GBytes *bytes, gsize offset, gsize length)
{
  gsize size;
  const guint8 *data;

  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL);

  data = g_bytes_get_data (bytes, &size);
  g_return_if_fail (offset <= size && length <= size - offset);

  if (length == 0)
    return;

  if (length <= COPY_BYTES)
    hub_outbox_append (self, data + offset, length);
  else
    push_reference (self, bytes, offset, length);
}

void
hub_outbox_append (HubOutbox *self, const void *data, gsize length)
{
  const guint8 *from = data;

  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL || length == 0);

  while (length > 0)
    {
      gsize n, used;

      if (self->room_left == 0)
        {
          gsize size = MAX (length, CHUNK_BYTES);

          g_clear_pointer (&self->chunk, g_bytes_unref);
          self->room = g_malloc (size);
          self->room_left = size;
          self->chunk = g_bytes_new_take (self->room, size);
        }

      /* Only bytes that no segment covers yet are written, so to everybody who holds the chunk it
       * is as immutable as it should be. */
      n = MIN (length, self->room_left);
      used = g_bytes_get_size (self->chunk) - self->room_left;
      memcpy (self->room, from, n);
      push_reference (self, self->chunk, used, n);
      self->room += n;
      self->room_left -= n;
      from += n;
      length -= n;
    }
}

gsize
hub_outbox_get_queued (const HubOutbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->queued;
}

gsize
hub_outbox_peek (const HubOutbox *self,
                 guint8 scratch[static HUB_RECORD_BYTES],
                 const guint8 **data)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->queued == 0)
    return 0;

  return hub_segments_peek (self->segments + self->first, self->end - self->first, 0, scratch,
                            data);
}

void
hub_outbox_take (HubOutbox *self, gsize length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (length <= self->queued);

  self->queued -= length;
  while (length > 0)
    {
      HubSegment *segment = &self->segments[self->first];

      if (length < segment->length)
        {
          segment->offset += length;
          segment->length -= length;
          break;
        }

      length -= segment->length;
      g_bytes_unref (segment->bytes);
      self->first++;
    }

  if (self->queued == 0)
    release (self);
}

gsize
hub_segments_peek (const HubSegment *segments,
                   guint n_segments,
                   gsize skip,
                   guint8 scratch[static HUB_RECORD_BYTES],
                   const guint8 **data)
{
  gsize filled = 0;

  for (guint i = 0; i < n_segments && filled < HUB_RECORD_BYTES; i++)
    {
      const guint8 *from = g_bytes_get_data (segments[i].bytes, NULL);
      gsize length = segments[i].length - skip;

      if (length == 0)
        {
          skip = 0;
          continue;
        }

      from += segments[i].offset + skip;
      skip = 0;
      if (filled == 0 && (length >= HUB_RECORD_BYTES || i + 1 == n_segments))
        {
          *data = from;
          return MIN (length, HUB_RECORD_BYTES);
        }

      length = MIN (length, HUB_RECORD_BYTES - filled);
      memcpy (scratch + filled, from, length);
      filled += length;
    }

  *data = scratch;

  return filled;
}
