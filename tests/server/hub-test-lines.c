/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-test-lines.h"

#include "server/hub-test-json.h"

#include <string.h>

void
hub_test_lines_post (HubTestPeer *peer, const char *path, const char *headers, const char *body)
{
  g_autofree char *request = g_strdup_printf (
      "POST %s HTTP/1.1\r\nHost: {host}\r\nOrigin: https://{host}\r\n"
      "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json; charset=utf-8\r\n"
      "%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
      path, headers, strlen (body), body);

  hub_test_peer_send_request (peer, request);
}

char *
hub_test_lines_read_line (HubTestPeer *peer)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (;;)
    {
      g_autoptr (GByteArray) byte
          = hub_tls_client_receive (hub_test_peer_get_client (peer), 1, NULL);

      if (byte->len == 0)
        {
          g_assert_cmpuint (line->len, ==, 0);
          return NULL;
        }
      if (byte->data[0] == '\n')
        return g_string_free (g_steal_pointer (&line), FALSE);
      g_string_append_c (line, (char) byte->data[0]);
    }
}

JsonObject *
hub_test_lines_read (HubTestPeer *peer)
{
  for (;;)
    {
      g_autofree char *line = hub_test_lines_read_line (peer);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;

      if (line == NULL)
        return NULL;
      if (*line == '\0')
        continue;
      node = json_from_string (line, &error);
      g_assert_no_error (error);
      if (strcmp (hub_test_json_get_type (json_node_get_object (node)), "presence") != 0)
        return json_object_ref (json_node_get_object (node));
    }
}

JsonObject *
hub_test_lines_expect (HubTestPeer *peer, const char *type)
{
  JsonObject *object = hub_test_lines_read (peer);

  g_assert_nonnull (object);
  g_assert_cmpstr (hub_test_json_get_type (object), ==, type);

  return object;
}

void
hub_test_lines_expect_member (HubTestPeer *peer,
                              const char *type,
                              const char *member,
                              const char *value)
{
  g_autoptr (JsonObject) object = hub_test_lines_expect (peer, type);

  g_assert_cmpstr (json_object_get_string_member (object, member), ==, value);
}

void
hub_test_lines_expect_end (HubTestPeer *peer)
{
  g_autofree char *line = hub_test_lines_read_line (peer);

  g_assert_null (line);
  g_assert_true (hub_test_peer_is_closed (peer));
}

void
hub_test_lines_expect_head (HubTestPeer *peer)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *line = NULL;
  HubTestResponse response = { 0 };

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      g_autofree char *header = hub_test_lines_read_line (peer);

      g_string_append_printf (head, "%s\n", header);
    }

  response.head = head->str;
  g_assert_true (g_str_has_prefix (head->str, "HTTP/1.1 200 OK\r\n"));
  hub_test_response_assert_header (&response, "Content-Type", "application/x-ndjson");
  hub_test_response_assert_header (&response, "Cache-Control", "no-store");
  hub_test_response_assert_header (&response, "Connection", "close");
  hub_test_response_assert_header (&response, "Content-Length", NULL);
  hub_test_response_assert_header (&response, "Transfer-Encoding", NULL);
  hub_test_response_assert_protected (&response);
  line = hub_test_lines_read_line (peer);
  g_assert_cmpstr (line, ==, "");
}

HubTestPeer *
hub_test_lines_open (HubTestServer *server, const char *body)
{
  HubTestPeer *peer = hub_test_peer_new (hub_server_get_port (server->server));

  hub_test_lines_post (peer, "/stream", "", body);
  hub_test_lines_expect_head (peer);

  return peer;
}

char *
hub_test_lines_make_hello (const char *name, const char *join, const char *more)
{
  return g_strdup_printf ("{\"type\":\"hello\",\"name\":\"%s\",\"join\":\"%s\"%s}", name, join,
                          more);
}

HubTestPeer *
hub_test_lines_join (HubTestServer *server,
                     const char *name,
                     const char *nonce,
                     const char *more,
                     char **token)
{
  g_autofree char *hello = hub_test_lines_make_hello (name, nonce, more);
  HubTestPeer *peer = hub_test_lines_open (server, hello);
  g_autoptr (JsonObject) welcome = hub_test_lines_expect (peer, "welcome");

  if (token != NULL)
    *token = g_strdup (json_object_get_string_member (welcome, "token"));

  return peer;
}

guint
hub_test_lines_say (HubTestPeer *sayer, const char *token, const char *object)
{
  g_autofree char *header = g_strdup_printf ("Authorization: Bearer %s\r\n", token);
  g_auto (HubTestResponse) response = { 0 };

  hub_test_lines_post (sayer, "/say", header, object);
  g_assert_true (hub_test_peer_read_response (sayer, TRUE, &response));
  hub_test_response_assert_protected (&response);
  hub_test_response_assert_header (&response, "Cache-Control", "no-store");
  hub_test_response_assert_header (&response, "Connection", NULL);
  if (response.status == 202)
    g_assert_cmpuint (response.body->len, ==, 0);
  hub_test_response_assert_header (&response, "WWW-Authenticate",
                                   response.status == 401 ? "Bearer" : NULL);

  return response.status;
}
