/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-connection.h"

#include <sys/socket.h>
#include <unistd.h>

static GSocketAddress *
get_address (int fd, int (*get) (int, struct sockaddr *, socklen_t *))
{
  struct sockaddr_storage native = { 0 };
  socklen_t length = sizeof native;

  if (get (fd, (struct sockaddr *) &native, &length) != 0)
    return NULL;
  return g_socket_address_new_from_native (&native, length);
}

static int
get_peer (int fd, struct sockaddr *address, socklen_t *length)
{
  return getpeername (fd, address, length);
}

static int
get_local (int fd, struct sockaddr *address, socklen_t *length)
{
  return getsockname (fd, address, length);
}

HubConnection *
hub_connection_new (int fd)
{
  g_autoptr (GSocketAddress) local = get_address (fd, get_local);
  g_autoptr (GSocketAddress) remote = get_address (fd, get_peer);
  HubConnection *self;

  if (!G_IS_INET_SOCKET_ADDRESS (local) || !G_IS_INET_SOCKET_ADDRESS (remote))
    {
      close (fd);
      return NULL;
    }

  self = g_new0 (HubConnection, 1);
  self->link.data = self;
  self->fd = fd;
  self->local = g_steal_pointer (&local);
  self->remote = g_steal_pointer (&remote);

  return self;
}

void
hub_connection_free (HubConnection *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  if (self->stream != NULL)
    {
      g_clear_signal_handler (&self->shaken, self->stream);
      g_clear_signal_handler (&self->ended, self->stream);
      hub_tls_stream_cut (self->stream, HUB_STREAM_END_CUT);
      g_clear_object (&self->stream);
    }
  g_clear_pointer (&self->key, g_free);
  g_clear_object (&self->local);
  g_clear_object (&self->remote);
  g_free (self);
}

GInetAddress *
hub_connection_get_peer (HubConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (self->remote));
}

GInetAddress *
hub_connection_get_local (HubConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (self->local));
}
