/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-utf16.h"

G_BEGIN_DECLS

/*
 * The two characters that are invisible and yet part of correct spelling. Private to this room.
 */
#define HUB_JOINER_ZWNJ 0x200c
#define HUB_JOINER_ZWJ 0x200d

/* Whether the joiner at unit @position of @text changes how its neighbours are written, so that it
 * is there to be seen: RFC 5892, appendix A.1 (ZWNJ after a virama, or between two letters that
 * would join) and A.2 (ZWJ after a virama); and a ZWJ between a letter and a virama, which the RFC
 * leaves out and which Bengali and Kannada need ("র‍্যাচেল", Rachel). */
gboolean hub_joiner_is_needed (const HubUtf16 *text, int32_t position);

G_END_DECLS
