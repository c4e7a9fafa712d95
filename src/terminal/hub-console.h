/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "terminal/hub-output.h"
#include "terminal/hub-reporter.h"

G_BEGIN_DECLS

/*
 * HubConsole: the reporter for people: addresses, fingerprint, QR code, then a line an event.
 *
 * What guests are called and say goes to a terminal only, because anything else keeps it: in a
 * file, pipe or journal their names are left out unless the host asked for them, their texts
 * always. Every foreign string passes hub_text_escape_terminal().
 */
#define HUB_TYPE_CONSOLE (hub_console_get_type ())
G_DECLARE_FINAL_TYPE (HubConsole, hub_console, HUB, CONSOLE, GObject)

/* @log_names: print names even where the output is no terminal. @has_commands: the host may type. */
HubReporter *hub_console_new (HubOutput *output, gboolean log_names, gboolean has_commands);

G_END_DECLS
