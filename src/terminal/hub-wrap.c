/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-wrap.h"

#include <string.h>

/* Of an escape: "\u10ffff". */
#define ESCAPE_COLUMNS 8

#define ZWNJ 0x200c
#define ZWJ 0x200d

/* From here on there are symbols of which some terminals make pictures of two columns. */
#define FIRST_SYMBOL 0x2000

static guint
get_columns (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  if (c == ZWNJ || c == ZWJ || g_unichar_ismark (c))
    return 1;
  if (!g_unichar_isprint (c) || type == G_UNICODE_LINE_SEPARATOR
      || type == G_UNICODE_PARAGRAPH_SEPARATOR)
    return ESCAPE_COLUMNS;

  return c >= FIRST_SYMBOL || g_unichar_iswide_cjk (c) ? 2 : 1;
}

guint
hub_wrap_get_columns (const char *text)
{
  guint columns = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    columns += get_columns (g_utf8_get_char (at));

  return columns;
}

/* Where the piece that starts at @line ends: after its last word that fits, or, if that is half
 * empty, after its last character. */
static const char *
find_break (const char *line, guint columns)
{
  const char *blank = NULL;
  guint used = 0;

  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (*at == ' ' && used >= columns / 2)
        blank = at;
      used += get_columns (g_utf8_get_char (at));
      if (used > columns)
        return blank != NULL ? blank : at;
    }

  return line + strlen (line);
}

char **
hub_wrap_line (const char *line, guint first, guint columns)
{
  g_autoptr (GStrvBuilder) pieces = g_strv_builder_new ();
  guint room = first;

  g_return_val_if_fail (line != NULL, NULL);
  g_return_val_if_fail (columns >= ESCAPE_COLUMNS, NULL);

  do
    {
      const char *end = find_break (line, room);
      g_autofree char *piece = g_strndup (line, (gsize) (end - line));

      g_strv_builder_add (pieces, *end != '\0' ? g_strchomp (piece) : piece);
      line = end;
      while (*line == ' ')
        line++;
      room = columns;
    }
  while (*line != '\0');

  return g_strv_builder_end (pieces);
}
