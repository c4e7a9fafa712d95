/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names on the poster: of those who joined last. */
#define HUB_POSTER_NAMES 12

/*
 * HubPoster: how people get in, to be seen across a room: the room's name, QR code, address and code as
 * large as the screen allows, what phones will say, who came last. Owned by the join card.
 *
 * Properties: show-names (boolean) · inset (int, logical pixels left free at both ends of the top)
 */
#define HUB_TYPE_POSTER (hub_poster_get_type ())
G_DECLARE_FINAL_TYPE (HubPoster, hub_poster, HUB, POSTER, GtkWidget)

/* To be called once. */
void hub_poster_set_status (HubPoster *self, HubStatus *status);

G_END_DECLS
