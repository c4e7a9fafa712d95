/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-menu-exporter.h"

#include "tray/hub-menu-changes.h"
#include "tray/hub-menu-query.h"
#include "tray/hub-tray-interface.h"

#define INTERFACE_VERSION 3

struct _HubMenuExporter
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  char *path;
  GMenuModel *menu;
  GActionGroup *actions;
  GSignalGroup *action_signals;
  HubMenuTree *tree;
  GSource *refresh; /* NULL unless something changed */

  /* State */
  guint object_id;
  guint revision;         /* of the layout; grows */
  gboolean is_tree_stale; /* the model changed */
  gboolean is_rtl;
};

G_DEFINE_FINAL_TYPE (HubMenuExporter, hub_menu_exporter, G_TYPE_OBJECT)

enum
{
  CLICKED,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is told ---- */

static void
emit (HubMenuExporter *self, const char *name, GVariant *parameters)
{
  g_dbus_connection_emit_signal (self->connection, NULL, self->path, HUB_TRAY_INTERFACE_MENU, name,
                                 parameters, NULL);
}

static void
tell_properties (HubMenuExporter *self)
{
  GVariant *changes = hub_menu_changes_collect (self->tree, self->actions);

  if (changes != NULL)
    emit (self, "ItemsPropertiesUpdated", changes);
}

static void on_menu_changed (HubMenuExporter *self);

static void
refresh (HubMenuExporter *self)
{
  g_autoptr (HubMenuTree) previous = NULL;
  int changed = -1;

  if (self->refresh == NULL)
    return;

  g_source_destroy (self->refresh);
  g_clear_pointer (&self->refresh, g_source_unref);

  if (self->is_tree_stale)
    {
      previous = g_steal_pointer (&self->tree);
      self->tree = hub_menu_tree_new (self->menu, previous, G_CALLBACK (on_menu_changed), self);
      changed = hub_menu_tree_compare (self->tree, previous);
      self->is_tree_stale = FALSE;
    }

  tell_properties (self);
  if (changed >= 0)
    emit (self, "LayoutUpdated", g_variant_new ("(ui)", ++self->revision, changed));
}

static gboolean
refresh_cb (gpointer user_data)
{
  refresh (user_data);

  return G_SOURCE_REMOVE;
}

static void
refresh_soon (HubMenuExporter *self)
{
  if (self->refresh != NULL || self->object_id == 0)
    return;

  self->refresh = g_idle_source_new ();
  g_source_set_callback (self->refresh, refresh_cb, self, NULL);
  g_source_set_static_name (self->refresh, "hub-menu-exporter");
  g_source_attach (self->refresh, g_main_context_get_thread_default ());
}

static void
on_menu_changed (HubMenuExporter *self)
{
  self->is_tree_stale = TRUE;
  refresh_soon (self);
}

/* ---- what is asked and done ---- */

static void
handle_event (HubMenuExporter *self, HubMenuItem *item, const char *event, guint32 timestamp)
{
  if (!g_str_equal (event, "clicked"))
    return;

  g_signal_emit (self, signals[CLICKED], 0, timestamp);
  hub_menu_item_activate (item, self->actions);
  g_signal_emit (self, signals[DONE], 0);
}

static GVariant *
event (HubMenuExporter *self, GVariant *parameters, GError **error)
{
  HubMenuItem *item;
  const char *name;
  guint32 timestamp;
  int id;

  g_variant_get (parameters, "(i&svu)", &id, &name, NULL, &timestamp);
  item = hub_menu_query_find (self->tree, id, error);
  if (item == NULL)
    return NULL;

  handle_event (self, item, name, timestamp);

  return g_variant_new ("()");
}

static GVariant *
event_group (HubMenuExporter *self, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) events = g_variant_get_child_value (parameters, 0);
  g_auto (GVariantBuilder) unknown = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ai"));
  guint n_unknown = 0;
  GVariantIter iter;
  const char *name;
  guint32 timestamp;
  int id;

  if (!hub_menu_query_check_length (events, error))
    return NULL;

  g_variant_iter_init (&iter, events);
  while (g_variant_iter_next (&iter, "(i&svu)", &id, &name, NULL, &timestamp))
    {
      HubMenuItem *item = hub_menu_tree_find (self->tree, id);

      if (item != NULL)
        handle_event (self, item, name, timestamp);
      else
        {
          g_variant_builder_add (&unknown, "i", id);
          n_unknown++;
        }
    }

  if (!hub_menu_query_check_known (g_variant_n_children (events), n_unknown, error))
    return NULL;

