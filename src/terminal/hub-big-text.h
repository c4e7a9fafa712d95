/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Large letters of half blocks, 5 by 7 dots each, to be read from across a room: for the code that
 * guests are asked for, so only digits and capitals of HUB_CODE_ALPHABET are there.
 */

/* Characters in a line of hub_big_text_render(). */
guint hub_big_text_get_columns (const char *text);

/* @text in as many lines as a letter is high, without a line break at the end. What has no large
 * letter is left blank. Returns: (transfer full) */
char *hub_big_text_render (const char *text);

G_END_DECLS
