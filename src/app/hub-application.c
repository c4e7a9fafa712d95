/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-application-private.h"

#include "app/hub-sandbox.h"
#include "host/hub-process.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

G_DEFINE_FINAL_TYPE (HubApplication, hub_application, ADW_TYPE_APPLICATION)

/* ---- the chat and its window ---- */

void
hub_application_open_chat (HubApplication *self)
{
  if (self->is_open)
    return;

  self->is_open = TRUE;
  /* From now on the program ends when it is told to, whether it has a window or not. */
  g_application_hold (G_APPLICATION (self));
  hub_status_start (self->status);
}

HubWindow *
hub_application_get_window (HubApplication *self)
{
  if (self->window == NULL)
    {
      g_set_weak_pointer (&self->window, GTK_WINDOW (hub_window_new (self)));
      g_signal_connect_object (self->window, "close-request", G_CALLBACK (hub_application_close),
                               self, G_CONNECT_SWAPPED);
    }

  return HUB_WINDOW (self->window);
}

HubWindow *
hub_application_show_window (HubApplication *self)
{
  HubWindow *window;
  g_autofree char *token = NULL;

  hub_application_open_chat (self);
  if (hub_life_cycle_revive (self->life_cycle))
    hub_status_start (self->status);

  window = hub_application_get_window (self);
  if (self->tray_face != NULL)
    token = hub_tray_face_take_activation_token (self->tray_face);
  if (token != NULL)
    gtk_window_set_startup_id (GTK_WINDOW (window), token);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

void
hub_application_end (HubApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  /* The guests' connections may take a moment to close, which is nothing to watch. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_widget_set_visible (l->data, FALSE);
  hub_life_cycle_end (self->life_cycle);
}

static void
on_status_changed (HubApplication *self)
{
  hub_application_update_actions (self);
  hub_application_update_background (self);
  hub_inhibitor_set_active (self->inhibitor, hub_status_get_n_people (self->status) > 0);
}

static void
on_inhibitor_may_sleep (HubApplication *self)
{
  if (self->window != NULL && hub_inhibitor_may_sleep (self->inhibitor))
    hub_window_mention (HUB_WINDOW (self->window), _ ("This computer may go to sleep."));
}

static void
get_system_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HubApplication) self = HUB_APPLICATION (user_data);
  g_autoptr (GDBusConnection) system_bus = g_bus_get_finish (result, NULL);

  if (system_bus != NULL && self->life_cycle != NULL)
    hub_life_cycle_watch_shutdown (self->life_cycle, system_bus);
}

/* Everything that shows how the chat stands, and what it needs of the desktop. */
static void
hub_application_add_faces (HubApplication *self)
{
  GApplication *application = G_APPLICATION (self);
  GDBusConnection *session_bus = g_application_get_dbus_connection (application);

  self->is_sandboxed = hub_sandbox_is_inside (HUB_SANDBOX_INFO);
  self->background
      = hub_background_new (self->preferences, self->is_sandboxed ? session_bus : NULL, NULL);
  self->notifier = hub_notifier_new (GTK_APPLICATION (self), self->status, self->preferences);
  self->inhibitor = hub_inhibitor_new (GTK_APPLICATION (self), self->is_sandboxed);
  g_signal_connect_object (self->inhibitor, "notify::may-sleep",
                           G_CALLBACK (on_inhibitor_may_sleep), self, G_CONNECT_SWAPPED);
  if (session_bus != NULL)
    {
      self->tray_face = hub_tray_face_new (self->status, session_bus, G_ACTION_GROUP (self));
      g_signal_connect_object (self->tray_face, "lost", G_CALLBACK (hub_application_come_back),
                               self, G_CONNECT_SWAPPED);
    }
  /* A sandbox has no logind; its session ends it. */
  if (!self->is_sandboxed)
    g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, get_system_bus_cb, g_object_ref (self));
}

/* ---- from start to end ---- */

/* The chat starts before anything is drawn: it opens while GTK gets ready. A program that the bus started
 * waits for what it was started for. */
static void
hub_application_startup (GApplication *application)
{
  HubApplication *self = HUB_APPLICATION (application);
  const char *warning = hub_process_get_warning ();

  if (warning != NULL)
    g_printerr ("%s: %s\n", g_get_prgname (), warning);

  self->preferences = hub_preferences_new (HUB_APPLICATION_ID);
  self->host = hub_host_new ();
  self->status = hub_status_new (self->host, self->preferences);
  self->life_cycle = hub_life_cycle_new (application, self->status);
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) == 0)
    hub_application_open_chat (self);

  G_APPLICATION_CLASS (hub_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (HUB_APPLICATION_ID);
  /* An address that was passed with Tab would stay selected; and GTK 4.8 complains where nothing had the
   * focus before. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  hub_application_add_actions (self);
  hub_application_add_faces (self);
  g_signal_connect_object (self->status, "changed", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
hub_application_activate (GApplication *application)
{
  HubApplication *self = HUB_APPLICATION (application);
  gboolean is_hidden = self->starts_hidden;

  self->starts_hidden = FALSE;
  if (is_hidden)
    hub_application_open_chat (self);
  else
    hub_application_show_window (self);
}

static void
hub_application_window_added (GtkApplication *application, GtkWindow *window)
{
  HubApplication *self = HUB_APPLICATION (application);

  /* Not among the application's own, which are on the bus: removing is for who sits here. */
  gtk_widget_insert_action_group (GTK_WIDGET (window), "guest",
                                  G_ACTION_GROUP (self->guest_actions));

  GTK_APPLICATION_CLASS (hub_application_parent_class)->window_added (application, window);
}

