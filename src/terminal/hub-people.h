/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-snapshot.h"
#include "terminal/hub-command.h"

G_BEGIN_DECLS

/* Who is here, for commands about them. Pure functions over a snapshot's people. */

/* The one that @command, a REMOVE, means: by number, or by name. A name is meant as it is, or, where
 * only one has it then, without regard to case; a part of it is not enough.
 * @people: (element-type HubPerson).
 * Returns: (transfer none) (nullable): NULL with HUB_COMMAND_ERROR_NOBODY */
const HubPerson *hub_people_find (GPtrArray *people, const HubCommand *command, GError **error);

/* Who is away. */
guint hub_people_count_away (GPtrArray *people);

/* A line each, in columns under a heading: number, name, device, how long, whether away; where that is
 * wider than @columns (0: nothing is), two lines each. Safe to print on a terminal. @now: milliseconds
 * since the epoch. Returns: (transfer full) */
char *hub_people_dup_table (GPtrArray *people, gint64 now, guint columns);

G_END_DECLS
