/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-posts.h"

#include "server/hub-http-check.h"
#include "server/hub-response-head.h"
#include "server/hub-routes.h"
#include "wire/hub-wire.h"

#include <string.h>

/* The response has no length and no end of its own: libsoup, which would send it in chunks by a thread
 * of its own, hands the connection over. */
static void
answer_stream (SoupServerMessage *message,
               HubConnection *connection,
               GBytes *hello,
               const HubPostFuncs *funcs,
               gpointer user_data)
{
  g_autoptr (SoupServerMessage) asked = g_object_ref (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (asked);
  const char *user_agent = soup_message_headers_get_one (
      soup_server_message_get_request_headers (asked), "User-Agent");
  g_autoptr (GIOStream) released = NULL;
  g_autoptr (GBytes) head = NULL;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "application/x-ndjson", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Connection", "close");
  head = hub_response_head_new (message, -1);
  released = soup_server_message_steal_connection (message);

  funcs->streamed (connection, head, hello, user_agent, user_data);
}

/* In whole seconds (RFC 9110 section 10.2.3), and never too soon. */
static void
set_retry_after (SoupMessageHeaders *headers, guint wait)
{
  g_autofree char *seconds = g_strdup_printf ("%u", (guint) (((guint64) wait + 999) / 1000));

  soup_message_headers_replace (headers, "Retry-After", seconds);
}

static void
answer_say (SoupServerMessage *message,
            HubConnection *connection,
            GBytes *object,
            const HubPostFuncs *funcs,
            gpointer user_data)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  /* Two of them are a list, and no token. */
  const char *credentials = soup_message_headers_get_list (asked, "Authorization");
  HubSecret token;
  gboolean has_token = hub_wire_read_bearer (credentials, &token);
  guint wait = 0;
  guint status = funcs->said (connection, has_token ? &token : NULL, object, &wait, user_data);

  if (status == SOUP_STATUS_ACCEPTED)
    {
      soup_server_message_set_status (message, status, NULL);
      soup_message_headers_replace (headers, "Cache-Control", "no-store");
      return;
    }

  hub_routes_refuse (message, status, wait > 0);
  if (wait > 0)
    set_retry_after (headers, wait);
  if (status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
}

void
hub_posts_answer (SoupServerMessage *message,
                  HubConnection *connection,
                  const HubPostFuncs *funcs,
                  gpointer user_data)
{
  g_autoptr (GBytes) body = NULL;
  const char *path;

  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));
  g_return_if_fail (connection != NULL);
  g_return_if_fail (funcs != NULL);

  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  path = g_uri_get_path (soup_server_message_get_uri (message));
  if (strcmp (path, HUB_HTTP_STREAM_PATH) == 0)
    answer_stream (message, connection, body, funcs, user_data);
  else
    answer_say (message, connection, body, funcs, user_data);
}
