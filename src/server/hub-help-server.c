/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-help-server.h"

#include "server/hub-headers.h"
#include "server/hub-help-page.h"
#include "server/hub-http-check.h"
#include "server/hub-http-link.h"
#include "server/hub-routes.h"

#include <string.h>

struct _HubHelpServer
{
  HubHttpLink *link;
  HubHostList *hosts;
  HubHelpPage *page;
};

/* NULL is every path, "*" the target of OPTIONS. */
static const char *const handled[] = { NULL, "*" };

/* Programs do not say that they take HTML; what a page loads does not either. */
static gboolean
is_person (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const char *accepted
      = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Accept");

  return (strcmp (method, "GET") == 0 || strcmp (method, "HEAD") == 0) && strcmp (path, "/") == 0
         && accepted != NULL && strstr (accepted, "text/html") != NULL;
}

static void
answer_page (HubHelpServer *self, SoupServerMessage *message, const HubHostPort *authority)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  HubBrowser browser
      = hub_browser_from_user_agent (soup_message_headers_get_one (asked, "User-Agent"));
  const char *languages = soup_message_headers_get_list (asked, "Accept-Language");
  g_autoptr (GBytes) body = hub_help_page_make (self->page, browser, languages, authority);

  soup_message_headers_set_content_type (headers, "text/html; charset=utf-8", NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
answer_elsewhere (SoupServerMessage *message, const HubHostPort *authority)
{
  g_autofree char *url = hub_help_page_make_url (authority);

  hub_routes_refuse (message, SOUP_STATUS_TEMPORARY_REDIRECT, TRUE);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                url);
}

/* Also of what libsoup answers itself. */
static void
on_request_started (SoupServer *soup, SoupServerMessage *message, HubHelpServer *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Connection", "close");
}

/* All is known with the headers, whatever a body may say. */
static void
on_headers (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  HubHelpServer *self = user_data;
  GSocketAddress *local = soup_server_message_get_local_address (message);
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;
  guint status;

  status = hub_http_check (message, HUB_CONNECTION_PLAIN, self->hosts,
                           g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)),
                           &authority);
  if (status != 0)
    hub_routes_refuse (message, status, TRUE);
  else if (is_person (message))
    answer_page (self, message, &authority);
  else
    answer_elsewhere (message, &authority);
  hub_http_link_answer_early (self->link, message);
}

HubHelpServer *
hub_help_server_new (HubDoor *door, HubHostList *hosts, GError **error)
{
  g_autoptr (HubHelpServer) self = NULL;
  g_autofree char *policy = NULL;
  SoupServer *soup;

  g_return_val_if_fail (door != NULL, NULL);
  g_return_val_if_fail (hosts != NULL, NULL);

  self = g_new0 (HubHelpServer, 1);
  self->hosts = hosts;
  self->page = hub_help_page_new ();
  policy = hub_headers_make_words_policy (hub_help_page_get_style (self->page));
  self->link = hub_http_link_new (door, policy, FALSE, error);
  if (self->link == NULL)
    return NULL;

  soup = hub_http_link_get_soup (self->link);
  for (gsize i = 0; i < G_N_ELEMENTS (handled); i++)
    soup_server_add_early_handler (soup, handled[i], on_headers, self, NULL);
  g_signal_connect (soup, "request-started", G_CALLBACK (on_request_started), self);

  return g_steal_pointer (&self);
}

void
hub_help_server_free (HubHelpServer *self)
{
  g_return_if_fail (self != NULL);

  if (self->link != NULL)
    {
      SoupServer *soup = hub_http_link_get_soup (self->link);

      g_signal_handlers_disconnect_by_data (soup, self);
      for (gsize i = 0; i < G_N_ELEMENTS (handled); i++)
        soup_server_remove_handler (soup, handled[i]);
    }
  g_clear_pointer (&self->link, hub_http_link_free);
  g_clear_pointer (&self->page, hub_help_page_free);
  g_clear_pointer (&self->hosts, hub_host_list_unref);
  g_free (self);
}

void
hub_help_server_set_hosts (HubHelpServer *self, HubHostList *hosts)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hosts != NULL);

  g_clear_pointer (&self->hosts, hub_host_list_unref);
  self->hosts = hosts;
}

void
hub_help_server_accept (HubHelpServer *self, HubConnection *connection)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (connection != NULL && connection->kind == HUB_CONNECTION_PLAIN);

  hub_http_link_accept (self->link, connection);
}
