/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a text looks like. Private to this room: names are compared by hub_name_dup_skeleton().
 *
 * Texts with the same UTS #39 skeleton (section 4, with ICU's data) always have the same look here,
 * and so do those that then differ in case, width or invisible characters only. The price is that
 * what looks alike in one case is alike in the other too: "Ali" is taken where "All" is, since a
 * capital I looks like a small l. Case is told apart in some letters whose small form looks like
 * another letter of the Latin alphabet (Greek nu, Cyrillic ghe): joining those would join n and v.
 */

/* @text is valid UTF-8. Returns: (transfer full): for comparing only, never to be shown. */
char *hub_skeleton_new (const char *text);

G_END_DECLS
