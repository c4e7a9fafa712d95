/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way in of a stream: what a peer sends arrives whole, and none can use more than its share. */

#include "net/hub-tls-receiver.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"
#include "support/hub-tls-pair.h"

#include <string.h>
#include <sys/socket.h>

/* Reads as libsoup does: whenever its source is ready, until the stream would block; or as a
 * WebSocket does, which takes the stream over. */
typedef struct
{
  GByteArray *got;
  gsize most_in_turn;
  gsize in_turn;
  guint64 turn;
  HubPoller *poller;
  HubTlsStream *cut_at_read;
  GError *error;
  gboolean is_eof;
  GSource *source;
} Reader;

static void
note (Reader *reader, const guint8 *data, gsize length)
{
  if (reader->turn != hub_poller_get_turn (reader->poller))
    reader->in_turn = 0;
  reader->turn = hub_poller_get_turn (reader->poller);

  g_byte_array_append (reader->got, data, (guint) length);
  reader->in_turn += length;
  reader->most_in_turn = MAX (reader->most_in_turn, reader->in_turn);
}

static gboolean
on_readable (GObject *half, gpointer user_data)
{
  Reader *reader = user_data;
  guint8 buffer[5000];
  gssize n;

  g_clear_error (&reader->error);
  while ((n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (half), buffer,
                                                        sizeof buffer, NULL, &reader->error))
         > 0)
    {
      note (reader, buffer, (gsize) n);
      if (reader->cut_at_read != NULL)
        hub_tls_stream_cut (reader->cut_at_read, HUB_STREAM_END_CUT);
    }
  reader->is_eof = n == 0;

  return n < 0 && g_error_matches (reader->error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static void
on_taken_read (const guint8 *data, gsize length, gpointer user_data)
{
  Reader *reader = user_data;

  note (reader, data, length);
  reader->is_eof = length == 0;
  if (reader->cut_at_read != NULL)
    hub_tls_stream_cut (reader->cut_at_read, HUB_STREAM_END_CUT);
}

static void
reader_init (Reader *self, HubPoller *poller, HubTlsPair *pair, gboolean takes_over)
{
  *self = (Reader){ .got = g_byte_array_new (), .poller = poller };
  if (takes_over)
    {
      hub_tls_stream_take_over (pair->stream, on_taken_read, self);
      return;
    }

  self->source = g_pollable_input_stream_create_source (
      G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (pair->stream))), NULL);
  g_source_set_callback (self->source, (GSourceFunc) (GCallback) on_readable, self, NULL);
  g_source_attach (self->source, NULL);
}

static void
reader_clear (Reader *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_byte_array_unref (self->got);
  g_clear_error (&self->error);
}

static void
wait_for_bytes (Reader *self, gsize length)
{
  gint64 stop_at = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (self->got->len < length)
    {
      hub_tls_client_pump ();
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
    }
}

static HubTlsPair *
open_pair (HubTlsFixture *fixture, Reader *reader, gsize budget, gboolean takes_over)
{
  HubTlsPair *pair = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);

  hub_tls_stream_renew_input (pair->stream, budget);
  reader_init (reader, fixture->poller, pair, takes_over);

  return pair;
}

static void
fill (guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 7 + i / 251);
}

/* Everything arrives in order, however it was cut up on its way. */
static void
test_order (HubTlsFixture *fixture, gconstpointer user_data)
{
  static const gsize dribbles[] = { 0, 1, 7, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (dribbles); i++)
    {
      Reader reader;
      g_autoptr (HubTlsPair) pair = open_pair (fixture, &reader, G_MAXSIZE, user_data != NULL);
      gsize length = dribbles[i] == 1 ? 5000 : 100000;
      g_autofree guint8 *data = g_malloc (length);

      fill (data, length);
      hub_tls_stream_take_heard (pair->stream);
      g_assert_false (hub_tls_stream_take_heard (pair->stream));
      hub_tls_client_set_dribble (pair->client, dribbles[i]);
      g_assert_true (hub_tls_client_send (pair->client, data, length));
      wait_for_bytes (&reader, length);
      g_assert_cmpmem (reader.got->data, reader.got->len, data, length);
      g_assert_cmpuint (pair->stream->receiver.taken, ==, length);
      g_assert_true (hub_tls_stream_take_heard (pair->stream));
      reader_clear (&reader);
    }
}

/* The first request may come in one packet with the end of the handshake: no further event of the
 * socket's will tell of it. */
static void
test_early_data (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair
      = hub_tls_pair_new (fixture->poller, fixture->credentials, 0, NULL, NULL);
  Reader reader;

  reader_init (&reader, fixture->poller, pair, user_data != NULL);
  g_assert_cmpint (hub_tls_client_shake (pair->client), ==, 0);
  g_assert_false (pair->is_shaken);
  g_assert_cmpint (hub_tls_client_try_send (pair->client, "hello", 5), ==, 5);
  wait_for_bytes (&reader, 5);
  g_assert_true (pair->is_shaken);
  reader_clear (&reader);
}

