/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * HubCardLayout: how the address card is laid out. Wide open: its children below each other, in their
 * order. Compact: the controls beside the first child (the QR code) where they fit, and with them the
 * address where it fits on one line; everything else below. What fits depends on the font, so that
 * it is measured and not assumed. Owned by the card.
 */
#define HUB_TYPE_CARD_LAYOUT (hub_card_layout_get_type ())
G_DECLARE_FINAL_TYPE (HubCardLayout, hub_card_layout, HUB, CARD_LAYOUT, GtkLayoutManager)

/* All three are children of the widget that is laid out, which outlives this; the code comes first. */
void hub_card_layout_set_parts (HubCardLayout *self,
                                GtkWidget *code,
                                GtkWidget *address,
                                GtkWidget *controls);

void hub_card_layout_set_compact (HubCardLayout *self, gboolean is_compact);

G_END_DECLS
