/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-prose.h"

#include "terminal/hub-wrap.h"

#include <string.h>

/* What a column of text has at least, however narrow the terminal is. */
#define MIN_COLUMNS 16

static void
append_line (GString *prose, const char *line, const char *indent, guint columns)
{
  g_auto (GStrv) pieces = hub_wrap_line (line, columns, columns);
  g_autofree char *separator = g_strconcat ("\n", indent, NULL);
  g_autofree char *joined = g_strjoinv (separator, pieces);

  g_string_append (prose, joined);
}

void
hub_prose_print (HubOutput *output, const char *start, const char *text)
{
  g_autoptr (GString) prose = NULL;
  g_autofree char *indent = NULL;
  g_auto (GStrv) lines = NULL;
  guint columns, width;

  g_return_if_fail (HUB_IS_OUTPUT (output));
  g_return_if_fail (start != NULL && text != NULL);

  prose = g_string_new (start);
  width = (guint) strlen (start);
  indent = g_strnfill (width, ' ');
  columns = hub_output_get_columns (output);
  columns = columns > 0 ? MAX (columns, width + MIN_COLUMNS) - width : G_MAXUINT;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_printf (prose, "\n%s", indent);
      append_line (prose, lines[i], indent, columns);
    }

  hub_output_print (output, prose->str);
}
