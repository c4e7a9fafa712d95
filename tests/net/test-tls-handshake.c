/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a HubTlsStream begins, with whom, and with whom not. */

#include "net/hub-tls-stream.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"
#include "support/hub-tls-pair.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

static HubTlsPair *
new_pair (HubTlsFixture *fixture, const char *priorities, const char *const *alpn)
{
  return hub_tls_pair_new (fixture->poller, fixture->credentials, 0, priorities, alpn);
}

static void
assert_ends (HubTlsPair *pair, HubStreamEnd why)
{
  hub_test_wait_for (&pair->is_ended);
  g_assert_cmpint (pair->end, ==, why);
  g_assert_true (hub_tls_stream_is_ended (pair->stream));
}

static void
test_handshake (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = new_pair (fixture, user_data, NULL);

  g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
  hub_test_wait_for (&pair->is_shaken);
  g_assert_false (pair->is_ended);
}

/* One byte at a time in both directions: every place where a handshake can wait. */
static void
test_slow_handshake (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = new_pair (fixture, user_data, NULL);

  hub_tls_client_set_dribble (pair->client, 1);
  hub_tls_client_set_sip (pair->client, 1);
  g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
  hub_test_wait_for (&pair->is_shaken);
}

static void
test_old_version (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = new_pair (fixture, "NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0:%COMPAT", NULL);

  g_assert_cmpint (hub_tls_client_shake (pair->client), ==, GNUTLS_E_FATAL_ALERT_RECEIVED);
  g_assert_cmpint (gnutls_alert_get (hub_tls_client_get_session (pair->client)), ==,
                   GNUTLS_A_PROTOCOL_VERSION);
  assert_ends (pair, HUB_STREAM_END_PROTOCOL);
  g_assert_false (pair->is_shaken);
}

static void
test_alpn (HubTlsFixture *fixture, gconstpointer user_data)
{
  static const char *const both[] = { "h2", "http/1.1", NULL };
  static const char *const h2[] = { "h2", NULL };
  gnutls_datum_t selected = { 0 };

  {
    g_autoptr (HubTlsPair) pair = new_pair (fixture, NULL, both);

    g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
    gnutls_alpn_get_selected_protocol (hub_tls_client_get_session (pair->client), &selected);
    g_assert_cmpmem (selected.data, selected.size, "http/1.1", 8);
  }
  {
    g_autoptr (HubTlsPair) pair = new_pair (fixture, NULL, h2);

    g_assert_cmpint (hub_tls_client_shake (pair->client), ==, GNUTLS_E_FATAL_ALERT_RECEIVED);
    g_assert_cmpint (gnutls_alert_get (hub_tls_client_get_session (pair->client)), ==,
                     GNUTLS_A_NO_APPLICATION_PROTOCOL);
    assert_ends (pair, HUB_STREAM_END_PROTOCOL);
  }
}

static int
refuse (gnutls_session_t session)
{
  return -1;
}

/* How a browser that stops at its warning ends a handshake, and who else says no. */
static void
test_alerts (HubTlsFixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    gnutls_alert_description_t alert;
    HubStreamEnd end;
  } cases[] = {
    { GNUTLS_A_BAD_CERTIFICATE, HUB_STREAM_END_ALERT },
    { GNUTLS_A_UNKNOWN_CA, HUB_STREAM_END_ALERT },
    { GNUTLS_A_CERTIFICATE_UNKNOWN, HUB_STREAM_END_ALERT },
    { GNUTLS_A_CERTIFICATE_EXPIRED, HUB_STREAM_END_ALERT },
    { GNUTLS_A_HANDSHAKE_FAILURE, HUB_STREAM_END_PROTOCOL },
    { GNUTLS_A_INTERNAL_ERROR, HUB_STREAM_END_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HubTlsPair) pair = new_pair (fixture, user_data, NULL);
      gnutls_session_t session = hub_tls_client_get_session (pair->client);

      gnutls_session_set_verify_function (session, refuse);
      g_assert_cmpint (hub_tls_client_shake (pair->client), <, 0);
      gnutls_alert_send (session, GNUTLS_AL_FATAL, cases[i].alert);
      assert_ends (pair, cases[i].end);
      g_assert_false (pair->is_shaken);
    }
}

