/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-http-server.h"

#include "base/hub-limits.h"
#include "server/hub-headers.h"
#include "server/hub-http-check.h"
#include "server/hub-server.h"
#include "wire/hub-wire.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

struct _HubHttpServer
{
  HubDoor *door;
  HubRoutes routes;
  HubHttpUpgradedFunc upgraded;
  gpointer user_data;

  SoupServer *soup;
  HubHostList *hosts;
  int keep_alive; /* our end of the pair below */
};

/* libsoup calls the handler of the longest path that fits: these let none past the check. NULL is
 * every path, "*" the target of OPTIONS. */
static const char *const handled[] = { NULL, "*", HUB_HTTP_CHAT_PATH };

/* Whoever answers, and whatever he answers, the response is protected; the checked Host sharpens
 * it later. */
/* The door's side of what libsoup calls @message. Returns: (transfer none) (nullable) */
static HubConnection *
find_connection (HubHttpServer *self, SoupServerMessage *message)
{
  return hub_door_find (self->door, soup_server_message_get_remote_address (message));
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  HubHttpServer *self = user_data;
  HubConnection *connection = find_connection (self, message);

  hub_headers_protect (soup_server_message_get_response_headers (message), NULL);
  if (connection != NULL)
    hub_door_set_stage (self->door, connection, HUB_STAGE_REQUEST);
}

static void
on_request_read (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  HubHttpServer *self = user_data;
  HubConnection *connection = find_connection (self, message);

  if (connection != NULL)
    hub_door_set_stage (self->door, connection, HUB_STAGE_RESPONSE);
}

static void
on_request_finished (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  HubHttpServer *self = user_data;
  HubConnection *connection = find_connection (self, message);

  if (connection == NULL)
    return;

  /* libsoup before 3.6 never frees the target of such a request, up to 16 KiB each time; no client
   * that means well sends one. */
  if (soup_message_headers_get_encoding (soup_server_message_get_request_headers (message))
      == SOUP_ENCODING_UNRECOGNIZED)
    hub_door_bar (self->door, connection);

  hub_door_set_stage (self->door, connection, HUB_STAGE_IDLE);
  hub_tls_stream_renew_input (connection->stream, HUB_REQUEST_HEADER_MAX_BYTES);
}

/* After a request that may be framed in two ways, or that brings a body nobody asked for, the
 * connection is of no use. */
static gboolean
must_close (SoupServerMessage *message, guint status)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return status == SOUP_STATUS_BAD_REQUEST || status == SOUP_STATUS_EXPECTATION_FAILED
         || soup_message_headers_get_encoding (headers) != SOUP_ENCODING_NONE;
}

static void
on_headers (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  HubHttpServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  GSocketAddress *local = soup_server_message_get_local_address (message);
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;
  guint status;

  status = hub_http_check (message, self->hosts,
                           g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)),
                           &authority);
  if (status == 0)
    {
      hub_headers_protect (headers, &authority);
      return;
    }

  hub_routes_refuse (message, status, must_close (message, status));
  if (status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_replace (headers, "Allow",
                                  g_str_equal (path, HUB_HTTP_CHAT_PATH) ? "GET" : "GET, HEAD");
}

static void
on_request (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  HubHttpServer *self = user_data;

  hub_routes_answer (&self->routes, message);
}

static void
on_websocket (SoupServer *soup,
              SoupServerMessage *message,
              const char *path,
              SoupWebsocketConnection *websocket,
              gpointer user_data)
{
  HubHttpServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  HubConnection *connection = find_connection (self, message);

  /* The stream may have ended since the answer was written. */
  if (connection == NULL)
    return;

  hub_door_set_stage (self->door, connection, HUB_STAGE_UPGRADED);
  self->upgraded (connection, websocket, soup_message_headers_get_one (headers, "User-Agent"),
                  self->user_data);
}

/* libsoup closes every connection after its response unless it has a listener. It gets one that
 * never sees anybody: an end of a socket pair, whose other end we hold. */
static gboolean
keep_connections_alive (HubHttpServer *self, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0)
    {
      g_set_error_literal (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_FAILED, g_strerror (errno));
      return FALSE;
    }

  self->keep_alive = pair[0];
  socket = g_socket_new_from_fd (pair[1], error);
  if (socket == NULL)
    {
      close (pair[1]);
      return FALSE;
    }

  return soup_server_listen_socket (self->soup, socket, 0, error);
}

HubHttpServer *
hub_http_server_new (HubDoor *door,
                     const HubRoutes *routes,
                     HubHostList *hosts,
                     HubHttpUpgradedFunc upgraded,
                     gpointer user_data,
                     GError **error)
{
  static const char *const protocols[] = { HUB_WIRE_PROTOCOL, NULL };
  g_autoptr (HubHttpServer) self = g_new0 (HubHttpServer, 1);

  g_return_val_if_fail (door != NULL, NULL);
  g_return_val_if_fail (routes != NULL, NULL);
  g_return_val_if_fail (hosts != NULL, NULL);
  g_return_val_if_fail (upgraded != NULL, NULL);

  self->door = door;
  self->routes = *routes;
  self->upgraded = upgraded;
  self->user_data = user_data;
  self->hosts = hosts;
  self->keep_alive = -1;
  self->soup = soup_server_new ("raw-paths", TRUE, NULL);
  if (!keep_connections_alive (self, error))
    return NULL;

  /* Safari 15 to 17 break on it, and it costs 100 KB a guest. */
  soup_server_remove_websocket_extension (self->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  for (gsize i = 0; i < G_N_ELEMENTS (handled); i++)
    {
      soup_server_add_early_handler (self->soup, handled[i], on_headers, self, NULL);
      soup_server_add_handler (self->soup, handled[i], on_request, self, NULL);
    }
  soup_server_add_websocket_handler (self->soup, HUB_HTTP_CHAT_PATH, NULL, (char **) protocols,
                                     on_websocket, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), self);
  g_signal_connect (self->soup, "request-read", G_CALLBACK (on_request_read), self);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (on_request_finished), self);
  g_signal_connect (self->soup, "request-aborted", G_CALLBACK (on_request_finished), self);

  return g_steal_pointer (&self);
}

void
hub_http_server_free (HubHttpServer *self)
{
  g_return_if_fail (self != NULL);

  if (self->soup != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->soup, self);
      for (gsize i = 0; i < G_N_ELEMENTS (handled); i++)
        soup_server_remove_handler (self->soup, handled[i]);
      soup_server_disconnect (self->soup);
      g_clear_object (&self->soup);
    }
  if (self->keep_alive >= 0)
    close (self->keep_alive);
  g_clear_pointer (&self->hosts, hub_host_list_free);
  g_free (self);
}

void
hub_http_server_set_hosts (HubHttpServer *self, HubHostList *hosts)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hosts != NULL);

  g_clear_pointer (&self->hosts, hub_host_list_free);
  self->hosts = hosts;
}

void
hub_http_server_accept (HubHttpServer *self, HubConnection *connection)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (connection != NULL);

  if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (connection->stream), connection->local,
                                    connection->remote, &error))
    {
      g_debug ("libsoup did not take a connection: %s", error->message);
      hub_tls_stream_cut (connection->stream, HUB_STREAM_END_CUT);
    }
}
