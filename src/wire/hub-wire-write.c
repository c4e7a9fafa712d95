/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* host -> client: one object, one line. */

#include "wire/hub-wire.h"

#include "base/hub-limits.h"

#include <json-glib/json-glib.h>

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_integer (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

static void
add_boolean (JsonBuilder *builder, const char *member, gboolean value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

static void
add_strings (JsonBuilder *builder, const char *member, const char *const *values)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

static void
add_person (JsonBuilder *builder, guint64 id, const char *name)
{
  add_integer (builder, "id", (gint64) id);
  add_string (builder, "name", name);
}

/* A list of guests under @member, from @first to before @end. Who is away is said only
 * @with_presence: elsewhere the list itself tells. */
static void
add_guests (JsonBuilder *builder,
            const char *member,
            GPtrArray *guests,
            guint first,
            guint end,
            gboolean with_presence)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = first; i < end; i++)
    {
      HubGuest *guest = g_ptr_array_index (guests, i);

      json_builder_begin_object (builder);
      add_person (builder, hub_guest_get_id (guest), hub_guest_get_name (guest));
      if (with_presence)
        add_boolean (builder, "away", hub_guest_is_announced_away (guest));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static JsonBuilder *
begin_object (const char *type)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (type != NULL)
    add_string (builder, "type", type);

  return builder;
}

/* Takes @builder. */
static GBytes *
end_object (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *json;
  gsize length;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json = json_generator_to_data (generator, &length);
  g_object_unref (builder);

  return g_bytes_new_take (json, length);
}

static void
add_secret (JsonBuilder *builder, const char *member, const HubSecret *secret)
{
  char hex[2 * HUB_SECRET_BYTES + 1];

  for (guint i = 0; i < HUB_SECRET_BYTES; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", secret->bytes[i]);

  add_string (builder, member, hex);
}

static void
add_limits (JsonBuilder *builder, guint message_rate)
{
  json_builder_set_member_name (builder, "limits");
  json_builder_begin_object (builder);
  add_integer (builder, "name", HUB_NAME_MAX_CHARS);
  add_integer (builder, "text", HUB_TEXT_MAX_CHARS);
  add_integer (builder, "rate", message_rate);
  json_builder_end_object (builder);
}

GBytes *
hub_wire_welcome (HubRoom *room, const HubWelcome *welcome)
{
  const HubEntry *entry = &welcome->entry;
  JsonBuilder *builder = begin_object ("welcome");

  json_builder_set_member_name (builder, "you");
  json_builder_begin_object (builder);
  add_person (builder, hub_guest_get_id (entry->guest), hub_guest_get_name (entry->guest));
  json_builder_end_object (builder);
  add_secret (builder, "token", welcome->token);

  json_builder_set_member_name (builder, "room");
  json_builder_begin_object (builder);
  add_string (builder, "id", hub_room_get_id (room));
  add_string (builder, "name", hub_room_get_name (room));
  add_boolean (builder, "locked", welcome->is_locked);
  add_strings (builder, "urls", welcome->urls);
  json_builder_end_object (builder);

  if (welcome->guests != NULL)
    add_guests (builder, "guests", welcome->guests, 0, welcome->guests->len, TRUE);
  add_integer (builder, "count", welcome->count);
  add_integer (builder, "last_id", (gint64) entry->last_id);
  if (entry->is_resumed)
    {
      guint64 n_messages = entry->last_id - entry->replay_after;

      add_integer (builder, "replayed", (gint64) (n_messages - entry->missed));
    }
  add_limits (builder, welcome->message_rate);
  add_integer (builder, "now", welcome->now);

  return end_object (builder);
}

static void
add_change (JsonBuilder *builder, const char *member, GPtrArray *guests)
{
  if (guests != NULL && guests->len > 0)
    add_guests (builder, member, guests, 0, guests->len, FALSE);
}

GBytes *
hub_wire_presence (const HubPresenceChange *change)
{
  JsonBuilder *builder = begin_object ("presence");

  add_change (builder, "joined", change->joined);
  add_change (builder, "left", change->left);
  add_change (builder, "away", change->away);
  add_change (builder, "back", change->back);
  add_integer (builder, "count", change->count);

  return end_object (builder);
}

GBytes *
hub_wire_said (HubMessage *message)
{
  JsonBuilder *builder = begin_object ("said");

  add_integer (builder, "id", (gint64) hub_message_get_id (message));
  json_builder_set_member_name (builder, "from");
  json_builder_begin_object (builder);
  add_person (builder, hub_message_get_from_id (message), hub_message_get_from_name (message));
  json_builder_end_object (builder);
  add_string (builder, "text", hub_message_get_text (message));
  add_integer (builder, "at", hub_message_get_at (message));

  return end_object (builder);
}

GBytes *
hub_wire_accepted (gint64 ref, guint64 id)
{
  JsonBuilder *builder = begin_object ("accepted");

  add_integer (builder, "ref", ref);
  add_integer (builder, "id", (gint64) id);

  return end_object (builder);
}

GBytes *
hub_wire_refused (HubRequestType what, gint64 ref, const HubRefusal *refusal)
{
  JsonBuilder *builder = begin_object ("refused");

  add_string (builder, "what", hub_request_type_to_string (what));
  if (ref >= 0)
    add_integer (builder, "ref", ref);
  add_string (builder, "code", hub_refusal_code_to_string (refusal->code));
  add_string (builder, "reason", hub_refusal_code_to_reason (refusal->code));
  if (refusal->suggestion != NULL)
    add_string (builder, "suggestion", refusal->suggestion);
  if (refusal->retry_after > 0)
    add_integer (builder, "retry_after", refusal->retry_after);

  return end_object (builder);
}

GBytes *
hub_wire_room (const char *name, gboolean is_locked, const char *const *urls)
{
  JsonBuilder *builder = begin_object ("room");

  add_string (builder, "name", name);
  add_boolean (builder, "locked", is_locked);
  add_strings (builder, "urls", urls);

  return end_object (builder);
}

GBytes *
hub_wire_guests (GPtrArray *present, guint page)
{
  JsonBuilder *builder = begin_object ("guests");
  guint n_pages = MAX (1, (present->len + HUB_WHO_PAGE_GUESTS - 1) / HUB_WHO_PAGE_GUESTS);
  guint first = page < n_pages ? page * HUB_WHO_PAGE_GUESTS : present->len;
  guint end = MIN (first + HUB_WHO_PAGE_GUESTS, present->len);

  add_integer (builder, "page", page);
  add_integer (builder, "pages", n_pages);
  add_guests (builder, "guests", present, first, end, TRUE);

  return end_object (builder);
}

GBytes *
hub_wire_gap (guint64 missed)
{
  JsonBuilder *builder = begin_object ("gap");

  add_integer (builder, "missed", (gint64) missed);

  return end_object (builder);
}

GBytes *
hub_wire_ended (HubEnd why)
{
  JsonBuilder *builder = begin_object ("ended");

  add_string (builder, "why", hub_end_to_string (why));

  return end_object (builder);
}

GBytes *
hub_wire_pong (void)
{
  return end_object (begin_object ("pong"));
}

GBytes *
hub_wire_room_info (const char *name, gboolean is_locked, gboolean has_code)
{
  JsonBuilder *builder = begin_object (NULL);

  add_string (builder, "name", name);
  add_boolean (builder, "locked", is_locked);
  add_boolean (builder, "code", has_code);

  return end_object (builder);
}
