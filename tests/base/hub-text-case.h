/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubTextCase: one case of names.json or texts.json, the tables that this code and the browser's
 * share: an array of {"in": TEXT, "out": TEXT or "error": WORD, "why": what the case is about}.
 * TEXT is a string, {"hex": "c3 28"} (bytes that JSON cannot hold) or {"repeat": ["x", 33]}.
 */
typedef struct
{
  GBytes *in;
  char *out;   /* NULL: refused */
  char *error; /* NULL: accepted */
  char *why;
} HubTextCase;

/* The cases of the file @name of this folder; aborts where it is not as described.
 * Returns: (transfer full) (element-type HubTextCase) */
GPtrArray *hub_text_case_load (const char *name);

G_END_DECLS
