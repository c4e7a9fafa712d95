/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-routes.h"

#include "qr/hub-qr-svg.h"
#include "server/hub-headers.h"
#include "server/hub-help-page.h"
#include "server/hub-http-check.h"
#include "wire/hub-wire.h"

#include <string.h>

/* RFC 9110 section 15.5.22; libsoup has no name for it. */
#define STATUS_UPGRADE_REQUIRED 426

typedef void (*Answer) (const HubRoutes *self, SoupServerMessage *message, const char *path);

static const char *
get_phrase (guint status)
{
  switch (status)
    {
    case STATUS_UPGRADE_REQUIRED:
      return "Upgrade Required";
    case HUB_STATUS_TOO_MANY_REQUESTS:
      return "Too Many Requests";
    default:
      return soup_status_get_phrase (status);
    }
}

static void
append_body (SoupServerMessage *message, const char *type, GBytes *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_set_content_type (headers, type, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

static void
answer_room (const HubRoutes *self, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) body
      = hub_wire_room_info (hub_room_get_name (self->room), hub_room_is_locked (self->room),
                            hub_room_has_code (self->room));

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  append_body (message, "application/json", body);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

/* Where others reach the chat: as the page was, unless it was from this computer by a name for
 * itself; then by the first address that the host shows. The checked `Host` has no way of being
 * anybody else's. Returns: (transfer full) (nullable): NULL where nobody else can reach it */
static char *
dup_address (const HubRoutes *self, SoupServerMessage *message)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  const char *const *urls = hub_hall_get_urls (self->hall);
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;

  if (!hub_host_port_parse (soup_message_headers_get_one (asked, "Host"), &authority))
    return NULL;
  if (!hub_host_port_is_loopback (&authority))
    return hub_help_page_make_url (&authority);

  return g_strdup (urls[0]);
}

static void
answer_qr (const HubRoutes *self, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *address = dup_address (self, message);
  g_autoptr (HubQr) qr = address != NULL ? hub_qr_new (address) : NULL;
  g_autoptr (GBytes) body = NULL;
  char *svg;

  if (qr == NULL)
    {
      hub_routes_refuse (message, SOUP_STATUS_NOT_FOUND, FALSE);
      return;
    }

  svg = hub_qr_svg_make (qr);
  body = g_bytes_new_take (svg, strlen (svg));
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  append_body (message, "image/svg+xml", body);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
answer_chat (const HubRoutes *self, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (soup_message_headers_header_equals (asked, "Upgrade", "websocket"))
    return;

  hub_routes_refuse (message, STATUS_UPGRADE_REQUIRED, FALSE);
  soup_message_headers_replace (headers, "Upgrade", "websocket");
  /* Which goes with it (RFC 9110 section 7.8). */
  soup_message_headers_replace (headers, "Connection", "Upgrade");
}

static void
answer_file (const HubRoutes *self, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_auto (HubAsset) asset = HUB_ASSET_INIT;
  const char *etag;
  gboolean is_gzipped;

  if (!hub_assets_lookup (self->assets, path, &asset))
    {
      hub_routes_refuse (message, SOUP_STATUS_NOT_FOUND, FALSE);
      return;
    }

  is_gzipped
      = asset.gzipped != NULL
        && hub_headers_accepts_gzip (soup_message_headers_get_list (asked, "Accept-Encoding"));
  etag = is_gzipped ? asset.gzipped_etag : asset.etag;
  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  if (asset.gzipped != NULL)
    soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  if (is_gzipped)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");

  /* The body is set for 304 too: libsoup takes the length from it and does not send it. */
  append_body (message, asset.type, is_gzipped ? asset.gzipped : asset.body);
  if (hub_headers_etag_matches (soup_message_headers_get_list (asked, "If-None-Match"), etag))
    soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
  else
    soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

/* Paths that are not files. Methods are checked before: GET and HEAD, GET alone for the chat. */
static const struct
{
  const char *path;
  Answer answer;
} routes[] = {
  { "/room", answer_room },
  { "/qr.svg", answer_qr },
  { HUB_HTTP_CHAT_PATH, answer_chat },
};

void
hub_routes_answer (const HubRoutes *self, SoupServerMessage *message)
{
  const char *path;

  g_return_if_fail (self != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  path = g_uri_get_path (soup_server_message_get_uri (message));
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (strcmp (path, routes[i].path) == 0)
        {
          routes[i].answer (self, message, path);
          return;
        }
    }

  answer_file (self, message, path);
}

void
hub_routes_refuse (SoupServerMessage *message, guint status, gboolean must_close)
{
  SoupMessageHeaders *headers;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;

  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  headers = soup_server_message_get_response_headers (message);
  text = g_strdup_printf ("%u %s\n", status, get_phrase (status));
  body = g_bytes_new (text, strlen (text));
  soup_server_message_set_status (message, status, get_phrase (status));
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (must_close)
    soup_message_headers_replace (headers, "Connection", "close");
  append_body (message, "text/plain; charset=utf-8", body);
}
