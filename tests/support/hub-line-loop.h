/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is done with one line of standard input. */
typedef void (*HubLineFunc) (const char *line, gpointer user_data);

/* Runs a main loop on the default context and hands each line of standard input to @func; returns
 * at its end. For the little programs that Python tests talk to. */
void hub_line_loop_run (HubLineFunc func, gpointer user_data);

G_END_DECLS
