/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-json-check.h"

#include "base/hub-limits.h"

#include <string.h>

static gboolean
check (const char *json, guint *n_members)
{
  g_autofree char *copy = g_strdup (json);

  return hub_json_check (copy, strlen (json), HUB_JSON_MAX_DEPTH, HUB_JSON_MAX_VALUES, n_members);
}

static void
test_json_check_good (void)
{
  static const struct
  {
    const char *json;
    guint n_members;
  } cases[] = {
    { "{}", 0 },
    { " \t\r\n{ \n} ", 0 },
    { "{\"a\":1}", 1 },
    { "{ \"a\" : 1 , \"b\" : [ ] }", 2 },
    { "{\"a\":1,\"a\":2}", 2 },
    { "{\"a\":{\"x\":1,\"y\":2},\"b\":null}", 2 },
    { "{\"a\":true,\"b\":false,\"c\":null}", 3 },
    { "{\"a\":[0,-0,1,-1,10,0.5,-1.25,1e5,1E+5,1.5e-5,0e0]}", 1 },
    { "{\"a\":999999999999999999,\"b\":-999999999999999999}", 2 },
    { "{\"a\":1234567890123456789012345.5,\"b\":1234567890123456789012345e1}", 2 },
    { "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u00E9\"}", 1 },
    { "{\"a\":\"\\ud83d\\ude00 \xf0\x9f\x98\x80 \x7f\"}", 1 },
    { "{\"a\":\"]]}}[[{{ // /* '\"}", 1 },
    { "{\"1\":[[[[[[[]]]]]]]}", 1 },
    { "{\"1\":{\"2\":{\"3\":{\"4\":{\"5\":{\"6\":{\"7\":{}}}}}}}}", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_members = 99;

      g_test_message ("%u", i);
      g_assert_true (check (cases[i].json, &n_members));
      g_assert_cmpuint (n_members, ==, cases[i].n_members);
    }
}

static void
test_json_check_bad (void)
{
  static const char *const cases[] = {
    "",
    " ",
    "null",
    "1",
    "\"a\"",
    "[]",
    "{",
    "}",
    "{}}",
    "{}{}",
    "{} x",
    "\xef\xbb\xbf{}",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{\"a\":1 \"b\":2}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "{\"a\":[1,]}",
    "{\"a\":[,1]}",
    "{\"a\":[1 2]}",
    "{\"a\":[1}",
    "{\"a\":[1}]",
    /* What json-glib takes, and JSON does not have. */
    "{'a':1}",
    "{\"a\":'b'}",
    "/* */{}",
    "{}// x",
    "{\"a\":/* \" */1}",
    "# x\n{}",
    "var a = {}",
    "{\"a\":010}",
    "{\"a\":0x10}",
    "{\"a\":TRUE}",
    "{\"a\":truely}",
    "{\"a\":NaN}",
    "{\"a\":Infinity}",
    "{\"a\":+1}",
    "{\"a\":-}",
    "{\"a\":--1}",
    "{\"a\":1.}",
    "{\"a\":.5}",
    "{\"a\":1e}",
    "{\"a\":1e+}",
    "{\"a\":1.5.5}",
    "{\"a\":00}",
    "{\"a\":-01}",
    "{\"a\":1000000000000000000}",
    "{\"a\":-18446744073709551615}",
    /* Strings. */
    "{\"a}",
    "{\"a\":\"b}",
    "{\"a\":\"\\",
    "{\"a\":\"\\\"}",
    "{\"a\":\"\\x41\"}",
    "{\"a\":\"\\'\"}",
    "{\"a\":\"\\U0041\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"\\u\"}",
    "{\"a\":\"\\u123",
    "{\"a\":\"\n\"}",
    "{\"a\":\"\t\"}",
    "{\"a\":\"\x01\"}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\\ud800x\"}",
    "{\"a\":\"\\ud800\\n\"}",
    "{\"a\":\"\\ud800\\ud800\"}",
    "{\"a\":\"\\ud800\\u0041\"}",
    "{\"a\":\"\\udc00\"}",
    "{\"a\":\"\\ude00\\ud83d\"}",
    /* One level too deep. */
    "{\"1\":[[[[[[[[]]]]]]]]}",
    "{\"1\":{\"2\":{\"3\":{\"4\":{\"5\":{\"6\":{\"7\":{\"8\":{}}}}}}}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_members;

      g_test_message ("%u", i);
      g_assert_false (check (cases[i], &n_members));
    }
}

/* What json-glib would recurse on until the stack ends. */
static void
test_json_check_deep (void)
{
  static const char *const units[] = { "[", "{\"a\":", "[[]," };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) json = g_string_new ("{\"type\":");
      guint n_members;

      for (guint j = 0; j < 90000; j++)
        g_string_append (json, units[i]);
      g_assert_false (hub_json_check (json->str, json->len, HUB_JSON_MAX_DEPTH, HUB_JSON_MAX_VALUES,
                                      &n_members));
    }
}

/* What json-glib would spend the time of a whole turn on. */
static void
test_json_check_values (void)
{
  static const char *const units[] = { "0,", "{},", "[],", "{\"a\":[\"\",null]}," };
  static const guint values_of_unit[] = { 1, 1, 1, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) json = g_string_new ("{\"a\":[");
      guint n_values = 2;
      guint n_members;

      while (n_values + values_of_unit[i] < HUB_JSON_MAX_VALUES)
        {
          g_string_append (json, units[i]);
          n_values += values_of_unit[i];
        }
      g_string_append (json, "1]}");
      n_values++;

      g_assert_true (
          hub_json_check (json->str, json->len, HUB_JSON_MAX_DEPTH, n_values, &n_members));
      g_assert_true (hub_json_check (json->str, json->len, HUB_JSON_MAX_DEPTH, HUB_JSON_MAX_VALUES,
                                     &n_members));
      g_assert_false (
          hub_json_check (json->str, json->len, HUB_JSON_MAX_DEPTH, n_values - 1, &n_members));
    }
}

