/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "terminal/hub-output.h"
#include "terminal/hub-reporter.h"

G_BEGIN_DECLS

/*
 * HubJsonLines: the reporter for scripts (--json): one object a line. The man page describes each.
 * Guests' names, never their texts: messages are counted.
 */
#define HUB_TYPE_JSON_LINES (hub_json_lines_get_type ())
G_DECLARE_FINAL_TYPE (HubJsonLines, hub_json_lines, HUB, JSON_LINES, GObject)

HubReporter *hub_json_lines_new (HubOutput *output);

G_END_DECLS
