/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What every program that holds a chat does with its own process before anything else. */

/* First of all: descriptors 0 to 2 that the caller closed fail when used, and are not given to whatever
 * is opened next. Then the user's locale; translations are those of HUBBUB_LOCALE_DIR, where that is in
 * the environment, for a program that is not installed: po/ of the build tree. */
void hub_process_prepare (void);

/* Before a chat is held: a reader or peer that goes away does not end the program, no core dump keeps what
 * was said, and what libsoup warns of, which a peer may have sent, is printed for debugging only. */
void hub_process_protect (void);

/* One translated sentence, where this runs as root, else NULL. Returns: (nullable) */
const char *hub_process_get_warning (void);

G_END_DECLS
