/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-tray.h"

#include "tray/hub-menu-exporter.h"
#include "tray/hub-tray-item.h"
#include "tray/hub-tray-watch.h"

/* The path is the one that watchers suppose when they are given a name. */
#define ITEM_PATH "/StatusNotifierItem"
#define MENU_PATH "/StatusNotifierItem/Menu"

struct _HubTray
{
  GObject parent_instance;

  /* Owned; NULL where the paths were taken */
  HubMenuExporter *menu;
  HubTrayItem *item;
  HubTrayWatch *watch;

  /* Owned */
  GActionGroup *actions;
  char *default_action;
  char *token;

  /* State */
  gboolean is_acting;
};

G_DEFINE_FINAL_TYPE (HubTray, hub_tray, G_TYPE_OBJECT)

enum
{
  PROP_IS_SHOWN = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
on_watch_is_shown (HubTray *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SHOWN]);
}

static void
on_item_token_given (HubTray *self, const char *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
}

/* A click is told of after its token. Panels that know of none say when it was, and X11 makes do with
 * that ("_TIME" is what GTK takes for a startup id that is nothing but a time). */
static void
on_menu_clicked (HubTray *self, guint timestamp)
{
  if (self->token == NULL && timestamp != 0)
    self->token = g_strdup_printf ("_TIME%u", timestamp);
  self->is_acting = TRUE;
}

static void
on_menu_done (HubTray *self)
{
  self->is_acting = FALSE;
  g_clear_pointer (&self->token, g_free);
}

static void
on_item_activated (HubTray *self)
{
  on_menu_clicked (self, 0);
  g_action_group_activate_action (self->actions, self->default_action, NULL);
  on_menu_done (self);
}

static void
hub_tray_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_IS_SHOWN:
      g_value_set_boolean (value, hub_tray_is_shown (HUB_TRAY (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_tray_dispose (GObject *object)
{
  HubTray *self = HUB_TRAY (object);

  hub_tray_withdraw (self);
  g_clear_object (&self->watch);
  g_clear_object (&self->item);
  g_clear_object (&self->menu);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (hub_tray_parent_class)->dispose (object);
}

static void
hub_tray_finalize (GObject *object)
{
  HubTray *self = HUB_TRAY (object);

  g_free (self->default_action);
  g_free (self->token);

  G_OBJECT_CLASS (hub_tray_parent_class)->finalize (object);
}

static void
hub_tray_class_init (HubTrayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hub_tray_get_property;
  object_class->dispose = hub_tray_dispose;
  object_class->finalize = hub_tray_finalize;

  properties[PROP_IS_SHOWN]
      = g_param_spec_boolean ("is-shown", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hub_tray_init (HubTray *self)
{
}

static gboolean
enter_bus (HubTray *self, GDBusConnection *connection, const char *id, GMenuModel *menu)
{
  g_autoptr (GError) error = NULL;

  self->menu = hub_menu_exporter_new (connection, MENU_PATH, menu, self->actions, &error);
  if (self->menu != NULL)
    self->item = hub_tray_item_new (connection, ITEM_PATH, id, MENU_PATH, &error);
  if (self->item != NULL)
    return TRUE;

  g_debug ("No tray: %s", error->message);
  g_clear_object (&self->menu);

  return FALSE;
}

HubTray *
hub_tray_new (GDBusConnection *connection,
              const char *id,
              GMenuModel *menu,
              GActionGroup *actions,
              const char *default_action)
{
  HubTray *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (G_IS_MENU_MODEL (menu), NULL);
  g_return_val_if_fail (G_IS_ACTION_GROUP (actions), NULL);
  g_return_val_if_fail (default_action != NULL, NULL);

  self = g_object_new (HUB_TYPE_TRAY, NULL);
  self->actions = g_object_ref (actions);
  self->default_action = g_strdup (default_action);
  if (!enter_bus (self, connection, id, menu))
    return self;

  g_signal_connect_object (self->menu, "clicked", G_CALLBACK (on_menu_clicked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->menu, "done", G_CALLBACK (on_menu_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->item, "activated", G_CALLBACK (on_item_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->item, "token-given", G_CALLBACK (on_item_token_given), self,
                           G_CONNECT_SWAPPED);

  self->watch = hub_tray_watch_new (connection);
  g_signal_connect_object (self->watch, "notify::is-shown", G_CALLBACK (on_watch_is_shown), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
hub_tray_set_title (HubTray *self, const char *title)
{
  g_return_if_fail (HUB_IS_TRAY (self));

  if (self->item != NULL)
    hub_tray_item_set_title (self->item, title);
}

void
hub_tray_set_icon (HubTray *self, const char *icon_name, GVariant *pixmaps)
{
  g_autoptr (GVariant) given = NULL;

  g_return_if_fail (HUB_IS_TRAY (self));

  given = pixmaps != NULL ? g_variant_ref_sink (pixmaps) : NULL;
  if (self->item != NULL)
    hub_tray_item_set_icon (self->item, icon_name, given);
}

void
hub_tray_set_urgent (HubTray *self, gboolean is_urgent)
{
  g_return_if_fail (HUB_IS_TRAY (self));

  if (self->item != NULL)
    hub_tray_item_set_urgent (self->item, is_urgent);
}

void
hub_tray_set_tooltip (HubTray *self, const char *title, const char *text)
{
  g_return_if_fail (HUB_IS_TRAY (self));

  if (self->item != NULL)
    hub_tray_item_set_tooltip (self->item, title, text);
}

void
hub_tray_set_rtl (HubTray *self, gboolean is_rtl)
{
  g_return_if_fail (HUB_IS_TRAY (self));

  if (self->menu != NULL)
    hub_menu_exporter_set_rtl (self->menu, is_rtl);
}

gboolean
hub_tray_is_shown (HubTray *self)
{
  g_return_val_if_fail (HUB_IS_TRAY (self), FALSE);

  return self->watch != NULL && hub_tray_watch_is_shown (self->watch);
}

char *
hub_tray_take_activation_token (HubTray *self)
{
  g_return_val_if_fail (HUB_IS_TRAY (self), NULL);

  return self->is_acting ? g_steal_pointer (&self->token) : NULL;
}

void
hub_tray_withdraw (HubTray *self)
{
  g_return_if_fail (HUB_IS_TRAY (self));

  if (self->item != NULL)
    hub_tray_item_withdraw (self->item);
  if (self->menu != NULL)
    hub_menu_exporter_withdraw (self->menu);
  if (self->watch != NULL)
    hub_tray_watch_stop (self->watch);
}
