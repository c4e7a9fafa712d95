/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-network-group.h"

#include "host/hub-own-address.h"

#include <glib/gi18n-lib.h>

struct _HubNetworkGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template */
  AdwActionRow *all_row;
  GtkSwitch *all;

  /* Owned */
  HubPreferences *preferences;
  GPtrArray *own;  /* HubOwnAddress */
  GPtrArray *rows; /* AdwActionRow, borrowed from the template's list */

  /* State */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (HubNetworkGroup, hub_network_group, ADW_TYPE_PREFERENCES_GROUP)

/* Of a row: its addresses (GStrv) and its check button. */
#define KEY_ADDRESSES "hub-addresses"
#define KEY_CHECK "hub-check"

static char **
dup_chosen (HubNetworkGroup *self)
{
  char **chosen;

  g_object_get (self->preferences, "addresses", &chosen, NULL);

  return chosen;
}

static gboolean
is_any_chosen (const char *const *addresses, char **chosen)
{
  for (guint i = 0; addresses[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) chosen, addresses[i]))
      return TRUE;

  return FALSE;
}

/* What the rows say is the preference from now on; none checked: all networks. */
static void
on_check_toggled (HubNetworkGroup *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) chosen = NULL;

  if (self->is_updating)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GObject *row = g_ptr_array_index (self->rows, i);

      if (gtk_check_button_get_active (g_object_get_data (row, KEY_CHECK)))
        g_strv_builder_addv (builder, g_object_get_data (row, KEY_ADDRESSES));
    }
  chosen = g_strv_builder_end (builder);
  g_object_set (self->preferences, "addresses", chosen, NULL);
}

static void
add_row (HubNetworkGroup *self, const char *title, char **addresses, char **chosen)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *subtitle = g_strjoinv ("\n", addresses);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               is_any_chosen ((const char *const *) addresses, chosen));
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_check_toggled), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (row), KEY_ADDRESSES, g_strdupv (addresses),
                          (GDestroyNotify) g_strfreev);
  g_object_set_data (G_OBJECT (row), KEY_CHECK, check);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/* One row a network, in the order of its best address. */
static void
add_own (HubNetworkGroup *self, char **chosen)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->own->len; i++)
    {
      const HubOwnAddress *first = g_ptr_array_index (self->own, i);
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) addresses = NULL;

      if (!g_hash_table_add (seen, first->label))
        continue;

      for (guint j = i; j < self->own->len; j++)
        {
          const HubOwnAddress *other = g_ptr_array_index (self->own, j);

          if (g_str_equal (first->label, other->label))
            g_strv_builder_add (builder, other->address);
        }
      addresses = g_strv_builder_end (builder);
      add_row (self, first->label, addresses, chosen);
    }
}

static gboolean
is_own (HubNetworkGroup *self, const char *address)
{
  for (guint i = 0; i < self->own->len; i++)
    if (g_str_equal (((const HubOwnAddress *) g_ptr_array_index (self->own, i))->address, address))
      return TRUE;

  return FALSE;
}

static void
add_absent (HubNetworkGroup *self, char **chosen)
{
  for (guint i = 0; chosen[i] != NULL; i++)
    {
      char *addresses[] = { chosen[i], NULL };

      if (!is_own (self, chosen[i]))
        /* Translators: a network that was chosen; the computer is not connected to it now. */
        add_row (self, _ ("Not Connected"), addresses, chosen);
    }
}

