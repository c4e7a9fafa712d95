/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The life of a HubTlsStream once it has shaken hands, and each of its ends. */

#include "net/hub-tls-stream.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"
#include "support/hub-tls-pair.h"

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
test_reset (HubTlsFixture *fixture, gconstpointer user_data)
{
  const struct linger linger = { .l_onoff = 1 };

  for (guint shaken = 0; shaken < 2; shaken++)
    {
      g_autoptr (HubTlsPair) pair = new_pair (fixture, NULL, NULL);

      if (shaken)
        {
          g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
          hub_test_wait_for (&pair->is_shaken);
        }
      setsockopt (hub_tls_client_get_fd (pair->client), SOL_SOCKET, SO_LINGER, &linger,
                  sizeof linger);
      hub_tls_client_hang_up (pair->client);
      assert_ends (pair, HUB_STREAM_END_RESET);
    }
}

/* Without TLS there is nothing to shake, but it is told of as the handshake is: from the loop. */
static void
test_plain (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = new_pair (fixture, NULL, NULL);
  g_autoptr (GByteArray) got = NULL;
  GIOStream *stream = G_IO_STREAM (pair->stream);
  char buffer[16];

  g_assert_false (pair->is_shaken);
  hub_test_wait_for (&pair->is_shaken);
  g_assert_cmpint (
      g_output_stream_write (g_io_stream_get_output_stream (stream), "answer", 6, NULL, NULL), ==,
      6);
  got = hub_tls_client_receive (pair->client, 6, NULL);
  g_assert_cmpmem (got->data, got->len, "answer", 6);

  g_assert_true (hub_tls_client_send (pair->client, "hello", 5));
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (stream), buffer,
                                        sizeof buffer, NULL, NULL),
                   ==, 5);
  g_assert_cmpmem (buffer, 5, "hello", 5);
}

/* Until the stream tells @is_acknowledged: systems talk at their own pace. */
static void
wait_acknowledged (HubTlsPair *pair, gboolean is_acknowledged)
{
  gint64 stop_at = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  hub_tls_client_acknowledge (pair->client);
  while (hub_tls_stream_take_acknowledged (pair->stream) != is_acknowledged)
    {
      hub_tls_client_pump ();
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
    }
}

/* That a peer's system takes something is a sign of life, and it gives none when it takes nothing. */
static void
test_acknowledged (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 16384);
  g_autoptr (GBytes) bytes = hub_test_make_bytes (1, 1024 * 1024);
  HubSegment segment = { bytes, 0, 1024 * 1024 };

  wait_acknowledged (pair, TRUE); /* the handshake */
  wait_acknowledged (pair, FALSE);

  hub_tls_stream_send (pair->stream, &segment, 1, G_MAXSIZE);
  for (guint i = 0; i < 3; i++)
    {
      wait_acknowledged (pair, TRUE);
      wait_acknowledged (pair, FALSE);
      g_assert_cmpuint (hub_tls_stream_get_queued (pair->stream), >, 0);
      g_byte_array_unref (hub_tls_client_receive (pair->client, 4 * 16384, NULL));
    }
}

/* Whoever is gone before the loop ran is found out by whoever reads. */
static void
on_read_end (const guint8 *data, gsize length, gpointer user_data)
{
  *(gboolean *) user_data = length == 0;
}

static void
test_plain_hang_up (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = new_pair (fixture, NULL, NULL);
  gboolean is_eof = FALSE;

  hub_tls_client_hang_up (pair->client);
  hub_test_wait_for (&pair->is_shaken);
  hub_tls_stream_take_over (pair->stream, on_read_end, &is_eof);
  hub_test_wait_for (&is_eof);
  g_assert_false (pair->is_ended);
}

/* TLS 1.2 lets a client ask for another handshake, which costs a signature each. */
static void
test_renegotiation (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = new_pair (fixture, "NORMAL:-VERS-ALL:+VERS-TLS1.2", NULL);
  gboolean is_eof = FALSE;

  g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
  hub_test_wait_for (&pair->is_shaken);
  hub_tls_stream_take_over (pair->stream, on_read_end, &is_eof);

  gnutls_handshake (hub_tls_client_get_session (pair->client));
  hub_test_wait_for (&pair->is_ended);
  g_assert_false (is_eof);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_PROTOCOL);
}

/* The last reference goes without a word: the socket is closed, and who listens hears of it. */
static void
test_finalize (HubTlsFixture *fixture, gconstpointer user_data)
{
  for (guint shaken = 0; shaken < 2; shaken++)
    {
      g_autoptr (HubTlsPair) pair
          = shaken ? hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0)
                   : new_pair (fixture, NULL, NULL);

      g_assert_finalize_object (g_steal_pointer (&pair->stream));
      g_assert_cmpuint (pair->n_ended, ==, 1);
      g_assert_cmpint (pair->end, ==, HUB_STREAM_END_CUT);
    }
}