static void
test_json_check_nul (void)
{
  char escaped[] = "{\"a\":\"x\\u0000y\\u0001\\\\u0000\"}";
  char raw[] = "{\"a\":\"x\0y\"}";
  char after[] = "{}\0";
  guint n_members;

  g_assert_true (hub_json_check (escaped, strlen (escaped), HUB_JSON_MAX_DEPTH, HUB_JSON_MAX_VALUES,
                                 &n_members));
  g_assert_cmpstr (escaped, ==, "{\"a\":\"x\\u0001y\\u0001\\\\u0000\"}");
  g_assert_false (
      hub_json_check (raw, sizeof raw - 1, HUB_JSON_MAX_DEPTH, HUB_JSON_MAX_VALUES, &n_members));
  g_assert_false (hub_json_check (after, sizeof after - 1, HUB_JSON_MAX_DEPTH, HUB_JSON_MAX_VALUES,
                                  &n_members));
}

/* Every beginning of a good text is read to its end and not a byte further (the sanitizer sees). */
static void
test_json_check_truncated (void)
{
  static const char json[] = "{\"a\":[-1.5e+3,true,\"\\ud83d\\ude00\\n\",{\"b\":null}]}";

  for (gsize length = 0; length < strlen (json); length++)
    {
      g_autofree char *beginning = g_memdup2 (json, MAX (length, 1));
      guint n_members;

      g_assert_false (
          hub_json_check (beginning, length, HUB_JSON_MAX_DEPTH, HUB_JSON_MAX_VALUES, &n_members));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-check/good", test_json_check_good);
  g_test_add_func ("/json-check/bad", test_json_check_bad);
  g_test_add_func ("/json-check/deep", test_json_check_deep);
  g_test_add_func ("/json-check/values", test_json_check_values);
  g_test_add_func ("/json-check/nul", test_json_check_nul);
  g_test_add_func ("/json-check/truncated", test_json_check_truncated);

  return g_test_run ();
}
