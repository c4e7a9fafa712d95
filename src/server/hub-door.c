/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-door-private.h"

#include "base/hub-limits.h"

/* How often a door that is full looks whether the oldest has had his time. */
#define HOLD_STEP_MS 100

gboolean
hub_door_is_full (HubDoor *self)
{
  return self->max_pending != 0 && hub_stages_get_n_pending (self->stages) >= self->max_pending;
}

void
hub_door_update_hold (HubDoor *self)
{
  HubConnection *oldest = hub_stages_peek_pending (self->stages);
  gint64 now = hub_clock_get_monotonic (self->clock);
  gboolean is_held;

  if (self->listener == NULL)
    return;

  is_held = hub_door_is_full (self)
            && oldest->timeout.due - now > HUB_HANDSHAKE_DEADLINE_MS - HUB_PENDING_GRACE_MS;
  hub_listener_set_held (self->listener, is_held);
  if (is_held)
    hub_timeout_queue_start (self->holds, &self->hold, self);
  else
    hub_timeout_queue_stop (self->holds, &self->hold);
}

static void
on_held (gpointer owner, gpointer user_data)
{
  hub_door_update_hold (user_data);
}

static HubAdmission *
get_admission (HubDoor *self, HubConnection *connection)
{
  return connection->kind == HUB_CONNECTION_LOCAL ? self->local_admission : self->admission;
}

void
hub_door_add (HubDoor *self, HubConnection *connection)
{
  connection->door = self;
  g_queue_push_tail_link (&self->connections, &connection->link);
  g_hash_table_insert (self->by_remote, connection->remote, connection);
}

void
hub_door_drop (HubDoor *self, HubConnection *connection)
{
  hub_stages_leave (self->stages, connection);
  hub_timeout_queue_stop (self->stranded, &connection->stranded);
  hub_door_update_hold (self);
  if (connection->poll != 0)
    hub_poller_remove (self->poller, connection->poll, connection->fd);
  g_queue_unlink (&self->connections, &connection->link);
  g_hash_table_remove (self->by_remote, connection->remote);
  hub_admission_leave (get_admission (self, connection), connection->key);
  hub_connection_free (connection);

  if (self->listener == NULL && self->connections.length == 0 && self->funcs.emptied != NULL)
    self->funcs.emptied (self->user_data);
}

void
hub_door_expire (HubDoor *self, HubConnection *connection)
{
  if (connection->stream == NULL)
    hub_door_drop (self, connection);
  else if (connection->stage == HUB_STAGE_IDLE)
    hub_tls_stream_shut (connection->stream, HUB_LINGER_MS);
  else
    hub_tls_stream_cut (connection->stream, HUB_STREAM_END_DEADLINE);
}

static void
on_deadline (gpointer owner, gpointer user_data)
{
  hub_door_expire (user_data, owner);
}

HubDoor *
hub_door_new (const HubDoorConfig *config, const HubDoorFuncs *funcs, gpointer user_data)
{
  static const HubAdmissionCaps local_caps = { HUB_MAX_LOCAL, 0, 0 };
  HubDoor *self;

  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (config->listeners != NULL, NULL);
  g_return_val_if_fail (funcs != NULL && funcs->opened != NULL, NULL);

  self = g_new0 (HubDoor, 1);
  self->clock = g_object_ref (config->clock);
  self->poller = hub_poller_ref (config->poller);
  self->lan = g_object_ref (config->lan);
  self->credentials = hub_credentials_ref (config->credentials);
  self->warnings = config->warnings;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->allow_remote = config->allow_remote;
  self->max_pending = config->max_pending;
  self->admission = hub_admission_new (config->clock, &config->caps);
  self->local_admission = hub_admission_new (config->clock, &local_caps);
  self->stages = hub_stages_new (config->clock, on_deadline, self);
  self->holds = hub_timeout_queue_new (config->clock, HOLD_STEP_MS, on_held, self);
  self->stranded
      = hub_timeout_queue_new (config->clock, HUB_STRANDED_MS, hub_door_on_stranded, self);
  self->by_remote = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->connections);
  self->listener = hub_listener_new (config->listeners, hub_door_on_accepted, self);
  if (config->local_listeners != NULL)
    self->local_listener
        = hub_listener_new (config->local_listeners, hub_door_on_local_accepted, self);
  g_signal_connect (self->lan, "changed", G_CALLBACK (hub_door_on_lan_changed), self);

  return self;
}

