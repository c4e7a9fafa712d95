/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-test-window.h"

/* A frame clock that has nothing to do would let the loop sleep for good. */
static gboolean
on_timeout (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
hub_test_window_iterate (void)
{
  guint id = g_timeout_add (5, on_timeout, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static void
on_after_paint (GdkFrameClock *clock, guint *n_frames)
{
  (*n_frames)++;
}

void
hub_test_window_settle (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint n_frames = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &n_frames);

  /* What is changed in one frame's layout may need the next one. */
  while (n_frames < 4)
    {
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      hub_test_window_iterate ();
    }
  g_signal_handler_disconnect (clock, id);
}

GtkWindow *
hub_test_window_show (GtkWidget *child, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, width, height);
  gtk_window_set_child (window, child);
  gtk_window_present (window);
  while (!gtk_widget_get_mapped (GTK_WIDGET (window)))
    hub_test_window_iterate ();
  hub_test_window_settle (GTK_WIDGET (window));

  return window;
}

GdkTexture *
hub_test_window_render (GtkWidget *widget)
{
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int scale = gtk_widget_get_scale_factor (widget);
  g_autoptr (GskRenderNode) node = NULL;

  gtk_snapshot_scale (snapshot, scale, scale);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;

  return gsk_renderer_render_texture (renderer, node,
                                      &GRAPHENE_RECT_INIT (0, 0,
                                                           gtk_widget_get_width (widget) * scale,
                                                           gtk_widget_get_height (widget) * scale));
}
