/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-frame-reader.h"

#include <string.h>

/* RFC 6455 section 5.2. */
#define FRAME_FIN 0x80
#define FRAME_RESERVED 0x70
#define OPCODE 0x0f
#define OPCODE_CONTINUATION 0x0
#define OPCODE_TEXT 0x1
#define OPCODE_BINARY 0x2
#define OPCODE_CLOSE 0x8
#define OPCODE_PING 0x9
#define OPCODE_PONG 0xa
#define FRAME_MASKED 0x80
#define LENGTH 0x7f
#define LENGTH_16_BIT 126
#define LENGTH_64_BIT 127
#define MASK_BYTES 4
#define CONTROL_MAX 125

/* Section 7.4.1. */
#define CLOSE_NORMAL 1000
#define CLOSE_PROTOCOL 1002
#define CLOSE_BAD_DATA 1007
#define CLOSE_TOO_BIG 1009

void
hub_frame_reader_init (HubFrameReader *self, gsize max_message)
{
  g_return_if_fail (self != NULL);

  *self = (HubFrameReader){ .max_message = max_message };
}

void
hub_frame_reader_clear (HubFrameReader *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->message, g_byte_array_unref);
  g_clear_pointer (&self->control, g_byte_array_unref);
}

static gboolean
refuse (HubFrameReader *self, guint16 code)
{
  self->code = code;

  return FALSE;
}

static gboolean
is_control (HubFrameReader *self)
{
  return (self->header[0] & OPCODE) >= OPCODE_CLOSE;
}

/* The first two bytes are here. */
static gboolean
check_start (HubFrameReader *self)
{
  guint8 opcode = self->header[0] & OPCODE;
  gboolean is_whole = (self->header[0] & FRAME_FIN) != 0;

  if ((self->header[0] & FRAME_RESERVED) != 0 || (self->header[1] & FRAME_MASKED) == 0)
    return refuse (self, CLOSE_PROTOCOL);

  switch (opcode)
    {
    case OPCODE_CONTINUATION:
      return self->message != NULL || refuse (self, CLOSE_PROTOCOL);
    case OPCODE_TEXT:
    case OPCODE_BINARY:
      return self->message == NULL || refuse (self, CLOSE_PROTOCOL);
    case OPCODE_CLOSE:
    case OPCODE_PING:
    case OPCODE_PONG:
      return (is_whole && (self->header[1] & LENGTH) <= CONTROL_MAX)
             || refuse (self, CLOSE_PROTOCOL);
    default:
      return refuse (self, CLOSE_PROTOCOL);
    }
}

/* Bytes of the header before the mask. */
static guint
get_plain_header (HubFrameReader *self)
{
  guint8 length = self->header[1] & LENGTH;

  return length == LENGTH_64_BIT ? 10 : length == LENGTH_16_BIT ? 4 : 2;
}

/* The length is here, in the fewest bytes that hold it. */
static gboolean
check_length (HubFrameReader *self)
{
  guint n = get_plain_header (self);
  guint64 least = n == 10 ? (guint64) G_MAXUINT16 + 1 : n == 4 ? CONTROL_MAX + 1 : 0;

  self->length = n == 2 ? self->header[1] & LENGTH : 0;
  for (guint i = 2; i < n; i++)
    self->length = self->length << 8 | self->header[i];

  if (self->length < least || self->length > G_MAXINT64)
    return refuse (self, CLOSE_PROTOCOL);
  if (is_control (self))
    return TRUE;

  return self->length + (self->message != NULL ? self->message->len : 0) <= self->max_message
         || refuse (self, CLOSE_TOO_BIG);
}

/* Takes one byte of a header. *@is_begun: it was the last one. Returns: FALSE: refused */
static gboolean
read_header (HubFrameReader *self, guint8 byte, gboolean *is_begun)
{
  guint n;

  *is_begun = FALSE;
  self->header[self->n_header++] = byte;
  if (self->n_header < 2)
    return TRUE;

  if (self->n_header == 2 && !check_start (self))
    return FALSE;

  n = get_plain_header (self);
  if (self->n_header == n && !check_length (self))
    return FALSE;

  *is_begun = self->n_header == n + MASK_BYTES;

  return TRUE;
}

/* What holds the payload grows with what comes, not with what is announced. */
static void
begin_frame (HubFrameReader *self)
{
  self->frames++;
  self->done = 0;
  if (is_control (self))
    {
      self->control = g_byte_array_new ();
    }
  else if (self->message == NULL)
    {
      self->message = g_byte_array_new ();
      self->message_opcode = self->header[0] & OPCODE;
    }
}

