/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* host -> client: one object, one line. */

#include "wire/hub-wire.h"

#include "base/hub-limits.h"
#include "wire/hub-json-writer.h"

static void
add_strings (HubJsonWriter *writer, const char *member, const char *const *values)
{
  hub_json_writer_begin_array (writer, member);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    hub_json_writer_add_string (writer, NULL, values[i]);
  hub_json_writer_end_array (writer);
}

static void
add_person (HubJsonWriter *writer, guint64 id, const char *name)
{
  hub_json_writer_add_integer (writer, "id", (gint64) id);
  hub_json_writer_add_string (writer, "name", name);
}

/* A list of guests under @member, from @first to before @end. Who is away is said only
 * @with_presence: elsewhere the list itself tells. */
static void
add_guests (HubJsonWriter *writer,
            const char *member,
            GPtrArray *guests,
            guint first,
            guint end,
            gboolean with_presence)
{
  hub_json_writer_begin_array (writer, member);
  for (guint i = first; i < end; i++)
    {
      HubGuest *guest = g_ptr_array_index (guests, i);

      hub_json_writer_begin_object (writer, NULL);
      add_person (writer, hub_guest_get_id (guest), hub_guest_get_name (guest));
      if (with_presence)
        hub_json_writer_add_boolean (writer, "away", hub_guest_is_announced_away (guest));
      hub_json_writer_end_object (writer);
    }
  hub_json_writer_end_array (writer);
}

static HubJsonWriter *
begin (const char *type)
{
  HubJsonWriter *writer = hub_json_writer_new ();

  hub_json_writer_add_string (writer, "type", type);

  return writer;
}

