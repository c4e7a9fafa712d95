/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-utf16.h"

G_BEGIN_DECLS

/*
 * Emoji inside a text (UTS #51). Private to this room.
 */

/* The UTF-16 units of the longest emoji that is recommended for general interchange (RGI: families,
 * flags, keycaps, skin tones as well as single ones) and begins at unit @start of @text; 0: none. */
int32_t hub_emoji_span (const HubUtf16 *text, int32_t start);

/* Whether @c alone can be shown as an emoji. The digits, '#' and '*', which are only in keycaps,
 * are not. */
gboolean hub_emoji_is_base (UChar32 c);

G_END_DECLS
