/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-test-identity.h"

#include "net/hub-gnutls.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A server session and a client of GnuTLS's on a socket pair, both moved on by turns. */
typedef struct
{
  int fds[2];
  gnutls_session_t server;
  gnutls_session_t client;
  gnutls_certificate_credentials_t client_credentials;
  int server_code;
  int client_code;
} Pair;

static void
pair_init (Pair *pair, HubCredentials *credentials, const char *priorities, const char *alpn)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) protocols = g_strsplit (alpn, " ", -1);
  gnutls_datum_t data[4];
  guint n_data = 0;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair->fds),
                   ==, 0);
  pair->server = hub_credentials_new_session (credentials, &error);
  g_assert_no_error (error);
  gnutls_transport_set_int (pair->server, pair->fds[0]);

  g_assert_cmpint (gnutls_init (&pair->client, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL),
                   ==, 0);
  gnutls_certificate_allocate_credentials (&pair->client_credentials);
  gnutls_credentials_set (pair->client, GNUTLS_CRD_CERTIFICATE, pair->client_credentials);
  g_assert_cmpint (gnutls_priority_set_direct (pair->client, priorities, NULL), ==, 0);
  for (guint i = 0; *alpn != '\0' && protocols[i] != NULL; i++)
    {
      data[n_data].data = (unsigned char *) protocols[i];
      data[n_data++].size = strlen (protocols[i]);
    }
  if (n_data > 0)
    g_assert_cmpint (gnutls_alpn_set_protocols (pair->client, data, n_data, 0), ==, 0);
  gnutls_transport_set_int (pair->client, pair->fds[1]);
}

