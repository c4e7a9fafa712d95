/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * HubOutput: lines for whoever reads standard output, which may be slow, stopped or gone.
 *
 * Never blocks: a terminal held with Ctrl+S or a pipe that nobody reads must not keep the program
 * from ending the chat. What does not go out waits; once HUB_OUTPUT_MAX_BYTES do, further prints are
 * dropped whole. One print may be longer than that: what the host asks for of many guests. Once the reader is gone (EPIPE, EIO) lines go nowhere; that is no error. Owned by
 * main, lives on its thread.
 */
#define HUB_TYPE_OUTPUT (hub_output_get_type ())
G_DECLARE_FINAL_TYPE (HubOutput, hub_output, HUB, OUTPUT, GObject)

#define HUB_OUTPUT_MAX_BYTES (1024 * 1024)

/* @fd is borrowed and not changed: others may share it, so it is not made non-blocking. */
HubOutput *hub_output_new (int fd);

/* Prints @text, which may have several lines, and a line break, as soon as the reader takes it. */
void hub_output_print (HubOutput *self, const char *text);
void hub_output_printf (HubOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* How many prints were dropped since this was asked last; 0 while there is no room to tell. */
guint hub_output_take_missed (HubOutput *self);

/* Waits at most @timeout milliseconds for the reader to take what waits. For the end. */
void hub_output_flush (HubOutput *self, guint timeout);

/* Whether people look at it as it comes: a terminal, and not a service's journal. */
gboolean hub_output_is_terminal (HubOutput *self);

/* Whether that terminal obeys escapes for colours: TERM is set, and not to "dumb". */
gboolean hub_output_has_colours (HubOutput *self);

/* Columns of the terminal, 0 if unknown. */
guint hub_output_get_columns (HubOutput *self);

G_END_DECLS
