/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* client -> host: what a peer sent, looked at with suspicion. */

#include "wire/hub-wire.h"

#include "base/hub-limits.h"
#include "base/hub-name.h"
#include "base/hub-text.h"
#include "wire/hub-json-check.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* What a JavaScript number holds exactly: ids and refs stay within it. */
#define INTEGER_MAX (G_GINT64_CONSTANT (1) << 53)

static gboolean
refuse (HubRefusal *refusal, HubRefusalCode code)
{
  hub_refusal_clear (refusal);
  refusal->code = code;

  return FALSE;
}

/* A member that may be missing. *@value is NULL then. Returns: FALSE if it is no string */
static gboolean
read_string (JsonObject *object, const char *member, const char **value)
{
  JsonNode *node = json_object_get_member (object, member);

  *value = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;

  *value = json_node_get_string (node);
  return TRUE;
}

/* A member that has to be there: an integer written as one, from @min to @max.
 * Returns: FALSE, *@value as it was, for anything else */
static gboolean
read_integer (JsonObject *object, const char *member, gint64 min, gint64 max, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, member);
  gint64 integer;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  integer = json_node_get_int (node);
  if (integer < min || integer > max)
    return FALSE;

  *value = integer;
  return TRUE;
}

/* Lower-case hex digits only, so that a secret is spelled in one way. */
static int
get_hex_value (char digit)
{
  return g_ascii_isupper (digit) ? -1 : g_ascii_xdigit_value (digit);
}

static gboolean
parse_secret (const char *hex, HubSecret *secret)
{
  if (strlen (hex) != 2 * HUB_SECRET_BYTES)
    return FALSE;

  for (guint i = 0; i < HUB_SECRET_BYTES; i++)
    {
      int high = get_hex_value (hex[2 * i]);
      int low = get_hex_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      secret->bytes[i] = (guint8) (high << 4 | low);
    }

  return TRUE;
}

/* What lets a client have its seat back; all of it but `join` may be missing. */
static gboolean
read_seat (JsonObject *object, HubRequest *request)
{
  const char *join, *token, *room_id;
  HubSecret ignored;
  gint64 last_seen = 0;

  if (!read_string (object, "join", &join) || join == NULL || !parse_secret (join, &request->join))
    return FALSE;
  request->hello.join = &request->join;

  if (!read_string (object, "token", &token) || (token && !parse_secret (token, &request->token)))
    return FALSE;
  if (token != NULL)
    request->hello.token = &request->token;

  if (!read_string (object, "room_id", &room_id) || (room_id && !parse_secret (room_id, &ignored)))
    return FALSE;
  request->room_id = g_strdup (room_id);
  request->hello.room_id = request->room_id;

  request->hello.has_last_seen = json_object_has_member (object, "last_seen");
  if (request->hello.has_last_seen
      && !read_integer (object, "last_seen", 0, INTEGER_MAX, &last_seen))
    return FALSE;
  request->hello.last_seen = (guint64) last_seen;

  return TRUE;
}

static gboolean
read_hello (JsonObject *object, HubRequest *request, HubRefusal *refusal)
{
  const char *name, *code;

  if (!read_seat (object, request))
    return refuse (refusal, HUB_REFUSAL_BAD_OBJECT);

  if (!read_string (object, "code", &code) || (code && strlen (code) > HUB_CODE_MAX_BYTES))
    return refuse (refusal, HUB_REFUSAL_BAD_OBJECT);
  request->code = g_strdup (code);
  request->hello.code = request->code;

  if (!read_string (object, "name", &name) || name == NULL)
    return refuse (refusal, HUB_REFUSAL_BAD_OBJECT);
  request->name = hub_name_normalize (name, strlen (name), NULL);
  if (request->name == NULL)
    return refuse (refusal, HUB_REFUSAL_NAME_BAD);
  request->hello.name = request->name;

  return TRUE;
}

static gboolean
read_say (JsonObject *object, HubRequest *request, HubRefusal *refusal)
{
  g_autoptr (GError) error = NULL;
  const char *text;

  if (!read_integer (object, "ref", 1, INTEGER_MAX, &request->ref))
    return refuse (refusal, HUB_REFUSAL_BAD_OBJECT);

  if (!read_string (object, "text", &text) || text == NULL)
    return refuse (refusal, HUB_REFUSAL_BAD_OBJECT);
  request->text = hub_text_normalize (text, strlen (text), &error);
  if (g_error_matches (error, HUB_TEXT_ERROR, HUB_TEXT_ERROR_TOO_LONG))
    return refuse (refusal, HUB_REFUSAL_TOO_LONG);
  if (request->text == NULL)
    return refuse (refusal, HUB_REFUSAL_BAD_OBJECT);

  return TRUE;
}

static gboolean
read_who (JsonObject *object, HubRequest *request, HubRefusal *refusal)
{
  gint64 page = 0;

  if (!read_integer (object, "page", 0, G_MAXINT32, &page))
    return refuse (refusal, HUB_REFUSAL_BAD_OBJECT);
  request->page = (guint) page;

  return TRUE;
}

/* Returns: (transfer full) (nullable): the object of a frame; NULL if it is none of ours */
static JsonObject *
parse_object (const char *data, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *json = NULL;
  JsonObject *object;
  guint n_members = 0;

  if (!g_utf8_validate_len (data, length, NULL))
    return NULL;

  json = g_strndup (data, length);
  if (!hub_json_check (json, length, HUB_JSON_MAX_DEPTH, HUB_JSON_MAX_VALUES, &n_members))
    return NULL;
  if (!json_parser_load_from_data (parser, json, (gssize) length, NULL))
    return NULL;

  object = json_node_get_object (json_parser_get_root (parser));
  if (json_object_get_size (object) != n_members)
    return NULL;

  return json_object_ref (object);
}

gboolean
hub_wire_read_request (const char *data, gsize length, HubRequest *request, HubRefusal *refusal)
{
  g_autoptr (JsonObject) object = NULL;
  const char *type;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);
  g_return_val_if_fail (request != NULL, FALSE);
  g_return_val_if_fail (refusal != NULL, FALSE);

  *request = (HubRequest) HUB_REQUEST_INIT;
  request->ref = -1;

  if (length == 0)
    return refuse (refusal, HUB_REFUSAL_BAD_OBJECT);
  if (length > HUB_FRAME_MAX_BYTES)
    return refuse (refusal, HUB_REFUSAL_TOO_LONG);

  object = parse_object (data, length);
  if (object == NULL || !read_string (object, "type", &type) || type == NULL)
    return refuse (refusal, HUB_REFUSAL_BAD_OBJECT);

  request->type = hub_request_type_from_string (type);
  switch (request->type)
    {
    case HUB_REQUEST_HELLO:
      return read_hello (object, request, refusal);
    case HUB_REQUEST_SAY:
      return read_say (object, request, refusal);
    case HUB_REQUEST_WHO:
      return read_who (object, request, refusal);
    case HUB_REQUEST_UNKNOWN:
    case HUB_REQUEST_PING:
    case HUB_REQUEST_BYE:
    default:
      return TRUE;
    }
}

gboolean
hub_wire_read_bearer (const char *value, HubSecret *token)
{
  static const char scheme[] = "Bearer ";

  g_return_val_if_fail (token != NULL, FALSE);

  return value != NULL && g_ascii_strncasecmp (value, scheme, strlen (scheme)) == 0
         && parse_secret (value + strlen (scheme), token);
}
