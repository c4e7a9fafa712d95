/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include "base/hub-limits.h"
#include "base/hub-name.h"
#include "base/hub-text.h"
#include "wire/hub-wire.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define REF_MAX (G_GINT64_CONSTANT (1) << 53)

static void
check_hello (const HubRequest *request)
{
  const HubHello *hello = &request->hello;
  g_autofree char *again = hub_name_normalize (hello->name, strlen (hello->name), NULL);

  g_assert_cmpstr (again, ==, hello->name);
  g_assert_true (hello->join == &request->join);
  g_assert_true (hello->token == NULL || hello->token == &request->token);
  g_assert_true (hello->room_id == NULL || strlen (hello->room_id) == 2 * HUB_SECRET_BYTES);
  g_assert_true (hello->code == NULL || strlen (hello->code) <= HUB_CODE_MAX_BYTES);
  g_assert_cmpuint (hello->last_seen, <=, REF_MAX);
  g_assert_true (hello->has_last_seen || hello->last_seen == 0);
}

/* What may be said is written so that JSON gives it back. */
static void
check_say (const HubRequest *request)
{
  g_autofree char *again = hub_text_normalize (request->text, strlen (request->text), NULL);
  g_autoptr (HubMessage) message = hub_message_new (1, 1, "Ana", request->text, 0);
  g_autoptr (GBytes) said = hub_wire_said (message);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;

  g_assert_cmpstr (again, ==, request->text);
  g_assert_cmpint (request->ref, >=, 1);
  g_assert_cmpint (request->ref, <=, REF_MAX);

  g_assert_null (memchr (g_bytes_get_data (said, NULL), '\n', g_bytes_get_size (said)));
  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (said, NULL),
                                             (gssize) g_bytes_get_size (said), NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "text"), ==, request->text);
}

static void
check_refused (const HubRequest *request, const HubRefusal *refusal)
{
  g_autoptr (GBytes) answer = hub_wire_refused (request->type, request->ref, refusal);

  g_assert_true (refusal->code == HUB_REFUSAL_BAD_OBJECT || refusal->code == HUB_REFUSAL_NAME_BAD
                 || refusal->code == HUB_REFUSAL_TOO_LONG);
  g_assert_null (refusal->suggestion);
  g_assert_true (request->ref == -1 || (request->ref >= 1 && request->ref <= REF_MAX));
  g_assert_true (
      g_utf8_validate_len (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), NULL));
}

/* What opens a seat is spelled in one way. */
static void
check_bearer (const guint8 *data, gsize size)
{
  g_autofree char *value = g_strndup ((const char *) data, size);
  HubSecret token;

  if (hub_wire_read_bearer (value, &token))
    g_assert_cmpuint (strlen (value), ==, strlen ("Bearer ") + 2 * HUB_SECRET_BYTES);
}

/* The reader survives whatever a peer sends, and what it lets through is as its header says. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (HubRequest) request = HUB_REQUEST_INIT;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

  check_bearer (data, size);
  if (!hub_wire_read_request ((const char *) data, size, &request, &refusal))
    {
      check_refused (&request, &refusal);
      return 0;
    }

  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_NONE);
  g_assert_cmpuint (size, <=, HUB_FRAME_MAX_BYTES);
  if (request.type == HUB_REQUEST_HELLO)
    check_hello (&request);
  else if (request.type == HUB_REQUEST_SAY)
    check_say (&request);
  else
    g_assert_cmpuint (request.page, <=, G_MAXINT32);

  return 0;
}
