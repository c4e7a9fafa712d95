/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-frame-meter.h"

/* RFC 6455 section 5.2. */
#define FRAME_FIN 0x80
#define OPCODE_CONTROL 0x08
#define FRAME_MASKED 0x80
#define LENGTH_BITS 0x7f
#define LENGTH_16_BIT 126
#define LENGTH_64_BIT 127
#define MASK_BYTES 4

/* Bytes of the header that says its own length, as far as it is here. */
static guint
get_header_length (const HubFrameMeter *self)
{
  guint8 length = self->n_header >= 2 ? self->header[1] & LENGTH_BITS : 0;

  return length == LENGTH_64_BIT ? 10 : length == LENGTH_16_BIT ? 4 : 2;
}

static guint64
get_payload_length (const HubFrameMeter *self)
{
  guint n = get_header_length (self);
  guint64 length = 0;

  if (n == 2)
    return self->header[1] & LENGTH_BITS;

  for (guint i = 2; i < n; i++)
    length = length << 8 | self->header[i];

  return length;
}

static guint64
add (guint64 a, guint64 b)
{
  return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

/* The header is whole. */
static void
begin_frame (HubFrameMeter *self, HubFrameTally *tally)
{
  guint64 length = get_payload_length (self);

  self->left = add (length, self->header[1] & FRAME_MASKED ? MASK_BYTES : 0);
  self->n_header = 0;
  tally->frames++;

  if (self->header[0] & OPCODE_CONTROL)
    {
      tally->largest = MAX (tally->largest, length);
      return;
    }

  self->message = add (self->message, length);
  tally->largest = MAX (tally->largest, self->message);
  if (self->header[0] & FRAME_FIN)
    self->message = 0;
}

HubFrameTally
hub_frame_meter_feed (HubFrameMeter *self, const guint8 *data, gsize length)
{
  HubFrameTally tally = { 0 };

  g_return_val_if_fail (self != NULL, tally);
  g_return_val_if_fail (data != NULL || length == 0, tally);

  while (length > 0)
    {
      gsize skip = MIN (self->left, length);

      self->left -= skip;
      data += skip;
      length -= skip;
      if (length == 0)
        break;

      self->header[self->n_header++] = *data++;
      length--;
      if (self->n_header >= 2 && self->n_header == get_header_length (self))
        begin_frame (self, &tally);
    }

  return tally;
}
