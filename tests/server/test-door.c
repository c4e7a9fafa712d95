/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who comes in, and who does not: through a whole server, with raw sockets. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

static guint16
get_port (HubTestServer *self)
{
  return hub_server_get_port (self->server);
}

/* Waits until the server has closed @fd without having said anything. */
static void
assert_dropped (int fd)
{
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      char byte;
      ssize_t n = recv (fd, &byte, 1, 0);

      if (n == 0 || (n < 0 && errno == ECONNRESET))
        break;
      g_assert_cmpint (n, ==, -1);
      g_assert_cmpint (errno, ==, EAGAIN);
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
      hub_tls_client_pump ();
    }
  close (fd);
}

static void
assert_served (HubTestServer *self)
{
  g_autoptr (HubTestPeer) peer = hub_test_peer_new (get_port (self));
  g_auto (HubTestResponse) response = { 0 };

  hub_test_peer_send_request (peer, "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_true (hub_test_peer_read_response (peer, TRUE, &response));
  g_assert_cmpuint (response.status, ==, 200);
}

/* Neither TLS nor HTTP, at once or after a while. */
static void
test_not_spoken_here (HubTestServer *self, gconstpointer user_data)
{
  int fd;

  hub_test_server_start (self);
  fd = hub_test_peer_connect (get_port (self), NULL);
  g_assert_cmpint (send (fd, "SSH-2.0-OpenSSH_9.2\r\n", 21, MSG_NOSIGNAL), ==, 21);
  assert_dropped (fd);
  fd = hub_test_peer_connect (get_port (self), NULL);
  g_assert_cmpint (send (fd, "GE", 2, MSG_NOSIGNAL), ==, 2);
  hub_test_server_wait_connections (self, 1);
  for (guint i = 0; i < 20; i++)
    hub_tls_client_pump ();
  hub_test_server_wait_connections (self, 1);
  g_assert_cmpint (send (fd, "ORGE", 4, MSG_NOSIGNAL), ==, 4);
  assert_dropped (fd);
  assert_served (self);
}

static void
test_gone_at_once (HubTestServer *self, gconstpointer user_data)
{
  struct linger reset = { 1, 0 };

  hub_test_server_start (self);
  for (guint i = 0; i < 20; i++)
    {
      int fd = hub_test_peer_connect (get_port (self), NULL);

      if (i % 2 == 0)
        setsockopt (fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
      close (fd);
    }
  assert_served (self);
  hub_test_server_wait_connections (self, 0);
}

static void
test_per_address (HubTestServer *self, gconstpointer user_data)
{
  int fds[3];

  self->config.max_per_address = 3;
  hub_test_server_start (self);
  for (guint i = 0; i < 3; i++)
    fds[i] = hub_test_peer_connect (get_port (self), NULL);
  hub_test_server_wait_connections (self, 3);
  assert_dropped (hub_test_peer_connect (get_port (self), NULL));

  close (fds[0]);
  hub_test_server_wait_connections (self, 2);
  assert_served (self);
  close (fds[1]);
  close (fds[2]);
}

static void
test_all_together (HubTestServer *self, gconstpointer user_data)
{
  int fds[2];

  self->config.max_connections = 2;
  hub_test_server_start (self);
  fds[0] = hub_test_peer_connect (get_port (self), NULL);
  fds[1] = hub_test_peer_connect (get_port (self), "127.0.0.2");
  hub_test_server_wait_connections (self, 2);
  assert_dropped (hub_test_peer_connect (get_port (self), "127.0.0.3"));
  close (fds[0]);
  close (fds[1]);
}

static void
test_attempts (HubTestServer *self, gconstpointer user_data)
{
  guint refused = 0;

  hub_test_server_start (self);
  for (guint i = 0; i < 2 * HUB_ATTEMPTS_BURST; i++)
    {
      int fd = hub_test_peer_connect (get_port (self), NULL);
      struct pollfd readable = { fd, POLLIN, 0 };

      hub_tls_client_pump ();
      /* Closed without a word: the connection became readable. */
      if (poll (&readable, 1, 0) == 1)
        refused++;
      close (fd);
    }
  g_assert_cmpuint (refused, >, 0);
  hub_test_server_wait_connections (self, 0);
}

/* More than may shake hands at a time: the oldest goes, the newest is served. */
static void
test_pending (HubTestServer *self, gconstpointer user_data)
{
  const guint n = HUB_MAX_PENDING + 10;
  g_autofree int *fds = g_new (int, n);
  struct rlimit limit;
  HubServerFigures figures;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  if (limit.rlim_max < 2 * n + 100)
    {
      g_test_skip ("too few descriptors here");
      return;
    }

  self->config.max_per_address = 0;
  self->config.max_connections = 2 * n;
  hub_test_server_start (self);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *source = g_strdup_printf ("127.0.1.%u", 1 + i / 100);

      fds[i] = hub_test_peer_connect (get_port (self), source);
      hub_tls_client_pump ();
    }
  hub_test_server_wait_connections (self, HUB_MAX_PENDING);
  hub_server_get_figures (self->server, &figures);
  g_assert_cmpuint (figures.handshakes, ==, HUB_MAX_PENDING);
  for (guint i = 0; i < 10; i++)
    assert_dropped (fds[i]);
  assert_served (self);
  for (guint i = 10; i < n; i++)
    close (fds[i]);
  hub_test_server_wait_connections (self, 0);
}

static void
test_no_cap_on_pending (HubTestServer *self, gconstpointer user_data)
{
  int fds[HUB_MAX_PER_ADDRESS];

  self->config.max_pending = 0;
  hub_test_server_start (self);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = hub_test_peer_connect (get_port (self), NULL);
  hub_test_server_wait_connections (self, G_N_ELEMENTS (fds));
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
}

/* Few at a time: others wait outside, and nobody is sent away before he has had his time. */
static void
test_few_pending (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  HubServerFigures figures;
  int fds[3];

  self->config.clock = HUB_CLOCK (clock);
  self->config.max_pending = 2;
  hub_test_server_start (self);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = hub_test_peer_connect (get_port (self), NULL);
  hub_test_server_wait_connections (self, 2);
  for (guint i = 0; i < 100; i++)
    hub_tls_client_pump ();
  hub_server_get_figures (self->server, &figures);
  g_assert_cmpuint (figures.handshakes, ==, 2);

  hub_fake_clock_advance (clock, HUB_PENDING_GRACE_MS);
  hub_server_run (self->server);
  assert_dropped (fds[0]);
  hub_test_server_wait_connections (self, 2);
  close (fds[1]);
  close (fds[2]);
  hub_test_server_wait_connections (self, 0);
  hub_test_server_stop (self);
}

/* Out of descriptors: some are turned away, and once there are some again all is well. */
static void
test_no_descriptors (HubTestServer *self, gconstpointer user_data)
{
  struct rlimit limit;
  struct rlimit few;
  int fds[40];

  self->config.max_per_address = 0;
  hub_test_server_start (self);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = hub_test_peer_connect (get_port (self), NULL);

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  few = limit;
  few.rlim_cur = (rlim_t) fds[G_N_ELEMENTS (fds) - 1] + 5;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &few), ==, 0);
  /* The first of those that found no place was told by a close. */
  assert_dropped (fds[4]);
  for (guint i = 0; i < 4; i++)
    close (fds[i]);
  for (guint i = 5; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  assert_served (self);
  hub_test_server_wait_connections (self, 0);
}

