/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The polite end of a stream: what it still delivers, and how long it waits. */

#include "net/hub-tls-linger.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"
#include "support/hub-tight-socket.h"
#include "support/hub-tls-pair.h"

#define SMALL_BUFFER 4096

static void
send_bytes (HubTlsStream *stream, GBytes *bytes)
{
  const HubSegment segment = { bytes, 0, g_bytes_get_size (bytes) };

  hub_tls_stream_send (stream, &segment, 1, HUB_OUTBOX_BYTES);
}

static GPollableOutputStream *
get_output (HubTlsPair *pair)
{
  return G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (pair->stream)));
}

/* A polite end delivers everything, says so, and waits for the peer, whoever still holds it. */
static void
test_shut (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 400000);
  g_autoptr (GByteArray) got = NULL;
  g_autoptr (GError) error = NULL;
  HubTlsStream *weak = pair->stream;
  int end;

  send_bytes (pair->stream, bytes);
  hub_tls_stream_shut (pair->stream, 20000);
  send_bytes (pair->stream, bytes);
  g_assert_cmpint (
      g_pollable_output_stream_write_nonblocking (get_output (pair), "a", 1, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);

  g_object_add_weak_pointer (G_OBJECT (weak), (gpointer *) &weak);
  g_clear_object (&pair->stream);
  g_assert_nonnull (weak);

  got = hub_tls_client_receive (pair->client, 400001, &end);
  g_assert_cmpmem (got->data, got->len, g_bytes_get_data (bytes, NULL), 400000);
  g_assert_cmpint (end, ==, 0);
  g_assert_false (pair->is_ended);

  hub_tls_client_hang_up (pair->client);
  hub_test_wait_for (&pair->is_ended);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_CLOSED);
  hub_tls_client_pump ();
  g_assert_null (weak);
}

/* A peer that does not go away is not waited for; the shorter linger counts. */
static void
test_linger (HubTlsFixture *fixture, gconstpointer user_data)
{
  static const guint lingers[][2] = { { 10, 60000 }, { 60000, 10 } };

  for (guint i = 0; i < G_N_ELEMENTS (lingers); i++)
    {
      g_autoptr (HubTlsPair) pair
          = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);

      hub_tls_stream_shut (pair->stream, lingers[i][0]);
      hub_tls_stream_shut (pair->stream, lingers[i][1]);
      g_assert_false (pair->is_ended);
      hub_test_wait_for (&pair->is_ended);
      g_assert_cmpint (pair->end, ==, HUB_STREAM_END_DEADLINE);
    }
}

static void
read_some (HubTlsPair *pair, GByteArray *got, gsize length)
{
  g_autoptr (GByteArray) some
      = hub_tls_client_receive (pair->client, MIN (length - got->len, 8192), NULL);

  g_byte_array_append (got, some->data, some->len);
}

/* Reads every 50 ms, as over a bad connection, and what had come when it ended.
 * Returns: (transfer full) */
static GByteArray *
read_slowly (HubTlsPair *pair, gsize length)
{
  GByteArray *got = g_byte_array_new ();
  gboolean is_over = FALSE;

  while (!is_over && got->len < length)
    {
      gint64 until = g_get_monotonic_time () + 50 * G_TIME_SPAN_MILLISECOND;
      guint before = got->len;

      while (g_get_monotonic_time () < until)
        hub_tls_client_pump ();
      read_some (pair, got, length);
      is_over = pair->is_ended && got->len == before;
    }

  return got;
}

/* Every place where a record, an alert or the end can be cut in two: the socket takes three bytes
 * each time it is tried. */
static void
test_bites (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 40);
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  g_autoptr (GByteArray) got = NULL;
  int end;

  hub_tight_sockets_begin (hub_tight_socket_get_port (pair->stream->session.fd));
  for (guint i = 0; i < 20; i++)
    {
      send_bytes (pair->stream, bytes);
      g_byte_array_append (expected, g_bytes_get_data (bytes, NULL), 40);
    }
  hub_tls_stream_shut (pair->stream, 20000);

  got = hub_tls_client_receive (pair->client, G_MAXUINT, &end);
  g_assert_cmpmem (got->data, got->len, expected->data, expected->len);
  g_assert_cmpint (end, ==, 0);
  g_assert_cmpuint (hub_tight_sockets_end (), >=, expected->len / HUB_TIGHT_BYTES);
}

/* Who takes what is left, however slowly, gets it whole; up to a bound. */
static void
test_linger_slow (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 100000);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (HubTlsPair) pair
          = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
      gint64 started_at = g_get_monotonic_time ();
      g_autoptr (GByteArray) got = NULL;

      send_bytes (pair->stream, bytes);
      hub_tls_stream_shut (pair->stream, 200);
      if (i == 1)
        pair->stream->linger.latest = started_at + 300 * G_TIME_SPAN_MILLISECOND;
      got = read_slowly (pair, 100000);
      g_assert_cmpint (g_get_monotonic_time () - started_at, >, 200 * G_TIME_SPAN_MILLISECOND);
      if (i == 0)
        g_assert_cmpmem (got->data, got->len, g_bytes_get_data (bytes, NULL), 100000);
      else
        g_assert_cmpuint (got->len, <, 100000);
      hub_test_wait_for (&pair->is_ended);
      g_assert_cmpint (pair->end, ==, HUB_STREAM_END_DEADLINE);
    }
}

/* Nor is one that goes on sending. */
static void
test_linger_flood (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);
  static const char flood[10000];

  hub_tls_stream_shut (pair->stream, 60000);
  hub_tls_client_send (pair->client, flood, sizeof flood);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (pair->is_ended);
  while (!pair->is_ended)
    hub_tls_client_send (pair->client, flood, sizeof flood);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_INPUT);
}

/* Nobody has been told anything yet, so there is nothing to be polite about. */
static void
test_shut_early (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new (fixture->poller, fixture->credentials, 0, NULL, NULL);

  hub_tls_stream_shut (pair->stream, 60000);
  g_assert_true (pair->is_ended);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_CLOSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/tls-linger/" path, HubTlsFixture, NULL, hub_tls_fixture_set_up, func,              \
              hub_tls_fixture_tear_down);                                                          \
  g_test_add ("/tls-linger/plain/" path, HubTlsFixture, NULL, hub_tls_fixture_set_up_plain, func,  \
              hub_tls_fixture_tear_down)
  ADD ("shut", test_shut);
  ADD ("bites", test_bites);
  ADD ("patience", test_linger);
  ADD ("slow", test_linger_slow);
  ADD ("flood", test_linger_flood);
  ADD ("early", test_shut_early);
#undef ADD

  return g_test_run ();
}
