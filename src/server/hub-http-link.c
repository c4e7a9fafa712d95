/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-http-link.h"

#include "base/hub-limits.h"
#include "server/hub-early-answer.h"
#include "server/hub-headers.h"
#include "server/hub-server.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

struct _HubHttpLink
{
  HubDoor *door;
  char *policy;
  SoupServer *soup;
  int keep_alive; /* our end of a pair, or -1 */
};

/* Whoever answers, and whatever he answers, the response is protected. */
static void
on_request_started (SoupServer *soup, SoupServerMessage *message, HubHttpLink *self)
{
  HubConnection *connection = hub_http_link_find (self, message);

  hub_headers_protect (soup_server_message_get_response_headers (message), self->policy);
  if (connection != NULL)
    hub_door_set_stage (self->door, connection, HUB_STAGE_REQUEST);
}

static void
on_request_read (SoupServer *soup, SoupServerMessage *message, HubHttpLink *self)
{
  HubConnection *connection = hub_http_link_find (self, message);

  if (connection != NULL)
    hub_door_set_stage (self->door, connection, HUB_STAGE_RESPONSE);
}

/* libsoup before 3.6 never frees the target of a request whose body it does not understand, up to
 * HUB_REQUEST_HEADER_MAX_BYTES each time. */
static gboolean
was_leaked (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_UNRECOGNIZED
         && !soup_check_version (3, 6, 0);
}

static void
on_request_finished (SoupServer *soup, SoupServerMessage *message, HubHttpLink *self)
{
  HubConnection *connection = hub_http_link_find (self, message);

  if (connection == NULL)
    return;

  if (was_leaked (message))
    hub_door_accuse (self->door, connection);
  hub_door_set_stage (self->door, connection, HUB_STAGE_IDLE);
  hub_tls_stream_renew_input (connection->stream, HUB_REQUEST_HEADER_MAX_BYTES);
}

/* libsoup closes every connection after its response unless it has a listener. It gets one that
 * never sees anybody: an end of a socket pair, whose other end we hold. */
static gboolean
keep_connections_alive (HubHttpLink *self, GError **error)
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

HubHttpLink *
hub_http_link_new (HubDoor *door, const char *policy, gboolean keeps_alive, GError **error)
{
  g_autoptr (HubHttpLink) self = NULL;

  g_return_val_if_fail (door != NULL, NULL);
  g_return_val_if_fail (policy != NULL, NULL);

  self = g_new0 (HubHttpLink, 1);
  self->door = door;
  self->policy = g_strdup (policy);
  self->keep_alive = -1;
  self->soup = soup_server_new ("raw-paths", TRUE, NULL);
  if (keeps_alive && !keep_connections_alive (self, error))
    return NULL;

  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), self);
  g_signal_connect (self->soup, "request-read", G_CALLBACK (on_request_read), self);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (on_request_finished), self);
  g_signal_connect (self->soup, "request-aborted", G_CALLBACK (on_request_finished), self);

  return g_steal_pointer (&self);
}

void
hub_http_link_free (HubHttpLink *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->soup, self);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  if (self->keep_alive >= 0)
    close (self->keep_alive);
  g_free (self->policy);
  g_free (self);
}

SoupServer *
hub_http_link_get_soup (HubHttpLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->soup;
}

HubConnection *
hub_http_link_find (HubHttpLink *self, SoupServerMessage *message)
{
  g_return_val_if_fail (self != NULL, NULL);

  return hub_door_find (self->door, soup_server_message_get_remote_address (message));
}

/* libsoup has to be rid of it first: it would set out to read whatever length was claimed, with a
 * warning for one below zero. */
void
hub_http_link_answer_early (HubHttpLink *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  HubConnection *connection = hub_http_link_find (self, message);
  g_autoptr (SoupServerMessage) answered = g_object_ref (message);
  g_autoptr (GIOStream) released = NULL;

  if (connection == NULL || soup_message_headers_get_encoding (headers) == SOUP_ENCODING_NONE)
    return;

  released = soup_server_message_steal_connection (answered);
  hub_early_answer_send (answered, connection->stream);
}

void
hub_http_link_accept (HubHttpLink *self, HubConnection *connection)
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
