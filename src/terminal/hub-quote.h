/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Columns that what is said needs at least. */
#define HUB_QUOTE_MIN_COLUMNS 16

/* "NAME: TEXT" as it stands on a terminal. All lines but the first begin with @indent, and none is
 * longer than @columns behind that (HUB_QUOTE_MIN_COLUMNS at least), so that the terminal breaks
 * none: no guest can forge an event. @name and @text are UTF-8 of any kind.
 * Returns: (transfer full) */
char *hub_quote_dup (const char *name, const char *text, const char *indent, guint columns);

G_END_DECLS
