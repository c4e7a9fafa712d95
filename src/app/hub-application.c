/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-application.h"

#include "app/hub-window.h"

struct _HubApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (HubApplication, hub_application, ADW_TYPE_APPLICATION)

static void
hub_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (hub_window_new (HUB_APPLICATION (application)));

  gtk_window_present (window);
}

static void
hub_application_class_init (HubApplicationClass *klass)
{
  G_APPLICATION_CLASS (klass)->activate = hub_application_activate;
}

static void
hub_application_init (HubApplication *self)
{
}

HubApplication *
hub_application_new (void)
{
  return g_object_new (HUB_TYPE_APPLICATION, "application-id", HUB_APPLICATION_ID,
                       "resource-base-path", "/hubbub/desktop", NULL);
}