static void
hub_application_shutdown (GApplication *application)
{
  HubApplication *self = HUB_APPLICATION (application);
  GList *windows;

  g_cancellable_cancel (self->cancellable);
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (application))) != NULL)
    gtk_window_destroy (windows->data);
  g_clear_object (&self->tray_face);
  g_clear_object (&self->inhibitor);
  g_clear_object (&self->notifier);
  g_clear_object (&self->background);
  /* Where the session ended the program without us, the chat ends only here. */
  hub_host_shutdown (self->host);
  g_clear_object (&self->life_cycle);
  g_clear_object (&self->status);
  g_clear_object (&self->host);
  g_clear_object (&self->preferences);

  G_APPLICATION_CLASS (hub_application_parent_class)->shutdown (application);
}

/* ---- the command line ---- */

/* Sends @action to the program that runs, which may be this one. */
static int
run_action (GApplication *application, const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), action, NULL);
  if (!g_application_get_is_remote (application))
    return -1;

  g_dbus_connection_flush_sync (g_application_get_dbus_connection (application), NULL, NULL);
  return EXIT_SUCCESS;
}

static int
hub_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  HubApplication *self = HUB_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  gboolean is_hidden = g_variant_dict_contains (options, "background");

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("hubbub %s\n", HUB_VERSION);
      return EXIT_SUCCESS;
    }

  self->starts_hidden = is_hidden;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s: %s\n", g_get_prgname (), error->message);
      return EXIT_FAILURE;
    }

  if (g_variant_dict_contains (options, "copy-address"))
    return run_action (application, "copy-address");

  /* It runs already, and nobody asked to see it. */
  if (is_hidden && g_application_get_is_remote (application))
    return EXIT_SUCCESS;

  if (g_variant_dict_contains (options, "start-chat"))
    return run_action (application, "start-chat");

  return -1;
}

static void
hub_application_add_options (HubApplication *self)
{
  static const GOptionEntry entries[] = {
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start the chat without showing the window"),
      NULL },
    { "start-chat", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Start the chat, if it was ended, and show the window"), NULL },
    { "copy-address", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the window and copy the address"),
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and end"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("Makes this computer the chat host of its network."));
}

/* ---- */

static void
hub_application_finalize (GObject *object)
{
  HubApplication *self = HUB_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->preferences_window);
  g_clear_weak_pointer (&self->help_window);
  g_clear_weak_pointer (&self->shortcuts_window);
  g_clear_object (&self->guest_actions);
  g_clear_object (&self->cancellable);
  g_free (self->background_status);

  G_OBJECT_CLASS (hub_application_parent_class)->finalize (object);
}

static void
hub_application_class_init (HubApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hub_application_finalize;
  application_class->startup = hub_application_startup;
  application_class->activate = hub_application_activate;
  application_class->shutdown = hub_application_shutdown;
  application_class->handle_local_options = hub_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_added = hub_application_window_added;
}

static void
hub_application_init (HubApplication *self)
{
  self->guest_actions = g_simple_action_group_new ();
  self->cancellable = g_cancellable_new ();
  hub_application_add_options (self);
}

HubApplication *
hub_application_new (void)
{
  return g_object_new (HUB_TYPE_APPLICATION, "application-id", HUB_APPLICATION_ID,
                       "resource-base-path", "/hubbub/desktop", "register-session", TRUE, NULL);
}

HubStatus *
hub_application_get_status (HubApplication *self)
{
  g_return_val_if_fail (HUB_IS_APPLICATION (self), NULL);

  return self->status;
}

HubPreferences *
hub_application_get_preferences (HubApplication *self)
{
  g_return_val_if_fail (HUB_IS_APPLICATION (self), NULL);

  return self->preferences;
}
