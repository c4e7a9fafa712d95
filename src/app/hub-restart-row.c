/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-restart-row.h"

#include <glib/gi18n-lib.h>

struct _HubRestartRow
{
  AdwActionRow parent_instance;

  /* Template */
  GtkButton *restart;

  /* Owned */
  HubPreferences *preferences;
  HubStatus *status;
};

G_DEFINE_FINAL_TYPE (HubRestartRow, hub_restart_row, ADW_TYPE_ACTION_ROW)

static gboolean
is_same_list (char **a, char **b)
{
  static const char *const nothing[] = { NULL };

  return g_strv_equal (a != NULL ? (const char *const *) a : nothing,
                       b != NULL ? (const char *const *) b : nothing);
}

/* Asking for a code is not among them: it acts at once. */
static gboolean
is_outdated (HubRestartRow *self)
{
  const HubSettings *then = hub_status_get_settings (self->status);
  g_autoptr (HubSettings) now = NULL;

  if (then == NULL || hub_status_get_state (self->status) != HUB_HOST_READY)
    return FALSE;

  now = hub_preferences_make_settings (self->preferences);

  return g_strcmp0 (then->room_name, now->room_name) != 0 || then->port != now->port
         || !is_same_list (then->addresses, now->addresses) || then->max_guests != now->max_guests
         || then->max_per_address != now->max_per_address
         || then->message_rate != now->message_rate;
}

static void
update (HubRestartRow *self)
{
  guint n = hub_status_get_n_people (self->status);
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), is_outdated (self));
  gtk_widget_set_visible (GTK_WIDGET (self->restart), n == 0);
  if (n > 0)
    /* Translators: %u is the number of people in the chat. */
    subtitle = g_strdup_printf (ngettext ("Starting it again now would end it for %u person.",
                                          "Starting it again now would end it for %u people.", n),
                                n);
  else
    subtitle = g_strdup (_ ("Nobody is in it now."));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static void
on_restart_clicked (HubRestartRow *self)
{
  /* Somebody may have come in since the button was drawn. */
  if (hub_status_get_n_people (self->status) > 0)
    {
      update (self);
      return;
    }

  hub_status_restart (self->status);
}

static void
hub_restart_row_dispose (GObject *object)
{
  HubRestartRow *self = HUB_RESTART_ROW (object);

  g_clear_object (&self->preferences);
  g_clear_object (&self->status);
  gtk_widget_dispose_template (GTK_WIDGET (self), HUB_TYPE_RESTART_ROW);

  G_OBJECT_CLASS (hub_restart_row_parent_class)->dispose (object);
}

static void
hub_restart_row_class_init (HubRestartRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hub_restart_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-restart-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HubRestartRow, restart);
  gtk_widget_class_bind_template_callback (widget_class, on_restart_clicked);
}

static void
hub_restart_row_init (HubRestartRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hub_restart_row_follow (HubRestartRow *self, HubPreferences *preferences, HubStatus *status)
{
  g_return_if_fail (HUB_IS_RESTART_ROW (self));
  g_return_if_fail (HUB_IS_PREFERENCES (preferences));
  g_return_if_fail (HUB_IS_STATUS (status));
  g_return_if_fail (self->status == NULL);

  self->preferences = g_object_ref (preferences);
  self->status = g_object_ref (status);
  g_signal_connect_object (preferences, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (status, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
