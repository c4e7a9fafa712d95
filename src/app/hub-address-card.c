/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-address-card.h"

#include "app/hub-card-layout.h"
#include "app/hub-qr-view.h"

#include <glib/gi18n-lib.h>

struct _HubAddressCard
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *qr_overlay;
  HubQrView *qr;
  GtkWidget *lock;
  GtkWidget *offline;
  GtkLabel *address;
  GtkWidget *code_box;
  GtkLabel *code;
  GtkWidget *controls;
  GtkWidget *locked;
  GtkWidget *sharing;
  GtkDropDown *chooser;
  GtkLabel *place;
  GtkBox *buttons;
  GtkWidget *briefing;

  /* Owned */
  HubStatus *status;
  char **names; /* of the places in the chooser */

  /* State */
  gboolean has_had_guest; /* since the chat started */
  gboolean is_showing;    /* what the chooser says meanwhile nobody chose */
};

G_DEFINE_FINAL_TYPE (HubAddressCard, hub_address_card, GTK_TYPE_WIDGET)

static guint
find_name (HubAddressCard *self, const char *name)
{
  for (guint i = 0; self->names[i] != NULL; i++)
    {
      if (g_str_equal (self->names[i], name))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
show_places (HubAddressCard *self)
{
  g_auto (GStrv) names = hub_status_dup_place_names (self->status);
  g_autofree char *shown = hub_status_dup_place_name (self->status);
  guint n_names = g_strv_length (names);

  self->is_showing = TRUE;
  if (self->names == NULL
      || !g_strv_equal ((const char *const *) names, (const char *const *) self->names))
    {
      g_autoptr (GtkStringList) model = gtk_string_list_new ((const char *const *) names);

      g_strfreev (self->names);
      self->names = g_steal_pointer (&names);
      gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (model));
    }
  if (shown != NULL)
    gtk_drop_down_set_selected (self->chooser, find_name (self, shown));
  self->is_showing = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self->chooser), n_names > 1);
  gtk_label_set_text (self->place, shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self->place), n_names == 1);
}

static void
show_code (HubAddressCard *self, const char *code)
{
  gtk_label_set_text (self->code, code != NULL ? code : "");
  gtk_widget_set_visible (self->code_box, code != NULL);

  /* Not a relation: in GTK 4.18 the title would be the whole name, without the code. */
  if (code != NULL)
    {
      g_autofree char *name = g_strdup_printf (_ ("Code to join: %s"), code);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self->code), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name, -1);
    }
}

static void
show_qr (HubAddressCard *self, const HubPlace *place, gboolean is_locked)
{
  g_autofree char *invitation = hub_status_dup_invitation (self->status);
  g_autofree char *description = NULL;

  hub_qr_view_set_text (self->qr, invitation);
  gtk_widget_set_visible (self->offline, place == NULL);
  gtk_widget_set_visible (self->lock, place != NULL && is_locked);

  if (is_locked)
    description = g_strdup (_ ("Covered by a lock: nobody new can join."));
  else if (place != NULL)
    /* Translators: describes the QR code to blind people; %s is an address. */
    description = g_strdup_printf (_ ("A phone’s camera that sees it opens %s"), place->url);
  else
    description = g_strdup (_ ("Empty: this computer is not connected to a network."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->qr), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static void
set_compact (HubAddressCard *self, gboolean is_compact)
{
  HubCardLayout *layout = HUB_CARD_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  int side = is_compact ? HUB_ADDRESS_CARD_QR_COMPACT : HUB_ADDRESS_CARD_QR_LARGE;

  hub_card_layout_set_compact (layout, is_compact);
  gtk_widget_set_size_request (self->qr_overlay, side, side);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->buttons), is_compact
                                                                      ? GTK_ORIENTATION_VERTICAL
                                                                      : GTK_ORIENTATION_HORIZONTAL);
}

static void
on_status_changed (HubAddressCard *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self->status);
  const HubPlace *place = hub_status_get_place (self->status);
  guint n_people = hub_status_get_n_people (self->status);
  gboolean is_locked;

  if (snapshot == NULL)
    {
      self->has_had_guest = FALSE;
      return; /* the window shows another page */
    }

  is_locked = hub_snapshot_is_locked (snapshot);
  self->has_had_guest = self->has_had_guest || n_people > 0;

  show_qr (self, place, is_locked);
  show_places (self);
  show_code (self, hub_snapshot_get_code (snapshot));
  gtk_label_set_text (self->address, place != NULL ? place->url : "");
  gtk_widget_set_visible (GTK_WIDGET (self->address), place != NULL);
  gtk_widget_set_visible (self->locked, is_locked);
  gtk_widget_set_visible (self->sharing, !is_locked);
  gtk_widget_set_visible (self->briefing, place != NULL && !self->has_had_guest && !is_locked);
  set_compact (self, n_people > 0);
}

static void
on_chooser_selected (HubAddressCard *self)
{
  guint selected = gtk_drop_down_get_selected (self->chooser);

  if (!self->is_showing && selected != GTK_INVALID_LIST_POSITION)
    hub_status_choose_place (self->status, self->names[selected]);
}

static void
hub_address_card_dispose (GObject *object)
{
  HubAddressCard *self = HUB_ADDRESS_CARD (object);
  GtkWidget *child;

  g_clear_object (&self->status);
  self->is_showing = TRUE; /* the chooser loses its model */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (hub_address_card_parent_class)->dispose (object);
}

static void
hub_address_card_finalize (GObject *object)
{
  g_clear_pointer (&HUB_ADDRESS_CARD (object)->names, g_strfreev);

  G_OBJECT_CLASS (hub_address_card_parent_class)->finalize (object);
}

static void
hub_address_card_class_init (HubAddressCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hub_address_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = hub_address_card_finalize;

  g_type_ensure (HUB_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-address-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, qr_overlay);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, qr);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, lock);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, offline);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, address);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, code_box);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, code);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, controls);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, locked);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, sharing);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, chooser);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, place);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, HubAddressCard, briefing);
  gtk_widget_class_bind_template_callback (widget_class, on_chooser_selected);

  gtk_widget_class_set_layout_manager_type (widget_class, HUB_TYPE_CARD_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "addresscard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hub_address_card_init (HubAddressCard *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  hub_card_layout_set_parts (HUB_CARD_LAYOUT (layout), self->qr_overlay, GTK_WIDGET (self->address),
                             self->controls);
}

GtkWidget *
hub_address_card_new (void)
{
  return g_object_new (HUB_TYPE_ADDRESS_CARD, NULL);
}

void
hub_address_card_set_status (HubAddressCard *self, HubStatus *status)
{
  g_return_if_fail (HUB_IS_ADDRESS_CARD (self));
  g_return_if_fail (HUB_IS_STATUS (status));
  g_return_if_fail (self->status == NULL);

  self->status = g_object_ref (status);
  g_signal_connect_object (status, "changed", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
  on_status_changed (self);
}

void
hub_address_card_select_address (HubAddressCard *self)
{
  g_return_if_fail (HUB_IS_ADDRESS_CARD (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->address));
  gtk_label_select_region (self->address, 0, -1);
}
