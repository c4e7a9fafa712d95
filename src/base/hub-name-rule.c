/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-name-rule.h"

#include "base/hub-emoji.h"
#include "base/hub-joiner.h"
#include "base/hub-limits.h"
#include "base/hub-name.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#define VARIATION_SELECTOR_15 0xfe0e
#define VARIATION_SELECTOR_16 0xfe0f

static gboolean
bad (GError **error, const char *rule)
{
  g_set_error_literal (error, HUB_NAME_ERROR, HUB_NAME_ERROR_BAD, rule);
  return FALSE;
}

/* Symbols and letters whose glyph is an empty space, which no property tells: BRAILLE PATTERN BLANK,
 * KHITAN SMALL SCRIPT FILLER, EGYPTIAN HIEROGLYPH FULL and HALF BLANK, MUSICAL SYMBOL NULL
 * NOTEHEAD. */
static gboolean
has_blank_glyph (UChar32 c)
{
  return c == 0x2800 || c == 0x16fe4 || c == 0x13441 || c == 0x13442 || c == 0x1d159;
}

static gboolean
is_emoji_before (const HubUtf16 *name, int32_t position)
{
  UChar32 c;

  if (position == 0)
    return FALSE;

  U16_PREV (name->chars, 0, position, c);
  return hub_emoji_is_base (c);
}

/* Whether @c, at unit @position and not part of an emoji sequence, is nothing to be seen. */
static gboolean
is_hidden (const HubUtf16 *name, int32_t position, UChar32 c)
{
  static const uint32_t hidden_categories = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK
                                            | U_GC_CO_MASK | U_GC_CN_MASK | U_GC_ZL_MASK
                                            | U_GC_ZP_MASK;

  if (c == HUB_JOINER_ZWNJ || c == HUB_JOINER_ZWJ)
    return !hub_joiner_is_needed (name, position);
  if (c == VARIATION_SELECTOR_15 || c == VARIATION_SELECTOR_16)
    return !is_emoji_before (name, position);

  return (U_GET_GC_MASK (c) & hidden_categories) != 0
         || u_hasBinaryProperty (c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || has_blank_glyph (c);
}

/* What plain clients tell lines apart by. The compatibility form (NFKC) is looked at, so that the
 * full-width and the small form of a mark count as the mark; other scripts' marks that resemble a
 * colon are theirs to use, and no client that looks for ": " takes them for one. */
static gboolean
check_line_marks (const HubUtf16 *name, GError **error)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance (&status);
  g_auto (HubUtf16) plain = { NULL, 0 };

  hub_utf16_check (status);
  plain = hub_utf16_normalize (name, nfkc);

  if (plain.chars[0] == '*' || plain.chars[0] == '!')
    return bad (error, "a name does not begin with * or !");
  for (int32_t i = 0; i < plain.length; i++)
    {
      if (plain.chars[i] == ':')
        return bad (error, "a name has no colon");
    }

  return TRUE;
}

static gboolean
check_characters (const HubUtf16 *name, GError **error)
{
  gboolean has_content = FALSE;
  guint marks = 0; /* nonspacing ones in a row: UTS #39, section 5.4 */
  int32_t position = 0;

  while (position < name->length)
    {
      int32_t start = position;
      int32_t emoji = hub_emoji_span (name, position);
      uint32_t category;
      UChar32 c;

      if (emoji > 0)
        {
          position += emoji;
          has_content = TRUE;
          marks = 0;
          continue;
        }

      U16_NEXT (name->chars, position, name->length, c);
      if (is_hidden (name, start, c))
        return bad (error, "a name has no invisible characters");

      category = U_GET_GC_MASK (c);
      if (start == 0 && (category & U_GC_M_MASK) != 0)
        return bad (error, "a name does not begin with a combining mark");

      /* Spacing marks (Mc) take room of their own, and neither count nor end the row: Burmese
       * needs them in between. */
      if ((category & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0)
        marks++;
      else if ((category & U_GC_MC_MASK) == 0)
        marks = 0;
      if (marks > HUB_NAME_MAX_COMBINING)
        return bad (error, "too many combining marks");

      if ((category & (U_GC_L_MASK | U_GC_N_MASK)) != 0 || hub_emoji_is_base (c))
        has_content = TRUE;
    }

  return has_content || bad (error, "a name has a letter, a number or an emoji");
}

gboolean
hub_name_rule_check (const HubUtf16 *name, GError **error)
{
  int32_t chars = u_countChar32 (name->chars, name->length);

  if (chars == 0)
    return bad (error, "a name is not empty");
  if (chars > HUB_NAME_MAX_CHARS)
    return bad (error, "the name is too long");

  return check_characters (name, error) && check_line_marks (name, error);
}
