/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include "base/hub-limits.h"
#include "net/hub-identity.h"
#include "server/hub-early-answer.h"
#include "server/hub-http-check.h"
#include "server/hub-line-stream.h"
#include "server/hub-posts.h"
#include "server/hub-routes.h"
#include "server/hub-websocket.h"
#include "support/hub-fake-clock.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * A stream from its network side. The first byte chooses what the others are: records of TLS,
 * requests of HTTP, the frames of a WebSocket whose handshake went before, or the body of a POST that
 * becomes a stream of lines, and what its client sends then; and how many of them come at once. Behind
 * the stream is what the server has there: libsoup, HubWebsocket, HubLineStream.
 *
 * Whatever comes, the stream ends once, what it holds is gone with it, and what waits for its
 * socket stays within its bound.
 */
#define MODES 4
#define MODE_TLS 0
#define MODE_HTTP 1
#define MODE_FRAMES 2
#define MODE_POST 3

/* The second byte then tells how long the body is. */
#define BODY_STEP 16

#define PORT 8443

#define MAX_TURNS 20000

typedef struct
{
  HubPoller *poller;
  HubClock *clock;
  HubPulse *pulse;
  HubPulse *line_pulse;
  HubHostList *hosts;
  SoupServer *soup;
  HubTlsStream *stream;
  int peer;
  guint ends;
} Line;

static const char upgrade[]
    = "GET /chat HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

static const char post[]
    = "POST /stream HTTP/1.1\r\nHost: localhost:8443\r\nOrigin: http://localhost:8443\r\n"
      "Content-Type: application/json\r\nContent-Length: %u\r\n\r\n";

static void
remove_directory (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_no_errno (g_unlink (file));
    }
  g_assert_no_errno (g_rmdir (path));
}

static gpointer
make_credentials (gpointer data)
{
  g_autofree char *directory = g_dir_make_tmp ("hub-fuzz-XXXXXX", NULL);
  g_autoptr (HubClock) clock = hub_clock_new ();
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HubIdentity) identity = hub_identity_open (clock, directory, NULL);
  gboolean changed;

  g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  g_assert_true (hub_identity_ensure (identity, addresses, NULL, TRUE, &changed, NULL));
  remove_directory (directory);

  return hub_credentials_ref (hub_identity_get_credentials (identity));
}

/* Made once: it takes longer than all the rest. */
static HubCredentials *
get_credentials (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_credentials, NULL);
}

/* Answers what it is asked, with a body that does not fit into the socket's buffer at once. */
static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  static const char body[300000];

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, body, sizeof body);
}

static void
on_received (HubTransport *transport, GBytes *message, gpointer user_data)
{
  HubSegment segment = { message, 0, g_bytes_get_size (message) };

  g_assert_cmpuint (segment.length, <=, HUB_FRAME_MAX_BYTES);
  hub_transport_send (transport, &segment, 1);
}

static void
on_websocket (SoupServer *server,
              SoupServerMessage *message,
              const char *path,
              SoupWebsocketConnection *websocket,
              gpointer user_data)
{
  static const HubWebsocketCaps caps = { HUB_FRAME_MAX_BYTES, FALSE };
  Line *line = user_data;
  g_autoptr (HubWebsocket) transport
      = hub_websocket_new (websocket, line->stream, line->pulse, line->clock, &caps);

  g_signal_connect (transport, "received", G_CALLBACK (on_received), NULL);
}

/* What HubHttpServer does with what is posted: what is not let through is answered without libsoup,
 * which is rid of the connection then. */
static void
on_post_headers (SoupServer *server,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer user_data)
{
  Line *line = user_data;
  GSocketAddress *local = soup_server_message_get_local_address (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (SoupServerMessage) answered = g_object_ref (message);
  g_autoptr (GIOStream) released = NULL;
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;
  guint status = hub_http_check (message, HUB_CONNECTION_LOCAL, line->hosts,
                                 g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)),
                                 &authority);

  if (status == 0)
    {
      hub_tls_stream_extend_input (line->stream, HUB_REQUEST_BODY_MAX_BYTES);
      return;
    }

  hub_routes_refuse (message, status, TRUE);
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_NONE)
    return;

  released = soup_server_message_steal_connection (answered);
  hub_early_answer_send (answered, line->stream);
}

static void
on_streamed (HubConnection *connection,
             GBytes *head,
             GBytes *hello,
             const char *user_agent,
             gpointer user_data)
{
  Line *line = user_data;
  g_autoptr (HubLineStream) transport
      = hub_line_stream_new (connection->stream, head, line->line_pulse, line->clock);

  g_signal_connect (transport, "received", G_CALLBACK (on_received), NULL);
  hub_line_stream_receive (transport, hello);
}

static void
on_post (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  static const HubPostFuncs funcs = { .streamed = on_streamed };
  Line *line = user_data;
  HubConnection connection = { .stream = line->stream };

  /* libsoup asks for what is below the path, too, of which the check lets a GET through. */
  if (strcmp (path, HUB_HTTP_STREAM_PATH) != 0)
    {
      on_request (server, message, path, query, NULL);
      return;
    }

  hub_posts_answer (message, &connection, &funcs, line);
}

static void
on_ended (HubTlsStream *stream, HubStreamEnd why, gpointer user_data)
{
  ((Line *) user_data)->ends++;
}

