/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-preferences.h"
#include "app/hub-status.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * HubRestartRow: says that the chat which runs was started with other preferences, and restarts it where
 * nobody is in it. Visible only then.
 */
#define HUB_TYPE_RESTART_ROW (hub_restart_row_get_type ())
G_DECLARE_FINAL_TYPE (HubRestartRow, hub_restart_row, HUB, RESTART_ROW, AdwActionRow)

/* To be called once. */
void hub_restart_row_follow (HubRestartRow *self, HubPreferences *preferences, HubStatus *status);

G_END_DECLS
