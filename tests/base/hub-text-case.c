/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-text-case.h"

#include <json-glib/json-glib.h>

static void
hub_text_case_free (HubTextCase *self)
{
  g_bytes_unref (self->in);
  g_free (self->out);
  g_free (self->error);
  g_free (self->why);
  g_free (self);
}

static GString *
read_hex (const char *hex)
{
  g_auto (GStrv) bytes = g_strsplit (hex, " ", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; bytes[i] != NULL; i++)
    {
      guint64 byte;

      g_assert_true (g_ascii_string_to_unsigned (bytes[i], 16, 0, 0xff, &byte, NULL));
      g_string_append_c (text, (char) byte);
    }

  return text;
}

static GString *
read_repeat (JsonArray *repeat)
{
  const char *unit = json_array_get_string_element (repeat, 0);
  gint64 count = json_array_get_int_element (repeat, 1);
  GString *text = g_string_new (NULL);

  for (gint64 i = 0; i < count; i++)
    g_string_append (text, unit);

  return text;
}

static GString *
read_text (JsonNode *node)
{
  JsonObject *object;

  if (JSON_NODE_HOLDS_VALUE (node))
    return g_string_new (json_node_get_string (node));

  object = json_node_get_object (node);
  g_assert_cmpuint (json_object_get_size (object), ==, 1);
  if (json_object_has_member (object, "hex"))
    return read_hex (json_object_get_string_member (object, "hex"));

  return read_repeat (json_object_get_array_member (object, "repeat"));
}

static HubTextCase *
read_case (JsonObject *object)
{
  HubTextCase *self = g_new0 (HubTextCase, 1);

  g_assert_cmpint (json_object_has_member (object, "out"), !=,
                   json_object_has_member (object, "error"));

  self->in = g_string_free_to_bytes (read_text (json_object_get_member (object, "in")));
  if (json_object_has_member (object, "out"))
    self->out = g_string_free (read_text (json_object_get_member (object, "out")), FALSE);
  else
    self->error = g_strdup (json_object_get_string_member (object, "error"));
  self->why = g_strdup (json_object_get_string_member (object, "why"));

  return self;
}

GPtrArray *
hub_text_case_load (const char *name)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "base", name, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *cases = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_text_case_free);
  JsonArray *array;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  array = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (cases, read_case (json_array_get_object_element (array, i)));
  g_assert_cmpuint (cases->len, >, 0);

  return cases;
}
