/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-person-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _HubPersonRow
{
  GtkWidget parent_instance;

  /* Template */
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *caption;
  GtkMenuButton *menu;

  /* Owned */
  HubPersonItem *item;

  /* State */
  gint64 now;
};

G_DEFINE_FINAL_TYPE (HubPersonRow, hub_person_row, GTK_TYPE_WIDGET)

static void
set_dimmed (GtkWidget *widget, gboolean is_dimmed)
{
  if (is_dimmed)
    gtk_widget_add_css_class (widget, "dim-label");
  else
    gtk_widget_remove_css_class (widget, "dim-label");
}

static void
show_caption (HubPersonRow *self)
{
  g_autofree char *caption = hub_person_item_dup_caption (self->item, self->now);
  g_autofree char *spoken = NULL;

  if (g_strcmp0 (caption, gtk_label_get_text (self->caption)) == 0)
    return;

  gtk_label_set_text (self->caption, caption);
  spoken = hub_person_item_dup_spoken (self->item, self->now);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_item (HubPersonRow *self)
{
  const char *name = hub_person_item_get_name (self->item);
  gboolean is_away = hub_person_item_is_away (self->item);
  g_autofree char *menu_label = NULL;

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_text (self->name, name);
  set_dimmed (GTK_WIDGET (self->avatar), is_away);
  set_dimmed (GTK_WIDGET (self->name), is_away);

  /* Translators: a button that opens a menu about one person; %s is a name. */
  menu_label = g_strdup_printf (_ ("Menu for %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu_label, -1);

  gtk_label_set_text (self->caption, "");
  show_caption (self);
}

/* Told when it is asked for: to set it asks the X server where the pointer is, each time a row is used
 * again. */
static gboolean
on_name_query_tooltip (HubPersonRow *self,
                       int x,
                       int y,
                       gboolean is_by_keyboard,
                       GtkTooltip *tooltip)
{
  if (self->item == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, hub_person_item_get_name (self->item));

  return TRUE;
}

static void
remove_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HubPersonRow *self = HUB_PERSON_ROW (widget);

  if (self->item != NULL)
    gtk_widget_activate_action (widget, "guest.remove", "t", hub_person_item_get_id (self->item));
}

/* Made when it is first asked for: a popover for each row would cost more than all of the rest. */
static void
create_menu (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenu) menu = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  menu = g_menu_new ();
  g_menu_append (menu, _ ("_Remove"), "person.remove");
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static gboolean
open_menu (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gtk_menu_button_popup (HUB_PERSON_ROW (widget)->menu);

  return TRUE;
}

static void
on_click_pressed (HubPersonRow *self)
{
  gtk_menu_button_popup (self->menu);
}

static void
hub_person_row_dispose (GObject *object)
{
  HubPersonRow *self = HUB_PERSON_ROW (object);
  GtkWidget *child;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (hub_person_row_parent_class)->dispose (object);
}

static void
hub_person_row_class_init (HubPersonRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hub_person_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HubPersonRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, HubPersonRow, name);
  gtk_widget_class_bind_template_child (widget_class, HubPersonRow, caption);
  gtk_widget_class_bind_template_child (widget_class, HubPersonRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_click_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_name_query_tooltip);

  gtk_widget_class_install_action (widget_class, "person.remove", NULL, remove_person);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "person.remove", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, open_menu, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, open_menu, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "personrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hub_person_row_init (HubPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu, create_menu, NULL, NULL);
}

GtkWidget *
hub_person_row_new (void)
{
  return g_object_new (HUB_TYPE_PERSON_ROW, NULL);
}

void
hub_person_row_set_item (HubPersonRow *self, HubPersonItem *item, gint64 now)
{
  g_return_if_fail (HUB_IS_PERSON_ROW (self));
  g_return_if_fail (item == NULL || HUB_IS_PERSON_ITEM (item));

  /* A menu that is open is about who was here before. */
  gtk_menu_button_popdown (self->menu);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  self->now = now;
  if (item == NULL)
    return;

  g_signal_connect_swapped (item, "notify", G_CALLBACK (show_item), self);
  show_item (self);
}

void
hub_person_row_set_now (HubPersonRow *self, gint64 now)
{
  g_return_if_fail (HUB_IS_PERSON_ROW (self));

  self->now = now;
  if (self->item != NULL)
    show_caption (self);
}
