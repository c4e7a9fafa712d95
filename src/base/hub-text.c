/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-text.h"

#include "base/hub-limits.h"

#include <string.h>
#include <unicode/uchar.h>

#define NEXT_LINE 0x85
#define LINE_SEPARATOR 0x2028
#define PARAGRAPH_SEPARATOR 0x2029
#define BRAILLE_BLANK 0x2800
#define FIRST_STRONG_ISOLATE 0x2068
#define POP_DIRECTIONAL_ISOLATE 0x2069

G_DEFINE_QUARK (hub - text - error - quark, hub_text_error)

static gboolean
is_control (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

static gboolean
is_line_break (gunichar c)
{
  return c == '\n' || c == '\r' || c == NEXT_LINE || c == LINE_SEPARATOR
         || c == PARAGRAPH_SEPARATOR;
}

static gboolean
is_visible (gunichar c)
{
  return !u_isUWhiteSpace ((UChar32) c) && u_charType ((UChar32) c) != U_FORMAT_CHAR
         && !u_hasBinaryProperty ((UChar32) c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)
         && c != BRAILLE_BLANK;
}

static char *
refuse (GError **error, HubTextError code, const char *message)
{
  g_set_error_literal (error, HUB_TEXT_ERROR, (gint) code, message);
  return NULL;
}

char *
hub_text_normalize (const char *data, gsize length, GError **error)
{
  const char *end = length > 0 ? data + length : data;
  g_autoptr (GString) text = NULL;
  gboolean has_content = FALSE;
  guint chars = 0;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  text = g_string_sized_new (MIN (length, 4 * HUB_TEXT_MAX_CHARS));
  while (data < end)
    {
      /* NUL is a character here, which GLib's functions do not let pass. */
      gunichar c = *data == '\0' ? 0 : g_utf8_get_char_validated (data, end - data);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        return refuse (error, HUB_TEXT_ERROR_INVALID, "a text is UTF-8");

      data += *data == '\0' ? 1 : g_utf8_skip[*(const guchar *) data];
      if (is_line_break (c))
        {
          if (c == '\r' && data < end && *data == '\n')
            data++;
          c = '\n';
        }
      else if (is_control (c) && c != '\t')
        {
          continue;
        }

      if (++chars > HUB_TEXT_MAX_CHARS)
        return refuse (error, HUB_TEXT_ERROR_TOO_LONG, "the text is too long");
      has_content = has_content || is_visible (c);
      g_string_append_unichar (text, c);
    }

  if (!has_content)
    return refuse (error, HUB_TEXT_ERROR_EMPTY, "the text is empty");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether @c makes a terminal that knows about directions reorder what stands around it. */
static gboolean
is_right_to_left (gunichar c)
{
  UCharDirection direction = u_charDirection ((UChar32) c);

  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC
         || direction == U_ARABIC_NUMBER;
}

static gboolean
is_terminal_safe (gunichar c)
{
  return !is_control (c) && !is_line_break (c)
         && !u_hasBinaryProperty ((UChar32) c, UCHAR_BIDI_CONTROL);
}

char *
hub_text_escape_terminal (const char *text, gssize length)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean has_right_to_left = FALSE;
  const char *end;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length < 0)
    length = (gssize) strlen (text);
  end = length > 0 ? text + length : text;
  while (text < end)
    {
      gunichar c = *text == '\0' ? 0 : g_utf8_get_char_validated (text, end - text);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (line, "\\x%02x", *(const guchar *) text);
          text++;
          continue;
        }

      text += *text == '\0' ? 1 : g_utf8_skip[*(const guchar *) text];
      if (is_terminal_safe (c))
        {
          g_string_append_unichar (line, c);
          has_right_to_left = has_right_to_left || is_right_to_left (c);
        }
      else if (c <= 0x7f)
        {
          g_string_append_printf (line, "\\x%02x", c);
        }
      else
        {
          g_string_append_printf (line, "\\u%04x", c);
        }
    }

  if (has_right_to_left)
    {
      g_string_prepend_unichar (line, FIRST_STRONG_ISOLATE);
      g_string_append_unichar (line, POP_DIRECTIONAL_ISOLATE);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Returns: what ends a quotation that @c begins, or 0 */
static gunichar
get_closing_quote (gunichar c)
{
  switch (c)
    {
    case 0x201c: /* “ */
      return 0x201d;
    case 0x00ab: /* « */
      return 0x00bb;
    case 0x201e: /* „ */
      return 0x201c;
    default:
      return 0;
    }
}

/* Returns: how many bytes the option has that @text begins with, 0 where it is none */
static gsize
measure_option (const char *text)
{
  if (!g_str_has_prefix (text, "--") || !g_ascii_isalpha (text[2]))
    return 0;

  return strspn (text, "-abcdefghijklmnopqrstuvwxyz");
}

static void
append_isolate (GString *line, const char *text, gsize length)
{
  g_string_append_unichar (line, FIRST_STRONG_ISOLATE);
  g_string_append_len (line, text, (gssize) length);
  g_string_append_unichar (line, POP_DIRECTIONAL_ISOLATE);
}

char *
hub_text_isolate (const char *sentence)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *next;

  g_return_val_if_fail (sentence != NULL, NULL);

  for (const char *at = sentence; *at != '\0'; at = next)
    {
      gunichar closing = get_closing_quote (g_utf8_get_char (at));
      const char *end = closing != 0 ? g_utf8_strchr (at, -1, closing) : NULL;
      gsize option = measure_option (at);

      next = g_utf8_next_char (at);
      if (option > 0)
        {
          next = at + option;
          append_isolate (line, at, option);
          continue;
        }

      g_string_append_len (line, at, next - at);
      if (end != NULL)
        {
          append_isolate (line, next, (gsize) (end - next));
          next = end;
        }
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}
