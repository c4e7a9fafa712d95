/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-server-private.h"

#include "base/hub-limits.h"

enum
{
  STUCK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HubServer, hub_server, G_TYPE_OBJECT)

/* Nothing of this room locks anything: on another thread it is memory corruption. */
#define assert_thread(self) g_assert (hub_poller_is_mine ((self)->poller))

static void
destroy_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
attach (GSource *source, const char *name, GSourceFunc func, HubServer *self)
{
  g_source_set_static_name (source, name);
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

static gboolean
on_stopped (gpointer user_data)
{
  HubServer *self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);

  g_clear_pointer (&self->emptied, g_source_unref);
  destroy_source (&self->linger);
  g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

/* From the loop: the door, which tells this, must not go while it does. */
void
hub_server_on_emptied (gpointer user_data)
{
  HubServer *self = user_data;

  if (self->stopping != NULL && self->emptied == NULL)
    self->emptied = attach (g_idle_source_new (), "HubServer stopped", on_stopped, self);
}

static gboolean
on_lingered (gpointer user_data)
{
  HubServer *self = user_data;

  g_clear_pointer (&self->linger, g_source_unref);
  hub_door_cut (self->door);

  return G_SOURCE_REMOVE;
}

void
hub_server_tell_stuck (HubServer *self)
{
  g_signal_emit (self, signals[STUCK], 0);
}

static void
update_hosts (HubServer *self)
{
  g_autoptr (HubHostList) hosts = hub_server_make_hosts (self);

  if (self->http != NULL)
    {
      hub_http_server_set_hosts (self->http, hub_host_list_ref (hosts));
      hub_help_server_set_hosts (self->help, hub_host_list_ref (hosts));
    }
}

HubServer *
hub_server_new (const HubServerConfig *config, GError **error)
{
  g_autoptr (HubServer) self = NULL;

  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (HUB_IS_CLOCK (config->clock), NULL);
  g_return_val_if_fail (HUB_IS_ROOM (config->room), NULL);
  g_return_val_if_fail (HUB_IS_LAN (config->lan), NULL);
  g_return_val_if_fail (config->credentials != NULL, NULL);

  self = g_object_new (HUB_TYPE_SERVER, NULL);
  self->clock = g_object_ref (config->clock);
  self->room = g_object_ref (config->room);
  self->credentials = hub_credentials_ref (config->credentials);
  self->lan = g_object_ref (config->lan);
  self->has_own_pair = config->has_own_pair;
  self->allow_hosts = g_strdupv ((char **) config->allow_hosts);
  if (!hub_server_build (self, config, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
hub_server_dispose (GObject *object)
{
  HubServer *self = HUB_SERVER (object);

  destroy_source (&self->linger);
  destroy_source (&self->emptied);
  /* Streams end here, so that what they end in is there until they have. */
  g_clear_pointer (&self->hall, hub_hall_free);
  g_clear_pointer (&self->http, hub_http_server_free);
  g_clear_pointer (&self->help, hub_help_server_free);
  g_clear_pointer (&self->door, hub_door_free);
  g_clear_pointer (&self->warnings, hub_warning_watch_free);
  g_clear_pointer (&self->wrong_tokens, hub_key_meter_free);
  g_clear_pointer (&self->pulse, hub_pulse_free);
  g_clear_pointer (&self->line_pulse, hub_pulse_free);
  if (self->poller != NULL)
    hub_poller_detach (self->poller);
  g_clear_pointer (&self->poller, hub_poller_unref);
  g_clear_pointer (&self->assets, hub_assets_free);
  g_clear_pointer (&self->credentials, hub_credentials_unref);
  g_clear_object (&self->lan);
  g_clear_object (&self->room);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (hub_server_parent_class)->dispose (object);
}

static void
hub_server_finalize (GObject *object)
{
  HubServer *self = HUB_SERVER (object);

  g_strfreev (self->allow_hosts);
  g_strfreev (self->urls);
  g_free (self->mdns_name);

  G_OBJECT_CLASS (hub_server_parent_class)->finalize (object);
}

static void
hub_server_class_init (HubServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_server_dispose;
  object_class->finalize = hub_server_finalize;

  signals[STUCK] = g_signal_new ("stuck", HUB_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
hub_server_init (HubServer *self)
{
}

guint16
hub_server_get_port (HubServer *self)
{
  g_return_val_if_fail (HUB_IS_SERVER (self), 0);

  return self->port;
}

guint16
hub_server_get_local_port (HubServer *self)
{
  g_return_val_if_fail (HUB_IS_SERVER (self), 0);

  return self->local_port;
}

void
hub_server_set_credentials (HubServer *self, HubCredentials *credentials)
{
  g_return_if_fail (HUB_IS_SERVER (self));
  g_return_if_fail (credentials != NULL);
  assert_thread (self);

  hub_credentials_ref (credentials);
  hub_credentials_unref (self->credentials);
  self->credentials = credentials;
  hub_door_set_credentials (self->door, credentials);
  update_hosts (self);
}

void
hub_server_set_urls (HubServer *self, const char *const *urls, const char *mdns_name)
{
  g_return_if_fail (HUB_IS_SERVER (self));
  g_return_if_fail (urls != NULL);
  assert_thread (self);

  g_strfreev (self->urls);
  self->urls = g_strdupv ((char **) urls);
  g_free (self->mdns_name);
  self->mdns_name = g_strdup (mdns_name);
  hub_hall_set_urls (self->hall, urls);
  update_hosts (self);
}

void
hub_server_get_figures (HubServer *self, HubServerFigures *figures)
{
  g_return_if_fail (HUB_IS_SERVER (self));
  g_return_if_fail (figures != NULL);
  assert_thread (self);

  figures->connections = hub_door_get_n_connections (self->door);
  figures->sessions = hub_hall_get_n_sessions (self->hall);
  figures->handshakes = hub_door_get_n_pending (self->door);
}

void
hub_server_run (HubServer *self)
{
  g_return_if_fail (HUB_IS_SERVER (self));
  assert_thread (self);

  hub_door_run (self->door);
  hub_warning_watch_run (self->warnings);
  hub_hall_run (self->hall);
  hub_pulse_run (self->pulse);
  hub_pulse_run (self->line_pulse);
}

void
hub_server_stop_async (HubServer *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (HUB_IS_SERVER (self));
  g_return_if_fail (self->http != NULL);
  assert_thread (self);

  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, hub_server_stop_async);
  self->linger
      = attach (g_timeout_source_new (HUB_STOP_LINGER_MS), "HubServer linger", on_lingered, self);

  hub_hall_end (self->hall, HUB_END_STOPPED, HUB_STOP_LINGER_MS);
  g_clear_pointer (&self->http, hub_http_server_free);
  g_clear_pointer (&self->help, hub_help_server_free);
  hub_door_shut (self->door);
}

void
hub_server_cut (HubServer *self)
{
  g_return_if_fail (HUB_IS_SERVER (self));
  g_return_if_fail (self->http == NULL);
  assert_thread (self);

  hub_door_cut (self->door);
}

gboolean
hub_server_stop_finish (HubServer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HUB_IS_SERVER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