/* A peer at line rate gets its share of a turn, and others get theirs in between. */
static void
test_share (HubTlsFixture *fixture, gconstpointer user_data)
{
  Reader greedy_reader, modest_reader;
  g_autoptr (HubTlsPair) greedy = open_pair (fixture, &greedy_reader, G_MAXSIZE, user_data != NULL);
  g_autoptr (HubTlsPair) modest = open_pair (fixture, &modest_reader, G_MAXSIZE, user_data != NULL);
  static const guint8 flood[200000];
  gsize sent = 0;
  guint64 turn;

  while (sent < sizeof flood)
    {
      gssize n = hub_tls_client_try_send (greedy->client, flood + sent, sizeof flood - sent);
      if (n < 0)
        break;
      sent += n;
    }
  g_assert_cmpuint (sent, >, 4 * HUB_READ_TURN_BYTES);
  g_assert_cmpint (hub_tls_client_try_send (modest->client, "hello", 5), ==, 5);

  turn = hub_poller_get_turn (fixture->poller);
  wait_for_bytes (&modest_reader, 5);
  g_assert_cmpuint (hub_poller_get_turn (fixture->poller) - turn, <=, 3);
  g_assert_cmpuint (greedy_reader.got->len, <, sent);

  /* What was put off comes without another event. */
  wait_for_bytes (&greedy_reader, sent);
  g_assert_cmpuint (greedy_reader.most_in_turn, ==, HUB_READ_TURN_BYTES);

  reader_clear (&greedy_reader);
  reader_clear (&modest_reader);
}

/* Whoever sends more than a request or a message may have is cut; each renewal starts anew. */
static void
test_budget (HubTlsFixture *fixture, gconstpointer user_data)
{
  static const guint8 data[3001];
  Reader reader;
  g_autoptr (HubTlsPair) pair = open_pair (fixture, &reader, 3000, FALSE);

  for (guint i = 1; i <= 3; i++)
    {
      hub_tls_client_send (pair->client, data, 3000);
      wait_for_bytes (&reader, i * 3000);
      g_assert_cmpuint (pair->stream->receiver.taken, ==, 3000);
      hub_tls_stream_renew_input (pair->stream, 3000);
      g_assert_cmpuint (pair->stream->receiver.taken, ==, 0);
    }

  hub_tls_client_send (pair->client, data, 3001);
  hub_test_wait_for (&pair->is_ended);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_INPUT);
  g_assert_cmpuint (reader.got->len, ==, 9000);
  g_assert_error (reader.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  reader_clear (&reader);
}

/* A body that is welcome comes on top, and what was taken before stays counted. */
static void
test_extended (HubTlsFixture *fixture, gconstpointer user_data)
{
  static const guint8 data[3000];
  Reader reader;
  g_autoptr (HubTlsPair) pair = open_pair (fixture, &reader, 1000, FALSE);

  hub_tls_client_send (pair->client, data, 1000);
  wait_for_bytes (&reader, 1000);
  hub_tls_stream_extend_input (pair->stream, 2000);
  g_assert_cmpuint (pair->stream->receiver.taken, ==, 1000);
  hub_tls_client_send (pair->client, data, 2000);
  wait_for_bytes (&reader, 3000);
  g_assert_false (pair->is_ended);

  hub_tls_client_send (pair->client, data, 1);
  hub_test_wait_for (&pair->is_ended);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_INPUT);
  reader_clear (&reader);
}

/* Without anybody's word a stream takes the headers of one request. */
static void
test_first_budget (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);
  static const guint8 data[HUB_REQUEST_HEADER_MAX_BYTES];
  Reader reader;

  reader_init (&reader, fixture->poller, pair, user_data != NULL);
  hub_tls_client_send (pair->client, data, sizeof data);
  wait_for_bytes (&reader, sizeof data);
  g_assert_false (pair->is_ended);
  hub_tls_client_send (pair->client, data, 1);
  hub_test_wait_for (&pair->is_ended);
  g_assert_cmpint (pair->end, ==, HUB_STREAM_END_INPUT);
  reader_clear (&reader);
}

/* Records that are no data, in front of data that came in the same packet. */
static void
test_key_update (HubTlsFixture *fixture, gconstpointer user_data)
{
  Reader reader;
  g_autoptr (HubTlsPair) pair = open_pair (fixture, &reader, G_MAXSIZE, user_data != NULL);
  gnutls_session_t session = hub_tls_client_get_session (pair->client);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("answer", 6);
  const HubSegment segment = { bytes, 0, 6 };
  g_autoptr (GByteArray) got = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (gnutls_session_key_update (session, GNUTLS_KU_PEER), ==, 0);
      g_assert_cmpint (hub_tls_client_try_send (pair->client, "hello", 5), ==, 5);
    }
  wait_for_bytes (&reader, 15);
  g_assert_cmpmem (reader.got->data, 15, "hellohellohello", 15);
  hub_tls_stream_send (pair->stream, &segment, 1, HUB_OUTBOX_BYTES);
  got = hub_tls_client_receive (pair->client, 6, NULL);
  g_assert_cmpmem (got->data, got->len, "answer", 6);
  reader_clear (&reader);
}