  return g_variant_new ("(ai)", &unknown);
}

static void
on_method_call (GDBusConnection *connection,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  g_autoptr (HubMenuExporter) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;
  GVariant *reply;

  refresh (self);
  if (g_str_equal (method, "Event"))
    reply = event (self, parameters, &error);
  else if (g_str_equal (method, "EventGroup"))
    reply = event_group (self, parameters, &error);
  else
    reply = hub_menu_query_answer (self->tree, self->revision, method, parameters, &error);

  if (reply != NULL)
    g_dbus_method_invocation_return_value (invocation, reply);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
}

static GVariant *
on_get_property (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GError **error,
                 gpointer user_data)
{
  HubMenuExporter *self = user_data;

  if (g_str_equal (name, "Version"))
    return g_variant_new_uint32 (INTERFACE_VERSION);
  if (g_str_equal (name, "TextDirection"))
    return g_variant_new_string (self->is_rtl ? "rtl" : "ltr");
  if (g_str_equal (name, "Status"))
    return g_variant_new_string ("normal");

  /* IconThemePath: the names are of the desktop's own theme. */
  return g_variant_new_strv (NULL, 0);
}

/* ---- life ---- */

static void
hub_menu_exporter_dispose (GObject *object)
{
  HubMenuExporter *self = HUB_MENU_EXPORTER (object);

  hub_menu_exporter_withdraw (self);
  g_clear_object (&self->action_signals);
  g_clear_pointer (&self->tree, hub_menu_tree_free);
  g_clear_object (&self->actions);
  g_clear_object (&self->menu);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (hub_menu_exporter_parent_class)->dispose (object);
}

static void
hub_menu_exporter_finalize (GObject *object)
{
  g_free (HUB_MENU_EXPORTER (object)->path);

  G_OBJECT_CLASS (hub_menu_exporter_parent_class)->finalize (object);
}

static void
hub_menu_exporter_class_init (HubMenuExporterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_menu_exporter_dispose;
  object_class->finalize = hub_menu_exporter_finalize;

  signals[CLICKED] = g_signal_new ("clicked", HUB_TYPE_MENU_EXPORTER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DONE] = g_signal_new ("done", HUB_TYPE_MENU_EXPORTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
hub_menu_exporter_init (HubMenuExporter *self)
{
  self->revision = 1;
}

static void
follow_actions (HubMenuExporter *self)
{
  static const char *const names[]
      = { "action-added", "action-removed", "action-enabled-changed", "action-state-changed" };

  self->action_signals = g_signal_group_new (G_TYPE_ACTION_GROUP);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_group_connect_swapped (self->action_signals, names[i], G_CALLBACK (refresh_soon),
                                    self);
  g_signal_group_set_target (self->action_signals, self->actions);
}

HubMenuExporter *
hub_menu_exporter_new (GDBusConnection *connection,
                       const char *path,
                       GMenuModel *menu,
                       GActionGroup *actions,
                       GError **error)
{
  static const GDBusInterfaceVTable vtable
      = { .method_call = on_method_call, .get_property = on_get_property };
  g_autoptr (HubMenuExporter) self = NULL;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (G_IS_MENU_MODEL (menu), NULL);
  g_return_val_if_fail (G_IS_ACTION_GROUP (actions), NULL);

  self = g_object_new (HUB_TYPE_MENU_EXPORTER, NULL);
  self->connection = g_object_ref (connection);
  self->path = g_strdup (path);
  self->menu = g_object_ref (menu);
  self->actions = g_object_ref (actions);
  self->tree = hub_menu_tree_new (menu, NULL, G_CALLBACK (on_menu_changed), self);
  hub_menu_changes_collect (self->tree, actions);
  follow_actions (self);

  self->object_id = hub_tray_interface_register (connection, path, HUB_TRAY_INTERFACE_MENU, &vtable,
                                                 self, error);

  return self->object_id != 0 ? g_steal_pointer (&self) : NULL;
}

void
hub_menu_exporter_set_rtl (HubMenuExporter *self, gboolean is_rtl)
{
  g_return_if_fail (HUB_IS_MENU_EXPORTER (self));

  self->is_rtl = is_rtl;
}

void
hub_menu_exporter_withdraw (HubMenuExporter *self)
{
  g_return_if_fail (HUB_IS_MENU_EXPORTER (self));

  if (self->refresh != NULL)
    g_source_destroy (self->refresh);
  g_clear_pointer (&self->refresh, g_source_unref);

  if (self->object_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->object_id);
  self->object_id = 0;
}