/* What OpenSSL's clients do: in TLS 1.3 they say so without encryption. Nothing else that cannot be
 * decrypted is taken for it. */
static void
test_bare_alert (HubTlsFixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    guint8 record[HUB_TLS_ALERT_BYTES];
    HubStreamEnd end;
  } cases[] = {
    { { 21, 3, 3, 0, 2, GNUTLS_AL_FATAL, GNUTLS_A_UNKNOWN_CA }, HUB_STREAM_END_ALERT },
    { { 21, 3, 3, 0, 2, GNUTLS_AL_FATAL, GNUTLS_A_DECODE_ERROR }, HUB_STREAM_END_PROTOCOL },
    { { 23, 3, 3, 0, 2, GNUTLS_AL_FATAL, GNUTLS_A_UNKNOWN_CA }, HUB_STREAM_END_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HubTlsPair) pair = new_pair (fixture, user_data, NULL);

      gnutls_session_set_verify_function (hub_tls_client_get_session (pair->client), refuse);
      g_assert_cmpint (hub_tls_client_shake (pair->client), <, 0);
      g_assert_cmpint (send (hub_tls_client_get_fd (pair->client), cases[i].record,
                             sizeof cases[i].record, MSG_NOSIGNAL),
                       ==, sizeof cases[i].record);
      assert_ends (pair, cases[i].end);
    }
}

/* All the server says in a handshake of TLS 1.3, tickets included, is one packet. */
static void
test_one_flight (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = new_pair (fixture, user_data, NULL);
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;

  g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
  hub_test_wait_for (&pair->is_shaken);
  g_assert_no_errno (
      getsockopt (hub_tls_client_get_fd (pair->client), IPPROTO_TCP, TCP_INFO, &info, &length));
  g_assert_cmpuint (info.tcpi_data_segs_in, ==, 1);
}

static void
test_no_tls (HubTlsFixture *fixture, gconstpointer user_data)
{
  static const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  g_autoptr (HubTlsPair) pair = new_pair (fixture, NULL, NULL);

  g_assert_no_errno (
      send (hub_tls_client_get_fd (pair->client), request, sizeof request - 1, MSG_NOSIGNAL));
  assert_ends (pair, HUB_STREAM_END_PROTOCOL);
}

static void
test_hang_up (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = new_pair (fixture, NULL, NULL);

  hub_tls_client_hang_up (pair->client);
  assert_ends (pair, HUB_STREAM_END_CLOSED);
}

int
main (int argc, char **argv)
{
  static const char tls13[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3";
  static const char tls12[] = "NORMAL:-VERS-ALL:+VERS-TLS1.2";

  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, func)                                                                      \
  g_test_add ("/tls-handshake/" path, HubTlsFixture, data, hub_tls_fixture_set_up, func,           \
              hub_tls_fixture_tear_down)
  ADD ("tls1.3", tls13, test_handshake);
  ADD ("tls1.2", tls12, test_handshake);
  ADD ("slow/tls1.3", tls13, test_slow_handshake);
  ADD ("slow/tls1.2", tls12, test_slow_handshake);
  ADD ("old-version", NULL, test_old_version);
  ADD ("alpn", NULL, test_alpn);
  ADD ("alerts/tls1.3", tls13, test_alerts);
  ADD ("alerts/tls1.2", tls12, test_alerts);
  ADD ("bare-alert", tls13, test_bare_alert);
  ADD ("one-flight", tls13, test_one_flight);
  ADD ("no-tls", NULL, test_no_tls);
  ADD ("hang-up", NULL, test_hang_up);
#undef ADD

  return g_test_run ();
}
