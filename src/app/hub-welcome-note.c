/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-welcome-note.h"

struct _HubWelcomeNote
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *content;

  /* Owned */
  HubPreferences *preferences;
};

G_DEFINE_FINAL_TYPE (HubWelcomeNote, hub_welcome_note, GTK_TYPE_WIDGET)

static void
on_dismiss_clicked (HubWelcomeNote *self)
{
  g_object_set (self->preferences, "first-run", FALSE, NULL);
}

static void
hub_welcome_note_dispose (GObject *object)
{
  HubWelcomeNote *self = HUB_WELCOME_NOTE (object);

  g_clear_object (&self->preferences);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (hub_welcome_note_parent_class)->dispose (object);
}

static void
hub_welcome_note_class_init (HubWelcomeNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hub_welcome_note_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-welcome-note.ui");
  gtk_widget_class_bind_template_child (widget_class, HubWelcomeNote, content);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss_clicked);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "note");
}

static void
hub_welcome_note_init (HubWelcomeNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hub_welcome_note_new (void)
{
  return g_object_new (HUB_TYPE_WELCOME_NOTE, NULL);
}

void
hub_welcome_note_set_preferences (HubWelcomeNote *self, HubPreferences *preferences)
{
  g_return_if_fail (HUB_IS_WELCOME_NOTE (self));
  g_return_if_fail (HUB_IS_PREFERENCES (preferences));
  g_return_if_fail (self->preferences == NULL);

  self->preferences = g_object_ref (preferences);
  g_object_bind_property (preferences, "first-run", self, "visible", G_BINDING_SYNC_CREATE);
}
