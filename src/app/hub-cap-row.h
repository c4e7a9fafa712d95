/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * HubCapRow: a row with a number of which 0 means that there is no limit, and says so in words.
 *
 * Properties:
 *   value (uint): 0: no limit
 */
#define HUB_TYPE_CAP_ROW (hub_cap_row_get_type ())
G_DECLARE_FINAL_TYPE (HubCapRow, hub_cap_row, HUB, CAP_ROW, AdwActionRow)

guint hub_cap_row_get_value (HubCapRow *self);
void hub_cap_row_set_value (HubCapRow *self, guint value);

G_END_DECLS
