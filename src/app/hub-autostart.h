/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The file that starts the program with the session, of the same name as the desktop file:
 * https://specifications.freedesktop.org/autostart-spec/latest/
 * @directory: where it is, usually ~/.config/autostart.
 */

/* Whether the session starts the program: the file is there, and nobody switched it off in it. */
gboolean hub_autostart_is_on (const char *directory);

/* Writes the file, atomically, or removes it. @program: the path of the program, run with --background.
 * @error: G_FILE_ERROR */
gboolean hub_autostart_turn_on (const char *directory, const char *program, GError **error);
gboolean hub_autostart_turn_off (const char *directory, GError **error);

/* The path of the program that runs now, as it is found in PATH if it is. Returns: (transfer full) */
char *hub_autostart_dup_program (void);

G_END_DECLS
