/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The code that newcomers are asked for: read off the host's screen and typed on a phone. Signs
 * that look alike (0 O, 1 I L) are not in it.
 */
#define HUB_CODE_ALPHABET "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#define HUB_CODE_LENGTH 6

/* What a person typed as a code, as the host has it: in capitals, without white space and dashes.
 * @text: valid UTF-8. Returns: (transfer full) (nullable): NULL if it cannot be a code */
char *hub_code_normalize (const char *text);

/* Whether two normalized codes are the same, in a time that does not tell how much of them is. */
gboolean hub_code_equal (const char *a, const char *b);

G_END_DECLS