static void
say_bye (HubTlsPair *pair)
{
  gnutls_session_t session = hub_tls_client_get_session (pair->client);

  if (session != NULL)
    gnutls_bye (session, GNUTLS_SHUT_WR);
  else
    shutdown (hub_tls_client_get_fd (pair->client), SHUT_WR);
}

/* The peer's end, told in TLS or not, is an end as often as it is asked for. Who says it in TLS may
 * still be told something; to GnuTLS the other one is a broken session. */
static void
test_eof (HubTlsFixture *fixture, gconstpointer user_data)
{
  /* Without TLS there is only one way to say it. */
  for (guint polite = fixture->credentials == NULL; polite < 2; polite++)
    {
      Reader reader;
      g_autoptr (HubTlsPair) pair = open_pair (fixture, &reader, G_MAXSIZE, user_data != NULL);
      GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (pair->stream));
      g_autoptr (GBytes) bytes = g_bytes_new_static ("answer", 6);
      const HubSegment segment = { bytes, 0, 6 };
      g_autoptr (GByteArray) got = NULL;
      char byte;

      hub_tls_client_send (pair->client, "hello", 5);
      if (polite)
        say_bye (pair);
      else
        shutdown (hub_tls_client_get_fd (pair->client), SHUT_WR);
      hub_test_wait_for (&reader.is_eof);
      g_assert_cmpuint (reader.got->len, ==, 5);
      for (guint i = 0; user_data == NULL && i < 3; i++)
        g_assert_cmpint (g_input_stream_read (input, &byte, 1, NULL, NULL), ==, 0);
      g_assert_false (pair->is_ended);

      hub_tls_stream_send (pair->stream, &segment, 1, HUB_OUTBOX_BYTES);
      g_assert_cmpint (pair->is_ended, ==, !polite);
      got = hub_tls_client_receive (pair->client, polite ? 6 : 1, NULL);
      g_assert_cmpmem (got->data, got->len, "answer", polite ? 6 : 0);
      reader_clear (&reader);
    }
}

/* Who reads may cut the very stream it reads from. */
static void
test_cut_in_callback (HubTlsFixture *fixture, gconstpointer user_data)
{
  Reader reader;
  g_autoptr (HubTlsPair) pair = open_pair (fixture, &reader, G_MAXSIZE, user_data != NULL);
  static const guint8 data[50000];

  reader.cut_at_read = pair->stream;
  hub_tls_client_send (pair->client, data, sizeof data);
  hub_test_wait_for (&pair->is_ended);
  hub_tls_client_pump ();
  g_assert_cmpuint (reader.got->len, <=, HUB_READ_TURN_BYTES);
  if (user_data == NULL)
    g_assert_error (reader.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  reader_clear (&reader);
}

/* A cancelled wait is over, and its source leaves nothing behind. */
static gboolean
on_cancelled (GObject *half, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
test_cancel (HubTlsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (HubTlsPair) pair = hub_tls_pair_new_open (fixture->poller, fixture->credentials, 0);
  GPollableInputStream *input
      = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (pair->stream)));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean is_called = FALSE;
  char byte;

  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (input, &byte, 1, NULL, NULL), ==, -1);
  {
    g_autoptr (GSource) source = g_pollable_input_stream_create_source (input, cancellable);

    g_source_set_callback (source, (GSourceFunc) (GCallback) on_cancelled, &is_called, NULL);
    g_source_attach (source, NULL);
  }
  hub_tls_client_pump ();
  g_assert_false (is_called);
  g_cancellable_cancel (cancellable);
  hub_test_wait_for (&is_called);
  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (input, &byte, 1, cancellable, &error),
                   ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD_AS(path, data, set_up, func)                                                           \
  g_test_add ("/tls-receiver/" path, HubTlsFixture, data, set_up, func, hub_tls_fixture_tear_down)
#define ADD_TLS(path, func)                                                                        \
  ADD_AS ("tls/" path, NULL, hub_tls_fixture_set_up, func);                                        \
  ADD_AS ("tls-taken/" path, "taken", hub_tls_fixture_set_up, func)
#define ADD(path, func)                                                                            \
  ADD_TLS (path, func);                                                                            \
  ADD_AS ("plain/" path, NULL, hub_tls_fixture_set_up_plain, func);                                \
  ADD_AS ("plain-taken/" path, "taken", hub_tls_fixture_set_up_plain, func)
#define ADD_GIO(path, func)                                                                        \
  ADD_AS ("tls/" path, NULL, hub_tls_fixture_set_up, func);                                        \
  ADD_AS ("plain/" path, NULL, hub_tls_fixture_set_up_plain, func)
  ADD ("order", test_order);
  ADD ("early-data", test_early_data);
  ADD ("share", test_share);
  ADD_GIO ("budget", test_budget);
  ADD_GIO ("extended-budget", test_extended);
  ADD_GIO ("first-budget", test_first_budget);
  ADD_TLS ("key-update", test_key_update);
  ADD ("eof", test_eof);
  ADD ("cut-in-callback", test_cut_in_callback);
  ADD_GIO ("cancel", test_cancel);
#undef ADD_GIO
#undef ADD
#undef ADD_TLS
#undef ADD_AS

  return g_test_run ();
}
