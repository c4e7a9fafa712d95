/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-close-dialog.h"

#include "hub-widget-fixture.h"

#include <string.h>

typedef struct
{
  GtkWidget *parent;
  HubCloseChoice choice;
  gboolean is_done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->parent = gtk_window_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hub_widget_fixture_destroy (fixture->parent);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->choice = hub_close_dialog_ask_finish (result);
  fixture->is_done = TRUE;
}

static AdwMessageDialog *
get_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;

  return NULL;
}

/* Clicks the button of the dialog that says so. */
static gboolean
click (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    {
      g_signal_emit_by_name (root, "clicked");
      return TRUE;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (click (child, label))
      return TRUE;

  return FALSE;
}

static void
settle (Fixture *fixture)
{
  while (!fixture->is_done || get_dialog () != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask (Fixture *fixture, gboolean is_end, guint n_people, GCancellable *cancellable)
{
  fixture->is_done = FALSE;
  if (is_end)
    hub_close_dialog_ask_end_async (GTK_WINDOW (fixture->parent), n_people, cancellable,
                                    on_answered, fixture);
  else
    hub_close_dialog_ask_async (GTK_WINDOW (fixture->parent), n_people, cancellable, on_answered,
                                fixture);
  g_assert_nonnull (get_dialog ());
}

static void
test_answers (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gboolean is_end;
    const char *label;
    HubCloseChoice choice;
  } rows[] = {
    { FALSE, "_Keep Running", HUB_CLOSE_KEEP_RUNNING },
    { FALSE, "_End Chat", HUB_CLOSE_END_CHAT },
    { FALSE, "_Cancel", HUB_CLOSE_CANCEL },
    { TRUE, "_End Chat", HUB_CLOSE_END_CHAT },
    { TRUE, "_Cancel", HUB_CLOSE_CANCEL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ask (fixture, rows[i].is_end, i, NULL);
      g_assert_true (click (GTK_WIDGET (get_dialog ()), rows[i].label));
      settle (fixture);
      g_assert_cmpint (fixture->choice, ==, rows[i].choice);
    }
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  ask (fixture, FALSE, 2, NULL);
  gtk_window_close (GTK_WINDOW (get_dialog ()));
  settle (fixture);
  g_assert_cmpint (fixture->choice, ==, HUB_CLOSE_CANCEL);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  ask (fixture, FALSE, 2, cancellable);
  g_cancellable_cancel (cancellable);
  settle (fixture);
  g_assert_cmpint (fixture->choice, ==, HUB_CLOSE_CANCEL);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  ask (fixture, TRUE, 3, NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (get_dialog ()), ==,
                   "End the chat for 3 people?");
  g_assert_cmpstr (adw_message_dialog_get_body (get_dialog ()), ==, "Its messages will be gone.");
  g_assert_false (adw_message_dialog_has_response (get_dialog (), "keep"));
  gtk_window_close (GTK_WINDOW (get_dialog ()));
  settle (fixture);

  ask (fixture, TRUE, 1, NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (get_dialog ()), ==,
                   "End the chat for 1 person?");
  gtk_window_close (GTK_WINDOW (get_dialog ()));
  settle (fixture);

  ask (fixture, FALSE, 0, NULL);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (get_dialog ()), "People can still join"));
  gtk_window_close (GTK_WINDOW (get_dialog ()));
  settle (fixture);

  ask (fixture, FALSE, 5, NULL);
  g_assert_nonnull (
      strstr (adw_message_dialog_get_body (get_dialog ()), "5 people are in the chat"));
  gtk_window_close (GTK_WINDOW (get_dialog ()));
  settle (fixture);
}

/* AdwMessageDialog 1.7 asks how high its heading is at widths that it cannot have, of which GTK 4.18 warns. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE")
        && g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel "))
      return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, user_data);
}

int
main (int argc, char *argv[])
{
  g_log_set_writer_func (write_log, NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function)                                                                        \
  g_test_add ("/app/close-dialog/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("answers", test_answers);
  ADD ("closed", test_closed);
  ADD ("cancelled", test_cancelled);
  ADD ("words", test_words);

  return g_test_run ();
}
