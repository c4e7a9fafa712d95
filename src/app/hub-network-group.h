/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-preferences.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * HubNetworkGroup: on which of this computer's networks guests are let in: all of them, or those chosen
 * by name. Reads the networks when it is shown. What was chosen and is not here now stays chosen.
 */
#define HUB_TYPE_NETWORK_GROUP (hub_network_group_get_type ())
G_DECLARE_FINAL_TYPE (HubNetworkGroup, hub_network_group, HUB, NETWORK_GROUP, AdwPreferencesGroup)

/* To be called once. */
void hub_network_group_follow (HubNetworkGroup *self, HubPreferences *preferences);

/* Shows @own (element-type HubOwnAddress) instead of what was read. */
void hub_network_group_set_own (HubNetworkGroup *self, GPtrArray *own);

G_END_DECLS
