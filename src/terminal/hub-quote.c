/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-quote.h"

#include "base/hub-text.h"
#include "terminal/hub-wrap.h"

#include <string.h>

/* Appends @line in pieces that fit, each escaped for itself. */
static void
append_line (GString *text, const char *line, const char *indent, guint first, guint columns)
{
  g_auto (GStrv) pieces = hub_wrap_line (line, first, columns);

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
  g_autoptr (GString) quote = NULL;
  g_auto (GStrv) lines = NULL;
  guint name_columns;
  gboolean fits;

  g_return_val_if_fail (name != NULL && text != NULL && indent != NULL, NULL);
  g_return_val_if_fail (columns >= HUB_QUOTE_MIN_COLUMNS, NULL);

  quote = g_string_new (NULL);
  lines = g_strsplit (text, "\n", -1);
  name_columns = hub_wrap_get_columns (name) + (guint) strlen (": ");
  fits = name_columns + HUB_QUOTE_MIN_COLUMNS <= columns;

  append_line (quote, name, indent, columns - strlen (": "), columns - strlen (": "));
  g_string_append (quote, ": ");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_printf (quote, "\n%s", indent);
      append_line (quote, g_strdelimit (lines[i], "\t", ' '), indent,
                   i > 0  ? columns
                   : fits ? columns - name_columns
                          : 0,
                   columns);
    }

  return g_string_free (g_steal_pointer (&quote), FALSE);
}
