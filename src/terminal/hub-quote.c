/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-quote.h"

#include "base/hub-text.h"
#include "terminal/hub-wrap.h"

#include <string.h>

/* Appends what fits one line of a message's, each piece escaped for itself. */
static void
append_line (GString *text, char *line, const char *indent, guint first, guint columns)
{
  g_auto (GStrv) pieces = NULL;

  g_strdelimit (line, "\t", ' ');
  pieces = hub_wrap_line (line, first, columns);
  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_autofree char *piece = hub_text_escape_terminal (pieces[i], -1);

      if (i > 0)
        g_string_append_printf (text, "\n%s", indent);
      g_string_append (text, piece);
    }
}

char *
hub_quote_dup (const char *name, const char *text, const char *indent, guint columns)
{
  g_autofree char *escaped_name = NULL;
  g_autoptr (GString) quote = NULL;
  g_auto (GStrv) lines = NULL;
  guint name_columns;
  gboolean fits;

  g_return_val_if_fail (name != NULL && text != NULL && indent != NULL, NULL);
  g_return_val_if_fail (columns >= HUB_QUOTE_MIN_COLUMNS, NULL);

  escaped_name = hub_text_escape_terminal (name, -1);
  quote = g_string_new (escaped_name);
  lines = g_strsplit (text, "\n", -1);
  name_columns = hub_wrap_get_columns (name) + (guint) strlen (": ");
  fits = name_columns + HUB_QUOTE_MIN_COLUMNS <= columns;

  g_string_append (quote, ": ");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_printf (quote, "\n%s", indent);
      append_line (quote, lines[i], indent,
                   i > 0  ? columns
                   : fits ? columns - name_columns
                          : 0,
                   columns);
    }

  return g_string_free (g_steal_pointer (&quote), FALSE);
}
