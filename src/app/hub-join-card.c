/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-join-card.h"

#include "app/hub-poster.h"

#include <glib/gi18n-lib.h>

struct _HubJoinCard
{
  AdwWindow parent_instance;

  /* Template */
  HubPoster *poster;
  GtkToggleButton *hide_names;

  /* Owned */
  HubStatus *status;
  guint inhibit_cookie; /* while mapped; 0: nobody could */
};

G_DEFINE_FINAL_TYPE (HubJoinCard, hub_join_card, ADW_TYPE_WINDOW)

static void
on_status_changed (HubJoinCard *self)
{
  if (hub_status_get_snapshot (self->status) == NULL)
    gtk_window_close (GTK_WINDOW (self));
}

static void
hub_join_card_map (GtkWidget *widget)
{
  HubJoinCard *self = HUB_JOIN_CARD (widget);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  GTK_WIDGET_CLASS (hub_join_card_parent_class)->map (widget);

  if (application != NULL)
    self->inhibit_cookie
        = gtk_application_inhibit (application, GTK_WINDOW (self), GTK_APPLICATION_INHIBIT_IDLE,
                                   _ ("The QR code is shown to everybody"));
}

static void
hub_join_card_unmap (GtkWidget *widget)
{
  HubJoinCard *self = HUB_JOIN_CARD (widget);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application != NULL && self->inhibit_cookie != 0)
    gtk_application_uninhibit (application, self->inhibit_cookie);
  self->inhibit_cookie = 0;

  GTK_WIDGET_CLASS (hub_join_card_parent_class)->unmap (widget);
}

static void
hub_join_card_dispose (GObject *object)
{
  g_clear_object (&HUB_JOIN_CARD (object)->status);

  G_OBJECT_CLASS (hub_join_card_parent_class)->dispose (object);
}

static void
hub_join_card_class_init (HubJoinCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hub_join_card_dispose;
  widget_class->map = hub_join_card_map;
  widget_class->unmap = hub_join_card_unmap;

  g_type_ensure (HUB_TYPE_POSTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-join-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HubJoinCard, poster);
  gtk_widget_class_bind_template_child (widget_class, HubJoinCard, hide_names);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "window.close", NULL);
}

static void
hub_join_card_init (HubJoinCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

HubJoinCard *
hub_join_card_new (GtkWindow *parent, HubStatus *status, HubPreferences *preferences)
{
  HubJoinCard *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (HUB_IS_STATUS (status), NULL);
  g_return_val_if_fail (HUB_IS_PREFERENCES (preferences), NULL);

  self = g_object_new (HUB_TYPE_JOIN_CARD, "transient-for", parent, "application",
                       gtk_window_get_application (parent), NULL);

  self->status = g_object_ref (status);
  hub_poster_set_status (self->poster, status);
  g_object_bind_property (preferences, "hide-names", self->hide_names, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (self->hide_names, "active", self->poster, "show-names",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  g_signal_connect_object (status, "changed", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_window_fullscreen (GTK_WINDOW (self));

  return self;
}
