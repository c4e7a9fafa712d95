/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "terminal/hub-output.h"

G_BEGIN_DECLS

/* Prints @start, which is ASCII, and behind it @text: UTF-8 that is safe to print, perhaps in several
 * lines. What a terminal would break in the middle of a word is broken before the word, and stands as
 * far in as what stands behind @start. Elsewhere lines are as long as they are. */
void hub_prose_print (HubOutput *output, const char *start, const char *text);

G_END_DECLS
