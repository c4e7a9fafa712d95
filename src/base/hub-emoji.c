/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-emoji.h"

#include <unicode/uchar.h>
#include <unicode/utf16.h>

/* The longest RGI emoji, a kiss between two people of different skin tones, takes 15. */
#define MAX_EMOJI_UNITS 24

int32_t
hub_emoji_span (const HubUtf16 *text, int32_t start)
{
  const UChar *chars = text->chars + start;
  int32_t limit = MIN (text->length - start, MAX_EMOJI_UNITS);
  int32_t end = 0;
  int32_t longest = 0;
  UChar32 first;

  if (limit == 0)
    return 0;

  U16_GET (chars, 0, 0, limit, first);
  if (!u_hasBinaryProperty (first, UCHAR_EMOJI))
    return 0;

  while (end < limit)
    {
      U16_FWD_1 (chars, end, limit);
      if (u_stringHasBinaryProperty (chars, end, UCHAR_RGI_EMOJI))
        longest = end;
    }

  return longest;
}

gboolean
hub_emoji_is_base (UChar32 c)
{
  return c > 0x7f && u_hasBinaryProperty (c, UCHAR_EMOJI);
}
