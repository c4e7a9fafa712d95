/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"
#include "app/hub-window.h"

G_BEGIN_DECLS

/* Asks whether the guest with this id is to be removed, does it, and then offers a new code where one is
 * asked for: the old one is known to whom was removed. Nothing happens where there is no such guest (any
 * more). */
void hub_remove_dialog_present (HubWindow *window, HubStatus *status, guint64 guest_id);

G_END_DECLS
