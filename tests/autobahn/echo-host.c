/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A host that says back whatever is said to it at /chat: door, streams, HTTP server and WebSockets
 * of hubbub-server without a chat behind them, for the Autobahn test suite. Options and first line
 * of output are as hubbub-server's; always on 127.0.0.1. */

#include "base/hub-limits.h"
#include "net/hub-identity.h"
#include "server/hub-door.h"
#include "server/hub-http-server.h"
#include "server/hub-listeners.h"
#include "server/hub-websocket.h"
#include "wire/hub-frame.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>

#define OPCODE_BINARY 0x82 /* RFC 6455 section 5.2, with FIN */

/* The suite sends messages of 256 KiB, and binary ones; both have to come back. */
static const HubWebsocketCaps caps = { .message_bytes = 1024 * 1024, .takes_binary = TRUE };

typedef struct
{
  /* Options */
  int port;
  char *data_dir;
  gboolean json;

  /* Owned */
  GMainLoop *loop;
  HubClock *clock;
  HubLan *lan;
  HubIdentity *identity;
  HubRoom *room; /* the routes' tell its name */
  HubAssets *assets;
  HubPoller *poller;
  HubPulse *pulse;
  HubDoor *door;
  HubHttpServer *http; /* NULL once it stops */

  guint16 bound;
} EchoHost;

static void
on_received (HubTransport *transport, GBytes *message, gpointer user_data)
{
  g_autoptr (GBytes) frame = hub_frame_text (message);
  HubSegment segment = { NULL, 0, g_bytes_get_size (frame) };

  if (hub_websocket_is_binary (HUB_WEBSOCKET (transport)))
    {
      gsize length;
      guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&frame), &length);

      data[0] = OPCODE_BINARY;
      frame = g_bytes_new_take (data, length);
    }
  segment.bytes = frame;
  hub_transport_send (transport, &segment, 1);
}

static void
on_upgraded (HubConnection *connection,
             SoupWebsocketConnection *websocket,
             const char *user_agent,
             gpointer user_data)
{
  EchoHost *self = user_data;
  g_autoptr (HubWebsocket) transport
      = hub_websocket_new (websocket, connection->stream, self->pulse, self->clock, &caps);

  g_signal_connect (transport, "received", G_CALLBACK (on_received), NULL);
}

/* What has to do with POSTs is not asked of it. */
static void
on_streamed (HubConnection *connection,
             GBytes *head,
             GBytes *hello,
             const char *user_agent,
             gpointer user_data)
{
  hub_tls_stream_cut (connection->stream, HUB_STREAM_END_CUT);
}

static guint
on_said (HubConnection *connection,
         const HubSecret *token,
         GBytes *object,
         guint *wait,
         gpointer user_data)
{
  return SOUP_STATUS_UNAUTHORIZED;
}

static void
on_opened (HubConnection *connection, gpointer user_data)
{
  EchoHost *self = user_data;

  if (self->http != NULL)
    hub_http_server_accept (self->http, connection);
  else
    hub_tls_stream_cut (connection->stream, HUB_STREAM_END_CUT);
}

static void
on_emptied (gpointer user_data)
{
  EchoHost *self = user_data;

  g_main_loop_quit (self->loop);
}

