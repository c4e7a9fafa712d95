/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which of @tags (BCP 47, NULL-terminated) somebody reads first, by the header Accept-Language
 * (RFC 9110, 12.5.4) and "lookup" of RFC 4647, 3.4: "de-AT" is answered with "de". @header may be
 * NULL, or anything. Returns: (transfer none) (nullable): one of @tags */
const char *hub_accept_language_choose (const char *header, const char *const *tags);

G_END_DECLS
