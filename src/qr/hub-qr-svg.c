/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/hub-qr-svg.h"

/* Each run of dark modules in a row is a rectangle of the one path. */
static void
append_row (GString *path, const HubQr *qr, guint y)
{
  guint width = hub_qr_get_width (qr);
  guint x = 0;

  while (x < width)
    {
      guint start = x;

      while (x < width && hub_qr_is_dark (qr, x, y))
        x++;
      if (x > start)
        g_string_append_printf (path, "M%u %uh%uv1h-%uz", start + HUB_QR_QUIET_ZONE,
                                y + HUB_QR_QUIET_ZONE, x - start, x - start);
      else
        x++;
    }
}

char *
hub_qr_svg_make (const HubQr *qr)
{
  g_autoptr (GString) svg = NULL;
  guint side;

  g_return_val_if_fail (qr != NULL, NULL);

  side = hub_qr_get_width (qr) + 2 * HUB_QR_QUIET_ZONE;
  svg = g_string_new (NULL);
  /* Without smoothing: a seam between two rows would be grey. */
  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" "
                          "shape-rendering=\"crispEdges\">"
                          "<rect width=\"%u\" height=\"%u\" fill=\"#fff\"/><path d=\"",
                          side, side, side, side);
  for (guint y = 0; y < hub_qr_get_width (qr); y++)
    append_row (svg, qr, y);
  g_string_append (svg, "\"/></svg>\n");

  return g_string_free (g_steal_pointer (&svg), FALSE);
}
