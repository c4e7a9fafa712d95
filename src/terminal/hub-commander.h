/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-host.h"
#include "terminal/hub-reporter.h"

G_BEGIN_DECLS

/*
 * HubCommander: does what the host types, and has the answer told. What may change something is
 * answered by the event that comes of it, which says what is now true whether it changed or not; then
 * the host says `decided`.
 * Owned by HubTerminal, lives on its thread.
 */
#define HUB_TYPE_COMMANDER (hub_commander_get_type ())
G_DECLARE_FINAL_TYPE (HubCommander, hub_commander, HUB, COMMANDER, GObject)

HubCommander *hub_commander_new (HubHost *host, HubReporter *reporter);

/* Does what @line (@length bytes of any kind) says. @host must be READY.
 * Returns: whether that is done; else the next line is to wait for `decided` */
gboolean hub_commander_execute (HubCommander *self, const char *line, gsize length);

G_END_DECLS
