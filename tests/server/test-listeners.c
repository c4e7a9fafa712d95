/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-listeners.h"
#include "server/hub-server.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static guint16
get_port (int fd, int *family)
{
  struct sockaddr_in6 address = { 0 };
  socklen_t length = sizeof address;

  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  *family = address.sin6_family;
  return ntohs (address.sin6_port); /* at the same place in both families */
}

static GPtrArray *
new_addresses (const char *one, const char *two)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (addresses, g_inet_address_new_from_string (one));
  if (two != NULL)
    g_ptr_array_add (addresses, g_inet_address_new_from_string (two));
  return addresses;
}

static void
test_every_address (void)
{
  g_autoptr (GError) error = NULL;
  guint16 port = 0;
  g_autoptr (GArray) fds = hub_listeners_open (NULL, 0, &port, &error);
  int families[2];

  g_assert_no_error (error);
  g_assert_cmpuint (port, !=, 0);
  g_assert_cmpuint (fds->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      int fd = g_array_index (fds, int, i);

      g_assert_cmpuint (get_port (fd, &families[i]), ==, port);
      g_assert_cmpint (fcntl (fd, F_GETFD) & FD_CLOEXEC, !=, 0);
      g_assert_cmpint (fcntl (fd, F_GETFL) & O_NONBLOCK, !=, 0);
    }
  g_assert_cmpint (families[0], ==, AF_INET);
  g_assert_cmpint (families[1], ==, AF_INET6);
}

static void
test_given_addresses (void)
{
  g_autoptr (GPtrArray) addresses = new_addresses ("127.0.0.1", "127.0.0.2");
  guint16 port = 0;
  g_autoptr (GArray) fds = hub_listeners_open (addresses, 0, &port, NULL);
  guint16 again = 0;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (fds->len, ==, 2);
  g_assert_null (hub_listeners_open (addresses, port, &again, &error));
  g_assert_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_PORT_IN_USE);
  g_assert_cmpuint (again, ==, 0);
}

/* One of two is taken: nothing is left open of the other. Another program may take the port between
 * two steps of this; not every time. */
static void
test_partly_in_use (void)
{
  g_autoptr (GPtrArray) one = new_addresses ("127.0.0.2", NULL);
  g_autoptr (GPtrArray) both = new_addresses ("127.0.0.1", "127.0.0.2");
  g_autoptr (GArray) now = NULL;

  for (guint tries = 0; now == NULL; tries++)
    {
      guint16 port = 0;
      guint16 bound = 0;
      g_autoptr (GArray) fds = hub_listeners_open (one, 0, &port, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (tries, <, 10);
      g_assert_null (hub_listeners_open (both, port, &bound, &error));
      g_assert_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_PORT_IN_USE);
      g_clear_pointer (&fds, g_array_unref);
      now = hub_listeners_open (both, port, &bound, NULL);
      g_assert_cmpuint (bound, ==, now != NULL ? port : 0);
    }
}

static void
test_foreign_address (void)
{
  g_autoptr (GPtrArray) addresses = new_addresses ("192.0.2.1", NULL);
  g_autoptr (GError) error = NULL;
  guint16 port;

  g_assert_null (hub_listeners_open (addresses, 0, &port, &error));
  g_assert_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_ADDRESS);
}

static void
test_forbidden_port (void)
{
  g_autofree char *first = NULL;
  g_autoptr (GPtrArray) addresses = new_addresses ("127.0.0.1", NULL);
  g_autoptr (GError) error = NULL;
  guint16 port;

  g_assert_true (
      g_file_get_contents ("/proc/sys/net/ipv4/ip_unprivileged_port_start", &first, NULL, NULL));
  if (geteuid () == 0 || g_ascii_strtoull (first, NULL, 10) <= 1)
    {
      g_test_skip ("every port is allowed here");
      return;
    }

  g_assert_null (hub_listeners_open (addresses, 1, &port, &error));
  g_assert_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_PORT_FORBIDDEN);
}

/* Nobody but this computer can reach it. */
static void
test_local (void)
{
  g_autoptr (GError) error = NULL;
  guint16 port = 0;
  g_autoptr (GArray) fds = hub_listeners_open_local (&port, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (port, !=, 0);
  g_assert_cmpuint (fds->len, >=, 1);
  for (guint i = 0; i < fds->len; i++)
    {
      struct sockaddr_storage native = { 0 };
      socklen_t length = sizeof native;
      g_autoptr (GSocketAddress) address = NULL;
      GInetSocketAddress *bound;

      g_assert_cmpint (
          getsockname (g_array_index (fds, int, i), (struct sockaddr *) &native, &length), ==, 0);
      address = g_socket_address_new_from_native (&native, length);
      bound = G_INET_SOCKET_ADDRESS (address);
      g_assert_true (g_inet_address_get_is_loopback (g_inet_socket_address_get_address (bound)));
      g_assert_cmpuint (g_inet_socket_address_get_port (bound), ==, port);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listeners/every-address", test_every_address);
  g_test_add_func ("/listeners/given-addresses", test_given_addresses);
  g_test_add_func ("/listeners/partly-in-use", test_partly_in_use);
  g_test_add_func ("/listeners/foreign-address", test_foreign_address);
  g_test_add_func ("/listeners/forbidden-port", test_forbidden_port);
  g_test_add_func ("/listeners/local", test_local);
  return g_test_run ();
}