static gboolean
on_signal (gpointer user_data)
{
  EchoHost *self = user_data;

  g_clear_pointer (&self->http, hub_http_server_free);
  hub_door_shut (self->door);
  hub_door_cut (self->door);
  if (hub_door_get_n_connections (self->door) == 0)
    g_main_loop_quit (self->loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
open_identity (EchoHost *self, GPtrArray *addresses, GError **error)
{
  gboolean changed;

  self->identity = hub_identity_open (self->clock, self->data_dir, error);

  return self->identity != NULL
         && hub_identity_ensure (self->identity, addresses, NULL, TRUE, &changed, error);
}

static HubDoor *
open_door (EchoHost *self, GArray *listeners)
{
  static const HubDoorFuncs funcs = { on_opened, on_emptied };
  const HubDoorConfig config = {
    .clock = self->clock,
    .poller = self->poller,
    .lan = self->lan,
    .credentials = hub_identity_get_credentials (self->identity),
    .listeners = listeners,
    .caps = { .max_connections = HUB_MAX_GUESTS },
  };

  return hub_door_new (&config, &funcs, self);
}

static gboolean
echo_host_open (EchoHost *self, GError **error)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  static const HubHttpServerFuncs funcs = { on_upgraded, { on_streamed, on_said } };
  GArray *listeners = NULL;
  HubRoomLimits limits;

  g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  self->loop = g_main_loop_new (NULL, FALSE);
  self->clock = hub_clock_new ();
  self->lan = hub_lan_new (error);
  if (self->lan == NULL || !open_identity (self, addresses, error))
    return FALSE;
  self->assets = hub_assets_new (NULL, error);
  if (self->assets == NULL)
    return FALSE;
  self->poller = hub_poller_new (error);
  if (self->poller == NULL)
    return FALSE;
  listeners = hub_listeners_open (addresses, (guint16) self->port, &self->bound, error);
  if (listeners == NULL)
    return FALSE;

  hub_room_limits_init (&limits, HUB_MAX_GUESTS);
  self->room = hub_room_new (self->clock, "", "Echo", &limits);
  self->pulse = hub_pulse_new (self->clock, &hub_websocket_pulse_funcs);
  self->door = open_door (self, listeners);
  self->http
      = hub_http_server_new (self->door, &(HubRoutes){ self->assets, self->room },
                             hub_host_list_new (self->lan, self->bound), &funcs, self, error);

  return self->http != NULL;
}

/* As HubServer does: what streams end in is there until they have. */
static void
echo_host_close (EchoHost *self)
{
  g_clear_pointer (&self->http, hub_http_server_free);
  g_clear_pointer (&self->door, hub_door_free);
  g_clear_pointer (&self->pulse, hub_pulse_free);
  if (self->poller != NULL)
    hub_poller_detach (self->poller);
  g_clear_pointer (&self->poller, hub_poller_unref);
  g_clear_pointer (&self->assets, hub_assets_free);
  g_clear_object (&self->room);
  g_clear_object (&self->identity);
  g_clear_object (&self->lan);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_free (self->data_dir);
}

static void
echo_host_run (EchoHost *self)
{
  guint term = g_unix_signal_add (SIGTERM, on_signal, self);
  guint interrupt = g_unix_signal_add (SIGINT, on_signal, self);
  HubCredentials *credentials = hub_identity_get_credentials (self->identity);

  g_print (self->json ? "{\"type\":\"ready\",\"urls\":[\"https://127.0.0.1:%u/\"],\"port\":%u,"
                        "\"fingerprint\":\"%s\"}\n"
                      : "https://127.0.0.1:%u/ (port %u, fingerprint %s)\n",
           self->bound, self->bound, hub_credentials_get_fingerprint (credentials));
  g_main_loop_run (self->loop);
  g_source_remove (term);
  g_source_remove (interrupt);
}

static gboolean
parse_options (EchoHost *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Port to listen on, 0: any", "PORT" },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, "Where the certificate is", "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, "Tell programs that it is ready", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a host that only echoes");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (self->data_dir == NULL || self->port < 0 || self->port > G_MAXUINT16)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--data-dir and a --port of 0 to 65535 are needed");
      return FALSE;
    }

  return TRUE;
}

int
main (int argc, char *argv[])
{
  EchoHost self = { .port = HUB_PORT };
  g_autoptr (GError) error = NULL;
  gboolean is_open;

  signal (SIGPIPE, SIG_IGN);
  is_open = parse_options (&self, &argc, &argv, &error) && echo_host_open (&self, &error);
  if (is_open)
    echo_host_run (&self);
  else
    g_printerr ("echo-host: %s\n", error->message);
  echo_host_close (&self);

  return is_open ? EXIT_SUCCESS : EXIT_FAILURE;
}
