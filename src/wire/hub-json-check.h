/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What stands between a peer's bytes and json-glib, whose parser recurses without a bound, takes
 * comments, single quotes, octal numbers and assignments for JSON, wraps large integers around,
 * takes long for many small values, and ends a string at "\u0000".
 */

/* Whether @json (@length bytes, valid UTF-8) is one JSON object by RFC 8259, nested no deeper than
 * @max_depth (the object itself is depth 1), of at most @max_values values (itself and all inside),
 * without lone surrogates and with integers of at most 18 digits. @n_members gets how many members
 * the object is written with: more than it holds afterwards means that one was given twice.
 *
 * Writes to @json: a "\u0000" becomes "\u0001", which a C string can hold and which texts and
 * names treat alike. */
gboolean
hub_json_check (char *json, gsize length, guint max_depth, guint max_values, guint *n_members);

G_END_DECLS
