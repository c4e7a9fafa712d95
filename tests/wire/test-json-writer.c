/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-json-writer.h"

#include <json-glib/json-glib.h>

/* Takes @writer. */
static char *
finish (HubJsonWriter *writer)
{
  g_autoptr (GBytes) bytes = hub_json_writer_finish (writer);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_shapes (void)
{
  HubJsonWriter *writer = hub_json_writer_new ();
  g_autofree char *json = NULL;

  hub_json_writer_add_string (writer, "a", "x");
  hub_json_writer_add_integer (writer, "b", 7);
  hub_json_writer_begin_array (writer, "c");
  hub_json_writer_end_array (writer);
  hub_json_writer_begin_array (writer, "d");
  hub_json_writer_add_boolean (writer, NULL, TRUE);
  hub_json_writer_begin_object (writer, NULL);
  hub_json_writer_end_object (writer);
  hub_json_writer_begin_object (writer, NULL);
  hub_json_writer_add_boolean (writer, "e", FALSE);
  hub_json_writer_end_object (writer);
  hub_json_writer_add_string (writer, NULL, "{");
  hub_json_writer_add_string (writer, NULL, "[");
  hub_json_writer_add_string (writer, NULL, "");
  hub_json_writer_end_array (writer);
  hub_json_writer_begin_object (writer, "f");
  hub_json_writer_add_integer (writer, "g", 0);
  hub_json_writer_end_object (writer);
  json = finish (writer);
  g_assert_cmpstr (json, ==,
                   "{\"a\":\"x\",\"b\":7,\"c\":[],\"d\":[true,{},{\"e\":false},\"{\",\"[\",\"\"],"
                   "\"f\":{\"g\":0}}");
}

static void
test_empty (void)
{
  g_autofree char *json = finish (hub_json_writer_new ());

  g_assert_cmpstr (json, ==, "{}");
}

static void
test_integers (void)
{
  static const gint64 integers[]
      = { 0, 1, -1, 9, 10, 1767225600000, G_MAXINT64, G_MININT64, G_GINT64_CONSTANT (1) << 53 };

  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      HubJsonWriter *writer = hub_json_writer_new ();
      g_autofree char *expected = g_strdup_printf ("{\"n\":%" G_GINT64_FORMAT "}", integers[i]);
      g_autofree char *json = NULL;

      hub_json_writer_add_integer (writer, "n", integers[i]);
      json = finish (writer);
      g_assert_cmpstr (json, ==, expected);
    }
}

/* Whatever a string holds, a parser that is not ours reads it back. */
static void
test_strings (void)
{
  static const char *const strings[] = {
    "",
    "plain",
    "\"",
    "\\",
    "\\\"\\n",
    "ends with \\",
    "\"}],{\"type\":\"ended\"",
    "two\nlines\tand\r\b\f",
    "\001\002\037\177",
    "Zo\303\253 \360\237\230\200 \342\200\250 \342\200\256",
  };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      HubJsonWriter *writer = hub_json_writer_new ();
      g_autofree char *json = NULL;
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (GError) error = NULL;

      hub_json_writer_add_string (writer, "s", strings[i]);
      json = finish (writer);
      for (const char *at = json; *at != '\0'; at++)
        g_assert_cmpuint ((guint8) *at, >=, 0x20);
      root = json_from_string (json, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "s"), ==,
                       strings[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/json-writer/shapes", test_shapes);
  g_test_add_func ("/wire/json-writer/empty", test_empty);
  g_test_add_func ("/wire/json-writer/integers", test_integers);
  g_test_add_func ("/wire/json-writer/strings", test_strings);

  return g_test_run ();
}
