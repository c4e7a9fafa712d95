/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * HubInput: the lines that come on standard input, which may be a terminal shared with a shell, a
 * pipe, a file, or nothing at all.
 *
 * Never blocks. What is no terminal is read to its end, and then never again. A terminal is read if
 * it is the one that the program was started from, and only while the program is in its foreground:
 * otherwise what is typed is for somebody else, the shell. The program ignores SIGTTIN, or a change
 * at the wrong moment would stop it. Owned by main, lives on its thread and the default main context.
 */
#define HUB_TYPE_INPUT (hub_input_get_type ())
G_DECLARE_FINAL_TYPE (HubInput, hub_input, HUB, INPUT, GObject)

/* A line without its line break: @length bytes of any kind. Returns: whether the next may follow at
 * once; else it does after hub_input_resume() */
typedef gboolean (*HubInputFunc) (const char *line, gsize length, gpointer user_data);

/* @fd is borrowed and not changed: others may share it, so it is not made non-blocking. A longer
 * line than @max_bytes comes as its first @max_bytes. */
HubInput *hub_input_new (int fd, gsize max_bytes);

/* Calls @func for each line from now on. Once. */
void hub_input_start (HubInput *self, HubInputFunc func, gpointer user_data);

/* What a line asked for is done. Not within @func. */
void hub_input_resume (HubInput *self);

/* Nothing is read any more. Legal within @func. */
void hub_input_stop (HubInput *self);

/* Whether the host may type there. */
gboolean hub_input_is_terminal (HubInput *self);

G_END_DECLS
