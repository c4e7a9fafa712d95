/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Folders of the test's own for what the user keeps (XDG base directories), from before the first look at
 * them to the test's end: what G_TEST_OPTION_ISOLATE_DIRS does, which changes them for each test, while
 * GSettings keeps the first ones, and leaks. */

/* Before g_test_init(). Returns: (transfer full) */
char *hub_test_home_make (void);

/* Removes it with everything in it. */
void hub_test_home_remove (char *home);

G_END_DECLS
