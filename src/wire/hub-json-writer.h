/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubJsonWriter: one JSON object (RFC 8259), written straight into a string. json-glib builds a tree
 * of everything first, which for a list of 500 guests takes eight times as long.
 *
 * Members are written in the order of the calls; @member NULL: an element of an array. Names of members
 * are written as they are.
 */
typedef struct _HubJsonWriter HubJsonWriter;

/* Begins the object. */
HubJsonWriter *hub_json_writer_new (void);

/* Ends the object and frees @self. Returns: (transfer full): UTF-8, on one line, without a NUL */
GBytes *hub_json_writer_finish (HubJsonWriter *self);

void hub_json_writer_begin_object (HubJsonWriter *self, const char *member);
void hub_json_writer_end_object (HubJsonWriter *self);
void hub_json_writer_begin_array (HubJsonWriter *self, const char *member);
void hub_json_writer_end_array (HubJsonWriter *self);

/* @value: valid UTF-8. */
void hub_json_writer_add_string (HubJsonWriter *self, const char *member, const char *value);
void hub_json_writer_add_integer (HubJsonWriter *self, const char *member, gint64 value);
void hub_json_writer_add_boolean (HubJsonWriter *self, const char *member, gboolean value);

G_END_DECLS
