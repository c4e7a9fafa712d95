/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A stream of lines over TCP and TLS, by a clock that the test moves. */
#include "server/hub-line-stream.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"
#include "support/hub-fake-clock.h"
#include "support/hub-tls-pair.h"

#include <string.h>
#include <sys/socket.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

#define HEAD "HTTP/1.1 200 OK\r\n\r\n"

/* Of the sockets: what their peer does not take has to wait soon. */
#define BUFFER 16384

typedef struct
{
  HubTlsFixture tls;
  HubFakeClock *clock;
  HubPulse *pulse;
  HubTlsPair *pair;
  HubLineStream *lines;

  guint n_received;
  guint n_closed;
} Fixture;

static void
on_received (HubTransport *transport, GBytes *message, gpointer user_data)
{
  ((Fixture *) user_data)->n_received++;
}

static void
on_closed (HubTransport *transport, gpointer user_data)
{
  ((Fixture *) user_data)->n_closed++;
}

static void
expect (Fixture *self, const char *text)
{
  g_autoptr (GByteArray) got = hub_tls_client_receive (self->pair->client, strlen (text), NULL);

  g_assert_cmpmem (got->data, got->len, text, strlen (text));
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) head = g_bytes_new_static (HEAD, strlen (HEAD));

  hub_tls_fixture_set_up (&self->tls, NULL);
  self->clock = hub_fake_clock_new ();
  self->pulse = hub_pulse_new (HUB_CLOCK (self->clock), &hub_line_stream_pulse_funcs);
  self->pair = hub_tls_pair_new_open (self->tls.poller, self->tls.credentials, BUFFER);
  self->lines
      = hub_line_stream_new (self->pair->stream, head, self->pulse, HUB_CLOCK (self->clock));
  g_signal_connect (self->lines, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->lines, "closed", G_CALLBACK (on_closed), self);
  g_assert_cmpint (hub_transport_get_format (HUB_TRANSPORT (self->lines)), ==, HUB_FORMAT_LINES);
  expect (self, HEAD "\n");
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  hub_tls_stream_cut (self->pair->stream, HUB_STREAM_END_CUT);
  /* What tells that it is closed holds it until then. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->lines);
  hub_tls_pair_free (self->pair);
  hub_pulse_free (self->pulse);
  g_object_unref (self->clock);
  hub_tls_fixture_tear_down (&self->tls, NULL);
}

static void
advance (Fixture *self, gint64 ms)
{
  hub_fake_clock_advance (self->clock, ms);
  hub_pulse_run (self->pulse);
}

static void
wait_ended (Fixture *self, HubStreamEnd why)
{
  hub_test_wait_for (&self->pair->is_ended);
  g_assert_cmpint (self->pair->end, ==, why);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
send_text (Fixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  HubSegment segment = { bytes, 0, strlen (text) };

  hub_transport_send (HUB_TRANSPORT (self->lines), &segment, 1);
}

static gboolean
receive (Fixture *self, gsize length)
{
  g_autofree char *text = g_strnfill (length, 'x');
  g_autoptr (GBytes) message = g_bytes_new_take (g_steal_pointer (&text), length);

  return hub_line_stream_receive (self->lines, message);
}

/* Until the client's system has told that it took everything. */
static void
wait_taken (Fixture *self)
{
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;

  hub_tls_client_acknowledge (self->pair->client);
  while (hub_tls_session_get_unacknowledged (&self->pair->stream->session) > 0)
    {
      hub_tls_client_pump ();
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
    }
}

/* A client that has nothing to say stays for as long as its system takes the empty lines. */
static void
test_blank_lines (Fixture *self, gconstpointer user_data)
{
  for (guint i = 0; i < 1000; i++)
    {
      send_text (self, "a\n");
      expect (self, "a\n");
      advance (self, HUB_PING_TIMEOUT_MS);
      send_text (self, "b\n");
      advance (self, HUB_BLANK_LINE_INTERVAL_MS - HUB_PING_TIMEOUT_MS - 1);
      send_text (self, "c\n");
      advance (self, 1);
      expect (self, "b\nc\n\n");
      wait_taken (self);
    }
  g_assert_cmpuint (self->n_closed, ==, 0);
}

/* Whose system takes nothing any more is lost. */
static void
test_lost (Fixture *self, gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (64 * BUFFER, 'x');

  send_text (self, text);
  /* What was on its way may be taken during the first. */
  for (guint i = 0; i < 2 && !self->pair->is_ended; i++)
    {
      advance (self, HUB_BLANK_LINE_INTERVAL_MS);
      advance (self, HUB_PING_TIMEOUT_MS - 1);
      g_assert_false (self->pair->is_ended);
      advance (self, 1);
    }
  wait_ended (self, HUB_STREAM_END_DEADLINE);
  g_assert_cmpuint (self->n_closed, ==, 1);
}

/* Who is slow is not: while it takes anything. */
static void
test_slow (Fixture *self, gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (64 * BUFFER, 'x');

  send_text (self, text);
  for (guint i = 0; i < 4; i++)
    {
      advance (self, HUB_BLANK_LINE_INTERVAL_MS);
      g_byte_array_unref (hub_tls_client_receive (self->pair->client, 8 * BUFFER, NULL));
      hub_tls_client_acknowledge (self->pair->client);
      advance (self, HUB_PING_TIMEOUT_MS);
      g_assert_false (self->pair->is_ended);
    }
  g_assert_cmpuint (self->n_closed, ==, 0);
}

