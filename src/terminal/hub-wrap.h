/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Breaks lines before the terminal does, so that what a guest says can be indented as a whole: a
 * terminal goes on at its first column, where only the host's own words may stand.
 *
 * Terminals do not agree on how wide a character is. These columns are the most that any takes for
 * it, in the form that hub_text_escape_terminal() gives it.
 */

/* Columns of @text, UTF-8 in one line. */
guint hub_wrap_get_columns (const char *text);

/* Breaks @line (UTF-8, not yet escaped) into pieces of at most @columns (8 at least), the first of
 * at most @first (0: nothing fits). Between words where that is possible.
 * Returns: (transfer full): NULL-terminated, one at least; without the blanks at the breaks */
char **hub_wrap_line (const char *line, guint first, guint columns);

G_END_DECLS
