/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-first-bytes.h"

#include <string.h>

#define TLS_HANDSHAKE_RECORD 0x16

/* What browsers and tools send. HTTP/2 without TLS ("PRI") is spoken by nobody here. */
static const char *const methods[]
    = { "GET ", "HEAD ", "POST ", "PUT ", "PATCH ", "DELETE ", "OPTIONS " };

HubFirstBytes
hub_first_bytes_judge (const void *bytes, gsize length)
{
  g_return_val_if_fail (bytes != NULL || length == 0, HUB_FIRST_BYTES_OTHER);

  if (length == 0)
    return HUB_FIRST_BYTES_MORE;
  if (*(const guint8 *) bytes == TLS_HANDSHAKE_RECORD)
    return HUB_FIRST_BYTES_TLS;

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      gsize whole = strlen (methods[i]);

      if (memcmp (bytes, methods[i], MIN (length, whole)) == 0)
        return length >= whole ? HUB_FIRST_BYTES_HTTP : HUB_FIRST_BYTES_MORE;
    }

  return HUB_FIRST_BYTES_OTHER;
}
