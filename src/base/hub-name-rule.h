/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-utf16.h"

G_BEGIN_DECLS

/*
 * Which characters a name may hold, and where. Private to this room: hub_name_normalize() asks.
 */

/* @name is in NFC and trimmed. FALSE with HUB_NAME_ERROR_BAD, whose message says which rule. */
gboolean hub_name_rule_check (const HubUtf16 *name, GError **error);

G_END_DECLS