void
hub_door_free (HubDoor *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->lan, self);
  self->funcs.emptied = NULL;
  g_clear_pointer (&self->local_listener, hub_listener_free);
  g_clear_pointer (&self->listener, hub_listener_free);
  hub_door_cut (self);
  g_clear_pointer (&self->stages, hub_stages_free);
  g_clear_pointer (&self->holds, hub_timeout_queue_free);
  g_clear_pointer (&self->stranded, hub_timeout_queue_free);
  g_clear_pointer (&self->by_remote, g_hash_table_unref);
  g_clear_pointer (&self->admission, hub_admission_free);
  g_clear_pointer (&self->local_admission, hub_admission_free);
  g_clear_pointer (&self->credentials, hub_credentials_unref);
  g_clear_pointer (&self->poller, hub_poller_unref);
  g_clear_object (&self->lan);
  g_clear_object (&self->clock);
  g_free (self);
}

void
hub_door_set_credentials (HubDoor *self, HubCredentials *credentials)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (credentials != NULL);

  hub_credentials_ref (credentials);
  g_clear_pointer (&self->credentials, hub_credentials_unref);
  self->credentials = credentials;
}

HubConnection *
hub_door_find (HubDoor *self, GSocketAddress *remote)
{
  g_return_val_if_fail (self != NULL, NULL);

  return remote != NULL ? g_hash_table_lookup (self->by_remote, remote) : NULL;
}

void
hub_door_set_stage (HubDoor *self, HubConnection *connection, HubStage stage)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (connection != NULL);

  hub_stages_enter (self->stages, connection, stage);
  hub_door_update_hold (self);

  /* A whole request: whoever sends it is past his browser's warning. */
  if (stage == HUB_STAGE_RESPONSE && connection->kind == HUB_CONNECTION_TLS
      && self->warnings != NULL)
    hub_warning_watch_passed (self->warnings, connection->key);
}

void
hub_door_accuse (HubDoor *self, HubConnection *connection)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (connection != NULL);

  hub_admission_accuse (get_admission (self, connection), connection->key);
}

void
hub_door_shut (HubDoor *self)
{
  HubConnection *pending;

  g_return_if_fail (self != NULL);

  /* The listener goes last: with it gone, the last connection's end is told as `emptied`. */
  while ((pending = hub_stages_peek_pending (self->stages)) != NULL)
    hub_door_expire (self, pending);
  g_clear_pointer (&self->local_listener, hub_listener_free);
  g_clear_pointer (&self->listener, hub_listener_free);
  if (self->connections.length == 0 && self->funcs.emptied != NULL)
    self->funcs.emptied (self->user_data);
}

void
hub_door_cut (HubDoor *self)
{
  g_return_if_fail (self != NULL);

  /* Each cut ends its stream at once, and that drops the record. */
  while (self->connections.length > 0)
    {
      HubConnection *connection = g_queue_peek_head (&self->connections);

      if (connection->stream != NULL && !hub_tls_stream_is_ended (connection->stream))
        hub_tls_stream_cut (connection->stream, HUB_STREAM_END_CUT);
      else
        hub_door_drop (self, connection);
    }
}

void
hub_door_run (HubDoor *self)
{
  g_return_if_fail (self != NULL);

  hub_stages_run (self->stages);
  hub_timeout_queue_run (self->holds);
  hub_timeout_queue_run (self->stranded);
}

guint
hub_door_get_n_connections (HubDoor *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->connections.length;
}

guint
hub_door_get_n_pending (HubDoor *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return hub_stages_get_n_pending (self->stages);
}
