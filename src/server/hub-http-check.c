/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-http-check.h"

#include "base/hub-limits.h"

#include <string.h>

#define HTTP_PORT 80
#define HTTP_ORIGIN "http://"
#define HTTPS_ORIGIN "https://"

static guint
count (SoupMessageHeaders *headers, const char *wanted)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  guint n = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      if (g_ascii_strcasecmp (name, wanted) == 0)
        n++;
    }

  return n;
}

static gboolean
is_same (const HubHostPort *a, const HubHostPort *b)
{
  return a->port == b->port && strcmp (a->host, b->host) == 0;
}

/* libsoup resolves both forms of a target to a URI, with Host as the authority of the origin form
 * and, since it knows nothing of our TLS, with the scheme http. Of the absolute form only one that
 * says the same gets through, which cannot be told from the origin form and can do no harm. */
static gboolean
is_origin_form (SoupServerMessage *message, const HubHostPort *authority)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *host = g_uri_get_host (uri);
  g_auto (HubHostPort) target = HUB_HOST_PORT_INIT;
  g_autofree char *text = NULL;

  if (soup_server_message_is_options_ping (message) || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_fragment (uri) != NULL || host == NULL)
    return FALSE;
  if (g_uri_get_port (uri) != (authority->has_port ? authority->port : HTTP_PORT))
    return FALSE;

  text = g_strdup_printf (strchr (host, ':') != NULL ? "[%s]" : "%s", host);
  return hub_host_port_parse (text, &target) && strcmp (target.host, authority->host) == 0;
}

gboolean
hub_http_is_own_origin (const char *origin, HubConnectionKind kind, const HubHostPort *authority)
{
  const char *scheme = kind == HUB_CONNECTION_TLS ? HTTPS_ORIGIN : HTTP_ORIGIN;
  g_auto (HubHostPort) from = HUB_HOST_PORT_INIT;

  g_return_val_if_fail (origin != NULL, FALSE);
  g_return_val_if_fail (authority != NULL, FALSE);

  return g_str_has_prefix (origin, scheme) && hub_host_port_parse (origin + strlen (scheme), &from)
         && is_same (&from, authority);
}

/* A missing Origin is a program, not a web page: that may open a WebSocket, but what a page could have
 * sent to us by a mere form has to say whose it is. */
static gboolean
is_origin_allowed (SoupMessageHeaders *headers,
                   HubConnectionKind kind,
                   const HubHostPort *authority,
                   gboolean may_be_missing)
{
  guint n = count (headers, "Origin");

  if (n == 0)
    return may_be_missing;
  return n == 1
         && hub_http_is_own_origin (soup_message_headers_get_one (headers, "Origin"), kind,
                                    authority);
}

/* Digits and nothing else (RFC 9110 section 8.6). libsoup reads a sign, too, and what is too large as
 * less than nothing. */
static gboolean
is_length (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, NULL, NULL);
}

static guint
check_framing (SoupMessageHeaders *headers)
{
  guint lengths = count (headers, "Content-Length");
  guint codings = count (headers, "Transfer-Encoding");

  if (lengths + codings > 1)
    return SOUP_STATUS_BAD_REQUEST;
  if (lengths == 1 && !is_length (soup_message_headers_get_one (headers, "Content-Length")))
    return SOUP_STATUS_BAD_REQUEST;
  /* What a client may send is short: nobody needs to be told to go on. */
  if (count (headers, "Expect") > 0)
    return SOUP_STATUS_EXPECTATION_FAILED;

  return 0;
}

static gboolean
is_for_post (const char *path)
{
  return strcmp (path, HUB_HTTP_STREAM_PATH) == 0 || strcmp (path, HUB_HTTP_SAY_PATH) == 0;
}

const char *
hub_http_get_allowed (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  if (is_for_post (path))
    return "POST";
  return strcmp (path, HUB_HTTP_CHAT_PATH) == 0 ? "GET" : "GET, HEAD";
}

/* Of a browser that says what kind of page asks (Fetch Metadata): ours. */
static gboolean
is_same_origin (SoupMessageHeaders *headers)
{
  const char *site = soup_message_headers_get_list (headers, "Sec-Fetch-Site");

  return site == NULL || strcmp (site, "same-origin") == 0;
}

static gboolean
is_json (SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && count (headers, "Content-Type") == 1
         && g_ascii_strcasecmp (type, "application/json") == 0;
}

/* The body of a POST: of a length that is known before any of it is kept. */
static guint
check_body (SoupMessageHeaders *headers)
{
  if (!is_json (headers))
    return SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE;
  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    return SOUP_STATUS_LENGTH_REQUIRED;
  if (soup_message_headers_get_content_length (headers) > HUB_REQUEST_BODY_MAX_BYTES)
    return SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;

  return 0;
}

static guint
check_post (SoupServerMessage *message, HubConnectionKind kind, const HubHostPort *authority)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  guint status;

  if (!is_origin_allowed (headers, kind, authority, FALSE) || !is_same_origin (headers))
    return SOUP_STATUS_FORBIDDEN;

  status = check_body (headers);
  if (status == 0)
    soup_message_body_set_accumulate (soup_server_message_get_request_body (message), TRUE);

  return status;
}

/* Of a request that is for us: whether it may ask for this. */
static guint
check_wish (SoupServerMessage *message, HubConnectionKind kind, const HubHostPort *authority)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const char *method = soup_server_message_get_method (message);
  gboolean is_chat = strcmp (path, HUB_HTTP_CHAT_PATH) == 0;

  if (is_for_post (path))
    return strcmp (method, "POST") == 0 ? check_post (message, kind, authority)
                                        : SOUP_STATUS_METHOD_NOT_ALLOWED;
  if (strcmp (method, "GET") != 0 && (is_chat || strcmp (method, "HEAD") != 0))
    return SOUP_STATUS_METHOD_NOT_ALLOWED;
  if (is_chat && !is_origin_allowed (headers, kind, authority, TRUE))
    return SOUP_STATUS_FORBIDDEN;

  return 0;
}

guint
hub_http_check (SoupServerMessage *message,
                HubConnectionKind kind,
                HubHostList *hosts,
                GInetAddress *local,
                HubHostPort *authority)
{
  SoupMessageHeaders *headers;
  guint status;

  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), SOUP_STATUS_INTERNAL_SERVER_ERROR);
  g_return_val_if_fail (hosts != NULL, SOUP_STATUS_INTERNAL_SERVER_ERROR);

  headers = soup_server_message_get_request_headers (message);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_message_headers_remove (headers, "Range");

  status = check_framing (headers);
  if (status != 0)
    return status;
  if (count (headers, "Host") != 1
      || !hub_host_port_parse (soup_message_headers_get_one (headers, "Host"), authority))
    return SOUP_STATUS_BAD_REQUEST;
  if (!is_origin_form (message, authority))
    return SOUP_STATUS_BAD_REQUEST;
  if (kind != HUB_CONNECTION_TLS && !authority->has_port)
    authority->port = HTTP_PORT;
  if (!hub_host_list_allows (hosts, authority, local))
    return SOUP_STATUS_MISDIRECTED_REQUEST;

  return kind != HUB_CONNECTION_PLAIN ? check_wish (message, kind, authority) : 0;
}
