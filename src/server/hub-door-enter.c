/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-door-private.h"

#include "base/hub-limits.h"
#include "net/hub-throttle-key.h"
#include "server/hub-first-bytes.h"

#include <errno.h>
#include <sys/socket.h>

static void
stop_polling (HubDoor *self, HubConnection *connection)
{
  if (connection->poll == 0)
    return;

  hub_poller_remove (self->poller, connection->poll, connection->fd);
  connection->poll = 0;
}

static void
on_stream_ended (HubTlsStream *stream, HubStreamEnd why, gpointer user_data)
{
  HubConnection *connection = user_data;
  HubDoor *self = connection->door;

  g_debug ("A connection in stage %d ended: %d", connection->stage, why);
  if (why == HUB_STREAM_END_ALERT && connection->stage == HUB_STAGE_PENDING)
    {
      g_debug ("Handshake refused by the peer"); /* tests/web counts these two */
      hub_admission_forgive (self->admission, connection->key);
      if (self->warnings != NULL)
        hub_warning_watch_refused (self->warnings, connection->key);
    }
  hub_door_drop (self, connection);
}

static void
on_stream_shaken (HubTlsStream *stream, gpointer user_data)
{
  HubConnection *connection = user_data;
  HubDoor *self = connection->door;

  if (connection->kind == HUB_CONNECTION_TLS)
    g_debug ("Handshake done");
  hub_tls_stream_renew_input (stream, HUB_REQUEST_HEADER_MAX_BYTES);
  hub_door_set_stage (self, connection, HUB_STAGE_REQUEST);
  self->funcs.opened (connection, self->user_data);
}

void
hub_door_start_stream (HubDoor *self, HubConnection *connection)
{
  HubCredentials *credentials = connection->kind == HUB_CONNECTION_TLS ? self->credentials : NULL;
  g_autoptr (GError) error = NULL;

  stop_polling (self, connection);
  connection->stream
      = hub_tls_stream_new (self->poller, credentials, g_steal_fd (&connection->fd), &error);
  if (connection->stream == NULL)
    {
      g_debug ("No stream: %s", error->message);
      hub_door_drop (self, connection);
      return;
    }

  connection->shaken
      = g_signal_connect (connection->stream, "shaken", G_CALLBACK (on_stream_shaken), connection);
  connection->ended
      = g_signal_connect (connection->stream, "ended", G_CALLBACK (on_stream_ended), connection);
}

/* The bytes stay in the socket, for whoever goes on with it. */
static void
on_first_bytes (guint32 events, gpointer user_data)
{
  HubConnection *connection = user_data;
  HubDoor *self = connection->door;
  guint8 bytes[HUB_FIRST_BYTES_LENGTH];
  ssize_t n = recv (connection->fd, bytes, sizeof bytes, MSG_PEEK);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;

  switch (n > 0 ? hub_first_bytes_judge (bytes, (gsize) n) : HUB_FIRST_BYTES_OTHER)
    {
    case HUB_FIRST_BYTES_MORE:
      break;
    case HUB_FIRST_BYTES_TLS:
      hub_door_start_stream (self, connection);
      break;
    case HUB_FIRST_BYTES_HTTP:
      connection->kind = HUB_CONNECTION_PLAIN;
      hub_door_start_stream (self, connection);
      break;
    case HUB_FIRST_BYTES_OTHER:
    default:
      hub_door_drop (self, connection);
      break;
    }
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
  /* Full, and the oldest has had his time: see hub_door_update_hold(). */
  if (hub_door_is_full (self))
    hub_door_expire (self, hub_stages_peek_pending (self->stages));

  hub_door_add (self, connection);
  hub_stages_enter (self->stages, connection, HUB_STAGE_PENDING);
  connection->poll
      = hub_poller_add (self->poller, connection->fd, on_first_bytes, connection, NULL);
  if (connection->poll == 0)
    hub_door_drop (self, connection);
  hub_door_update_hold (self);
}

void
hub_door_on_accepted (int fd, gpointer user_data)
{
  HubDoor *self = user_data;
  g_autoptr (HubConnection) connection = hub_connection_new (fd);

  if (connection != NULL && admit (self, connection))
    take (self, g_steal_pointer (&connection));
}

/* The kernel lets nobody else reach the loopback addresses; that would be a bad thing to be wrong
 * about, on systems that were told to route them. */
static gboolean
is_of_this_computer (HubConnection *connection)
{
  return g_inet_address_get_is_loopback (hub_connection_get_peer (connection))
         && g_inet_address_get_is_loopback (hub_connection_get_local (connection));
}

/* It waits for no first byte, so that no crowd of handshakes can push it out. */
void
hub_door_on_local_accepted (int fd, gpointer user_data)
{
  HubDoor *self = user_data;
  g_autoptr (HubConnection) connection = hub_connection_new (fd);
  HubConnection *taken;

  if (connection == NULL || !is_of_this_computer (connection))
    return;

  connection->kind = HUB_CONNECTION_LOCAL;
  connection->key = g_strdup (HUB_THROTTLE_KEY_LOOPBACK);
  if (hub_admission_enter (self->local_admission, connection->key) != HUB_ADMISSION_OK)
    return;

  taken = g_steal_pointer (&connection);
  hub_door_add (self, taken);
  hub_stages_enter (self->stages, taken, HUB_STAGE_REQUEST);
  hub_door_start_stream (self, taken);
}
