/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Widgets of a test on a display of its own. */

/* One turn of the loop, which does not wait for long. */
void hub_test_window_iterate (void);

/* Runs frames until everything is laid out that was changed. @widget: in a window that is shown. */
void hub_test_window_settle (GtkWidget *widget);

/* A window around @child, of this size in logical pixels, shown and laid out.
 * Returns: (transfer none): gtk_window_destroy() ends it */
GtkWindow *hub_test_window_show (GtkWidget *child, int width, int height);

/* @widget as it is painted, in device pixels. Returns: (transfer full) (nullable): NULL where nothing is */
GdkTexture *hub_test_window_render (GtkWidget *widget);

G_END_DECLS
