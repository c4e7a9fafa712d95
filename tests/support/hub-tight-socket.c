/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-tight-socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* One write in so many finds no room. */
#define FULL_EVERY 5

/* What the linker's --wrap calls them: ours, and the C library's. */
ssize_t __wrap_send (int fd, const void *data, size_t length, int flags);
ssize_t __wrap_sendmsg (int fd, const struct msghdr *message, int flags);
ssize_t __real_send (int fd, const void *data, size_t length, int flags);
ssize_t __real_sendmsg (int fd, const struct msghdr *message, int flags);

/* Nothing hands a function in the C library's place anything of ours. */
static struct
{
  guint16 port; /* 0: no socket is tight */
  guint writes;
} tight;

void
hub_tight_sockets_begin (guint16 port)
{
  g_assert_cmpuint (port, !=, 0);
  tight.port = port;
  tight.writes = 0;
}

guint
hub_tight_sockets_end (void)
{
  tight.port = 0;

  return tight.writes;
}

guint16
hub_tight_socket_get_port (int fd)
{
  struct sockaddr_in address;
  socklen_t length = sizeof address;

  if (getsockname (fd, (struct sockaddr *) &address, &length) < 0 || address.sin_family != AF_INET)
    return 0;

  return ntohs (address.sin_port);
}

/* Whoever sets the size of its buffer is told that there is room in it. */
static void
make_room (int fd)
{
  const int size = 64 * 1024;

  g_assert_no_errno (setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size));
}

ssize_t
__wrap_send (int fd, const void *data, size_t length, int flags)
{
  if (tight.port == 0 || hub_tight_socket_get_port (fd) != tight.port)
    return __real_send (fd, data, length, flags);

  make_room (fd);
  if (++tight.writes % FULL_EVERY == 0)
    {
      errno = EAGAIN;
      return -1;
    }

  return __real_send (fd, data, MIN (length, HUB_TIGHT_BYTES), flags);
}

ssize_t
__wrap_sendmsg (int fd, const struct msghdr *message, int flags)
{
  if (tight.port == 0 || hub_tight_socket_get_port (fd) != tight.port)
    return __real_sendmsg (fd, message, flags);

  return __wrap_send (fd, message->msg_iov[0].iov_base, message->msg_iov[0].iov_len, flags);
}
