/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-test-json.h"

#include <string.h>

HubTestPeer *
hub_test_json_open (HubTestServer *server)
{
  HubTestPeer *peer = hub_test_peer_new (hub_server_get_port (server->server));

  hub_test_peer_upgrade (peer, "hubbub.v1");

  return peer;
}

const char *
hub_test_json_get_type (JsonObject *object)
{
  return json_object_get_string_member (object, "type");
}

JsonObject *
hub_test_json_read (HubTestPeer *peer)
{
  g_autofree char *text = hub_test_peer_read_text (peer);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

JsonObject *
hub_test_json_read_next (HubTestPeer *peer)
{
  for (;;)
    {
      g_autoptr (JsonObject) object = hub_test_json_read (peer);

      if (strcmp (hub_test_json_get_type (object), "presence") != 0)
        return g_steal_pointer (&object);
    }
}

JsonObject *
hub_test_json_expect (HubTestPeer *peer, const char *type)
{
  JsonObject *object = hub_test_json_read_next (peer);

  g_assert_cmpstr (hub_test_json_get_type (object), ==, type);

  return object;
}

void
hub_test_json_expect_said (HubTestPeer *peer, gint64 id, const char *text)
{
  g_autoptr (JsonObject) said = hub_test_json_expect (peer, "said");

  g_assert_cmpint (json_object_get_int_member (said, "id"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (said, "text"), ==, text);
}

gint64
hub_test_json_expect_refused (HubTestPeer *peer, const char *what, const char *code)
{
  g_autoptr (JsonObject) refused = hub_test_json_expect (peer, "refused");

  g_assert_cmpstr (json_object_get_string_member (refused, "what"), ==, what);
  g_assert_cmpstr (json_object_get_string_member (refused, "code"), ==, code);

  return json_object_get_int_member_with_default (refused, "retry_after", 0);
}

void
hub_test_json_expect_ended (HubTestPeer *peer, const char *why)
{
  g_autoptr (JsonObject) ended = hub_test_json_expect (peer, "ended");

  g_assert_cmpstr (json_object_get_string_member (ended, "why"), ==, why);
}

void
hub_test_json_say (HubTestPeer *peer, gint64 ref, const char *text, gint64 id)
{
  g_autofree char *object = g_strdup_printf (
      "{\"type\":\"say\",\"ref\":%" G_GINT64_FORMAT ",\"text\":\"%s\"}", ref, text);
  gboolean is_said = FALSE;
  gboolean is_accepted = FALSE;

  hub_test_peer_send_text (peer, object);
  while (!is_said || !is_accepted)
    {
      g_autoptr (JsonObject) answer = hub_test_json_read_next (peer);

      g_assert_cmpint (json_object_get_int_member (answer, "id"), ==, id);
      if (strcmp (hub_test_json_get_type (answer), "said") == 0)
        is_said = TRUE;
      else
        {
          g_assert_cmpstr (hub_test_json_get_type (answer), ==, "accepted");
          g_assert_cmpint (json_object_get_int_member (answer, "ref"), ==, ref);
          is_accepted = TRUE;
        }
    }
}

void
hub_test_json_send_hello (HubTestPeer *peer, const char *name, const char *join, const char *more)
{
  g_autofree char *object = g_strdup_printf (
      "{\"type\":\"hello\",\"name\":\"%s\",\"join\":\"%s\"%s}", name, join, more);

  hub_test_peer_send_text (peer, object);
}

JsonObject *
hub_test_json_hello (HubTestPeer *peer, const char *name, const char *join, const char *more)
{
  hub_test_json_send_hello (peer, name, join, more);

  return hub_test_json_expect (peer, "welcome");
}

HubTestPeer *
hub_test_json_join (HubTestServer *server, const char *name, const char *join, char **token)
{
  HubTestPeer *peer = hub_test_json_open (server);
  g_autoptr (JsonObject) welcome = hub_test_json_hello (peer, name, join, "");

  if (token != NULL)
    *token = g_strdup (json_object_get_string_member (welcome, "token"));

  return peer;
}
