/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * HubJoinCard: the poster in a window that fills the screen, for a projector; keeps the screen on while
 * it is shown, and closes when the chat ends. Owned by GTK.
 */
#define HUB_TYPE_JOIN_CARD (hub_join_card_get_type ())
G_DECLARE_FINAL_TYPE (HubJoinCard, hub_join_card, HUB, JOIN_CARD, AdwWindow)

/* @parent: on whose screen, and whose application keeps the screen on. */
HubJoinCard *hub_join_card_new (GtkWindow *parent, HubStatus *status, HubPreferences *preferences);

G_END_DECLS
