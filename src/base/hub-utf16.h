/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <unicode/unorm2.h>
#include <unicode/utypes.h>

G_BEGIN_DECLS

/*
 * HubUtf16: text in the form in which ICU's C interface takes it. Private to this room.
 *
 * A value with one owner, released by hub_utf16_clear() (or g_auto). ICU fails on text of a bounded
 * length only where it is out of memory or installed without its data; both end the program, as
 * they do in GLib.
 */
typedef struct
{
  UChar *chars;   /* not NUL-terminated */
  int32_t length; /* in UTF-16 units */
} HubUtf16;

void hub_utf16_clear (HubUtf16 *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubUtf16, hub_utf16_clear)

/* @text is @length bytes of valid UTF-8, or NUL-terminated with -1. */
HubUtf16 hub_utf16_new (const char *text, gssize length);

/* @self in a normalization form, for instance unorm2_getNFCInstance()'s. */
HubUtf16 hub_utf16_normalize (const HubUtf16 *self, const UNormalizer2 *normalizer);

/* Returns: (transfer full): NUL-terminated UTF-8 */
char *hub_utf16_to_utf8 (const HubUtf16 *self);

/* Ends the program where ICU could not do what cannot fail. */
void hub_utf16_check (UErrorCode status);

G_END_DECLS
