/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Preloaded into the program (LD_PRELOAD), which knows nothing of it. Keeps the first window's frame
 * clock running, as an animation would, and takes the time of every frame. Signals:
 *
 *   SIGUSR1   begins: what was measured so far is forgotten
 *   SIGUSR2   ends: the gaps between frames go to the file $HUB_FRAMES, microseconds, one a line
 *   SIGRTMIN  stops the main thread, and only that, for $HUB_FREEZE_MS
 *
 * The program takes signals on its main loop, and so does this.
 */

#include <glib-unix.h>
#include <gtk/gtk.h>
#include <signal.h>

#define LOOK_MS 10
#define DEFAULT_FREEZE_MS "5000"

typedef struct
{
  GArray *gaps; /* of gint64, microseconds */
  gint64 last;
} Frames;

static Frames frames;
static volatile sig_atomic_t must_freeze;

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gint64 now = g_get_monotonic_time ();

  if (frames.last != 0)
    {
      gint64 gap = now - frames.last;

      g_array_append_val (frames.gaps, gap);
    }
  frames.last = now;

  return G_SOURCE_CONTINUE;
}

static gboolean
on_begin (gpointer user_data)
{
  g_array_set_size (frames.gaps, 0);
  frames.last = 0;

  return G_SOURCE_CONTINUE;
}

static gboolean
on_end (gpointer user_data)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < frames.gaps->len; i++)
    g_string_append_printf (lines, "%" G_GINT64_FORMAT "\n",
                            g_array_index (frames.gaps, gint64, i));
  if (!g_file_set_contents (g_getenv ("HUB_FRAMES"), lines->str, (gssize) lines->len, &error))
    g_error ("%s", error->message);

  return G_SOURCE_CONTINUE;
}

static void
on_freeze_signal (int number)
{
  must_freeze = TRUE;
}

static gboolean
look (gpointer user_data)
{
  const char *wish = g_getenv ("HUB_FREEZE_MS");
  guint64 freeze_ms = g_ascii_strtoull (wish != NULL ? wish : DEFAULT_FREEZE_MS, NULL, 10);
  GListModel *windows;
  g_autoptr (GtkWidget) window = NULL;
  gboolean *has_window = user_data;

  if (must_freeze)
    {
      must_freeze = FALSE;
      g_usleep (freeze_ms * 1000); /* not a poll: this is what is tested */
    }

  if (*has_window || !gtk_is_initialized ())
    return G_SOURCE_CONTINUE;

  windows = gtk_window_get_toplevels ();
  window = g_list_model_get_item (windows, 0);
  if (window != NULL && gtk_widget_get_mapped (window))
    {
      gtk_widget_add_tick_callback (window, on_tick, NULL, NULL);
      *has_window = TRUE;
    }

  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
begin (void)
{
  static gboolean has_window;

  /* What the program starts has nothing to do with this. */
  g_unsetenv ("LD_PRELOAD");
  frames.gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_unix_signal_add (SIGUSR1, on_begin, NULL);
  g_unix_signal_add (SIGUSR2, on_end, NULL);
  signal (SIGRTMIN, on_freeze_signal);
  g_timeout_add (LOOK_MS, look, &has_window);
}
