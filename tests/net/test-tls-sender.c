/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way out of a stream: order and bounds. */

#include "net/hub-tls-sender.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"
#include "support/hub-tls-pair.h"

#include <string.h>
#include <sys/socket.h>

#define SMALL_BUFFER 4096

static void
send_bytes (HubTlsStream *stream, GBytes *bytes)
{
  const HubSegment segment = { bytes, 0, g_bytes_get_size (bytes) };

  hub_tls_stream_send (stream, &segment, 1, HUB_OUTBOX_BYTES);
}

static void
assert_receives (HubTlsPair *pair, GByteArray *expected)
{
  g_autoptr (GByteArray) got = hub_tls_client_receive (pair->client, expected->len, NULL);

  g_assert_cmpmem (got->data, got->len, expected->data, expected->len);
}

static GPollableOutputStream *
get_output (HubTlsPair *pair)
{
  return G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (pair->stream)));
}

/* Segments of all lengths and the writes of libsoup's half, to a peer that sips three bytes at a
 * time through the smallest of buffers. */
static void
test_order (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  g_autoptr (GBytes) shared = hub_test_make_bytes (1, 60000);
  const guint8 *data = g_bytes_get_data (shared, NULL);
  static const gsize lengths[] = { 0, 1, 5, 200, 255, 257, 3000, 16384, 40000 };

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i + 1 < G_N_ELEMENTS (lengths); i++)
      {
        const HubSegment segments[]
            = { { shared, i * 100, lengths[i] }, { shared, 7, lengths[i + 1] } };

        hub_tls_stream_send (pair->stream, segments, 2, HUB_OUTBOX_BYTES);
        g_byte_array_append (expected, data + i * 100, lengths[i]);
        g_byte_array_append (expected, data + 7, lengths[i + 1]);
        g_assert_cmpint (
            g_pollable_output_stream_write_nonblocking (get_output (pair), data + i, 9, NULL, NULL),
            ==, 9);
        g_byte_array_append (expected, data + i, 9);
      }
  g_assert_cmpuint (hub_tls_stream_get_queued (pair->stream), >, 0);

  hub_tls_client_set_sip (pair->client, 3);
  assert_receives (pair, expected);
  g_assert_cmpuint (hub_tls_stream_get_queued (pair->stream), ==, 0);
  g_assert_null (pair->stream->sender.outbox.segments);
}

/* The peer asks for new keys while a record is half way through the socket. */
static void
test_key_update (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
  gnutls_session_t session = hub_tls_client_get_session (pair->client);
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 200000);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (pair->stream));
  char byte;

  send_bytes (pair->stream, bytes);
  g_byte_array_append (expected, g_bytes_get_data (bytes, NULL), 200000);
  g_assert_nonnull (pair->stream->session.spill);

  g_assert_cmpint (gnutls_session_key_update (session, GNUTLS_KU_PEER), ==, 0);
  g_assert_cmpint (hub_tls_client_try_send (pair->client, "a", 1), ==, 1);
  while (g_input_stream_read (input, &byte, 1, NULL, NULL) != 1)
    hub_tls_client_pump ();
  assert_receives (pair, expected);
  g_assert_false (pair->is_ended);
}

/* What is sent before the handshake is done waits for it. */
static void
test_early (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new (fixture->poller, fixture->credentials, 0, NULL, NULL);
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 1000);

  send_bytes (pair->stream, bytes);
  g_byte_array_append (expected, g_bytes_get_data (bytes, NULL), 1000);
  g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
  assert_receives (pair, expected);
}

/* A peer that does not read is cut at the bound; what is sent to it afterwards goes nowhere. */
static void
test_bound (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 10000);
  const HubSegment segment = { bytes, 0, 10000 };
  guint sent = 0;

  while (!pair->is_ended)
    {
      g_assert_cmpuint (hub_tls_stream_get_queued (pair->stream), <=, 100000);
      hub_tls_stream_send (pair->stream, &segment, 1, 100000);
      sent++;
    }
  g_assert_cmpuint (sent, >, 10);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_OUTBOX);
  g_assert_cmpuint (hub_tls_stream_get_queued (pair->stream), ==, 0);

  hub_tls_stream_send (pair->stream, &segment, 1, 100000);
  hub_tls_stream_shut (pair->stream, 100);
  g_assert_cmpuint (hub_tls_stream_get_queued (pair->stream), ==, 0);
  g_assert_cmpuint (pair->n_ended, ==, 1);
}