static void
test_outbox (Fixture *self, gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (HUB_OUTBOX_BYTES / 4, 'x');

  for (guint i = 0; i < 4; i++)
    {
      g_assert_false (self->pair->is_ended);
      send_text (self, text);
    }
  send_text (self, text);
  wait_ended (self, HUB_STREAM_END_OUTBOX);
  g_assert_cmpuint (self->n_closed, ==, 1);
  send_text (self, text);
}

static void
expect_end (Fixture *self)
{
  int end;
  g_autoptr (GByteArray) rest = hub_tls_client_receive (self->pair->client, 1, &end);

  g_assert_cmpuint (rest->len, ==, 0);
  g_assert_cmpint (end, ==, 0);
  hub_tls_client_hang_up (self->pair->client);
  wait_ended (self, HUB_STREAM_END_CLOSED);
}

/* What was sent arrives, and then a polite end. Its owner need not be told. */
static void
test_close (Fixture *self, gconstpointer user_data)
{
  send_text (self, "last\n");
  hub_transport_close (HUB_TRANSPORT (self->lines), 1000, HUB_LINGER_MS);
  send_text (self, "never\n");
  advance (self, HUB_BLANK_LINE_INTERVAL_MS);
  g_assert_false (receive (self, 1));
  expect (self, "last\n");
  expect_end (self);
  g_assert_cmpuint (self->n_closed, ==, 0);
  g_assert_cmpuint (self->n_received, ==, 0);
}

static void
test_cut (Fixture *self, gconstpointer user_data)
{
  hub_transport_cut (HUB_TRANSPORT (self->lines));
  g_assert_true (self->pair->is_ended);
  g_assert_cmpuint (self->n_closed, ==, 0);
  wait_ended (self, HUB_STREAM_END_OUTBOX);
  g_assert_cmpuint (self->n_closed, ==, 1);
}

/* A browser that aborts its request closes the connection. */
static void
test_aborted (Fixture *self, gconstpointer user_data)
{
  hub_tls_client_hang_up (self->pair->client);
  wait_ended (self, HUB_STREAM_END_RESET);
  g_assert_cmpuint (self->n_closed, ==, 1);
}

/* Who says that it sends no more has nothing to say, here as with a WebSocket; it gets what was sent. */
static void
test_half_closed (Fixture *self, gconstpointer user_data)
{
  HubTlsClient *client = self->pair->client;
  gint64 stop_at = g_get_monotonic_time () + PATIENCE_US;

  send_text (self, "last\n");
  g_assert_cmpint (gnutls_bye (hub_tls_client_get_session (client), GNUTLS_SHUT_WR), ==, 0);
  g_assert_no_errno (shutdown (hub_tls_client_get_fd (client), SHUT_WR));
  while (self->n_closed == 0)
    {
      hub_tls_client_pump ();
      g_assert_cmpint (g_get_monotonic_time (), <, stop_at);
    }
  send_text (self, "never\n");
  g_assert_false (receive (self, 1));
  expect (self, "last\n");
  expect_end (self);
  g_assert_cmpuint (self->n_closed, ==, 1);
}

/* Little is thrown away; nobody has much to send there. */
static void
test_talkative (Fixture *self, gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (HUB_STREAM_INPUT_BYTES, 'x');

  g_assert_true (hub_tls_client_send (self->pair->client, text, HUB_STREAM_INPUT_BYTES));
  for (guint i = 0; i < 100; i++)
    hub_tls_client_pump ();
  send_text (self, "here\n");
  expect (self, "here\n");
  g_assert_true (hub_tls_client_send (self->pair->client, "x", 1));
  wait_ended (self, HUB_STREAM_END_INPUT);
  g_assert_cmpuint (self->n_closed, ==, 1);
  g_assert_cmpuint (self->n_received, ==, 0);
}

static void
test_message_rate (Fixture *self, gconstpointer user_data)
{
  for (guint i = 0; i < HUB_FRAME_BURST; i++)
    g_assert_true (receive (self, 1));
  advance (self, 1000);
  for (guint i = 0; i < HUB_FRAME_RATE; i++)
    g_assert_true (receive (self, 1));
  g_assert_cmpuint (self->n_received, ==, HUB_FRAME_BURST + HUB_FRAME_RATE);
  g_assert_false (hub_line_stream_is_over (self->lines));
  g_assert_false (receive (self, 1));
  g_assert_true (hub_line_stream_is_over (self->lines));
  g_assert_cmpuint (self->n_closed, ==, 0);
  g_assert_false (receive (self, 1));
  expect_end (self);
  g_assert_cmpuint (self->n_closed, ==, 1);
  g_assert_cmpuint (self->n_received, ==, HUB_FRAME_BURST + HUB_FRAME_RATE);
}

static void
test_byte_rate (Fixture *self, gconstpointer user_data)
{
  guint n = HUB_INPUT_BURST_BYTES / HUB_REQUEST_BODY_MAX_BYTES;

  for (guint i = 0; i < n; i++)
    g_assert_true (receive (self, HUB_REQUEST_BODY_MAX_BYTES));
  g_assert_false (receive (self, HUB_REQUEST_BODY_MAX_BYTES));
  g_assert_cmpuint (self->n_received, ==, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/line-stream/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("blank-lines", test_blank_lines);
  ADD ("lost", test_lost);
  ADD ("slow", test_slow);
  ADD ("outbox", test_outbox);
  ADD ("close", test_close);
  ADD ("cut", test_cut);
  ADD ("aborted", test_aborted);
  ADD ("half-closed", test_half_closed);
  ADD ("talkative", test_talkative);
  ADD ("rate/messages", test_message_rate);
  ADD ("rate/bytes", test_byte_rate);
#undef ADD

  return g_test_run ();
}
