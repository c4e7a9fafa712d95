/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-door.h"

#include "base/hub-limits.h"
#include "server/hub-admission.h"
#include "server/hub-listener.h"

#include <errno.h>
#include <sys/socket.h>

/* How often a door that is full looks whether the oldest has had his time. */
#define HOLD_STEP_MS 100

#define TLS_HANDSHAKE_RECORD 0x16 /* RFC 8446 section 5.1 */

struct _HubDoor
{
  HubClock *clock;
  HubPoller *poller;
  HubLan *lan;
  HubCredentials *credentials;
  HubDoorFuncs funcs;
  gpointer user_data;
  gboolean allow_remote;

  HubListener *listener; /* NULL once shut */
  HubAdmission *admission;
  HubTimeoutQueue *deadlines[HUB_STAGE_TIMED];
  HubTimeoutQueue *holds; /* of one: when to look again whether to hold the listener */
  HubTimeout hold;
  GQueue connections;
  GHashTable *by_remote; /* GSocketAddress by identity -> HubConnection */
};

static const guint deadline_ms[HUB_STAGE_TIMED] = {
  [HUB_STAGE_PENDING] = HUB_HANDSHAKE_DEADLINE_MS,
  [HUB_STAGE_REQUEST] = HUB_REQUEST_DEADLINE_MS,
  [HUB_STAGE_RESPONSE] = HUB_RESPONSE_DEADLINE_MS,
  [HUB_STAGE_IDLE] = HUB_KEEP_ALIVE_DEADLINE_MS,
};

static gboolean
is_full (HubDoor *self)
{
  return hub_timeout_queue_get_length (self->deadlines[HUB_STAGE_PENDING]) >= HUB_MAX_PENDING;
}

/* Who waits behind the door is let in as soon as there is room, or the oldest inside has had his
 * time and makes some. */
static void
update_hold (HubDoor *self)
{
  HubConnection *oldest = hub_timeout_queue_peek (self->deadlines[HUB_STAGE_PENDING]);
  gint64 now = hub_clock_get_monotonic (self->clock);
  gboolean is_held;

  if (self->listener == NULL)
    return;

  is_held = is_full (self)
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
  update_hold (user_data);
}

static void
stop_polling (HubDoor *self, HubConnection *connection)
{
  if (connection->poll == 0)
    return;

  hub_poller_remove (self->poller, connection->poll, connection->fd);
  connection->poll = 0;
}

/* Ends the record of @connection, whatever its stage. */
static void
drop (HubDoor *self, HubConnection *connection)
{
  if (connection->stage < HUB_STAGE_TIMED)
    hub_timeout_queue_stop (self->deadlines[connection->stage], &connection->timeout);
  update_hold (self);
  stop_polling (self, connection);
  g_queue_unlink (&self->connections, &connection->link);
  g_hash_table_remove (self->by_remote, connection->remote);
  hub_admission_leave (self->admission, connection->key);
  hub_connection_free (connection);

  if (self->listener == NULL && self->connections.length == 0 && self->funcs.emptied != NULL)
    self->funcs.emptied (self->user_data);
}

static void
on_deadline (gpointer owner, gpointer user_data)
{
  HubConnection *connection = owner;
  HubDoor *self = user_data;

  if (connection->stream == NULL)
    drop (self, connection);
  else if (connection->stage == HUB_STAGE_IDLE)
    hub_tls_stream_shut (connection->stream, HUB_LINGER_MS);
  else
    hub_tls_stream_cut (connection->stream, HUB_STREAM_END_DEADLINE);
}

static void
on_stream_ended (HubTlsStream *stream, HubStreamEnd why, gpointer user_data)
{
  HubConnection *connection = user_data;

  g_debug ("A connection in stage %d ended: %d", connection->stage, why);
  drop (connection->door, connection);
}

static void
on_stream_shaken (HubTlsStream *stream, gpointer user_data)
{
  HubConnection *connection = user_data;
  HubDoor *self = connection->door;

  hub_tls_stream_renew_input (stream, HUB_REQUEST_HEADER_MAX_BYTES);
  hub_door_set_stage (self, connection, HUB_STAGE_REQUEST);
  self->funcs.opened (connection, self->user_data);
}

static void
shake_hands (HubDoor *self, HubConnection *connection)
{
  g_autoptr (GError) error = NULL;

  stop_polling (self, connection);
  connection->stream
      = hub_tls_stream_new (self->poller, self->credentials, g_steal_fd (&connection->fd), &error);
  if (connection->stream == NULL)
    {
      g_debug ("No TLS session: %s", error->message);
      drop (self, connection);
      return;
    }

  connection->shaken
      = g_signal_connect (connection->stream, "shaken", G_CALLBACK (on_stream_shaken), connection);
  connection->ended
      = g_signal_connect (connection->stream, "ended", G_CALLBACK (on_stream_ended), connection);
}

