/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-banner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _HubBanner
{
  GtkWidget parent_instance;

  /* Template */
  GtkRevealer *revealer;
  GtkLabel *text;
  GtkButton *help;
  GtkButton *dismiss;

  /* Owned */
  HubStatus *status;
};

G_DEFINE_FINAL_TYPE (HubBanner, hub_banner, GTK_TYPE_WIDGET)

static char *
dup_busy_port (HubStatus *status)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (status);

  /* Translators: the first number is the port that was asked for, the second the one taken. */
  return g_strdup_printf (_ ("Port %u is in use, so this chat is on %u."),
                          hub_snapshot_get_busy_port (snapshot), hub_snapshot_get_port (snapshot));
}

/* Returns: (transfer full) (nullable): what the banner says about @notice */
static char *
dup_text (HubStatus *status, HubNotice notice)
{
  switch (notice)
    {
    case HUB_NOTICE_NO_NETWORK:
      return g_strdup (_ ("Not connected to a network. Join Wi-Fi, plug in a cable, or turn on a "
                          "hotspot. Internet is not needed."));

    case HUB_NOTICE_NETWORK_CHANGED:
      return g_strdup (_ ("Your network changed. Everyone needs to scan the QR code again."));

    case HUB_NOTICE_VPN_ONLY:
      return g_strdup (_ ("Only a VPN address was found. Phones on your Wi-Fi may not reach it."));

    case HUB_NOTICE_PORT_BUSY:
      return dup_busy_port (status);

    case HUB_NOTICE_STUCK:
      return g_strdup (_ ("A device stopped at its browser’s security page."));

    case HUB_NOTICE_NOBODY:
      return g_strdup (_ ("Nobody has reached this computer yet. Same Wi-Fi? Firewall?"));

    case HUB_NOTICE_NONE:
    default:
      return NULL;
    }
}

/* Lines do not end within "Wi-Fi". */
static void
set_text (GtkLabel *label, const char *text)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  for (const char *hyphen = strchr (text, '-'); hyphen != NULL; hyphen = strchr (hyphen + 1, '-'))
    {
      PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);

      attribute->start_index = MAX (0, hyphen - text - 1);
      attribute->end_index = hyphen - text + 2;
      pango_attr_list_insert (attributes, attribute);
    }

  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, attributes);
}

static void
on_status_changed (HubBanner *self)
{
  HubNotice notice = hub_status_get_notice (self->status);
  gboolean has_help = notice == HUB_NOTICE_NOBODY || notice == HUB_NOTICE_STUCK;
  g_autofree char *text = dup_text (self->status, notice);

  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
  /* GTK 4.8 lets a screen reader read what is not revealed. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, text == NULL,
                               -1);
  if (text == NULL)
    return; /* it keeps its words while it goes away */

  set_text (self->text, text);
  /* An alert is read out by its name, which would be that of its class. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_button_set_label (self->help, notice == HUB_NOTICE_STUCK ? _ ("_How to Continue")
                                                               : _ ("_Help Connecting"));
  gtk_widget_set_visible (GTK_WIDGET (self->help), has_help);
  /* What goes away by itself once it is dealt with need not be closed. */
  gtk_widget_set_visible (GTK_WIDGET (self->dismiss), notice != HUB_NOTICE_NO_NETWORK);
}

static void
on_dismiss_clicked (HubBanner *self)
{
  hub_status_dismiss_notice (self->status);
}

static void
hub_banner_dispose (GObject *object)
{
  HubBanner *self = HUB_BANNER (object);

  g_clear_object (&self->status);
  g_clear_pointer ((GtkWidget **) &self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (hub_banner_parent_class)->dispose (object);
}

static void
hub_banner_class_init (HubBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hub_banner_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, HubBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, HubBanner, text);
  gtk_widget_class_bind_template_child (widget_class, HubBanner, help);
  gtk_widget_class_bind_template_child (widget_class, HubBanner, dismiss);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss_clicked);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "banner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
hub_banner_init (HubBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hub_banner_new (void)
{
  return g_object_new (HUB_TYPE_BANNER, NULL);
}

void
hub_banner_set_status (HubBanner *self, HubStatus *status)
{
  g_return_if_fail (HUB_IS_BANNER (self));
  g_return_if_fail (HUB_IS_STATUS (status));
  g_return_if_fail (self->status == NULL);

  self->status = g_object_ref (status);
  g_signal_connect_object (status, "changed", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
  on_status_changed (self);
}