static gboolean
on_writable (GObject *half, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* libsoup has to wait, and is told when it need not any more. */
static void
test_would_block (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 50001);
  g_autoptr (GSource) source = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_writable = FALSE;
  gssize n;

  g_assert_true (g_pollable_output_stream_is_writable (get_output (pair)));
  while ((n = g_pollable_output_stream_write_nonblocking (
              get_output (pair), g_bytes_get_data (bytes, NULL), 50001, NULL, &error))
         > 0)
    {
      g_byte_array_append (expected, g_bytes_get_data (bytes, NULL), n);
      g_assert_cmpuint (hub_tls_stream_get_queued (pair->stream), <=, HUB_RESPONSE_QUEUE_BYTES);
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_assert_false (g_pollable_output_stream_is_writable (get_output (pair)));

  source = g_pollable_output_stream_create_source (get_output (pair), NULL);
  g_source_set_callback (source, (GSourceFunc) (GCallback) on_writable, &is_writable, NULL);
  g_source_attach (source, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (is_writable);

  assert_receives (pair, expected);
  hub_test_wait_for (&is_writable);
  g_assert_true (g_pollable_output_stream_is_writable (get_output (pair)));
}

static void
on_ended_cut_other (HubTlsStream *stream, HubStreamEnd why, HubTlsStream *other)
{
  hub_tls_stream_cut (stream, HUB_STREAM_END_CUT);
  hub_tls_stream_shut (stream, 1000);
  hub_tls_stream_cut (other, HUB_STREAM_END_CUT);
}

/* In the middle of a fan-out one guest falls, and takes the next one and a reference with it. */
static void
test_cut_in_fanout (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) slow
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
  g_autoptr (HubTlsPair) next = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);
  g_autoptr (HubTlsPair) last = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);
  HubTlsPair *guests[] = { slow, next, last };
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 10000);
  const HubSegment segment = { bytes, 0, 10000 };
  gsize sent = 0;

  g_signal_connect (slow->stream, "ended", G_CALLBACK (on_ended_cut_other), next->stream);
  while (!slow->is_ended)
    {
      g_autoptr (GByteArray) got = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (guests); i++)
        hub_tls_stream_send (guests[i]->stream, &segment, 1, 50000);
      sent += 10000;
      got = hub_tls_client_receive (last->client, 10000, NULL);
      g_assert_cmpmem (got->data, got->len, g_bytes_get_data (bytes, NULL), 10000);
      if (!next->is_ended)
        g_byte_array_unref (hub_tls_client_receive (next->client, 10000, NULL));
    }
  g_assert_cmpuint (sent, >, 10000);
  g_assert_cmpint (slow->end, ==, HUB_STREAM_END_OUTBOX);
  g_assert_cmpint (next->end, ==, HUB_STREAM_END_CUT);
  g_assert_false (last->is_ended);
}

/* All that waits counts: at the one that takes messages, at the one that serves a page, and at the
 * one that was shut. */
static void
test_total (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) guest
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
  g_autoptr (HubTlsPair) shut
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
  g_autoptr (HubTlsPair) page
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, SMALL_BUFFER);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (1 << 20), 1 << 20);
  g_autoptr (GError) error = NULL;
  const HubSegment segment = { bytes, 0, 1 << 20 };

  g_assert_cmpint (g_pollable_output_stream_write_nonblocking (
                       get_output (page), g_bytes_get_data (bytes, NULL), 1 << 20, NULL, &error),
                   >, 0);
  for (guint i = 0; i < HUB_OUTBOX_TOTAL_BYTES / (1 << 20) / 2; i++)
    hub_tls_stream_send (shut->stream, &segment, 1, G_MAXSIZE);
  hub_tls_stream_shut (shut->stream, 60000);
  for (guint i = 0; i < HUB_OUTBOX_TOTAL_BYTES / (1 << 20) / 2; i++)
    hub_tls_stream_send (guest->stream, &segment, 1, G_MAXSIZE);
  g_assert_cmpuint (hub_poller_get_waiting (fixture->poller), ==,
                    hub_tls_stream_get_queued (page->stream)
                        + hub_tls_stream_get_queued (shut->stream)
                        + hub_tls_stream_get_queued (guest->stream));
  g_assert_cmpuint (hub_poller_get_waiting (fixture->poller), >, HUB_OUTBOX_TOTAL_BYTES);

  hub_tls_client_pump ();
  g_assert_cmpint (shut->is_ended + guest->is_ended, ==, 1);
  g_assert_cmpint (shut->is_ended ? shut->end : guest->end, ==, HUB_STREAM_END_OUTBOX);
  g_assert_false (page->is_ended);
  g_assert_cmpuint (hub_poller_get_waiting (fixture->poller), <, HUB_OUTBOX_TOTAL_BYTES);
}

static void
on_turn (gpointer user_data)
{
  HubTlsPair *pair = user_data;
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 1000);

  if (!pair->is_ended)
    send_bytes (pair->stream, bytes);
  hub_tls_stream_cut (pair->stream, HUB_STREAM_END_CUT);
}

/* Cut where the fan-out flushes: inside the poller's own turn. */
static void
test_cut_in_turn (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);

  hub_poller_set_turn_func (fixture->poller, on_turn, pair);
  hub_test_wait_for (&pair->is_ended);
  hub_poller_set_turn_func (fixture->poller, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD_TLS(path, func)                                                                        \
  g_test_add ("/tls-sender/" path, HubTlsFixture, NULL, hub_tls_fixture_set_up, func,              \
              hub_tls_fixture_tear_down)
#define ADD(path, func)                                                                            \
  ADD_TLS (path, func);                                                                            \
  g_test_add ("/tls-sender/plain/" path, HubTlsFixture, NULL, hub_tls_fixture_set_up_plain, func,  \
              hub_tls_fixture_tear_down)
  ADD ("order", test_order);
  ADD_TLS ("key-update", test_key_update);
  ADD ("early", test_early);
  ADD ("bound", test_bound);
  ADD ("would-block", test_would_block);
  ADD ("cut-in-fanout", test_cut_in_fanout);
  ADD ("total", test_total);
  ADD ("cut-in-turn", test_cut_in_turn);
#undef ADD
#undef ADD_TLS

  return g_test_run ();
}
