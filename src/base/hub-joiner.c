/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-joiner.h"

#include <unicode/uchar.h>
#include <unicode/utf16.h>

/* Canonical_Combining_Class=Virama. */
#define VIRAMA 9

static UJoiningType
get_joining_type (UChar32 c)
{
  return (UJoiningType) u_getIntPropertyValue (c, UCHAR_JOINING_TYPE);
}

/* (Joining_Type:{L,D})(Joining_Type:T)* before @position */
static gboolean
joins_forward (const HubUtf16 *text, int32_t position)
{
  while (position > 0)
    {
      UChar32 c;
      UJoiningType type;

      U16_PREV (text->chars, 0, position, c);
      type = get_joining_type (c);
      if (type != U_JT_TRANSPARENT)
        return type == U_JT_LEFT_JOINING || type == U_JT_DUAL_JOINING;
    }

  return FALSE;
}

/* (Joining_Type:T)*(Joining_Type:{R,D}) from @position on */
static gboolean
joins_backward (const HubUtf16 *text, int32_t position)
{
  while (position < text->length)
    {
      UChar32 c;
      UJoiningType type;

      U16_NEXT (text->chars, position, text->length, c);
      type = get_joining_type (c);
      if (type != U_JT_TRANSPARENT)
        return type == U_JT_RIGHT_JOINING || type == U_JT_DUAL_JOINING;
    }

  return FALSE;
}

gboolean
hub_joiner_is_needed (const HubUtf16 *text, int32_t position)
{
  int32_t after = position + 1; /* both joiners are one unit */
  int32_t before = position;
  UChar32 previous, next;

  if (position == 0)
    return FALSE;

  U16_PREV (text->chars, 0, before, previous);
  if (u_getCombiningClass (previous) == VIRAMA)
    return TRUE;

  if (text->chars[position] == HUB_JOINER_ZWNJ)
    return joins_forward (text, position) && joins_backward (text, after);

  if (after == text->length)
    return FALSE;

  U16_GET (text->chars, 0, after, text->length, next);
  return u_getCombiningClass (next) == VIRAMA && u_isalpha (previous);
}