/* The first byte tells TLS from everything else. */
static void
on_first_byte (guint32 events, gpointer user_data)
{
  HubConnection *connection = user_data;
  HubDoor *self = connection->door;
  guint8 byte = 0;
  ssize_t n = recv (connection->fd, &byte, 1, MSG_PEEK);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (n == 1 && byte == TLS_HANDSHAKE_RECORD)
    shake_hands (self, connection);
  else
    drop (self, connection);
}

static gboolean
admit (HubDoor *self, HubConnection *connection)
{
  GInetAddress *peer = hub_connection_get_peer (connection);

  if (!self->allow_remote && !hub_lan_admits (self->lan, peer))
    return FALSE;

  connection->key = hub_lan_dup_throttle_key (self->lan, peer);
  return hub_admission_enter (self->admission, connection->key) == HUB_ADMISSION_OK;
}

/* Keeps @connection (taken), which was admitted, until its end. */
static void
take (HubDoor *self, HubConnection *connection)
{
  HubTimeoutQueue *pending = self->deadlines[HUB_STAGE_PENDING];

  /* Full, and the oldest has had his time: see update_hold(). */
  if (is_full (self))
    on_deadline (hub_timeout_queue_peek (pending), self);

  connection->door = self;
  g_queue_push_tail_link (&self->connections, &connection->link);
  g_hash_table_insert (self->by_remote, connection->remote, connection);
  hub_timeout_queue_start (pending, &connection->timeout, connection);
  connection->poll = hub_poller_add (self->poller, connection->fd, on_first_byte, connection, NULL);
  if (connection->poll == 0)
    drop (self, connection);
  update_hold (self);
}

static void
on_accepted (int fd, gpointer user_data)
{
  HubDoor *self = user_data;
  g_autoptr (HubConnection) connection = hub_connection_new (fd);

  if (connection != NULL && admit (self, connection))
    take (self, g_steal_pointer (&connection));
}

HubDoor *
hub_door_new (const HubDoorConfig *config, const HubDoorFuncs *funcs, gpointer user_data)
{
  HubDoor *self;

  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (config->listeners != NULL, NULL);
  g_return_val_if_fail (funcs != NULL && funcs->opened != NULL, NULL);

  self = g_new0 (HubDoor, 1);
  self->clock = g_object_ref (config->clock);
  self->poller = hub_poller_ref (config->poller);
  self->lan = g_object_ref (config->lan);
  self->credentials = hub_credentials_ref (config->credentials);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->allow_remote = config->allow_remote;
  self->admission
      = hub_admission_new (config->clock, config->max_connections, config->max_per_address);
  for (guint i = 0; i < HUB_STAGE_TIMED; i++)
    self->deadlines[i] = hub_timeout_queue_new (config->clock, deadline_ms[i], on_deadline, self);
  self->holds = hub_timeout_queue_new (config->clock, HOLD_STEP_MS, on_held, self);
  self->by_remote = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->connections);
  self->listener = hub_listener_new (config->listeners, on_accepted, self);

  return self;
}

void
hub_door_free (HubDoor *self)
{
  g_return_if_fail (self != NULL);

  self->funcs.emptied = NULL;
  g_clear_pointer (&self->listener, hub_listener_free);
  hub_door_cut (self);
  for (guint i = 0; i < HUB_STAGE_TIMED; i++)
    g_clear_pointer (&self->deadlines[i], hub_timeout_queue_free);
  g_clear_pointer (&self->holds, hub_timeout_queue_free);
  g_clear_pointer (&self->by_remote, g_hash_table_unref);
  g_clear_pointer (&self->admission, hub_admission_free);
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

  if (connection->stage < HUB_STAGE_TIMED)
    hub_timeout_queue_stop (self->deadlines[connection->stage], &connection->timeout);
  connection->stage = stage;
  if (stage < HUB_STAGE_TIMED)
    hub_timeout_queue_start (self->deadlines[stage], &connection->timeout, connection);
  update_hold (self);
}

void
hub_door_bar (HubDoor *self, HubConnection *connection)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (connection != NULL);

  hub_admission_bar (self->admission, connection->key);
}

void
hub_door_shut (HubDoor *self)
{
  HubTimeoutQueue *pending;
  gpointer connection;

  g_return_if_fail (self != NULL);

  pending = self->deadlines[HUB_STAGE_PENDING];
  /* The listener goes last: with it gone, the last connection's end is told as `emptied`. */
  while ((connection = hub_timeout_queue_peek (pending)) != NULL)
    on_deadline (connection, self);
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
        drop (self, connection);
    }
}

void
hub_door_run (HubDoor *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < HUB_STAGE_TIMED; i++)
    hub_timeout_queue_run (self->deadlines[i]);
  hub_timeout_queue_run (self->holds);
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

  return hub_timeout_queue_get_length (self->deadlines[HUB_STAGE_PENDING]);
}
