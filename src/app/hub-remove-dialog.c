/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-remove-dialog.h"

#include <glib/gi18n-lib.h>

/* What an answer is about. */
typedef struct
{
  HubWindow *window; /* the dialog's parent, which outlives it */
  HubStatus *status;
  guint64 guest_id;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->status);
  g_free (removal);
}

static const HubPerson *
find_person (HubStatus *status, guint64 guest_id)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (status);
  GPtrArray *people = snapshot != NULL ? hub_snapshot_get_people (snapshot) : NULL;

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const HubPerson *person = g_ptr_array_index (people, i);

      if (person->id == guest_id)
        return person;
    }

  return NULL;
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Removal *removal)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (removal->status);

  if (!g_str_equal (response, "remove"))
    return;

  hub_host_remove (hub_status_get_host (removal->status), removal->guest_id);
  if (snapshot != NULL && hub_snapshot_get_code (snapshot) != NULL)
    hub_window_toast_action (removal->window, _ ("Removed. The code is still known."),
                             _ ("_New Code"), "app.new-code");
}

void
hub_remove_dialog_present (HubWindow *window, HubStatus *status, guint64 guest_id)
{
  const HubPerson *person;
  AdwMessageDialog *dialog;
  Removal *removal;

  g_return_if_fail (HUB_IS_WINDOW (window));
  g_return_if_fail (HUB_IS_STATUS (status));

  person = find_person (status, guest_id);
  if (person == NULL)
    return;

  /* The name is a guest's: plain text, and set apart in its own direction. */
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (window), NULL, NULL));
  adw_message_dialog_set_heading_use_markup (dialog, FALSE);
  /* Translators: %s is a guest's name; keep the invisible characters around it (U+2068, U+2069). */
  adw_message_dialog_format_heading (dialog, _ ("Remove “\u2068%s\u2069”?"), person->name);
  adw_message_dialog_set_body (
      dialog, _ ("They cannot come back to this chat, and nobody new can join from "
                 "the same address."));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);

  removal = g_new (Removal, 1);
  *removal = (Removal){ window, g_object_ref (status), guest_id };
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), removal, removal_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
