/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-qr-text.h"

/* Entries 16 and 231 of the 256-colour palette: black and white that themes leave alone, unlike
 * the sixteen named colours. */
#define BLACK_ON_WHITE "\033[38;5;16;48;5;231m"
#define RESET "\033[0m"

/* Half blocks by what is drawn: nothing, the upper half, the lower half, both. */
static const char *const blocks[] = { " ", "\u2580", "\u2584", "\u2588" };

/* The quiet zone, and what lies beyond the last row, is light. */
static gboolean
is_dark (const HubQr *qr, guint column, guint row)
{
  guint width = hub_qr_get_width (qr);

  if (column < HUB_QR_QUIET_ZONE || row < HUB_QR_QUIET_ZONE)
    return FALSE;

  column -= HUB_QR_QUIET_ZONE;
  row -= HUB_QR_QUIET_ZONE;

  return column < width && row < width && hub_qr_is_dark (qr, column, row);
}

guint
hub_qr_text_get_columns (const HubQr *qr)
{
  return hub_qr_get_width (qr) + 2 * HUB_QR_QUIET_ZONE;
}

char *
hub_qr_text_render (const HubQr *qr, HubQrTextStyle style)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint side = hub_qr_text_get_columns (qr);
  gboolean draws_dark = style == HUB_QR_TEXT_COLOURS;

  for (guint row = 0; row < side; row += 2)
    {
      if (row > 0)
        g_string_append_c (text, '\n');
      if (style == HUB_QR_TEXT_COLOURS)
        g_string_append (text, BLACK_ON_WHITE);
      for (guint column = 0; column < side; column++)
        {
          guint upper = is_dark (qr, column, row) == draws_dark;
          guint lower = is_dark (qr, column, row + 1) == draws_dark;

          g_string_append (text, blocks[upper | lower << 1]);
        }
      if (style == HUB_QR_TEXT_COLOURS)
        g_string_append (text, RESET);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
