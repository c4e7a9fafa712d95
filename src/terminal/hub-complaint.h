/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What goes to standard error, in UTF-8 as all that is printed: g_printerr() makes question marks of
 * quotation marks where a service or an SSH session has no locale.
 */

/* "hubbub-server: MESSAGE"; @message is of any kind. */
void hub_complaint_print (const char *message);

/* The same of @error, with the option that helps, if there is one. */
void hub_complaint_print_error (const GError *error);

/* Where to read on after a command line that was not understood. */
void hub_complaint_print_hint (void);

G_END_DECLS
