/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-preferences.h"
#include "app/hub-status.h"
#include "app/hub-window.h"

G_BEGIN_DECLS

/* Asks for the room's name and keeps it. It counts at once where nobody is present (the chat is started
 * anew), else from the next start, which is said. */
void hub_rename_dialog_present (HubWindow *window, HubStatus *status, HubPreferences *preferences);

G_END_DECLS
