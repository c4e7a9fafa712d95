/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Side of the QR code in logical pixels: while nobody is in, and from the first guest on. */
#define HUB_ADDRESS_CARD_QR_LARGE 240
#define HUB_ADDRESS_CARD_QR_COMPACT 152

/*
 * HubAddressCard: how people get in: the QR code, the address to type or copy, the code that is asked
 * for, which network that is for, and what phones will say. Becomes small once somebody is in. Locked,
 * a lock covers the QR code. Owned by the window.
 *
 * Uses win.copy and win.enlarge, app.lock.
 */
#define HUB_TYPE_ADDRESS_CARD (hub_address_card_get_type ())
G_DECLARE_FINAL_TYPE (HubAddressCard, hub_address_card, HUB, ADDRESS_CARD, GtkWidget)

GtkWidget *hub_address_card_new (void);

/* To be called once. */
void hub_address_card_set_status (HubAddressCard *self, HubStatus *status);

/* Selects the address as text and gives it the focus, for people to copy it themselves. */
void hub_address_card_select_address (HubAddressCard *self);

G_END_DECLS
