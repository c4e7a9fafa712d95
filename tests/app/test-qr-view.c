/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-qr-view.h"
#include "hub-test-window.h"
#include "qr/hub-qr.h"

#define SHORT "https://10.0.0.2:8443/"
#define LONG "https://[2001:db8:1234:5678:abcd:ef01:2345:6789]:8443/#K7M2PX"

#define BLACK 0xff000000u
#define WHITE 0xffffffffu

/* Every pixel: @module device pixels for each module, all around that white. */
static void
assert_painted (const guint32 *pixels, int side, const char *text)
{
  g_autoptr (HubQr) qr = hub_qr_new (text);
  int modules = hub_qr_get_width (qr) + 2 * HUB_QR_QUIET_ZONE;
  int module = side / modules;
  int origin = (side - modules * module) / 2 + HUB_QR_QUIET_ZONE * module;
  int end = origin + hub_qr_get_width (qr) * module;

  g_assert_cmpint (module, >=, 1);
  for (int y = 0; y < side; y++)
    {
      for (int x = 0; x < side; x++)
        {
          gboolean is_code = x >= origin && x < end && y >= origin && y < end;
          gboolean is_dark
              = is_code && hub_qr_is_dark (qr, (x - origin) / module, (y - origin) / module);

          g_assert_cmphex (pixels[y * side + x], ==, is_dark ? BLACK : WHITE);
        }
    }
}

static void
assert_view (const char *text, int side, int scale)
{
  GtkWidget *view = hub_qr_view_new ();
  GtkWindow *window;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;

  hub_qr_view_set_text (HUB_QR_VIEW (view), text);
  gtk_widget_set_size_request (view, side, side);
  gtk_widget_set_halign (view, GTK_ALIGN_START);
  gtk_widget_set_valign (view, GTK_ALIGN_START);
  window = hub_test_window_show (view, 400, 400);
  g_assert_cmpint (gtk_widget_get_scale_factor (view), ==, scale);
  g_assert_cmpint (gtk_widget_get_width (view), ==, side);

  texture = hub_test_window_render (view);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, side * scale);
  pixels = g_new (guint32, side * scale * side * scale);
  gdk_texture_download (texture, (guchar *) pixels, side * scale * 4);
  assert_painted (pixels, side * scale, text);

  gtk_window_destroy (window);
}

/* Also in a theme that is dark, and in an interface that is mirrored. */
static void
test_pixels (void)
{
  static const int sides[] = { 45, 152, 240, 301 };

  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", TRUE, NULL);
  for (guint i = 1; i < G_N_ELEMENTS (sides); i++)
    {
      assert_view (SHORT, sides[i], 1);
      assert_view (LONG, sides[i], 1);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  assert_view (SHORT, sides[0], 1);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* The scale is read once, from the environment, by the first who opens the display. */
static void
test_scaled (void)
{
  if (g_test_subprocess ())
    {
      g_setenv ("GDK_SCALE", "2", TRUE);
      gtk_init ();
      assert_view (SHORT, 152, 2);
      assert_view (LONG, 75, 2);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_nothing (void)
{
  GtkWidget *view;
  int minimum;

  gtk_init ();
  view = g_object_ref_sink (hub_qr_view_new ());
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);

  g_object_set (view, "text", SHORT, NULL);
  g_assert_cmpstr (hub_qr_view_get_text (HUB_QR_VIEW (view)), ==, SHORT);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 25 + 2 * HUB_QR_QUIET_ZONE);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (view)), ==,
                   GTK_ACCESSIBLE_ROLE_IMG);

  hub_qr_view_set_text (HUB_QR_VIEW (view), NULL);
  g_assert_null (hub_qr_view_get_text (HUB_QR_VIEW (view)));
  g_assert_finalize_object (view);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/qr-view/scaled", test_scaled);
  g_test_add_func ("/qr-view/pixels", test_pixels);
  g_test_add_func ("/qr-view/nothing", test_nothing);

  return g_test_run ();
}