static void
pair_clear (Pair *pair)
{
  gnutls_deinit (pair->server);
  gnutls_deinit (pair->client);
  gnutls_certificate_free_credentials (pair->client_credentials);
  for (guint i = 0; i < 2; i++)
    if (pair->fds[i] >= 0)
      close (pair->fds[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

/* Both sides are in this thread and on a socket pair: whoever would wait lets the other go on, and
 * after this many turns nothing will come any more. */
#define TURNS 100

static gboolean
pair_shake (Pair *pair)
{
  pair->server_code = pair->client_code = GNUTLS_E_AGAIN;

  for (guint i = 0; i < TURNS && (pair->server_code != 0 || pair->client_code != 0); i++)
    {
      if (pair->client_code != 0)
        pair->client_code = gnutls_handshake (pair->client);
      if (pair->server_code != 0)
        pair->server_code = gnutls_handshake (pair->server);
      if (pair->server_code < 0 && gnutls_error_is_fatal (pair->server_code))
        {
          gnutls_alert_send_appropriate (pair->server, pair->server_code);
          pair->client_code = gnutls_handshake (pair->client);
          return FALSE;
        }
    }

  return pair->server_code == 0 && pair->client_code == 0;
}

static void
pair_exchange (Pair *pair)
{
  char text[8] = "";
  gssize n = GNUTLS_E_AGAIN;

  g_assert_cmpint (gnutls_record_send (pair->server, "hello", 5), ==, 5);
  for (guint i = 0; i < TURNS && n == GNUTLS_E_AGAIN; i++)
    n = gnutls_record_recv (pair->client, text, sizeof text);
  g_assert_cmpmem (text, n, "hello", 5);
}

static HubIdentity *
make_identity (HubTestIdentity *test)
{
  HubIdentity *identity = hub_test_identity_open (test);

  hub_test_identity_ensure (identity, "192.168.1.5", "pi", TRUE);

  return identity;
}

static const struct
{
  const char *priorities;
  const char *alpn;
  int server_code;
  gnutls_protocol_t version;
} shakes[] = {
  { "NORMAL", "", 0, GNUTLS_TLS1_3 },
  { "NORMAL", "http/1.1", 0, GNUTLS_TLS1_3 },
  { "NORMAL", "h2 http/1.1", 0, GNUTLS_TLS1_3 },
  { "NORMAL:-VERS-ALL:+VERS-TLS1.2", "", 0, GNUTLS_TLS1_2 },
  { "NORMAL:-VERS-ALL:+VERS-TLS1.2", "h2 http/1.1", 0, GNUTLS_TLS1_2 },
  { "NORMAL", "h2", GNUTLS_E_NO_APPLICATION_PROTOCOL, 0 },
  { "NORMAL", "h3 http/1.0", GNUTLS_E_NO_APPLICATION_PROTOCOL, 0 },
  { "NORMAL:-VERS-ALL:+VERS-TLS1.2", "h2", GNUTLS_E_NO_APPLICATION_PROTOCOL, 0 },
  { "NORMAL:-VERS-ALL:+VERS-TLS1.1", "", GNUTLS_E_UNSUPPORTED_VERSION_PACKET, 0 },
  { "NORMAL:-VERS-ALL:+VERS-TLS1.0", "", GNUTLS_E_UNSUPPORTED_VERSION_PACKET, 0 },
};

static void
test_shakes (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = make_identity (test);
  HubCredentials *credentials = hub_identity_get_credentials (identity);

  for (guint i = 0; i < G_N_ELEMENTS (shakes); i++)
    {
      g_auto (Pair) pair;
      gnutls_datum_t alpn;
      gboolean has_alpn;

      g_test_message ("%s, %s", shakes[i].priorities, shakes[i].alpn);
      pair_init (&pair, credentials, shakes[i].priorities, shakes[i].alpn);
      g_assert_cmpint (pair_shake (&pair), ==, shakes[i].server_code == 0);
      g_assert_cmpint (pair.server_code, ==, shakes[i].server_code);
      if (shakes[i].server_code != 0)
        {
          g_assert_cmpint (pair.client_code, ==, GNUTLS_E_FATAL_ALERT_RECEIVED);
          continue;
        }

      g_assert_cmpint (gnutls_protocol_get_version (pair.server), ==, shakes[i].version);
      has_alpn = gnutls_alpn_get_selected_protocol (pair.client, &alpn) == 0;
      g_assert_cmpint (has_alpn, ==, *shakes[i].alpn != '\0');
      if (has_alpn)
        g_assert_cmpmem (alpn.data, alpn.size, "http/1.1", 8);
      pair_exchange (&pair);
    }

  g_assert_finalize_object (identity);
}

static void
test_certificates (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = make_identity (test);
  HubCredentials *credentials = hub_identity_get_credentials (identity);
  g_auto (Pair) pair;
  g_autoptr (GString) fingerprint = g_string_new (NULL);
  guint8 digest[32];
  size_t size = sizeof digest;
  const gnutls_datum_t *certificates;
  unsigned int n_certificates;

  pair_init (&pair, credentials, "NORMAL", "http/1.1");
  g_assert_true (pair_shake (&pair));
  certificates = gnutls_certificate_get_peers (pair.client, &n_certificates);
  g_assert_cmpuint (n_certificates, ==, 2);
  g_assert_cmpint (gnutls_fingerprint (GNUTLS_DIG_SHA256, certificates, digest, &size), ==, 0);
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (fingerprint, "%s%02X", i == 0 ? "" : ":", digest[i]);
  g_assert_cmpstr (fingerprint->str, ==, hub_credentials_get_fingerprint (credentials));

  g_assert_finalize_object (identity);
}

/* Whether @credentials resume the session that @data is of. What the client says before it is
 * shaken hands with could be replayed by anyone, and is not heard. */
static gboolean
resumes (HubCredentials *credentials, const char *priorities, const gnutls_datum_t *data)
{
  g_auto (Pair) pair;
  char text[8];

  pair_init (&pair, credentials, priorities, "http/1.1");
  g_assert_cmpint (gnutls_session_set_data (pair.client, data->data, data->size), ==, 0);
  gnutls_record_send_early_data (pair.client, "early", 5);
  g_assert_true (pair_shake (&pair));
  g_assert_cmpuint (gnutls_session_get_flags (pair.server) & GNUTLS_SFLAGS_EARLY_DATA, ==, 0);
  g_assert_cmpint (gnutls_record_recv_early_data (pair.server, text, sizeof text), <, 0);
  g_assert_cmpint (gnutls_record_recv (pair.server, text, sizeof text), ==, GNUTLS_E_AGAIN);
  pair_exchange (&pair);

  return gnutls_session_is_resumed (pair.server) != 0;
}

static void
test_tickets (HubTestIdentity *test, gconstpointer user_data)
{
  const char *const versions[]
      = { "NORMAL:-VERS-ALL:+VERS-TLS1.3", "NORMAL:-VERS-ALL:+VERS-TLS1.2" };
  HubIdentity *identity = make_identity (test);
  g_autoptr (HubCredentials) old = hub_credentials_ref (hub_identity_get_credentials (identity));

  hub_test_identity_ensure (identity, "192.168.1.6", "pi", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_auto (Pair) pair;
      g_auto (gnutls_datum_t) data = { NULL, 0 };

      pair_init (&pair, old, versions[i], "http/1.1");
      g_assert_true (pair_shake (&pair));
      pair_exchange (&pair);
      g_assert_false (gnutls_session_is_resumed (pair.server));
      g_assert_cmpint (gnutls_session_get_data2 (pair.client, &data), ==, 0);

      g_assert_true (resumes (old, versions[i], &data));
      /* A new certificate begins with a new ticket key. */
      g_assert_false (resumes (hub_identity_get_credentials (identity), versions[i], &data));
    }

  g_assert_finalize_object (identity);
}

/* A key exchange without forward secrecy is not offered, though an RSA certificate could. */
static void
test_forward_secrecy (HubTestIdentity *test, gconstpointer user_data)
{
  const char *const names[] = { "chat.example.org", NULL };
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *certificate_path = hub_test_identity_dup_path (test, "cert.pem");
  g_autofree char *key_path = hub_test_identity_dup_path (test, "key.pem");
  g_autoptr (GError) error = NULL;
  HubIdentity *identity;

  hub_test_identity_make_pair (GNUTLS_PK_RSA, names, 0, 1000, &certificate, &key);
  hub_test_identity_put_file (test, "cert.pem", certificate, 0644);
  hub_test_identity_put_file (test, "key.pem", key, 0600);
  identity = hub_identity_open_pair (test->clock, certificate_path, key_path, &error);
  g_assert_no_error (error);

  {
    g_auto (Pair) pair;

    pair_init (&pair, hub_identity_get_credentials (identity),
               "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA", "");
    g_assert_false (pair_shake (&pair));
    g_assert_cmpint (pair.server_code, ==, GNUTLS_E_NO_CIPHER_SUITES);
  }
  {
    g_auto (Pair) pair;

    pair_init (&pair, hub_identity_get_credentials (identity),
               "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ECDHE-RSA", "");
    g_assert_true (pair_shake (&pair));
  }

  g_assert_finalize_object (identity);
}

/* Neither waits for a silent peer, nor is killed by one that is gone. */
static void
test_peers (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = make_identity (test);
  g_auto (Pair) pair;
  gssize n = 0;

  /* What a program starts with; a test runner may ignore it. */
  signal (SIGPIPE, SIG_DFL);

  pair_init (&pair, hub_identity_get_credentials (identity), "NORMAL", "");
  g_assert_cmpint (gnutls_handshake (pair.server), ==, GNUTLS_E_AGAIN);
  g_assert_true (pair_shake (&pair));

  close (pair.fds[1]);
  pair.fds[1] = -1;
  for (guint i = 0; i < TURNS && n >= 0; i++)
    n = gnutls_record_send (pair.server, "hello", 5);
  g_assert_cmpint (n, <, 0);
  g_assert_true (gnutls_error_is_fatal (n));

  g_assert_finalize_object (identity);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  hub_test_identity_add ("/credentials/shakes", test_shakes);
  hub_test_identity_add ("/credentials/certificates", test_certificates);
  hub_test_identity_add ("/credentials/tickets", test_tickets);
  hub_test_identity_add ("/credentials/forward-secrecy", test_forward_secrecy);
  hub_test_identity_add ("/credentials/peers", test_peers);

  return g_test_run ();
}
