/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-tray-pixmaps.h"

#include <gtk/gtk.h>

/* Returns: (transfer floating): ay, of ARGB32 in network byte order */
static GVariant *
make_pixels (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  gsize length = (gsize) width * height * 4;
  g_autofree guint8 *pixels = g_malloc (length);
  guint8 *to = pixels;

  for (int y = 0; y < height; y++)
    {
      const guint8 *from
          = gdk_pixbuf_read_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++, from += 4, to += 4)
        {
          to[0] = from[3];
          to[1] = from[0];
          to[2] = from[1];
          to[3] = from[2];
        }
    }

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, pixels, length, 1);
}

/* Returns: (transfer full) (nullable) */
static GdkPixbuf *
draw (const char *resource_path, int size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new_from_resource_at_scale (resource_path, size, size, TRUE, &error);

  if (pixbuf == NULL)
    {
      g_debug ("No picture for the tray: %s", error->message);
      return NULL;
    }

  return gdk_pixbuf_add_alpha (pixbuf, FALSE, 0, 0, 0);
}

GVariant *
hub_tray_pixmaps_new (const char *resource_path)
{
  /* Of a panel, and of one with twice the pixels. */
  static const int sizes[] = { 24, 48 };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(iiay)"));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = draw (resource_path, sizes[i]);

      if (pixbuf == NULL)
        {
          g_variant_builder_clear (&builder);
          return NULL;
        }
      g_variant_builder_add (&builder, "(ii@ay)", sizes[i], sizes[i], make_pixels (pixbuf));
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}
