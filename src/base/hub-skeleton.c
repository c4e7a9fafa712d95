/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-skeleton.h"

#include "base/hub-utf16.h"

#include <unicode/uchar.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/* One call of ICU's that turns a text into another one, at most @capacity units long. */
typedef int32_t (*Step) (const HubUtf16 *text, UChar *chars, int32_t capacity, UErrorCode *status);

static gpointer
open_checker (gpointer unused)
{
  UErrorCode status = U_ZERO_ERROR;
  USpoofChecker *checker = uspoof_open (&status);

  hub_utf16_check (status);
  return checker;
}

/* Reading ICU's tables takes far longer than a comparison. The checker is never changed, and ICU
 * lets every thread use it; it stays for the life of the process. */
static const USpoofChecker *
get_checker (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, open_checker, NULL);
}

static int32_t
step_skeleton (const HubUtf16 *text, UChar *chars, int32_t capacity, UErrorCode *status)
{
  return uspoof_getSkeleton (get_checker (), 0, text->chars, text->length, chars, capacity, status);
}

/* Both case mappings without a language, so that the same name is the same everywhere. */
static int32_t
step_upper (const HubUtf16 *text, UChar *chars, int32_t capacity, UErrorCode *status)
{
  return u_strToUpper (chars, capacity, text->chars, text->length, "", status);
}

static int32_t
step_lower (const HubUtf16 *text, UChar *chars, int32_t capacity, UErrorCode *status)
{
  return u_strToLower (chars, capacity, text->chars, text->length, "", status);
}

static void
apply (HubUtf16 *text, Step step)
{
  HubUtf16 result = { NULL, 0 };
  int32_t capacity = 2 * text->length + 16;
  UErrorCode status;

  do
    {
      status = U_ZERO_ERROR;
      result.chars = g_renew (UChar, result.chars, capacity);
      result.length = step (text, result.chars, capacity, &status);
      capacity = result.length + 1;
    }
  while (status == U_BUFFER_OVERFLOW_ERROR);
  hub_utf16_check (status);

  hub_utf16_clear (text);
  *text = result;
}

/* Drops what is never seen; on the way a small capital becomes the capital. Small capitals have no
 * other case of their own, and the skeletons of small Cyrillic and Greek letters are made of them
 * ("Антон" -> "Aʜᴛoʜ"), while those of the capitals are plain ones ("AHTOH"). */
static void
fold_characters (HubUtf16 *text)
{
  static const UChar small_capitals[][2] = {
    { 0x0138, 'K' },    { 0x0262, 'G' },    { 0x028d, 'M' },    { 0x0299, 'B' }, { 0x029c, 'H' },
    { 0x0278, 0x03a6 }, { 0x1d0e, 0x0418 }, { 0x1d19, 0x042f }, { 0x1d1b, 'T' },
  };
  int32_t from = 0;
  int32_t to = 0;

  while (from < text->length)
    {
      UChar32 c;

      U16_NEXT (text->chars, from, text->length, c);
      if (u_hasBinaryProperty (c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        continue;

      for (gsize i = 0; i < G_N_ELEMENTS (small_capitals); i++)
        {
          if (c == small_capitals[i][0])
            c = small_capitals[i][1];
        }
      U16_APPEND_UNSAFE (text->chars, to, c);
    }
  text->length = to;
}

char *
hub_skeleton_new (const char *text)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance (&status);
  g_auto (HubUtf16) given = hub_utf16_new (text, -1);
  g_auto (HubUtf16) folded = { NULL, 0 };

  hub_utf16_check (status);
  folded = hub_utf16_normalize (&given, nfkc);
  fold_characters (&folded);

  /* Everything after the first step sees the skeleton alone, so that what looks the same stays the
   * same. There and back through both cases, because "I" looks like "l" but "i" does not, and "m"
   * like "rn" but "M" does not. */
  apply (&folded, step_skeleton);
  fold_characters (&folded);
  apply (&folded, step_upper);
  apply (&folded, step_skeleton);
  apply (&folded, step_lower);
  apply (&folded, step_skeleton);

  return hub_utf16_to_utf8 (&folded);
}
