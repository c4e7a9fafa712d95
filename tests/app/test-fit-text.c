/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-fit-text.h"
#include "hub-test-window.h"

#define LONG_LINE                                                                                  \
  "https://[2001:db8:1234:5678:abcd:ef01:2345:6789]:8443/ and then still more of the same line"

static int
get_size (HubFit fit, const char *text, int width, int height)
{
  GtkWidget *view = hub_fit_text_new (fit);
  g_autoptr (GdkTexture) texture = NULL;
  GtkWindow *window;
  int size;

  hub_fit_text_set_text (HUB_FIT_TEXT (view), text);
  window = hub_test_window_show (view, width, height);
  g_assert_cmpint (gtk_widget_get_width (view), ==, width);
  size = hub_fit_text_get_size (HUB_FIT_TEXT (view));
  texture = hub_test_window_render (view);
  g_assert_true (texture != NULL || *text == '\0');
  gtk_window_destroy (window);

  return size;
}

static void
test_sizes (void)
{
  int line = get_size (HUB_FIT_SHRINK, "Room", 1000, 96);

  /* As high as the room there is, but no wider. */
  g_assert_cmpint (line, >=, 64);
  g_assert_cmpint (line, <=, 96);
  g_assert_cmpint (get_size (HUB_FIT_SHRINK, "Room", 1000, 48), <=, line / 2 + 1);
  g_assert_cmpint (get_size (HUB_FIT_SHRINK, LONG_LINE, 400, 96), <, line / 2);

  /* Cut instead, or broken into lines. */
  g_assert_cmpint (get_size (HUB_FIT_ELLIPSIZE, LONG_LINE, 400, 96), ==, line);
  g_assert_cmpint (get_size (HUB_FIT_WRAP, LONG_LINE, 400, 96), >,
                   get_size (HUB_FIT_SHRINK, LONG_LINE, 400, 96));
  g_assert_cmpint (get_size (HUB_FIT_WRAP, LONG_LINE, 400, 96), <, line);

  /* Nothing to show, or nowhere to show it. */
  get_size (HUB_FIT_WRAP, "", 100, 100);
  get_size (HUB_FIT_SHRINK, LONG_LINE, 5, 5);
}

static void
test_text (void)
{
  GtkWidget *view = g_object_ref_sink (hub_fit_text_new (HUB_FIT_SHRINK));

  g_assert_cmpstr (hub_fit_text_get_text (HUB_FIT_TEXT (view)), ==, "");
  g_object_set (view, "text", "<b>x</b> & _y", NULL);
  g_assert_cmpstr (hub_fit_text_get_text (HUB_FIT_TEXT (view)), ==, "<b>x</b> & _y");
  hub_fit_text_set_text (HUB_FIT_TEXT (view), NULL);
  g_assert_cmpstr (hub_fit_text_get_text (HUB_FIT_TEXT (view)), ==, "");

  g_assert_finalize_object (view);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/fit-text/sizes", test_sizes);
  g_test_add_func ("/fit-text/text", test_text);

  return g_test_run ();
}
