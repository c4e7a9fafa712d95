/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-json-line.h"

JsonBuilder *
hub_json_line_begin (const char *type)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);

  return builder;
}

static void
add_text_value (JsonBuilder *builder, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_builder_add_string_value (builder, valid);
}

void
hub_json_line_add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    add_text_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
hub_json_line_add_number (JsonBuilder *builder, const char *member, gint64 number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

void
hub_json_line_add_boolean (JsonBuilder *builder, const char *member, gboolean value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

void
hub_json_line_add_texts (JsonBuilder *builder, const char *member, const char *const *texts)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; texts[i] != NULL; i++)
    add_text_value (builder, texts[i]);
  json_builder_end_array (builder);
}

/* Everything beyond ASCII as JSON's escapes: exact for programs, and safe where a line of it ends
 * on a terminal. Such characters are in strings only. */
static char *
dup_ascii (const char *json)
{
  g_autoptr (GString) ascii = g_string_new (NULL);

  for (const char *at = json; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c < 0x80)
        g_string_append_c (ascii, (char) c);
      else if (c < 0x10000)
        g_string_append_printf (ascii, "\\u%04x", c);
      else
        g_string_append_printf (ascii, "\\u%04x\\u%04x", 0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
    }

  return g_string_free (g_steal_pointer (&ascii), FALSE);
}

char *
hub_json_line_end (JsonBuilder *builder)
{
  g_autoptr (JsonBuilder) owned = builder;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;

  json_builder_end_object (owned);
  root = json_builder_get_root (owned);
  json = json_to_string (root, FALSE);

  return dup_ascii (json);
}
