/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Peers that make TLS itself the work: a bound on each, and nobody else notices. */

#include "net/hub-tls-receiver.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"
#include "support/hub-tls-pair.h"

#define TLS13 "NORMAL:-VERS-ALL:+VERS-TLS1.3"
#define TLS12 "NORMAL:-VERS-ALL:+VERS-TLS1.2"

/* More than any honest client sends in its life. */
#define FLOOD 1000

typedef struct
{
  HubPoller *poller;
  gsize got;
  guint64 turn;
  guint in_turn;
  guint most_in_turn;
} Counter;

static void
on_read (const guint8 *data, gsize length, gpointer user_data)
{
  Counter *counter = user_data;

  if (counter->turn != hub_poller_get_turn (counter->poller))
    counter->in_turn = 0;
  counter->turn = hub_poller_get_turn (counter->poller);
  counter->in_turn++;
  counter->most_in_turn = MAX (counter->most_in_turn, counter->in_turn);
  counter->got += length;
}

static HubTlsPair *
open_pair (HubTlsFixture *fixture, const char *priorities, Counter *counter)
{
  HubTlsPair *pair = hub_tls_pair_new (fixture->poller, fixture->credentials, 0, priorities, NULL);

  *counter = (Counter){ .poller = fixture->poller };
  g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
  hub_test_wait_for (&pair->is_shaken);
  hub_tls_stream_take_over (pair->stream, on_read, counter);

  return pair;
}

static void
wait_for_bytes (Counter *counter, gsize length)
{
  gint64 stop_at = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (counter->got < length)
    {
      hub_tls_client_pump ();
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
    }
}

/* Nothing but padding; or in TLS 1.2, which has none, a warning that nobody has to obey. */
static gboolean
send_empty (HubTlsPair *pair, gboolean is_padded)
{
  gnutls_session_t session = hub_tls_client_get_session (pair->client);
  gssize n = is_padded ? gnutls_record_send2 (session, "", 0, 100, 0)
                       : gnutls_alert_send (session, GNUTLS_AL_WARNING, GNUTLS_A_USER_CANCELED);

  hub_tls_client_pump ();
  return n >= 0 || n == GNUTLS_E_AGAIN;
}

/* Records without data are let through now and then, and end the stream when there is nothing else. */
static void
test_empty (HubTlsFixture *fixture, gconstpointer user_data)
{
  const char *priorities = user_data;
  gboolean is_padded = g_str_equal (priorities, TLS13);
  Counter counter;
  g_autoptr (HubTlsPair) pair = open_pair (fixture, priorities, &counter);
  guint n = 0;

  for (guint i = 1; i <= 2 * HUB_EMPTY_RECORDS; i++)
    {
      g_assert_true (send_empty (pair, is_padded));
      g_assert_true (hub_tls_client_send (pair->client, "x", 1));
      wait_for_bytes (&counter, i);
    }
  g_assert_false (pair->is_ended);

  while (!pair->is_ended && n < FLOOD && send_empty (pair, is_padded))
    n++;
  hub_test_wait_for (&pair->is_ended);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_INPUT);
  g_assert_cmpuint (n, >=, HUB_EMPTY_RECORDS);
  g_assert_cmpuint (n, <, FLOOD);
}

/* GnuTLS allows a few a second; whoever asks for ours as well makes us send. */
static void
test_key_updates (HubTlsFixture *fixture, gconstpointer user_data)
{
  Counter counter;
  g_autoptr (HubTlsPair) pair = open_pair (fixture, TLS13, &counter);
  gnutls_session_t session = hub_tls_client_get_session (pair->client);
  guint n = 0;

  while (!pair->is_ended && n < FLOOD && gnutls_session_key_update (session, GNUTLS_KU_PEER) == 0)
    {
      n++;
      hub_tls_client_pump ();
      g_assert_cmpuint (hub_tls_stream_get_queued (pair->stream), <=, HUB_RECORD_BYTES);
    }
  hub_test_wait_for (&pair->is_ended);
  g_assert_cmpuint (n, <, FLOOD);
  g_assert_true (pair->end == HUB_STREAM_END_PROTOCOL || pair->end == HUB_STREAM_END_INPUT);
}

/* In a turn there is time for so many records, however little they hold. */
static void
test_tiny_records (HubTlsFixture *fixture, gconstpointer user_data)
{
  Counter counter;
  g_autoptr (HubTlsPair) pair = open_pair (fixture, user_data, &counter);

  for (guint i = 0; i < FLOOD; i++)
    g_assert_cmpint (hub_tls_client_try_send (pair->client, "x", 1), ==, 1);
  wait_for_bytes (&counter, FLOOD);
  g_assert_cmpuint (counter.most_in_turn, ==, HUB_READ_TURN_BYTES / HUB_READ_LEAST_BYTES);
  g_assert_false (pair->is_ended);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, func)                                                                      \
  g_test_add ("/tls-floods/" path, HubTlsFixture, data, hub_tls_fixture_set_up, func,              \
              hub_tls_fixture_tear_down)
  ADD ("empty/tls1.3", TLS13, test_empty);
  ADD ("empty/tls1.2", TLS12, test_empty);
  ADD ("key-updates", NULL, test_key_updates);
  ADD ("tiny-records/tls1.3", TLS13, test_tiny_records);
  ADD ("tiny-records/tls1.2", TLS12, test_tiny_records);
#undef ADD

  return g_test_run ();
}
