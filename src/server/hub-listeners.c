/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-listeners.h"

#include "base/hub-limits.h"
#include "hub-config.h"
#include "server/hub-server.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* A port that the system chose for the first address may be taken on another one. */
#define ANY_PORT_TRIES 16

static void
close_fd (gpointer data)
{
  close (*(int *) data);
}

static GArray *
new_array (void)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));

  g_array_set_clear_func (fds, close_fd);
  return fds;
}

static guint16
get_bound_port (int fd)
{
  union
  {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } address = { 0 };
  socklen_t length = sizeof address;

  if (getsockname (fd, &address.any, &length) != 0)
    return 0;
  return ntohs (address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
}

static HubServerError
get_code (int saved)
{
  switch (saved)
    {
    case EADDRINUSE:
      return HUB_SERVER_ERROR_PORT_IN_USE;
    case EACCES:
    case EPERM:
      return HUB_SERVER_ERROR_PORT_FORBIDDEN;
    case EADDRNOTAVAIL:
      return HUB_SERVER_ERROR_ADDRESS;
    default:
      return HUB_SERVER_ERROR_FAILED;
    }
}

static void
set_error (GError **error, int saved, GInetAddress *address, guint16 port)
{
  g_autofree char *text = g_inet_address_to_string (address);

  switch (get_code (saved))
    {
    case HUB_SERVER_ERROR_PORT_IN_USE:
      g_set_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_PORT_IN_USE,
                   /* Translators: %u is a number such as 8443, which is never grouped. */
                   _ ("Port %u is used by another program. Stop that program, or choose another "
                      "port."),
                   port);
      break;
    case HUB_SERVER_ERROR_PORT_FORBIDDEN:
      g_set_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_PORT_FORBIDDEN,
                   /* Translators: %u is a number such as 443, which is never grouped. */
                   _ ("Port %u needs the system’s permission. Choose a port from 1024 on: those do "
                      "not."),
                   port);
      break;
    case HUB_SERVER_ERROR_ADDRESS:
      g_set_error (
          error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_ADDRESS,
          /* Translators: %s is an IP address. */
          _ ("%s is not an address of this computer. Choose one that it has now, or let the "
             "chat listen on all."),
          text);
      break;
    case HUB_SERVER_ERROR_FAILED:
    case HUB_SERVER_ERROR_WEB_ROOT:
      g_set_error (
          error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_FAILED,
          /* Translators: an IP address, a number such as 8443, and what went wrong. */
          _ ("Cannot listen on %s, port %u: %s. Try another port, or again a little later."), text,
          port, g_strerror (saved));
      break;
    }
}

/* Returns: a listening socket, or -1 with errno */
static int
listen_on (GInetAddress *address, guint16 port)
{
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new (address, port);
  struct sockaddr_storage native = { 0 };
  gssize length = g_socket_address_get_native_size (socket_address);
  int one = 1;
  int saved;
  int fd;

  if (!g_socket_address_to_native (socket_address, &native, sizeof native, NULL))
    {
      errno = EAFNOSUPPORT;
      return -1;
    }
  fd = socket (native.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return -1;

  if (setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0
      && (native.ss_family != AF_INET6
          || setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one) == 0)
      && bind (fd, (struct sockaddr *) &native, (socklen_t) length) == 0
      && listen (fd, HUB_LISTEN_BACKLOG) == 0)
    return fd;

  saved = errno;
  close (fd);
  errno = saved;
  return -1;
}

/* @is_optional: of "every address" IPv6 may be missing. */
static GArray *
open_all (GPtrArray *addresses, gboolean is_optional, guint16 port, guint16 *bound, GError **error)
{
  g_autoptr (GArray) fds = new_array ();

  for (guint i = 0; i < addresses->len; i++)
    {
      GInetAddress *address = g_ptr_array_index (addresses, i);
      int fd = listen_on (address, port);

      if (fd < 0)
        {
          int saved = errno;

          if (is_optional && fds->len > 0 && (saved == EAFNOSUPPORT || saved == EADDRNOTAVAIL))
            continue;
          set_error (error, saved, address, port);
          return NULL;
        }
      g_array_append_val (fds, fd);
      if (port == 0)
        port = get_bound_port (fd);
    }

  *bound = port;
  return g_steal_pointer (&fds);
}

/* Tries again where the system chose a port that is taken on another address. */
static GArray *
open_somewhere (GPtrArray *addresses,
                gboolean is_optional,
                guint16 port,
                guint16 *bound,
                GError **error)
{
  guint tries = port == 0 ? ANY_PORT_TRIES : 1;

  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      GArray *fds = open_all (addresses, is_optional, port, bound, &failure);

      if (fds != NULL)
        return fds;
      if (--tries == 0
          || !g_error_matches (failure, HUB_SERVER_ERROR, HUB_SERVER_ERROR_PORT_IN_USE))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
}

/* @new_address: of a family, with the meaning both have in common. */
static GPtrArray *
new_pair (GInetAddress *(*new_address) (GSocketFamily family))
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (addresses, new_address (G_SOCKET_FAMILY_IPV4));
  g_ptr_array_add (addresses, new_address (G_SOCKET_FAMILY_IPV6));

  return addresses;
}

GArray *
hub_listeners_open (GPtrArray *addresses, guint16 port, guint16 *bound, GError **error)
{
  gboolean is_every = addresses == NULL || addresses->len == 0;
  g_autoptr (GPtrArray) list
      = is_every ? new_pair (g_inet_address_new_any) : g_ptr_array_ref (addresses);

  g_return_val_if_fail (bound != NULL, NULL);

  return open_somewhere (list, is_every, port, bound, error);
}

GArray *
hub_listeners_open_local (guint16 *bound, GError **error)
{
  g_autoptr (GPtrArray) list = new_pair (g_inet_address_new_loopback);

  g_return_val_if_fail (bound != NULL, NULL);

  return open_somewhere (list, TRUE, 0, bound, error);
}
