/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-tray-watch.h"

#include "base/hub-limits.h"

#include <string.h>

#define WATCHER "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"

struct _HubTrayWatch
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  char *owner;              /* of the watcher's name; NULL without one */
  GCancellable *calls;      /* of all calls to this owner */
  GCancellable *host_query; /* of the latest question for a tray */

  /* State */
  guint name_watch;
  guint subscription;
  guint n_registrations; /* with this owner */
  gboolean is_registered;
  gboolean has_host;
  gboolean is_shown; /* as was told last */
};

G_DEFINE_FINAL_TYPE (HubTrayWatch, hub_tray_watch, G_TYPE_OBJECT)

enum
{
  PROP_IS_SHOWN = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
update (HubTrayWatch *self)
{
  gboolean is_shown = self->is_registered && self->has_host;

  if (self->is_shown == is_shown)
    return;

  self->is_shown = is_shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SHOWN]);
}

static void
renew (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
}

/* Returns: (transfer full) (nullable): NULL when the call failed, or is not wanted any more */
static GVariant *
finish (GObject *source, GAsyncResult *result, gboolean *is_cancelled)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  *is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (reply == NULL && !*is_cancelled)
    g_debug ("The tray: %s", error->message);

  return reply;
}

static void
host_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean is_cancelled;
  g_autoptr (GVariant) reply = finish (source, result, &is_cancelled);
  g_autoptr (GVariant) value = NULL;
  HubTrayWatch *self;

  if (is_cancelled)
    return;

  self = user_data;
  if (reply != NULL)
    g_variant_get (reply, "(v)", &value);
  self->has_host = value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN)
                   && g_variant_get_boolean (value);
  update (self);
}

static void
find_host (HubTrayWatch *self)
{
  renew (&self->host_query);
  g_dbus_connection_call (
      self->connection, self->owner, WATCHER_PATH, "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", WATCHER, "IsStatusNotifierHostRegistered"), G_VARIANT_TYPE ("(v)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->host_query, host_found_cb, self);
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean is_cancelled;
  g_autoptr (GVariant) reply = finish (source, result, &is_cancelled);
  HubTrayWatch *self;

  if (is_cancelled)
    return;

  self = user_data;
  self->is_registered = reply != NULL;
  update (self);
}

static void
register_item (HubTrayWatch *self)
{
  if (++self->n_registrations > HUB_TRAY_REGISTRATIONS_MAX)
    return;

  g_dbus_connection_call (
      self->connection, self->owner, WATCHER_PATH, WATCHER, "RegisterStatusNotifierItem",
      g_variant_new ("(s)", g_dbus_connection_get_unique_name (self->connection)), NULL,
      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->calls, registered_cb, self);
}

/* Watchers say which item it was by its name alone, or with its path behind, GNOME's with an "@"
 * between. */
static gboolean
is_ours (HubTrayWatch *self, GVariant *parameters)
{
  const char *name = g_dbus_connection_get_unique_name (self->connection);
  const char *item;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(s)")))
    return FALSE;

  g_variant_get (parameters, "(&s)", &item);
  if (!g_str_has_prefix (item, name))
    return FALSE;

  item += strlen (name);
  if (*item == '@')
    item++;

  return *item == '\0' || g_str_equal (item, "/StatusNotifierItem");
}

static void
on_signal (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *name,
           GVariant *parameters,
           gpointer user_data)
{
  HubTrayWatch *self = user_data;

  /* Anybody may send such a signal. */
  if (g_strcmp0 (sender, self->owner) != 0)
    return;

  if (g_str_equal (name, "StatusNotifierHostRegistered")
      || g_str_equal (name, "StatusNotifierHostUnregistered"))
    find_host (self);
  else if (g_str_equal (name, "StatusNotifierItemUnregistered") && is_ours (self, parameters))
    {
      self->is_registered = FALSE;
      update (self);
      if (self->owner != NULL)
        register_item (self);
    }
}

/* Without @owner: there is no watcher. */
static void
set_owner (HubTrayWatch *self, const char *owner)
{
  renew (&self->calls);
  renew (&self->host_query);
  g_free (self->owner);
  self->owner = g_strdup (owner);
  self->n_registrations = 0;
  self->is_registered = FALSE;
  self->has_host = FALSE;
  update (self);
}

static void
on_watcher_appeared (GDBusConnection *connection,
                     const char *name,
                     const char *owner,
                     gpointer user_data)
{
  HubTrayWatch *self = user_data;

  set_owner (self, owner);
  register_item (self);
  find_host (self);
}

/* Also when the bus itself is gone. */
static void
on_watcher_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  set_owner (user_data, NULL);
}

static void
hub_tray_watch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_IS_SHOWN:
      g_value_set_boolean (value, hub_tray_watch_is_shown (HUB_TRAY_WATCH (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_tray_watch_dispose (GObject *object)
{
  HubTrayWatch *self = HUB_TRAY_WATCH (object);

  hub_tray_watch_stop (self);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (hub_tray_watch_parent_class)->dispose (object);
}

static void
hub_tray_watch_finalize (GObject *object)
{
  HubTrayWatch *self = HUB_TRAY_WATCH (object);

  g_free (self->owner);
  g_object_unref (self->calls);
  g_object_unref (self->host_query);

  G_OBJECT_CLASS (hub_tray_watch_parent_class)->finalize (object);
}

static void
hub_tray_watch_class_init (HubTrayWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hub_tray_watch_get_property;
  object_class->dispose = hub_tray_watch_dispose;
  object_class->finalize = hub_tray_watch_finalize;

  properties[PROP_IS_SHOWN]
      = g_param_spec_boolean ("is-shown", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hub_tray_watch_init (HubTrayWatch *self)
{
  self->calls = g_cancellable_new ();
  self->host_query = g_cancellable_new ();
}

HubTrayWatch *
hub_tray_watch_new (GDBusConnection *connection)
{
  HubTrayWatch *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (g_dbus_connection_get_unique_name (connection) != NULL, NULL);

  self = g_object_new (HUB_TYPE_TRAY_WATCH, NULL);
  self->connection = g_object_ref (connection);
  self->subscription
      = g_dbus_connection_signal_subscribe (connection, WATCHER, WATCHER, NULL, WATCHER_PATH, NULL,
                                            G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  self->name_watch
      = g_bus_watch_name_on_connection (connection, WATCHER, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                        on_watcher_appeared, on_watcher_vanished, self, NULL);

  return self;
}

gboolean
hub_tray_watch_is_shown (HubTrayWatch *self)
{
  g_return_val_if_fail (HUB_IS_TRAY_WATCH (self), FALSE);

  return self->is_shown;
}

void
hub_tray_watch_stop (HubTrayWatch *self)
{
  g_return_if_fail (HUB_IS_TRAY_WATCH (self));

  g_clear_handle_id (&self->name_watch, g_bus_unwatch_name);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  self->subscription = 0;
  set_owner (self, NULL);
}
