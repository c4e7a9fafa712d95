/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-host.h"
#include "terminal/hub-input.h"
#include "terminal/hub-reporter.h"

G_BEGIN_DECLS

/*
 * HubTerminal: one chat run from a terminal or as a service: what signals mean, what is reported,
 * when commands are taken and how it ends. Owned by main, lives on its thread and the default main context.
 *
 * SIGINT and SIGTERM end the chat, a second one the program. SIGHUP ends the chat too if the
 * program was started from a terminal, which is now gone; a service reads its certificate again.
 */
#define HUB_TYPE_TERMINAL (hub_terminal_get_type ())
G_DECLARE_FINAL_TYPE (HubTerminal, hub_terminal, HUB, TERMINAL, GObject)

/* @input: where the host types commands, taken while the chat is open. */
HubTerminal *hub_terminal_new (HubHost *host, HubReporter *reporter, HubInput *input);

/* Holds a chat with @settings until it ends. Returns: the program's exit status */
int hub_terminal_run (HubTerminal *self, const HubSettings *settings);

G_END_DECLS