/* Everything that can be done now, but for what costs time: deadlines. */
static void
settle (void)
{
  for (guint i = 0; i < MAX_TURNS && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

/* Everything that can be done now, while the peer takes in what there is for it: there may be more then. */
static void
exchange (Line *line)
{
  guint8 waste[16384];
  gboolean has_taken;

  do
    {
      settle ();
      has_taken = FALSE;
      while (recv (line->peer, waste, sizeof waste, MSG_DONTWAIT) > 0)
        has_taken = TRUE;
    }
  while (has_taken);
}

static void
line_open (Line *self, gboolean has_tls)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 1);
  int fds[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds));
  self->peer = fds[1];
  self->poller = hub_poller_new (NULL);
  self->clock = HUB_CLOCK (hub_fake_clock_new ());
  self->pulse = hub_pulse_new (self->clock, &hub_websocket_pulse_funcs);
  self->line_pulse = hub_pulse_new (self->clock, &hub_line_stream_pulse_funcs);
  self->hosts = hub_host_list_new_local (PORT);
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, "/", on_request, NULL, NULL);
  soup_server_add_websocket_handler (self->soup, "/chat", NULL, NULL, on_websocket, self, NULL);
  soup_server_add_early_handler (self->soup, HUB_HTTP_STREAM_PATH, on_post_headers, self, NULL);
  soup_server_add_handler (self->soup, HUB_HTTP_STREAM_PATH, on_post, self, NULL);
  self->stream
      = hub_tls_stream_new (self->poller, has_tls ? get_credentials () : NULL, fds[0], NULL);
  g_assert_nonnull (self->stream);
  g_signal_connect (self->stream, "ended", G_CALLBACK (on_ended), self);
  g_assert_true (
      soup_server_accept_iostream (self->soup, G_IO_STREAM (self->stream), address, address, NULL));
}

static void
line_say (Line *self, const guint8 *data, gsize size, gsize step)
{
  while (size > 0)
    {
      gssize n = send (self->peer, data, MIN (size, step), MSG_NOSIGNAL);

      if (n > 0)
        {
          data += n;
          size -= (gsize) n;
        }
      else if (errno != EAGAIN)
        {
          break; /* it has had enough */
        }
      exchange (self);
      g_assert_cmpuint (hub_tls_stream_get_queued (self->stream), <=, HUB_OUTBOX_BYTES);
    }
}

/* As time goes by, each transport asks for a sign of life. */
static void
line_wait (Line *self)
{
  hub_fake_clock_advance (HUB_FAKE_CLOCK (self->clock), HUB_PING_INTERVAL_MS);
  hub_pulse_run (self->pulse);
  hub_pulse_run (self->line_pulse);
  exchange (self);
}

static void
line_close (Line *self)
{
  close (self->peer);
  settle ();
  hub_tls_stream_cut (self->stream, HUB_STREAM_END_CUT);
  g_assert_cmpuint (self->ends, ==, 1);
  soup_server_disconnect (self->soup);
  settle ();
  g_assert_finalize_object (self->stream);
  g_assert_cmpuint (hub_poller_get_waiting (self->poller), ==, 0);
  g_assert_finalize_object (self->soup);
  hub_pulse_free (self->pulse);
  hub_pulse_free (self->line_pulse);
  hub_host_list_unref (self->hosts);
  g_assert_finalize_object (self->clock);
  hub_poller_unref (self->poller);
}

/* Of the leak sanitizer; not there without it. */
extern void __lsan_disable (void) __attribute__ ((weak));
extern void __lsan_enable (void) __attribute__ ((weak));

/* libsoup before 3.6 leaks the target of a request whose length or coding it does not understand: of
 * one that ends with the connection, too. */
static void
line_ask (Line *self, const guint8 *data, gsize size, gsize step)
{
  if (__lsan_disable != NULL)
    __lsan_disable ();
  line_say (self, data, size, step);
  shutdown (self->peer, SHUT_WR);
  exchange (self);
  if (__lsan_enable != NULL)
    __lsan_enable ();
}

static void
line_post (Line *self, const guint8 *data, gsize size, gsize step)
{
  guint length = size > 0 ? MIN (data[0] * BODY_STEP, (guint) size - 1) : 0;
  g_autofree char *head = g_strdup_printf (post, length);

  line_say (self, (const guint8 *) head, strlen (head), strlen (head));
  if (size > 0)
    line_say (self, data + 1, size - 1, step);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const gsize steps[] = { 16384, 1000, 7, 1 };
  Line line = { 0 };
  guint8 what;
  gsize step;

  if (size == 0)
    return 0;

  what = data[0] % (MODES * G_N_ELEMENTS (steps));
  step = MAX (steps[what / MODES], size / 256);
  line_open (&line, what % MODES == MODE_TLS);
  if (what % MODES == MODE_FRAMES)
    line_say (&line, (const guint8 *) upgrade, sizeof upgrade - 1, sizeof upgrade);
  if (what % MODES == MODE_HTTP)
    line_ask (&line, data + 1, size - 1, step);
  else if (what % MODES == MODE_POST)
    line_post (&line, data + 1, size - 1, step);
  else
    line_say (&line, data + 1, size - 1, step);
  line_wait (&line);
  line_close (&line);

  return 0;
}
