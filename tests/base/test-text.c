/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-text.h"

#include "hub-text-case.h"

#include <string.h>

static const char *
get_word (const GError *error)
{
  static const char *const words[] = {
    [HUB_TEXT_ERROR_INVALID] = "invalid",
    [HUB_TEXT_ERROR_EMPTY] = "empty",
    [HUB_TEXT_ERROR_TOO_LONG] = "too-long",
  };

  if (error == NULL)
    return NULL;

  g_assert_true (error->domain == HUB_TEXT_ERROR);
  return words[error->code];
}

static void
check_case (const HubTextCase *test)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize size;
  const char *data = g_bytes_get_data (test->in, &size);

  text = hub_text_normalize (data, size, &error);
  if (g_strcmp0 (text, test->out) != 0 || g_strcmp0 (get_word (error), test->error) != 0)
    {
      g_autofree char *shown = g_strescape (text != NULL ? text : get_word (error), NULL);

      g_test_message ("%s: got %s", test->why, shown);
      g_test_fail ();
    }
}

static void
test_table (void)
{
  g_autoptr (GPtrArray) cases = hub_text_case_load ("texts.json");

  for (guint i = 0; i < cases->len; i++)
    check_case (g_ptr_array_index (cases, i));
}

static void
test_no_bytes (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hub_text_normalize (NULL, 0, &error));
  g_assert_error (error, HUB_TEXT_ERROR, HUB_TEXT_ERROR_EMPTY);
}

/* Reads not one byte behind what it was given: there is a continuation byte. */
static void
test_reads_length_only (void)
{
  static const char bytes[] = "caf\xc3\xa9!";
  g_autoptr (GError) error = NULL;
  g_autofree char *text = hub_text_normalize (bytes, 3, NULL);

  g_assert_cmpstr (text, ==, "caf");
  g_assert_null (hub_text_normalize (bytes, 4, &error));
  g_assert_error (error, HUB_TEXT_ERROR, HUB_TEXT_ERROR_INVALID);
}

static void
test_escape_terminal (void)
{
  static const struct
  {
    const char *text;
    gssize length;
    const char *shown;
  } cases[] = {
    { "hello", -1, "hello" },
    { "", -1, "" },
    { NULL, 0, "" },
    { "hello", 4, "hell" },
    { "caf\u00e9 \U0001f600", -1, "caf\u00e9 \U0001f600" },
    { "C:\\new", -1, "C:\\new" },
    { "\x1b[31mred", -1, "\\x1b[31mred" },
    { "\x1b]0;title\a", -1, "\\x1b]0;title\\x07" },
    { "a\nb\rc\td", -1, "a\\x0ab\\x0dc\\x09d" },
    { "a\0b", 3, "a\\x00b" },
    { "a\x7f", -1, "a\\x7f" },
    { "a\xc2\x9bm", -1, "a\\u009bm" },
    { "a\xc2\x85\u2028c\u2029d", -1, "a\\u0085\\u2028c\\u2029d" },
    { "\u202eabc\u202c", -1, "\\u202eabc\\u202c" },
    { "\u200e\u200f\u061c", -1, "\\u200e\\u200f\\u061c" },
    { "\u2066\u2067\u2068\u2069\u2069\u2069", -1, "\\u2066\\u2067\\u2068\\u2069\\u2069\\u2069" },
    { "a\x9b\xff", -1, "a\\x9b\\xff" },
    { "a\xc3", -1, "a\\xc3" },
    { "a\xc3\xa9", 2, "a\\xc3" },
    { "\xed\xa0\x80", -1, "\\xed\\xa0\\x80" },
    { "\xc0\x9b", -1, "\\xc0\\x9b" },
    { "\u05e9\u05e8\u05d4", -1, "\u2068\u05e9\u05e8\u05d4\u2069" },
    { "Ana \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", -1,
      "\u2068Ana \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\u2069" },
    { "\u0663", -1, "\u2068\u0663\u2069" },
    { "\u05d0\u2069\u202e\u202c", -1, "\u2068\u05d0\\u2069\\u202e\\u202c\u2069" },
    { "\u2067\u05d0\u2069", 3, "\\u2067" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = hub_text_escape_terminal (cases[i].text, cases[i].length);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

/* Every control there is, alone: nothing of C0, C1 or DEL reaches the terminal. */
static void
test_escape_all_controls (void)
{
  for (gunichar c = 0; c < 0xa0; c++)
    {
      char bytes[6];
      int size = g_unichar_to_utf8 (c, bytes);
      g_autofree char *shown = hub_text_escape_terminal (bytes, size);

      if (c >= 0x20 && c < 0x7f)
        g_assert_cmpmem (shown, strlen (shown), bytes, (gsize) size);
      else
        g_assert_true (shown[0] == '\\');
    }
}

static void
test_isolate (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "Nothing.", "Nothing." },
    { "The folder “/srv/a b/c” is full.", "The folder “\u2068/srv/a b/c\u2069” is full." },
    { "المجلد «/srv/a» ممتلئ", "المجلد «\u2068/srv/a\u2069» ممتلئ" },
    { "Der Ordner „/srv/a“ ist voll.", "Der Ordner „\u2068/srv/a\u2069“ ist voll." },
    { "يأخذ --max-guests عددًا", "يأخذ \u2068--max-guests\u2069 عددًا" },
    { "“a” and “b”: -- no -x --1", "“\u2068a\u2069” and “\u2068b\u2069”: -- no -x --1" },
    { "“never closed", "“never closed" },
    { "closed”", "closed”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *isolated = hub_text_isolate (cases[i][0]);

      g_assert_cmpstr (isolated, ==, cases[i][1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/table", test_table);
  g_test_add_func ("/text/no-bytes", test_no_bytes);
  g_test_add_func ("/text/reads-length-only", test_reads_length_only);
  g_test_add_func ("/text/escape-terminal", test_escape_terminal);
  g_test_add_func ("/text/escape-all-controls", test_escape_all_controls);
  g_test_add_func ("/text/isolate", test_isolate);

  return g_test_run ();
}