static void
read_payload (HubFrameReader *self, const guint8 *data, gsize length)
{
  GByteArray *payload = self->control != NULL ? self->control : self->message;
  const guint8 *mask = self->header + get_plain_header (self);
  guint at = payload->len;

  g_byte_array_append (payload, data, (guint) length);
  for (gsize i = 0; i < length; i++)
    payload->data[at + i] ^= mask[(self->done + i) % MASK_BYTES];
  self->done += length;
}

/* Section 8.1. GLib takes NUL for an end. @data may be NULL where there is nothing. */
static gboolean
is_utf8 (const guint8 *data, gsize length)
{
  while (length > 0)
    {
      const char *end;

      if (g_utf8_validate_len ((const char *) data, length, &end))
        return TRUE;
      if (*end != '\0')
        return FALSE;

      length -= (gsize) ((const guint8 *) end + 1 - data);
      data = (const guint8 *) end + 1;
    }

  return TRUE;
}

/* Section 7.4. */
static gboolean
is_close_code (guint code)
{
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1011)
         || (code >= 3000 && code <= 4999);
}

static HubFrameKind
end_close (HubFrameReader *self, const GByteArray *payload)
{
  self->code = CLOSE_NORMAL;
  if (payload->len == 0)
    return HUB_FRAME_CLOSE;

  self->code = CLOSE_PROTOCOL;
  if (payload->len >= 2)
    {
      guint code = (guint) payload->data[0] << 8 | payload->data[1];

      if (!is_utf8 (payload->data + 2, payload->len - 2))
        self->code = CLOSE_BAD_DATA;
      else if (is_close_code (code))
        self->code = (guint16) code;
    }

  return HUB_FRAME_CLOSE;
}

static GBytes *
to_bytes (GByteArray *payload)
{
  g_byte_array_append (payload, (const guint8 *) "", 1);
  g_byte_array_set_size (payload, payload->len - 1);

  return g_byte_array_free_to_bytes (payload);
}

/* All of the frame is here. */
static HubFrameKind
end_frame (HubFrameReader *self, GBytes **payload)
{
  GByteArray *whole;
  HubFrameKind kind;

  self->n_header = 0;
  if (self->control != NULL)
    {
      guint8 opcode = self->header[0] & OPCODE;

      whole = g_steal_pointer (&self->control);
      kind = opcode == OPCODE_CLOSE  ? end_close (self, whole)
             : opcode == OPCODE_PING ? HUB_FRAME_PING
                                     : HUB_FRAME_PONG;
      *payload = to_bytes (whole);
      return kind;
    }

  if ((self->header[0] & FRAME_FIN) == 0)
    return HUB_FRAME_MORE;

  if (self->message_opcode == OPCODE_TEXT && !is_utf8 (self->message->data, self->message->len))
    {
      self->code = CLOSE_BAD_DATA;
      return HUB_FRAME_BROKEN;
    }

  *payload = to_bytes (g_steal_pointer (&self->message));

  return self->message_opcode == OPCODE_TEXT ? HUB_FRAME_TEXT : HUB_FRAME_BINARY;
}

HubFrameKind
hub_frame_reader_read (HubFrameReader *self, const guint8 **data, gsize *length, GBytes **payload)
{
  HubFrameKind kind = HUB_FRAME_MORE;
  gboolean is_begun;

  g_return_val_if_fail (self != NULL, HUB_FRAME_MORE);
  g_return_val_if_fail (data != NULL && length != NULL && payload != NULL, HUB_FRAME_MORE);

  is_begun = self->n_header >= 2 && self->n_header == get_plain_header (self) + MASK_BYTES;

  *payload = NULL;
  while (kind == HUB_FRAME_MORE && *length > 0)
    {
      gsize n = 1;

      if (is_begun)
        {
          n = MIN (*length, self->length - self->done);
          read_payload (self, *data, n);
        }
      else if (!read_header (self, **data, &is_begun))
        {
          return HUB_FRAME_BROKEN;
        }
      else if (is_begun)
        {
          begin_frame (self);
        }

      *data += n;
      *length -= n;
      if (is_begun && self->done == self->length)
        {
          is_begun = FALSE;
          kind = end_frame (self, payload);
        }
    }

  return kind;
}
