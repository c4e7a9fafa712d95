/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-format.h"

#include "wire/hub-frame.h"
#include "wire/hub-plain.h"
#include "wire/hub-wire.h"

#include <string.h>

/* Objects are written without line breaks. */
static GBytes *
end_line (GBytes *payload)
{
  gsize length;
  const char *data = g_bytes_get_data (payload, &length);
  char *line = g_malloc (length + 1);

  memcpy (line, data, length);
  line[length] = '\n';

  return g_bytes_new_take (line, length + 1);
}

GBytes *
hub_format_frame (HubFormat format, GBytes *payload)
{
  g_autoptr (GBytes) taken = payload;

  g_return_val_if_fail (format < HUB_N_FORMATS, NULL);
  g_return_val_if_fail (payload != NULL, NULL);

  return format == HUB_FORMAT_LINES ? end_line (taken) : hub_frame_text (taken);
}

GBytes *
hub_format_said (HubFormat format, HubMessage *message)
{
  g_autoptr (GBytes) frame = NULL;

  g_return_val_if_fail (format < HUB_N_FORMATS, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  if (hub_message_get_encoding (message, format) == NULL)
    {
      frame = hub_format_frame (format, format == HUB_FORMAT_PLAIN ? hub_plain_said (message)
                                                                   : hub_wire_said (message));
      hub_message_set_encoding (message, format, frame);
    }

  return hub_message_get_encoding (message, format);
}
