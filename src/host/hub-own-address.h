/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* HubOwnAddress: one address of this computer that a chat may be told to listen on. */
typedef struct
{
  char *address; /* numeric, as in HubSettings */
  char *label;   /* of its network, "Wi-Fi (wlp3s0)" */
} HubOwnAddress;

void hub_own_address_free (HubOwnAddress *self);

/* What guests may reach now, best first, whether a chat runs or not. Asks the kernel, briefly.
 * Returns: (transfer full) (element-type HubOwnAddress): empty without a network */
GPtrArray *hub_own_address_list (void);

G_END_DECLS
