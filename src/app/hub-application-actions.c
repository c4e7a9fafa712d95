/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-application-private.h"

#include "app/hub-close-dialog.h"
#include "app/hub-remove-dialog.h"
#include "app/hub-rename-dialog.h"

#include <glib/gi18n-lib.h>

/* What can be done with the chat, from wherever it is asked for. */

/* ---- the program ---- */

static void
on_show (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hub_application_show_window (HUB_APPLICATION (user_data));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hub_application_show_about (HUB_APPLICATION (user_data));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hub_application_show_preferences (HUB_APPLICATION (user_data));
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hub_application_show_shortcuts (HUB_APPLICATION (user_data));
}

static void
on_help (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hub_application_show_help (HUB_APPLICATION (user_data));
}

/* ---- start and end ---- */

static void
ask_end_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);
  HubApplicationFunc end = g_steal_pointer (&self->end_when_sure);

  if (hub_close_dialog_ask_finish (result) == HUB_CLOSE_END_CHAT)
    end (self);
}

/* Whoever asks for it, from the bus too: people are not thrown out by a click that went wrong. */
static void
end_when_sure (HubApplication *self, HubApplicationFunc end)
{
  guint n_people = hub_status_get_n_people (self->status);

  if (n_people == 0)
    {
      end (self);
    }
  else
    {
      GtkWindow *window = GTK_WINDOW (hub_application_show_window (self));
      gboolean is_asked = self->end_when_sure != NULL;

      /* The same question, about what was wanted last. */
      self->end_when_sure = end;
      if (!is_asked)
        hub_close_dialog_ask_end_async (window, n_people, self->cancellable, ask_end_cb, self);
    }
}

static void
stop (HubApplication *self)
{
  hub_status_stop (self->status);
}

static void
quit (HubApplication *self)
{
  hub_application_end (self);
}

static void
on_start (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);

  hub_application_open_chat (self);
  hub_status_start (self->status);
}

static void
on_start_chat (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);

  hub_application_show_window (self);
  hub_status_start (self->status);
}

static void
on_stop (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  end_when_sure (HUB_APPLICATION (user_data), stop);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  end_when_sure (HUB_APPLICATION (user_data), quit);
}

/* ---- the chat ---- */

static void
show_uri_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HubApplication) self = HUB_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_debug ("No browser: %s", error->message);
  if (self->window != NULL)
    hub_window_toast (HUB_WINDOW (self->window), _ ("No browser could be opened."));
}

/* The chat as this computer's own browser sees it, which gets no warning. */
static void
on_open_chat (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);
  HubSnapshot *snapshot = hub_status_get_snapshot (self->status);
  const char *url = snapshot != NULL ? hub_snapshot_get_local_url (snapshot) : NULL;

  if (url != NULL)
    gtk_show_uri_full (GTK_WINDOW (hub_application_show_window (self)), url, GDK_CURRENT_TIME,
                       self->cancellable, show_uri_cb, g_object_ref (self));
}

/* Where the chat is only about to open, as after a start by the desktop, once it is. The desktop's menu
 * cannot see whether there is anything to copy: there it always leads to the window, which tells; `copy`
 * is the same where it can. */
static void
on_copy_address (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);
  HubWindow *window = hub_application_show_window (self);

  self->copies_when_open = hub_status_get_state (self->status) == HUB_HOST_STARTING;
  if (hub_status_get_place (self->status) != NULL)
    hub_window_copy_address (window);
}

/* The state follows what became of it: hub_application_update_actions(). */
static void
on_lock_change_state (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);

  hub_host_set_locked (self->host, g_variant_get_boolean (value));
}

/* For the chat that is open, and for those to come. */
static void
on_ask_code_change_state (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);
  gboolean asks = g_variant_get_boolean (value);

  g_object_set (self->preferences, "ask-code", asks, NULL);
  hub_host_ask_code (self->host, asks ? HUB_CODE_ON : HUB_CODE_OFF);
  hub_application_update_actions (self);
}

static void
on_new_code (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hub_host_ask_code (HUB_APPLICATION (user_data)->host, HUB_CODE_NEW);
}

static void
on_rename_room (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);

  hub_rename_dialog_present (hub_application_show_window (self), self->status, self->preferences);
}

static void
on_remove (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);

  hub_remove_dialog_present (hub_application_show_window (self), self->status,
                             g_variant_get_uint64 (parameter));
}

/* ---- */

static void
set_enabled (HubApplication *self, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
set_state (HubApplication *self, const char *name, gboolean state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (state));
}

static gboolean
asks_code (HubApplication *self, HubSnapshot *snapshot)
{
  gboolean asks;

  if (snapshot != NULL)
    return hub_snapshot_get_code (snapshot) != NULL;

  g_object_get (self->preferences, "ask-code", &asks, NULL);

  return asks;
}

void
hub_application_update_actions (HubApplication *self)
{
  HubHostState state = hub_status_get_state (self->status);
  HubSnapshot *snapshot = hub_status_get_snapshot (self->status);
  gboolean is_open = snapshot != NULL;

  set_enabled (self, "start", state == HUB_HOST_STOPPED || state == HUB_HOST_FAILED);
  set_enabled (self, "stop", state == HUB_HOST_STARTING || state == HUB_HOST_READY);
  set_enabled (self, "open-chat", is_open && hub_snapshot_get_local_url (snapshot) != NULL);
  set_enabled (self, "copy", hub_status_get_place (self->status) != NULL);
  set_enabled (self, "lock", is_open);
  set_enabled (self, "new-code", is_open && hub_snapshot_get_code (snapshot) != NULL);
  set_state (self, "lock", is_open && hub_snapshot_is_locked (snapshot));
  set_state (self, "ask-code", asks_code (self, snapshot));

  if (self->copies_when_open && hub_status_get_place (self->status) != NULL)
    {
      self->copies_when_open = FALSE;
      hub_window_copy_address (hub_application_get_window (self));
    }
}

static void
add_accelerators (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *const accelerators[3];
  } all[] = {
    { "app.quit", { "<Control>q" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.help", { "F1" } },
    { "app.shortcuts", { "<Control>question" } },
    { "app.open-chat", { "<Control>o" } },
    { "app.lock", { "<Control>l" } },
    { "app.rename-room", { "F2" } },
    { "win.copy", { "<Control><Shift>c" } },
    { "win.enlarge", { "F11" } },
    { "win.search", { "<Control>f" } },
    { "window.close", { "<Control>w" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_application_set_accels_for_action (application, all[i].action, all[i].accelerators);
}

void
hub_application_add_actions (HubApplication *self)
{
  static const GActionEntry entries[] = {
    { "show", on_show },
    { "quit", on_quit },
    { "about", on_about },
    { "preferences", on_preferences },
    { "shortcuts", on_shortcuts },
    { "help", on_help },
    { "start", on_start },
    { "start-chat", on_start_chat },
    { "stop", on_stop },
    { "open-chat", on_open_chat },
    { "copy-address", on_copy_address },
    { "copy", on_copy_address },
    { "lock", NULL, NULL, "false", on_lock_change_state },
    { "ask-code", NULL, NULL, "false", on_ask_code_change_state },
    { "new-code", on_new_code },
    { "rename-room", on_rename_room },
  };
  static const GActionEntry guest_entries[] = {
    { "remove", on_remove, "t" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self->guest_actions), guest_entries,
                                   G_N_ELEMENTS (guest_entries), self);
  add_accelerators (GTK_APPLICATION (self));
  hub_application_update_actions (self);
}