static void
dup_certificate (HubTestServer *self, GBytes **certificate)
{
  g_autoptr (HubTestPeer) peer = hub_test_peer_new (get_port (self));
  unsigned int n;
  const gnutls_datum_t *chain = gnutls_certificate_get_peers (
      hub_tls_client_get_session (hub_test_peer_get_client (peer)), &n);

  *certificate = g_bytes_new (chain[0].data, chain[0].size);
}

static void
test_new_certificate (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) before = NULL;
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) new = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (HubTestResponse) response = { 0 };
  gboolean changed = FALSE;

  hub_test_server_start (self);
  dup_certificate (self, &old);
  before = hub_test_peer_new (get_port (self));
  g_ptr_array_add (addresses, g_inet_address_new_from_string ("192.168.7.7"));
  g_assert_true (hub_identity_ensure (self->identity, addresses, "pi", FALSE, &changed, &error));
  g_assert_true (changed);
  hub_server_set_credentials (self->server, hub_identity_get_credentials (self->identity));
  dup_certificate (self, &new);
  g_assert_false (g_bytes_equal (old, new));

  /* An older connection goes on. */
  hub_test_peer_send_request (before, "GET /room HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_true (hub_test_peer_read_response (before, TRUE, &response));
}

static void
test_stop_with_all_kinds (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) idle = NULL;
  g_autoptr (HubTestPeer) waiting = NULL;
  int silent;

  hub_test_server_start (self);
  silent = hub_test_peer_connect (get_port (self), NULL);
  idle = hub_test_peer_new (get_port (self));
  waiting = hub_test_peer_new (get_port (self));
  hub_test_peer_upgrade (waiting, NULL);
  hub_test_server_wait_connections (self, 3);
  hub_test_server_stop (self);
  close (silent);
}

static void
test_stop_empty (HubTestServer *self, gconstpointer user_data)
{
  hub_test_server_start (self);
  /* There is nobody to wait for. */
  hub_test_server_stop_within (self, HUB_STOP_LINGER_MS / 2);
}

/* Dropped without a stop: nothing stays behind either. */
static void
test_drop (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) guest = NULL;
  int silent;

  hub_test_server_start (self);
  silent = hub_test_peer_connect (get_port (self), NULL);
  guest = hub_test_peer_new (get_port (self));
  hub_test_peer_upgrade (guest, NULL);
  hub_test_peer_send_text (guest, "Ana");
  hub_test_peer_expect (guest, "* Ana joined");
  hub_test_server_wait_connections (self, 2);
  g_assert_finalize_object (g_steal_pointer (&self->server));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  close (silent);
  g_clear_pointer (&guest, hub_test_peer_free);
}

static void
test_port_in_use (HubTestServer *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  hub_test_server_start (self);
  self->config.port = get_port (self);
  g_assert_null (hub_server_new (&self->config, &error));
  g_assert_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_PORT_IN_USE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  hub_test_server_add ("/door/not-spoken-here", test_not_spoken_here);
  hub_test_server_add ("/door/gone-at-once", test_gone_at_once);
  hub_test_server_add ("/door/per-address", test_per_address);
  hub_test_server_add ("/door/all-together", test_all_together);
  hub_test_server_add ("/door/attempts", test_attempts);
  hub_test_server_add ("/door/pending", test_pending);
  hub_test_server_add ("/door/no-cap-on-pending", test_no_cap_on_pending);
  hub_test_server_add ("/door/few-pending", test_few_pending);
  hub_test_server_add ("/door/no-descriptors", test_no_descriptors);
  hub_test_server_add ("/door/new-certificate", test_new_certificate);
  hub_test_server_add ("/door/stop-with-all-kinds", test_stop_with_all_kinds);
  hub_test_server_add ("/door/stop-empty", test_stop_empty);
  hub_test_server_add ("/door/drop", test_drop);
  hub_test_server_add ("/door/port-in-use", test_port_in_use);
  return g_test_run ();
}