/* A half outlives its stream and says so; a source that waits for it is woken. */
static gboolean
on_half_ready (GObject *half, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
test_halves (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);
  g_autoptr (GInputStream) input
      = g_object_ref (g_io_stream_get_input_stream (G_IO_STREAM (pair->stream)));
  g_autoptr (GOutputStream) output
      = g_object_ref (g_io_stream_get_output_stream (G_IO_STREAM (pair->stream)));
  g_autoptr (GSource) source = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_ready = FALSE;
  char byte;

  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), &byte,
                                                             1, NULL, &error),
                   ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_clear_error (&error);
  source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_callback (source, (GSourceFunc) (GCallback) on_half_ready, &is_ready, NULL);
  g_source_attach (source, NULL);
  g_assert_finalize_object (g_steal_pointer (&pair->stream));
  hub_test_wait_for (&is_ready);

  g_assert_cmpint (g_input_stream_read (input, &byte, 1, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_cmpint (g_output_stream_write (output, "a", 1, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static guint
count_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
on_closed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (G_IS_IO_STREAM (object))
    g_io_stream_close_finish (G_IO_STREAM (object), result, &error);
  else if (G_IS_INPUT_STREAM (object))
    g_input_stream_close_finish (G_INPUT_STREAM (object), result, &error);
  else
    g_output_stream_close_finish (G_OUTPUT_STREAM (object), result, &error);
  g_assert_no_error (error);
  g_assert_true (g_main_context_is_owner (NULL));
  (*(guint *) user_data)++;
}

static void
on_flushed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_flush_finish (G_OUTPUT_STREAM (object), result, &error);
  g_assert_no_error (error);
  (*(guint *) user_data)++;
}

/* GIO's defaults close and flush in a worker thread: here no thread is ever made. */
static void
test_no_threads (HubTlsFixture *fixture, gconstpointer user_data)
{
  guint threads = count_threads ();

  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (HubTlsPair) pair
          = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);
      GIOStream *stream = G_IO_STREAM (pair->stream);
      guint done = 0;

      g_output_stream_write_all (g_io_stream_get_output_stream (stream), "hello", 5, NULL, NULL,
                                 NULL);
      g_output_stream_flush_async (g_io_stream_get_output_stream (stream), G_PRIORITY_DEFAULT, NULL,
                                   on_flushed, &done);
      while (done < 1)
        hub_tls_client_pump ();
      if (i % 2 == 0)
        {
          g_input_stream_close_async (g_io_stream_get_input_stream (stream), G_PRIORITY_DEFAULT,
                                      NULL, on_closed, &done);
          g_output_stream_close_async (g_io_stream_get_output_stream (stream), G_PRIORITY_DEFAULT,
                                       NULL, on_closed, &done);
          while (done < 3)
            hub_tls_client_pump ();
        }
      done = 0;
      g_io_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, on_closed, &done);
      while (done < 1)
        hub_tls_client_pump ();
      g_assert_true (g_io_stream_is_closed (stream));

      hub_tls_client_hang_up (pair->client);
      hub_test_wait_for (&pair->is_ended);
      g_assert_cmpuint (count_threads (), ==, threads);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, func)                                                                      \
  g_test_add ("/tls-stream/" path, HubTlsFixture, data, hub_tls_fixture_set_up, func,              \
              hub_tls_fixture_tear_down)
#define ADD_PLAIN(path, func)                                                                      \
  g_test_add ("/tls-stream/plain/" path, HubTlsFixture, NULL, hub_tls_fixture_set_up_plain, func,  \
              hub_tls_fixture_tear_down)
  ADD ("reset", NULL, test_reset);
  ADD ("renegotiation", NULL, test_renegotiation);
  ADD ("finalize", NULL, test_finalize);
  ADD ("halves", NULL, test_halves);
  ADD ("no-threads", NULL, test_no_threads);
  ADD ("acknowledged", NULL, test_acknowledged);
  ADD_PLAIN ("shaken", test_plain);
  ADD_PLAIN ("hang-up", test_plain_hang_up);
  ADD_PLAIN ("reset", test_reset);
  ADD_PLAIN ("finalize", test_finalize);
  ADD_PLAIN ("halves", test_halves);
  ADD_PLAIN ("no-threads", test_no_threads);
#undef ADD
#undef ADD_PLAIN

  return g_test_run ();
}
