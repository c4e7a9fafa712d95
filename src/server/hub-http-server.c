/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-http-server.h"

#include "base/hub-limits.h"
#include "server/hub-headers.h"
#include "server/hub-http-check.h"
#include "server/hub-http-link.h"
#include "wire/hub-wire.h"

#include <string.h>

struct _HubHttpServer
{
  /* Owned */
  HubHttpLink *link;
  HubHostList *hosts;
  HubHostList *local_hosts; /* NULL: there is no loopback listener */

  /* Borrowed */
  HubDoor *door;
  HubRoutes routes;
  HubHttpServerFuncs funcs;
  gpointer user_data;
};

/* libsoup calls the handler of the longest path that fits: these let none past the check. NULL is
 * every path, "*" the target of OPTIONS. */
static const char *const handled[] = { NULL, "*", HUB_HTTP_CHAT_PATH };

static gboolean
is_post (SoupServerMessage *message)
{
  return strcmp (soup_server_message_get_method (message), "POST") == 0;
}

static gboolean
has_body (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_get_encoding (headers) != SOUP_ENCODING_NONE;
}

/* After a request that may be framed in two ways, or that brings a body nobody asked for, the
 * connection is of no use. */
static gboolean
must_close (SoupServerMessage *message, guint status)
{
  return status == SOUP_STATUS_BAD_REQUEST || status == SOUP_STATUS_EXPECTATION_FAILED
         || has_body (message);
}

/* The request may have so much more than its headers: it was let through. */
static void
welcome_body (HubHttpServer *self, SoupServerMessage *message)
{
  HubConnection *connection = hub_http_link_find (self->link, message);

  if (connection != NULL)
    hub_tls_stream_extend_input (connection->stream, HUB_REQUEST_BODY_MAX_BYTES);
}

/* What speaks on a connection that has ended gets no answer; it is checked all the same. */
static HubConnectionKind
get_kind (HubHttpServer *self, SoupServerMessage *message)
{
  HubConnection *connection = hub_http_link_find (self->link, message);

  return connection != NULL ? connection->kind : HUB_CONNECTION_TLS;
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
  HubConnectionKind kind = get_kind (self, message);
  gboolean is_local = kind == HUB_CONNECTION_LOCAL && self->local_hosts != NULL;
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;
  g_autofree char *policy = NULL;
  guint status;

  status = hub_http_check (message, kind, is_local ? self->local_hosts : self->hosts,
                           g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)),
                           &authority);
  if (status == 0)
    {
      policy = hub_headers_make_client_policy (&authority, is_local ? "ws" : "wss");
      hub_headers_protect (headers, policy);
      if (is_post (message))
        welcome_body (self, message);
      return;
    }

  hub_routes_refuse (message, status, must_close (message, status));
  if (status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_replace (headers, "Allow", hub_http_get_allowed (path));
  hub_http_link_answer_early (self->link, message);
}

static void
on_request (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  HubHttpServer *self = user_data;
  HubConnection *connection;

  if (!is_post (message))
    {
      hub_routes_answer (&self->routes, message);
      return;
    }

  connection = hub_http_link_find (self->link, message);
  /* The stream may have ended since the body came. */
  if (connection == NULL)
    return;

  if (strcmp (path, HUB_HTTP_STREAM_PATH) == 0)
    hub_door_set_stage (self->door, connection, HUB_STAGE_UPGRADED);
  hub_posts_answer (message, connection, &self->funcs.posts, self->user_data);
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
  HubConnection *connection = hub_http_link_find (self->link, message);

  /* The stream may have ended since the answer was written. */
  if (connection == NULL)
    return;

  hub_door_set_stage (self->door, connection, HUB_STAGE_UPGRADED);
  self->funcs.upgraded (connection, websocket, soup_message_headers_get_one (headers, "User-Agent"),
                        self->user_data);
}

HubHttpServer *
hub_http_server_new (HubDoor *door,
                     const HubRoutes *routes,
                     HubHostList *hosts,
                     const HubHttpServerFuncs *funcs,
                     gpointer user_data,
                     GError **error)
{
  static const char *const protocols[] = { HUB_WIRE_PROTOCOL, NULL };
  g_autoptr (HubHttpServer) self = NULL;
  g_autofree char *policy = hub_headers_make_client_policy (NULL, NULL);
  SoupServer *soup;

  g_return_val_if_fail (door != NULL, NULL);
  g_return_val_if_fail (routes != NULL, NULL);
  g_return_val_if_fail (hosts != NULL, NULL);
  g_return_val_if_fail (funcs != NULL, NULL);

  self = g_new0 (HubHttpServer, 1);
  self->door = door;
  self->routes = *routes;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->hosts = hosts;
  self->link = hub_http_link_new (door, policy, TRUE, error);
  if (self->link == NULL)
    return NULL;

  soup = hub_http_link_get_soup (self->link);
  /* Safari 15 to 17 break on it, and it costs 100 KB a guest. */
  soup_server_remove_websocket_extension (soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  for (gsize i = 0; i < G_N_ELEMENTS (handled); i++)
    {
      soup_server_add_early_handler (soup, handled[i], on_headers, self, NULL);
      soup_server_add_handler (soup, handled[i], on_request, self, NULL);
    }
  soup_server_add_websocket_handler (soup, HUB_HTTP_CHAT_PATH, NULL, (char **) protocols,
                                     on_websocket, self, NULL);

  return g_steal_pointer (&self);
}

void
hub_http_server_free (HubHttpServer *self)
{
  g_return_if_fail (self != NULL);

  if (self->link != NULL)
    for (gsize i = 0; i < G_N_ELEMENTS (handled); i++)
      soup_server_remove_handler (hub_http_link_get_soup (self->link), handled[i]);
  g_clear_pointer (&self->link, hub_http_link_free);
  g_clear_pointer (&self->hosts, hub_host_list_unref);
  g_clear_pointer (&self->local_hosts, hub_host_list_unref);
  g_free (self);
}

void
hub_http_server_set_hosts (HubHttpServer *self, HubHostList *hosts)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hosts != NULL);

  g_clear_pointer (&self->hosts, hub_host_list_unref);
  self->hosts = hosts;
}

void
hub_http_server_set_local_port (HubHttpServer *self, guint16 port)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (port != 0);

  g_clear_pointer (&self->local_hosts, hub_host_list_unref);
  self->local_hosts = hub_host_list_new_local (port);
}

void
hub_http_server_accept (HubHttpServer *self, HubConnection *connection)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (connection != NULL);

  /* libsoup cannot tell our TLS from none: a plain connection in here could upgrade. */
  if (connection->kind == HUB_CONNECTION_PLAIN)
    hub_tls_stream_cut (connection->stream, HUB_STREAM_END_CUT);
  else
    hub_http_link_accept (self->link, connection);
}
