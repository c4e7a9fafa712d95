/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-utf16.h"

G_BEGIN_DECLS

/*
 * Which characters a name may hold, and where. Private to this room: hub_name_normalize() asks.
 *
 * - 1 to HUB_NAME_MAX_CHARS scalar values, of which one is a letter, a number (L, N) or an emoji;
 * - no ':' and, first, no '*' or '!': what plain clients tell lines apart by. Characters that NFKC
 *   makes one of these count as it; a mark of another script that only resembles it does not;
 * - no Cc, Cf, Cs, Co, Cn, Zl, Zp, Default_Ignorable_Code_Point or character whose glyph is empty,
 *   except joiners that show (hub_joiner_is_needed()), VS15 and VS16 after an emoji, and whatever is
 *   inside an RGI emoji sequence;
 * - not first a combining mark (M): it would sit on what is written before the name (RFC 5891,
 *   4.2.3.2); nowhere more than HUB_NAME_MAX_COMBINING nonspacing ones (Mn, Me) in a row.
 */

/* @name is in NFC and trimmed. FALSE with HUB_NAME_ERROR_BAD, whose message says which rule. */
gboolean hub_name_rule_check (const HubUtf16 *name, GError **error);

G_END_DECLS
