/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-rename-dialog.h"

#include "base/hub-limits.h"

#include <glib/gi18n-lib.h>

/* What an answer is about. */
typedef struct
{
  HubWindow *window;  /* the dialog's parent, which outlives it */
  GtkEditable *entry; /* in the dialog */
  HubStatus *status;
  HubPreferences *preferences;
} Renaming;

static void
renaming_free (gpointer data, GClosure *closure)
{
  Renaming *renaming = data;

  g_object_unref (renaming->status);
  g_object_unref (renaming->preferences);
  g_free (renaming);
}

static void
rename_room (Renaming *renaming)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (renaming->entry)));
  g_autofree char *before = NULL;

  g_object_get (renaming->preferences, "room-name", &before, NULL);
  if (g_strcmp0 (name, before) == 0)
    return;

  g_object_set (renaming->preferences, "room-name", name, NULL);
  if (hub_status_get_snapshot (renaming->status) == NULL)
    return;

  if (hub_status_get_n_people (renaming->status) == 0)
    hub_status_restart (renaming->status);
  else
    hub_window_toast (renaming->window, _ ("The new name counts from the next start of the chat."));
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Renaming *renaming)
{
  if (g_str_equal (response, "rename"))
    rename_room (renaming);
}

static GtkWidget *
make_entry (HubPreferences *preferences)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *name = NULL;
  g_autofree char *fallback = hub_settings_dup_default_room_name ();

  g_object_get (preferences, "room-name", &name, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_entry_set_max_length (GTK_ENTRY (entry), HUB_ROOM_NAME_MAX_CHARS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), fallback);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the room"), -1);

  return entry;
}

void
hub_rename_dialog_present (HubWindow *window, HubStatus *status, HubPreferences *preferences)
{
  AdwMessageDialog *dialog;
  GtkWidget *entry;
  Renaming *renaming;

  g_return_if_fail (HUB_IS_WINDOW (window));
  g_return_if_fail (HUB_IS_STATUS (status));
  g_return_if_fail (HUB_IS_PREFERENCES (preferences));

  entry = make_entry (preferences);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (window), _ ("Rename Room"), _ ("Everybody sees this name before they join.")));
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "rename", _ ("_Rename"), NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "rename");
  adw_message_dialog_set_response_appearance (dialog, "rename", ADW_RESPONSE_SUGGESTED);

  renaming = g_new (Renaming, 1);
  *renaming = (Renaming){ window, GTK_EDITABLE (entry), g_object_ref (status),
                          g_object_ref (preferences) };
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), renaming, renaming_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
