/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Browsers that refuse the certificate, asked of the whole server with a clock that stands still. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  HubTestServer server;
  HubFakeClock *clock;
  guint n_told;
} Fixture;

static void
on_stuck (HubServer *server, Fixture *self)
{
  self->n_told++;
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  hub_test_server_set_up (&self->server, NULL);
  self->clock = hub_fake_clock_new ();
  self->server.config.clock = HUB_CLOCK (self->clock);
  hub_test_server_start (&self->server);
  g_signal_connect (self->server.server, "stuck", G_CALLBACK (on_stuck), self);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  hub_test_server_tear_down (&self->server, NULL);
  g_assert_finalize_object (self->clock);
}

static int
refuse_certificate (gnutls_session_t session)
{
  return GNUTLS_E_CERTIFICATE_ERROR;
}

/* What a browser does that shows its warning; @left: connections there are afterwards. */
static void
refuse_beside (Fixture *self, guint left)
{
  int fd = hub_test_peer_connect (hub_server_get_port (self->server.server), NULL);
  g_autoptr (HubTlsClient) client = hub_tls_client_new (fd, NULL, NULL);
  gnutls_session_t session = hub_tls_client_get_session (client);

  gnutls_session_set_verify_function (session, refuse_certificate);
  g_assert_cmpint (hub_tls_client_shake (client), <, 0);
  gnutls_alert_send (session, GNUTLS_AL_FATAL, GNUTLS_A_CERTIFICATE_UNKNOWN);
  hub_test_server_wait_connections (&self->server, left);
}

static void
refuse (Fixture *self)
{
  refuse_beside (self, 0);
}

static void
expect (Fixture *self, gint64 ms, guint n_told)
{
  hub_fake_clock_advance (self->clock, ms);
  hub_server_run (self->server.server);
  g_assert_cmpuint (self->n_told, ==, n_told);
}

static void
test_stuck (Fixture *self, gconstpointer user_data)
{
  refuse (self);
  expect (self, HUB_WARNING_PATIENCE_MS - 1, 0);
  expect (self, 1, 1);
  refuse (self);
  expect (self, HUB_WARNING_PATIENCE_MS + HUB_WARNING_AGAIN_MS, 1);
}

static void
test_went_on (Fixture *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };

  refuse (self);
  response = hub_test_peer_ask (hub_server_get_port (self->server.server),
                                "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
  g_assert_cmpuint (response.status, ==, 200);
  hub_test_server_wait_connections (&self->server, 0);
  expect (self, HUB_WARNING_PATIENCE_MS, 0);
  refuse (self);
  expect (self, HUB_WARNING_PATIENCE_MS, 0);
}

/* Help is not the chat: who got it has yet to pass the warning. */
static void
test_had_help (Fixture *self, gconstpointer user_data)
{
  g_auto (HubTestResponse) response = { 0 };

  refuse (self);
  response
      = hub_test_peer_ask_plainly (hub_server_get_port (self->server.server),
                                   "GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n");
  g_assert_cmpuint (response.status, ==, 200);
  hub_test_server_wait_connections (&self->server, 0);
  expect (self, HUB_WARNING_PATIENCE_MS, 1);
}

/* Somebody is in from there: by the loopback listener, which has no certificate to refuse. */
static void
test_has_joined (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubTestPeer) guest
      = hub_test_peer_new_plain (hub_server_get_local_port (self->server.server));

  hub_test_peer_upgrade (guest, NULL);
  hub_test_peer_send_text (guest, "Ana");
  hub_test_peer_expect (guest, "* Ana joined");
  refuse_beside (self, 1);
  expect (self, HUB_WARNING_PATIENCE_MS, 0);
}

static gboolean
is_let_in (Fixture *self)
{
  int fd = hub_test_peer_connect (hub_server_get_port (self->server.server), NULL);
  HubServerFigures figures;
  gboolean is_in = FALSE;
  char byte;

  for (;;)
    {
      hub_tls_client_pump ();
      hub_server_get_figures (self->server.server, &figures);
      is_in = figures.connections > 0;
      if (is_in || recv (fd, &byte, 1, 0) >= 0 || errno == ECONNRESET)
        break;
    }
  close (fd);
  hub_test_server_wait_connections (&self->server, 0);

  return is_in;
}

/* A refused handshake leaves its share of attempts as it was. */
static void
test_does_not_count (Fixture *self, gconstpointer user_data)
{
  for (guint i = 1; i < HUB_ATTEMPTS_BURST; i++)
    g_assert_true (is_let_in (self));
  for (guint i = 0; i < 5; i++)
    refuse (self);
  g_assert_true (is_let_in (self));
  g_assert_false (is_let_in (self));
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/refused/stuck", test_stuck);
  add ("/refused/went-on", test_went_on);
  add ("/refused/had-help", test_had_help);
  add ("/refused/has-joined", test_has_joined);
  add ("/refused/does-not-count", test_does_not_count);
  return g_test_run ();
}
