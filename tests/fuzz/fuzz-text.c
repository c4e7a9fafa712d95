/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include "base/hub-limits.h"
#include "base/hub-name.h"
#include "base/hub-text.h"

#include <string.h>
#include <unicode/uchar.h>

/* What a name must keep, whatever the input: one line, in the order in which it is read. */
static void
check_name (const char *name)
{
  g_autofree char *again = hub_name_normalize (name, strlen (name), NULL);
  g_autofree char *composed = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  g_autofree char *skeleton = hub_name_dup_skeleton (name);

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpstr (again, ==, name);
  g_assert_cmpstr (composed, ==, name);
  g_assert_cmpint (g_utf8_strlen (name, -1), <=, HUB_NAME_MAX_CHARS);
  g_assert_null (strchr (name, ':'));
  g_assert_true (name[0] != '*');
  g_assert_true (name[0] != '!');
  g_assert_true (name[0] != ' ');
  g_assert_true (name[strlen (name) - 1] != ' ');
  g_assert_null (strstr (name, "  "));
  g_assert_true (g_utf8_validate (skeleton, -1, NULL));

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      UChar32 scalar = (UChar32) g_utf8_get_char (c);

      g_assert_false (u_iscntrl (scalar) && scalar != 0x200c && scalar != 0x200d
                      && !(scalar >= 0xe0020 && scalar <= 0xe007f));
      g_assert_false (u_hasBinaryProperty (scalar, UCHAR_BIDI_CONTROL));
      g_assert_false (u_isUWhiteSpace (scalar) && scalar != ' ');
    }
}

static gboolean
is_taken_twice (const char *skeleton, gpointer calls)
{
  return ++*(guint *) calls <= 2;
}

static void
check_suggestion (const char *name)
{
  guint calls = 0;
  g_autofree char *suggestion = hub_name_suggest (name, is_taken_twice, &calls);

  g_assert_true (g_str_has_suffix (suggestion, " 4"));
  check_name (suggestion);
}

static void
check_text (const char *text)
{
  g_autofree char *again = hub_text_normalize (text, strlen (text), NULL);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpint (g_utf8_strlen (text, -1), >=, 1);
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, HUB_TEXT_MAX_CHARS);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar scalar = g_utf8_get_char (c);

      g_assert_true (scalar >= 0x20 || scalar == '\n' || scalar == '\t');
      g_assert_false (scalar >= 0x7f && scalar <= 0x9f);
      g_assert_false (scalar == 0x2028 || scalar == 0x2029);
    }
}

/* One line, no control, and isolates only as one pair around it. */
static void
check_terminal (const char *line)
{
  gboolean is_isolated = g_utf8_get_char (line) == 0x2068;
  const char *end = line + strlen (line);

  g_assert_true (g_utf8_validate (line, -1, NULL));
  if (is_isolated)
    {
      line = g_utf8_next_char (line);
      end = g_utf8_prev_char (end);
      g_assert_cmpuint (g_utf8_get_char (end), ==, 0x2069);
    }

  for (const char *c = line; c < end; c = g_utf8_next_char (c))
    {
      gunichar scalar = g_utf8_get_char (c);

      g_assert_true (scalar >= 0x20);
      g_assert_false (scalar >= 0x7f && scalar <= 0x9f);
      g_assert_false (scalar == 0x2028 || scalar == 0x2029);
      g_assert_false (u_hasBinaryProperty ((UChar32) scalar, UCHAR_BIDI_CONTROL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *input = (const char *) data;
  g_autofree char *name = hub_name_normalize (input, size, NULL);
  g_autofree char *text = hub_text_normalize (input, size, NULL);
  g_autofree char *line = hub_text_escape_terminal (input, (gssize) size);

  if (name != NULL)
    {
      check_name (name);
      check_suggestion (name);
    }
  if (text != NULL)
    check_text (text);
  check_terminal (line);

  return 0;
}
