/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-application-private.h"

#include "app/hub-help-window.h"
#include "app/hub-preferences-window.h"

#include <glib/gi18n-lib.h>

/* The windows beside the main one: each once, in front of it. */

/* @place: where the application keeps @window while it lives. */
static void
present (HubApplication *self, GtkWindow **place, GtkWindow *window)
{
  if (window != NULL)
    {
      g_set_weak_pointer (place, window);
      gtk_window_set_transient_for (window, GTK_WINDOW (hub_application_get_window (self)));
      gtk_window_set_application (window, GTK_APPLICATION (self));
    }
  gtk_window_present (*place);
}

void
hub_application_show_shortcuts (HubApplication *self)
{
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window = NULL;

  hub_application_show_window (self);
  if (self->shortcuts_window == NULL)
    {
      builder = gtk_builder_new_from_resource ("/hubbub/desktop/hub-shortcuts.ui");
      window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
    }
  present (self, &self->shortcuts_window, window);
}

void
hub_application_show_about (HubApplication *self)
{
  GtkWindow *parent = GTK_WINDOW (hub_application_show_window (self));

  adw_show_about_window (
      parent, "application-name", _ ("Hubbub"), "application-icon", HUB_APPLICATION_ID, "version",
      HUB_VERSION, "developer-name", _ ("The Hubbub developers"), "comments",
      _ ("Turns this computer into the chat host of its network."), "license-type",
      GTK_LICENSE_GPL_3_0, "copyright", "© 2026 The Hubbub developers",
      /* Translators: your names, one a line. */
      "translator-credits", _ ("translator-credits"), NULL);
}

void
hub_application_show_preferences (HubApplication *self)
{
  GtkWindow *window = NULL;

  hub_application_show_window (self);
  if (self->preferences_window == NULL)
    window = GTK_WINDOW (
        hub_preferences_window_new (self->preferences, self->status, self->background));
  present (self, &self->preferences_window, window);
}

void
hub_application_show_help (HubApplication *self)
{
  GtkWindow *window = NULL;

  hub_application_show_window (self);
  if (self->help_window == NULL)
    window = GTK_WINDOW (hub_help_window_new (self->status, self->is_sandboxed));
  present (self, &self->help_window, window);
}
