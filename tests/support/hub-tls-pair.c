/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-tls-pair.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

void
hub_test_connect (int buffer, int *server_fd, int *client_fd)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;
  int one = 1;
  int listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  *client_fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_no_errno (listener);
  g_assert_no_errno (*client_fd);
  if (buffer > 0)
    {
      setsockopt (listener, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
      setsockopt (*client_fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    }
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_no_errno (bind (listener, (struct sockaddr *) &address, sizeof address));
  g_assert_no_errno (listen (listener, 1));
  g_assert_no_errno (getsockname (listener, (struct sockaddr *) &address, &length));
  g_assert_no_errno (connect (*client_fd, (struct sockaddr *) &address, sizeof address));
  *server_fd = accept4 (listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  g_assert_no_errno (*server_fd);
  setsockopt (*server_fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt (*client_fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  close (listener);
}

static void
remove_directory (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_assert_no_errno (g_unlink (file));
    }
  g_assert_no_errno (g_rmdir (path));
}

HubCredentials *
hub_test_make_credentials (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("hub-tls-XXXXXX", &error);
  g_autoptr (HubClock) clock = hub_clock_new ();
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HubIdentity) identity = NULL;
  gboolean changed;

  g_assert_no_error (error);
  g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  identity = hub_identity_open (clock, directory, &error);
  g_assert_no_error (error);
  hub_identity_ensure (identity, addresses, NULL, TRUE, &changed, &error);
  g_assert_no_error (error);
  remove_directory (directory);

  return hub_credentials_ref (hub_identity_get_credentials (identity));
}

static void
on_stream_shaken (HubTlsStream *stream, HubTlsPair *pair)
{
  g_assert_false (pair->is_shaken);
  pair->is_shaken = TRUE;
}

static void
on_stream_ended (HubTlsStream *stream, HubStreamEnd why, HubTlsPair *pair)
{
  g_assert_true (hub_tls_stream_is_ended (stream));
  pair->is_ended = TRUE;
  pair->n_ended++;
  pair->end = why;
}

HubTlsPair *
hub_tls_pair_new (HubPoller *poller,
                  HubCredentials *credentials,
                  int buffer,
                  const char *priorities,
                  const char *const *alpn)
{
  HubTlsPair *self = g_new0 (HubTlsPair, 1);
  g_autoptr (GError) error = NULL;
  int server_fd, client_fd;

  hub_test_connect (buffer, &server_fd, &client_fd);
  self->client = credentials != NULL ? hub_tls_client_new (client_fd, priorities, alpn)
                                     : hub_tls_client_new_plain (client_fd);
  self->stream = hub_tls_stream_new (poller, credentials, server_fd, &error);
  g_assert_no_error (error);
  g_signal_connect (self->stream, "shaken", G_CALLBACK (on_stream_shaken), self);
  g_signal_connect (self->stream, "ended", G_CALLBACK (on_stream_ended), self);

  return self;
}

HubTlsPair *
hub_tls_pair_new_open (HubPoller *poller, HubCredentials *credentials, int buffer)
{
  HubTlsPair *self = hub_tls_pair_new (poller, credentials, buffer, NULL, NULL);

  g_assert_cmpint (hub_tls_client_shake (self->client), ==, 0);
  hub_test_wait_for (&self->is_shaken);

  return self;
}

/* Whatever the test did: the stream ends exactly once, and nobody but us holds it any more. */
void
hub_tls_pair_free (HubTlsPair *self)
{
  if (self->stream != NULL)
    {
      hub_tls_stream_cut (self->stream, HUB_STREAM_END_CUT);
      g_assert_cmpuint (self->n_ended, ==, 1);
      g_signal_handlers_disconnect_by_data (self->stream, self);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_finalize_object (self->stream);
    }
  hub_tls_client_free (self->client);
  g_free (self);
}

GBytes *
hub_test_make_bytes (guint seed, gsize length)
{
  guint8 *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (seed * 31 + i * 7 + i / 251);

  return g_bytes_new_take (data, length);
}

guint
hub_test_count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

void
hub_tls_fixture_set_up (HubTlsFixture *fixture, gconstpointer user_data)
{
  fixture->credentials = hub_test_make_credentials ();
  hub_tls_fixture_set_up_plain (fixture, user_data);
}

void
hub_tls_fixture_set_up_plain (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* What GLib opens and starts for itself at the first use. */
  hub_tls_client_pump ();
  g_type_ensure (G_TYPE_TASK);
  fixture->descriptors = hub_test_count_descriptors ();
  fixture->poller = hub_poller_new (&error);
  g_assert_no_error (error);
}

void
hub_tls_fixture_tear_down (HubTlsFixture *fixture, gconstpointer user_data)
{
  hub_poller_unref (fixture->poller);
  g_assert_cmpuint (hub_test_count_descriptors (), ==, fixture->descriptors);
  g_clear_pointer (&fixture->credentials, hub_credentials_unref);
}
