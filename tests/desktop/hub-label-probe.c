/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Preloaded into the program (LD_PRELOAD), which knows nothing of it. On SIGUSR1 it looks at every label
 * that is shown, in windows and in what pops up from them, and writes the file $HUB_LABELS, a line each:
 *
 *   DIRECTION TAB STATE TAB TEXT
 *
 * DIRECTION is "ltr" or "rtl", the widget's. STATE is "whole", or what is wrong: "ellipsised", "narrow" or
 * "low" (its text needs more room than it got), "outside" (a part is beyond what its window, or what it is
 * scrolled in, shows from side to side). A first line "window TAB WIDTH TAB HEIGHT" is the active one.
 */

#include <glib-unix.h>
#include <gtk/gtk.h>

/* Rounding, in pixels. */
#define TOLERANCE 1

static gboolean
sticks_out (GtkWidget *label)
{
  GtkNative *native = gtk_widget_get_native (label);

  for (GtkWidget *at = gtk_widget_get_parent (label); at != NULL; at = gtk_widget_get_parent (at))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_compute_bounds (label, at, &bounds))
        return TRUE;
      if ((at == GTK_WIDGET (native) || gtk_widget_get_overflow (at) == GTK_OVERFLOW_HIDDEN)
          && (bounds.origin.x < -TOLERANCE
              || bounds.origin.x + bounds.size.width > gtk_widget_get_width (at) + TOLERANCE))
        return TRUE;
      if (at == GTK_WIDGET (native))
        break;
    }

  return FALSE;
}

static const char *
get_state (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    return "ellipsised";
  if (width > gtk_widget_get_width (GTK_WIDGET (label)) + TOLERANCE)
    return "narrow";
  if (height > gtk_widget_get_height (GTK_WIDGET (label)) + TOLERANCE)
    return "low";

  return sticks_out (GTK_WIDGET (label)) ? "outside" : "whole";
}

static void
look_at (GtkWidget *widget, GString *lines)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;

  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    {
      g_auto (GStrv) words = g_strsplit (gtk_label_get_text (GTK_LABEL (widget)), "\n", -1);
      g_autofree char *text = g_strjoinv (" ", words);

      g_string_append_printf (lines, "%s\t%s\t%s\n",
                              gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? "rtl" : "ltr",
                              get_state (GTK_LABEL (widget)), text);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (child, lines);
}

static gboolean
on_asked (gpointer user_data)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (GTK_WINDOW (window)))
        g_string_append_printf (lines, "window\t%d\t%d\n", gtk_widget_get_width (window),
                                gtk_widget_get_height (window));
    }
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      look_at (window, lines);
    }
  if (!g_file_set_contents (g_getenv ("HUB_LABELS"), lines->str, (gssize) lines->len, &error))
    g_error ("%s", error->message);

  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
begin (void)
{
  /* What the program starts has nothing to do with this. */
  g_unsetenv ("LD_PRELOAD");
  g_unix_signal_add (SIGUSR1, on_asked, NULL);
}
