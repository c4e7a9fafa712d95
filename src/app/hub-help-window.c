/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-help-window.h"

#include "app/hub-copy-row.h"
#include "app/hub-firewall.h"
#include "app/hub-groups.h"
#include "base/hub-limits.h"

#include <glib/gi18n-lib.h>

struct _HubHelpWindow
{
  AdwPreferencesWindow parent_instance;

  /* Template */
  AdwPreferencesPage *security;
  AdwActionRow *place;
  AdwPreferencesGroup *firewall_group;
  HubCopyRow *commands[3]; /* firewalld, ufw, nftables */
  GtkWidget *fingerprint_group;
  HubCopyRow *fingerprint;

  /* Owned */
  HubStatus *status;
  GCancellable *looking; /* for the firewall */

  /* State */
  HubFirewall firewall;
};

G_DEFINE_FINAL_TYPE (HubHelpWindow, hub_help_window, ADW_TYPE_PREFERENCES_WINDOW)

static const HubFirewall firewalls[]
    = { HUB_FIREWALL_FIREWALLD, HUB_FIREWALL_UFW, HUB_FIREWALL_NFTABLES };

/* The chat's own; where none runs, the one it would have. */
static guint16
get_port (HubHelpWindow *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self->status);
  const HubSettings *settings = hub_status_get_settings (self->status);

  if (snapshot != NULL)
    return hub_snapshot_get_port (snapshot);

  return settings != NULL && settings->port != 0 ? settings->port : HUB_PORT;
}

static void
update_firewall (HubHelpWindow *self)
{
  const char *name = hub_firewall_get_name (self->firewall);
  g_autofree char *description = NULL;

  if (self->firewall == HUB_FIREWALL_UNKNOWN)
    description = g_strdup (
        _ ("It may keep guests out. Hubbub cannot see which one this computer has: copy the "
           "command for yours into a terminal."));
  else
    /* Translators: %s is the name of a program, “firewalld” or “ufw”. */
    description = g_strdup_printf (_ ("This computer has one, %s, that may keep guests out. This "
                                      "command in a terminal lets them in."),
                                   name);
  adw_preferences_group_set_description (self->firewall_group, description);

  for (guint i = 0; i < G_N_ELEMENTS (firewalls); i++)
    {
      g_autofree char *command = hub_firewall_dup_command (firewalls[i], get_port (self));
      g_autofree char *about = NULL;

      /* Translators: %s is the name of a program, “firewalld”, “ufw” or “nftables”. */
      about = g_strdup_printf (_ ("Command for %s"), hub_firewall_get_name (firewalls[i]));
      hub_copy_row_set_text (self->commands[i], command, about);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->commands[i]), about);
      gtk_widget_set_visible (GTK_WIDGET (self->commands[i]),
                              self->firewall == HUB_FIREWALL_UNKNOWN
                                  || self->firewall == firewalls[i]);
    }
}

static void
update (HubHelpWindow *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self->status);
  const HubPlace *place = hub_status_get_place (self->status);

  gtk_widget_set_visible (GTK_WIDGET (self->place), place != NULL);
  if (place != NULL)
    adw_action_row_set_subtitle (self->place, place->label);

  gtk_widget_set_visible (self->fingerprint_group, snapshot != NULL);
  if (snapshot != NULL)
    hub_copy_row_set_text (self->fingerprint, hub_snapshot_get_fingerprint (snapshot),
                           _ ("Fingerprint of the certificate"));

  update_firewall (self);
}

static void
find_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HubHelpWindow) self = data;

  /* It is gone once the window was destroyed. */
  if (self->looking == NULL || g_cancellable_is_cancelled (self->looking))
    return;

  self->firewall = hub_firewall_find_finish (result);
  update_firewall (self);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HubHelpWindow) self = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (self->looking != NULL && !g_cancellable_is_cancelled (self->looking))
    hub_firewall_find_async (bus, HUB_FIREWALL_UFW_CONF, self->looking, find_cb,
                             g_object_ref (self));
}

static void
on_copied (HubHelpWindow *self)
{
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (_ ("Copied")));
}

static gboolean
hub_help_window_close_request (GtkWindow *window)
{
  g_cancellable_cancel (HUB_HELP_WINDOW (window)->looking);

  return GTK_WINDOW_CLASS (hub_help_window_parent_class)->close_request (window);
}

static void
hub_help_window_dispose (GObject *object)
{
  HubHelpWindow *self = HUB_HELP_WINDOW (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->status);
  hub_groups_empty (GTK_WIDGET (self));
  gtk_widget_dispose_template (GTK_WIDGET (self), HUB_TYPE_HELP_WINDOW);

  G_OBJECT_CLASS (hub_help_window_parent_class)->dispose (object);
}

static void
hub_help_window_class_init (HubHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hub_help_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = hub_help_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HubHelpWindow, security);
  gtk_widget_class_bind_template_child (widget_class, HubHelpWindow, place);
  gtk_widget_class_bind_template_child (widget_class, HubHelpWindow, firewall_group);
  gtk_widget_class_bind_template_child (widget_class, HubHelpWindow, fingerprint_group);
}

static void
hub_help_window_init (HubHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static HubCopyRow *
add_copy_row (HubHelpWindow *self, AdwPreferencesGroup *group)
{
  GtkWidget *row = hub_copy_row_new ();

  g_signal_connect_object (row, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);

  return HUB_COPY_ROW (row);
}

HubHelpWindow *
hub_help_window_new (HubStatus *status, gboolean is_sandboxed)
{
  HubHelpWindow *self;

  g_return_val_if_fail (HUB_IS_STATUS (status), NULL);

  self = g_object_new (HUB_TYPE_HELP_WINDOW, NULL);
  self->status = g_object_ref (status);
  self->looking = g_cancellable_new ();
  for (guint i = 0; i < G_N_ELEMENTS (firewalls); i++)
    self->commands[i] = add_copy_row (self, self->firewall_group);
  self->fingerprint = add_copy_row (self, ADW_PREFERENCES_GROUP (self->fingerprint_group));
  g_signal_connect_object (status, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  if (!is_sandboxed)
    /* Never cancelled: everybody who asks for this connection would get the error. */
    g_bus_get (G_BUS_TYPE_SYSTEM, NULL, bus_cb, g_object_ref (self));
  if (hub_status_get_notice (status) == HUB_NOTICE_STUCK)
    adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (self), self->security);

  return self;
}
