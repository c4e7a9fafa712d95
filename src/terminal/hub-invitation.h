/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-snapshot.h"
#include "terminal/hub-output.h"

G_BEGIN_DECLS

/* What people need to get in, printed for people: addresses, the code to scan, the code to type. */

/* Addresses in a column, and beside each where it leads. */
void hub_invitation_print_places (HubOutput *output, HubSnapshot *snapshot);

/* The address for this computer's own browser, if there is one. */
void hub_invitation_print_local (HubOutput *output, HubSnapshot *snapshot);

/* The code to scan for the best address, if there is one, and below it the code that guests are asked
 * for, if they are: it is part of what is scanned. */
void hub_invitation_print_codes (HubOutput *output, HubSnapshot *snapshot);

/* What hub_invitation_print_codes() draws: an address, perhaps with the code behind it.
 * Returns: (transfer full) (nullable): NULL without a network */
char *hub_invitation_dup_text (HubSnapshot *snapshot);

G_END_DECLS