static void
remove_rows (HubNetworkGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
build_rows (HubNetworkGroup *self)
{
  g_auto (GStrv) chosen = dup_chosen (self);

  remove_rows (self);
  if (chosen[0] == NULL)
    return;

  add_own (self, chosen);
  add_absent (self, chosen);
}

/* Rows stay where they are, and the focus with them, while only what is chosen changes. */
static void
update (HubNetworkGroup *self)
{
  g_auto (GStrv) chosen = dup_chosen (self);
  gboolean is_all = chosen[0] == NULL;

  self->is_updating = TRUE;
  gtk_switch_set_active (self->all, is_all);
  gtk_widget_set_sensitive (GTK_WIDGET (self->all_row), !is_all || self->own->len > 0);
  if (is_all != (self->rows->len == 0))
    {
      /* The row that has it may go. */
      if (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN)
        gtk_widget_grab_focus (GTK_WIDGET (self->all));
      build_rows (self);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      GObject *row = g_ptr_array_index (self->rows, i);

      gtk_check_button_set_active (g_object_get_data (row, KEY_CHECK),
                                   is_any_chosen (g_object_get_data (row, KEY_ADDRESSES), chosen));
    }
  self->is_updating = FALSE;
}

static void
on_all_active (HubNetworkGroup *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) addresses = NULL;

  if (self->is_updating)
    return;

  if (!gtk_switch_get_active (self->all))
    for (guint i = 0; i < self->own->len; i++)
      g_strv_builder_add (builder,
                          ((const HubOwnAddress *) g_ptr_array_index (self->own, i))->address);
  addresses = g_strv_builder_end (builder);
  g_object_set (self->preferences, "addresses", addresses, NULL);
}

static void
hub_network_group_map (GtkWidget *widget)
{
  HubNetworkGroup *self = HUB_NETWORK_GROUP (widget);

  GTK_WIDGET_CLASS (hub_network_group_parent_class)->map (widget);

  if (self->own->len == 0)
    {
      g_autoptr (GPtrArray) own = hub_own_address_list ();

      hub_network_group_set_own (self, own);
    }
}

/* The end of a group in a window: libadwaita 1.2 never disposes it. */
static void
hub_network_group_unroot (GtkWidget *widget)
{
  HubNetworkGroup *self = HUB_NETWORK_GROUP (widget);

  if (self->preferences != NULL)
    g_signal_handlers_disconnect_by_data (self->preferences, self);
  g_clear_object (&self->preferences);

  GTK_WIDGET_CLASS (hub_network_group_parent_class)->unroot (widget);
}

static void
hub_network_group_dispose (GObject *object)
{
  HubNetworkGroup *self = HUB_NETWORK_GROUP (object);

  g_clear_object (&self->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (self), HUB_TYPE_NETWORK_GROUP);

  G_OBJECT_CLASS (hub_network_group_parent_class)->dispose (object);
}

static void
hub_network_group_finalize (GObject *object)
{
  HubNetworkGroup *self = HUB_NETWORK_GROUP (object);

  g_ptr_array_unref (self->own);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hub_network_group_parent_class)->finalize (object);
}

static void
hub_network_group_class_init (HubNetworkGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hub_network_group_dispose;
  object_class->finalize = hub_network_group_finalize;
  widget_class->map = hub_network_group_map;
  widget_class->unroot = hub_network_group_unroot;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/hubbub/desktop/hub-network-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HubNetworkGroup, all_row);
  gtk_widget_class_bind_template_child (widget_class, HubNetworkGroup, all);
  gtk_widget_class_bind_template_callback (widget_class, on_all_active);
}

static void
hub_network_group_init (HubNetworkGroup *self)
{
  self->own = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hub_network_group_follow (HubNetworkGroup *self, HubPreferences *preferences)
{
  g_return_if_fail (HUB_IS_NETWORK_GROUP (self));
  g_return_if_fail (HUB_IS_PREFERENCES (preferences));
  g_return_if_fail (self->preferences == NULL);

  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (preferences, "notify::addresses", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

void
hub_network_group_set_own (HubNetworkGroup *self, GPtrArray *own)
{
  g_return_if_fail (HUB_IS_NETWORK_GROUP (self));
  g_return_if_fail (own != NULL);

  g_ptr_array_ref (own);
  g_ptr_array_unref (self->own);
  self->own = own;
  if (self->preferences == NULL)
    return;

  self->is_updating = TRUE;
  build_rows (self);
  self->is_updating = FALSE;
  update (self);
}
