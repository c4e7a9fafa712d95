/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-close-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void
on_response (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  HubCloseChoice choice = HUB_CLOSE_CANCEL;

  if (g_str_equal (response, "keep"))
    choice = HUB_CLOSE_KEEP_RUNNING;
  else if (g_str_equal (response, "end"))
    choice = HUB_CLOSE_END_CHAT;

  g_task_return_int (task, choice);
}

static void
on_cancelled (GCancellable *cancellable, GtkWindow *dialog)
{
  gtk_window_close (dialog); /* which answers "cancel" */
}

/* Esc, and closing it, is "cancel". */
static AdwMessageDialog *
make_dialog (GtkWindow *parent, const char *heading, const char *body)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_message_dialog_set_close_response (dialog, "cancel");

  return dialog;
}

static void
add_end (AdwMessageDialog *dialog)
{
  adw_message_dialog_add_response (dialog, "end", _ ("_End Chat"));
  adw_message_dialog_set_response_appearance (dialog, "end", ADW_RESPONSE_DESTRUCTIVE);
}

static void
present (AdwMessageDialog *dialog,
         GCancellable *cancellable,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, present);
  g_task_set_check_cancellable (task, FALSE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), task,
                         (GClosureNotify) (GCallback) g_object_unref, 0);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), dialog, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
dup_end_heading (guint n_people)
{
  /* Translators: %u is the number of people in the chat. */
  return g_strdup_printf (
      /* Translators: %u is the number of people in the chat. */
      ngettext ("End the chat for %u person?", "End the chat for %u people?", n_people), n_people);
}

void
hub_close_dialog_ask_async (GtkWindow *parent,
                            guint n_people,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  AdwMessageDialog *dialog;
  g_autofree char *body = NULL;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  if (n_people > 0)
    body = g_strdup_printf (
        /* Translators: body of the question “Keep the chat running?”; %u is the number of people in the chat. */
        ngettext ("%u person is in the chat. It can go on without this window. When it ends, its "
                  "messages will be gone.",
                  "%u people are in the chat. It can go on without this window. When it ends, its "
                  "messages will be gone.",
                  n_people),
        n_people);
  else
    body = g_strdup (_ ("People can still join without this window. When the chat ends, its "
                        "messages will be gone."));

  dialog = make_dialog (parent, _ ("Keep the chat running?"), body);
  add_end (dialog);
  adw_message_dialog_add_response (dialog, "keep", _ ("_Keep Running"));
  adw_message_dialog_set_default_response (dialog, "keep");
  present (dialog, cancellable, callback, user_data);
}

void
hub_close_dialog_ask_end_async (GtkWindow *parent,
                                guint n_people,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *heading = dup_end_heading (n_people);
  AdwMessageDialog *dialog;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  dialog = make_dialog (parent, heading, _ ("Its messages will be gone."));
  add_end (dialog);
  adw_message_dialog_set_default_response (dialog, "cancel");
  present (dialog, cancellable, callback, user_data);
}

HubCloseChoice
hub_close_dialog_ask_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), HUB_CLOSE_CANCEL);

  return (HubCloseChoice) g_task_propagate_int (G_TASK (result), NULL);
}
