/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @skeleton, of hub_name_dup_skeleton(), is that of a word by which a guest would take the
 * host or the program for the speaker: "Host", "Hubbub", "Server", "System" and translations. That
 * the room's own name is reserved too is up to the room. */
gboolean hub_reserved_name_matches (const char *skeleton);

G_END_DECLS
