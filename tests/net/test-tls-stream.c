/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-stream.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"
#include "support/hub-tls-pair.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  HubPoller *poller;
  HubCredentials *credentials;
  guint descriptors;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->credentials = hub_test_make_credentials ();
  hub_tls_client_pump (); /* the main context opens its own descriptor only now */
  fixture->descriptors = hub_test_count_descriptors ();
  fixture->poller = hub_poller_new (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  hub_poller_unref (fixture->poller);
  g_assert_cmpuint (hub_test_count_descriptors (), ==, fixture->descriptors);
  hub_credentials_unref (fixture->credentials);
}

static void
test_handshake (Fixture *fixture, gconstpointer user_data)
{
  const char *priorities = user_data;
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new (fixture->poller, fixture->credentials, 0, priorities, NULL);

  g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
  hub_test_wait_for (&pair->is_shaken);
  g_assert_false (pair->is_ended);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/tls-stream/handshake/tls1.3", Fixture, "NORMAL:-VERS-ALL:+VERS-TLS1.3", set_up,
              test_handshake, tear_down);
  g_test_add ("/tls-stream/handshake/tls1.2", Fixture, "NORMAL:-VERS-ALL:+VERS-TLS1.2", set_up,
              test_handshake, tear_down);

  return g_test_run ();
}