static void
add_secret (HubJsonWriter *writer, const char *member, const HubSecret *secret)
{
  char hex[2 * HUB_SECRET_BYTES + 1];

  for (guint i = 0; i < HUB_SECRET_BYTES; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", secret->bytes[i]);

  hub_json_writer_add_string (writer, member, hex);
}

static void
add_limits (HubJsonWriter *writer, guint message_rate)
{
  hub_json_writer_begin_object (writer, "limits");
  hub_json_writer_add_integer (writer, "name", HUB_NAME_MAX_CHARS);
  hub_json_writer_add_integer (writer, "text", HUB_TEXT_MAX_CHARS);
  hub_json_writer_add_integer (writer, "rate", message_rate);
  hub_json_writer_end_object (writer);
}

GBytes *
hub_wire_welcome (HubRoom *room, const HubWelcome *welcome)
{
  const HubEntry *entry = &welcome->entry;
  HubJsonWriter *writer = begin ("welcome");

  hub_json_writer_begin_object (writer, "you");
  add_person (writer, hub_guest_get_id (entry->guest), hub_guest_get_name (entry->guest));
  hub_json_writer_end_object (writer);
  add_secret (writer, "token", welcome->token);

  hub_json_writer_begin_object (writer, "room");
  hub_json_writer_add_string (writer, "id", hub_room_get_id (room));
  hub_json_writer_add_string (writer, "name", hub_room_get_name (room));
  hub_json_writer_add_boolean (writer, "locked", welcome->is_locked);
  add_strings (writer, "urls", welcome->urls);
  hub_json_writer_end_object (writer);

  if (welcome->guests != NULL)
    add_guests (writer, "guests", welcome->guests, 0, welcome->guests->len, TRUE);
  hub_json_writer_add_integer (writer, "count", welcome->count);
  hub_json_writer_add_integer (writer, "last_id", (gint64) entry->last_id);
  if (entry->is_resumed)
    {
      guint64 n_messages = entry->last_id - entry->replay_after;

      hub_json_writer_add_integer (writer, "replayed", (gint64) (n_messages - entry->missed));
    }
  add_limits (writer, welcome->message_rate);
  hub_json_writer_add_integer (writer, "now", welcome->now);

  return hub_json_writer_finish (writer);
}

static void
add_change (HubJsonWriter *writer, const char *member, GPtrArray *guests)
{
  if (guests != NULL && guests->len > 0)
    add_guests (writer, member, guests, 0, guests->len, FALSE);
}

GBytes *
hub_wire_presence (const HubPresenceChange *change)
{
  HubJsonWriter *writer = begin ("presence");

  add_change (writer, "joined", change->joined);
  add_change (writer, "left", change->left);
  add_change (writer, "away", change->away);
  add_change (writer, "back", change->back);
  hub_json_writer_add_integer (writer, "count", change->count);

  return hub_json_writer_finish (writer);
}

GBytes *
hub_wire_said (HubMessage *message)
{
  HubJsonWriter *writer = begin ("said");

  hub_json_writer_add_integer (writer, "id", (gint64) hub_message_get_id (message));
  hub_json_writer_begin_object (writer, "from");
  add_person (writer, hub_message_get_from_id (message), hub_message_get_from_name (message));
  hub_json_writer_end_object (writer);
  hub_json_writer_add_string (writer, "text", hub_message_get_text (message));
  hub_json_writer_add_integer (writer, "at", hub_message_get_at (message));

  return hub_json_writer_finish (writer);
}

GBytes *
hub_wire_accepted (gint64 ref, guint64 id)
{
  HubJsonWriter *writer = begin ("accepted");

  hub_json_writer_add_integer (writer, "ref", ref);
  hub_json_writer_add_integer (writer, "id", (gint64) id);

  return hub_json_writer_finish (writer);
}

GBytes *
hub_wire_refused (HubRequestType what, gint64 ref, const HubRefusal *refusal)
{
  HubJsonWriter *writer = begin ("refused");

  hub_json_writer_add_string (writer, "what", hub_request_type_to_string (what));
  if (ref >= 0)
    hub_json_writer_add_integer (writer, "ref", ref);
  hub_json_writer_add_string (writer, "code", hub_refusal_code_to_string (refusal->code));
  hub_json_writer_add_string (writer, "reason", hub_refusal_code_to_reason (refusal->code));
  if (refusal->suggestion != NULL)
    hub_json_writer_add_string (writer, "suggestion", refusal->suggestion);
  if (refusal->retry_after > 0)
    hub_json_writer_add_integer (writer, "retry_after", refusal->retry_after);

  return hub_json_writer_finish (writer);
}

GBytes *
hub_wire_room (const char *name, gboolean is_locked, const char *const *urls)
{
  HubJsonWriter *writer = begin ("room");

  hub_json_writer_add_string (writer, "name", name);
  hub_json_writer_add_boolean (writer, "locked", is_locked);
  add_strings (writer, "urls", urls);

  return hub_json_writer_finish (writer);
}

GBytes *
hub_wire_guests (GPtrArray *present, guint page)
{
  HubJsonWriter *writer = begin ("guests");
  guint n_pages = MAX (1, (present->len + HUB_WHO_PAGE_GUESTS - 1) / HUB_WHO_PAGE_GUESTS);
  guint first = page < n_pages ? page * HUB_WHO_PAGE_GUESTS : present->len;
  guint end = MIN (first + HUB_WHO_PAGE_GUESTS, present->len);

  hub_json_writer_add_integer (writer, "page", page);
  hub_json_writer_add_integer (writer, "pages", n_pages);
  add_guests (writer, "guests", present, first, end, TRUE);

  return hub_json_writer_finish (writer);
}

GBytes *
hub_wire_gap (guint64 missed)
{
  HubJsonWriter *writer = begin ("gap");

  hub_json_writer_add_integer (writer, "missed", (gint64) missed);

  return hub_json_writer_finish (writer);
}

GBytes *
hub_wire_ended (HubEnd why)
{
  HubJsonWriter *writer = begin ("ended");

  hub_json_writer_add_string (writer, "why", hub_end_to_string (why));

  return hub_json_writer_finish (writer);
}

GBytes *
hub_wire_pong (void)
{
  return hub_json_writer_finish (begin ("pong"));
}

GBytes *
hub_wire_room_info (const char *name, gboolean is_locked, gboolean has_code)
{
  HubJsonWriter *writer = hub_json_writer_new ();

  hub_json_writer_add_string (writer, "name", name);
  hub_json_writer_add_boolean (writer, "locked", is_locked);
  hub_json_writer_add_boolean (writer, "code", has_code);

  return hub_json_writer_finish (writer);
}
