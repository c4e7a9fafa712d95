/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-json-writer.h"

/* Most objects fit. */
#define FIRST_SIZE 256

/* The digits of a 64-bit number, its sign and a NUL. */
#define INTEGER_SIZE 21

struct _HubJsonWriter
{
  GString *text;
};

HubJsonWriter *
hub_json_writer_new (void)
{
  HubJsonWriter *self = g_new0 (HubJsonWriter, 1);

  self->text = g_string_sized_new (FIRST_SIZE);
  g_string_append_c (self->text, '{');

  return self;
}

GBytes *
hub_json_writer_finish (HubJsonWriter *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = self->text;
  g_string_append_c (text, '}');
  g_free (self);

  return g_string_free_to_bytes (text);
}

/* Everything between a value and the one before it. A string never ends with what begins an object
 * or an array, but with its quote. */
static void
separate (HubJsonWriter *self, const char *member)
{
  char last = self->text->str[self->text->len - 1];

  if (last != '{' && last != '[')
    g_string_append_c (self->text, ',');
  if (member == NULL)
    return;

  g_string_append_c (self->text, '"');
  g_string_append (self->text, member);
  g_string_append (self->text, "\":");
}

void
hub_json_writer_begin_object (HubJsonWriter *self, const char *member)
{
  g_return_if_fail (self != NULL);

  separate (self, member);
  g_string_append_c (self->text, '{');
}

void
hub_json_writer_end_object (HubJsonWriter *self)
{
  g_return_if_fail (self != NULL);

  g_string_append_c (self->text, '}');
}

void
hub_json_writer_begin_array (HubJsonWriter *self, const char *member)
{
  g_return_if_fail (self != NULL);

  separate (self, member);
  g_string_append_c (self->text, '[');
}

void
hub_json_writer_end_array (HubJsonWriter *self)
{
  g_return_if_fail (self != NULL);

  g_string_append_c (self->text, ']');
}

/* RFC 8259 section 7: what has to be escaped. */
static gboolean
is_special (guint8 byte)
{
  return byte < 0x20 || byte == '"' || byte == '\\';
}

static void
append_special (GString *text, guint8 byte)
{
  switch (byte)
    {
    case '"':
    case '\\':
      g_string_append_c (text, '\\');
      g_string_append_c (text, (char) byte);
      break;
    case '\n':
      g_string_append (text, "\\n");
      break;
    case '\t':
      g_string_append (text, "\\t");
      break;
    default:
      g_string_append_printf (text, "\\u%04x", byte);
      break;
    }
}

void
hub_json_writer_add_string (HubJsonWriter *self, const char *member, const char *value)
{
  const char *begin = value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (value != NULL);

  separate (self, member);
  g_string_append_c (self->text, '"');
  for (const char *at = value; *at != '\0'; at++)
    {
      if (!is_special ((guint8) *at))
        continue;
      g_string_append_len (self->text, begin, at - begin);
      append_special (self->text, (guint8) *at);
      begin = at + 1;
    }
  g_string_append (self->text, begin);
  g_string_append_c (self->text, '"');
}

void
hub_json_writer_add_integer (HubJsonWriter *self, const char *member, gint64 value)
{
  char digits[INTEGER_SIZE];
  char *at = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  g_return_if_fail (self != NULL);

  do
    *--at = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--at = '-';

  separate (self, member);
  g_string_append_len (self->text, at, digits + sizeof digits - at);
}

void
hub_json_writer_add_boolean (HubJsonWriter *self, const char *member, gboolean value)
{
  g_return_if_fail (self != NULL);

  separate (self, member);
  g_string_append (self->text, value ? "true" : "false");
}
