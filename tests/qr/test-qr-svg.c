/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/hub-qr-svg.h"

#include <stdio.h>
#include <string.h>

/* Takes the rectangles of the path, as a drawing program would, out of @dark. Returns: what is left
 * of the path */
static const char *
draw (const char *path, guint side, gboolean *dark)
{
  guint x;
  guint y;
  guint width;
  guint back;
  int length = 0;

  while (sscanf (path, "M%u %uh%uv1h-%uz%n", &x, &y, &width, &back, &length) == 4)
    {
      g_assert_cmpuint (width, ==, back);
      g_assert_cmpuint (x + width, <=, side);
      g_assert_cmpuint (y, <, side);
      for (guint i = x; i < x + width; i++)
        {
          g_assert_false (dark[y * side + i]);
          dark[y * side + i] = TRUE;
        }
      path += length;
    }

  return path;
}

/* Every module, and nothing in the quiet zone. */
static void
test_modules (void)
{
  static const char *const texts[] = { "A", "https://192.168.1.5:8443/",
                                       "https://[fd12:3456:789a:bcde:f012:3456:789a:bcde]:65535/" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HubQr) qr = hub_qr_new (texts[i]);
      g_autofree char *svg = hub_qr_svg_make (qr);
      guint width = hub_qr_get_width (qr);
      guint side = width + 2 * HUB_QR_QUIET_ZONE;
      g_autofree gboolean *dark = g_new0 (gboolean, side * side);
      const char *path = strstr (svg, " d=\"");

      g_assert_nonnull (path);
      g_assert_cmpstr (draw (path + strlen (" d=\""), side, dark), ==, "\"/></svg>\n");
      for (guint at = 0; at < side * side; at++)
        {
          guint x = at % side - HUB_QR_QUIET_ZONE;
          guint y = at / side - HUB_QR_QUIET_ZONE;

          g_assert_cmpint (dark[at], ==, x < width && y < width && hub_qr_is_dark (qr, x, y));
        }
    }
}

/* Drawn under a policy that forbids everything inline, and the same each time. */
static void
test_document (void)
{
  g_autoptr (HubQr) qr = hub_qr_new ("A");
  g_autofree char *svg = hub_qr_svg_make (qr);
  g_autofree char *again = hub_qr_svg_make (qr);

  g_assert_true (g_str_has_prefix (
      svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\" "
           "shape-rendering=\"crispEdges\"><rect width=\"29\" height=\"29\" fill=\"#fff\"/>"));
  g_assert_null (strstr (svg, "style"));
  g_assert_null (strstr (svg, "script"));
  g_assert_cmpstr (svg, ==, again);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/qr-svg/modules", test_modules);
  g_test_add_func ("/qr-svg/document", test_document);

  return g_test_run ();
}
