/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-frame.h"

#include <string.h>

/* RFC 6455 section 5.2. */
#define FRAME_FIN 0x80
#define OPCODE_TEXT 0x1
#define OPCODE_CLOSE 0x8
#define OPCODE_PING 0x9
#define OPCODE_PONG 0xa

#define LENGTH_16_BIT 126
#define LENGTH_64_BIT 127

/* Writes the header of an unmasked frame. Returns: its length */
static gsize
write_header (guint8 header[HUB_FRAME_HEADER_MAX], guint8 opcode, guint64 payload_length)
{
  header[0] = FRAME_FIN | opcode;

  if (payload_length < LENGTH_16_BIT)
    {
      header[1] = (guint8) payload_length;
      return 2;
    }

  if (payload_length <= G_MAXUINT16)
    {
      guint16 length = GUINT16_TO_BE ((guint16) payload_length);

      header[1] = LENGTH_16_BIT;
      memcpy (header + 2, &length, sizeof length);
      return 2 + sizeof length;
    }

  payload_length = GUINT64_TO_BE (payload_length);
  header[1] = LENGTH_64_BIT;
  memcpy (header + 2, &payload_length, sizeof payload_length);
  return 2 + sizeof payload_length;
}

static GBytes *
build_frame (guint8 opcode, const void *payload, gsize length)
{
  guint8 header[HUB_FRAME_HEADER_MAX];
  gsize header_length = write_header (header, opcode, length);
  guint8 *frame = g_malloc (header_length + length);

  memcpy (frame, header, header_length);
  if (length > 0)
    memcpy (frame + header_length, payload, length);

  return g_bytes_new_take (frame, header_length + length);
}

GBytes *
hub_frame_text (GBytes *payload)
{
  gsize length;
  const void *data;

  g_return_val_if_fail (payload != NULL, NULL);

  data = g_bytes_get_data (payload, &length);

  return build_frame (OPCODE_TEXT, data, length);
}

GBytes *
hub_frame_ping (void)
{
  return build_frame (OPCODE_PING, NULL, 0);
}

GBytes *
hub_frame_pong (GBytes *payload)
{
  gsize length;
  const void *data;

  g_return_val_if_fail (payload != NULL, NULL);

  data = g_bytes_get_data (payload, &length);

  return build_frame (OPCODE_PONG, data, length);
}

GBytes *
hub_frame_close (gushort code)
{
  guint16 code_be = GUINT16_TO_BE (code);

  return build_frame (OPCODE_CLOSE, &code_be, sizeof code_be);
}
