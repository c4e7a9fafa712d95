/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One line of --json: an object with a "type", built member by member. */

/* Returns: (transfer full): for hub_json_line_end() */
JsonBuilder *hub_json_line_begin (const char *type);

/* @text of any kind; what is not UTF-8 in it (a file's name in a warning) does not break the line.
 * NULL becomes null. */
void hub_json_line_add_text (JsonBuilder *builder, const char *member, const char *text);
void hub_json_line_add_number (JsonBuilder *builder, const char *member, gint64 number);
void hub_json_line_add_boolean (JsonBuilder *builder, const char *member, gboolean value);

/* The elements of @texts, NULL-terminated. */
void hub_json_line_add_texts (JsonBuilder *builder, const char *member, const char *const *texts);

/* @builder: (transfer full). Returns: (transfer full): the line in ASCII, without a line break */
char *hub_json_line_end (JsonBuilder *builder);

G_END_DECLS
