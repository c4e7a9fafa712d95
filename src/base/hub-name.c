/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-name.h"

#include "base/hub-limits.h"
#include "base/hub-name-rule.h"
#include "base/hub-skeleton.h"
#include "base/hub-utf16.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

G_DEFINE_QUARK (hub - name - error - quark, hub_name_error)

/* No character decomposes canonically into more than four (UAX #15, section 9), so what has more
 * than four times as many cannot become short enough. Known before normalizing, whose time grows
 * with the square of a row of combining marks. */
#define MAX_DECOMPOSED_CHARS (4 * HUB_NAME_MAX_CHARS)

/* Suggested numbers go up one by one to the first of these, then double to the second, so that a
 * crowd of one name does not make each refusal dearer than the one before; from there on they are
 * drawn, because whoever wants it to be dear can have taken any that are known beforehand. */
#define LAST_NUMBER_IN_TURN 20
#define LAST_NUMBER_DOUBLED (1 << 20)

/* Without white space around it, and with one SPACE for each run of spaces of any width inside:
 * nobody sees how many there are. Other white space inside (tabs, line breaks) is left to be refused.
 * Returns: NULL where it is too long to be a name. */
static char *
tidy_spaces (const char *text, const char *end)
{
  g_autoptr (GString) tidy = g_string_new (NULL);
  gboolean in_spaces = FALSE;
  guint chars = 0;

  while (text < end && u_isUWhiteSpace ((UChar32) g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text)
    {
      const char *last = g_utf8_prev_char (end);

      if (!u_isUWhiteSpace ((UChar32) g_utf8_get_char (last)))
        break;
      end = last;
    }

  for (; text < end; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      gboolean is_space = u_charType ((UChar32) c) == U_SPACE_SEPARATOR;

      if (is_space && in_spaces)
        continue;
      if (++chars > MAX_DECOMPOSED_CHARS)
        return NULL;
      g_string_append_unichar (tidy, is_space ? ' ' : c);
      in_spaces = is_space;
    }

  return g_string_free (g_steal_pointer (&tidy), FALSE);
}

char *
hub_name_normalize (const char *data, gsize length, GError **error)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance (&status);
  g_autofree char *tidy = NULL;
  g_auto (HubUtf16) given = { NULL, 0 };
  g_auto (HubUtf16) name = { NULL, 0 };

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  hub_utf16_check (status);

  if (!g_utf8_validate_len (data, length, NULL))
    {
      g_set_error_literal (error, HUB_NAME_ERROR, HUB_NAME_ERROR_BAD, "a name is UTF-8 text");
      return NULL;
    }

  tidy = tidy_spaces (data, length > 0 ? data + length : data);
  if (tidy == NULL)
    {
      g_set_error_literal (error, HUB_NAME_ERROR, HUB_NAME_ERROR_BAD, "the name is too long");
      return NULL;
    }

  given = hub_utf16_new (tidy, -1);
  name = hub_utf16_normalize (&given, nfc);
  if (!hub_name_rule_check (&name, error))
    return NULL;

  return hub_utf16_to_utf8 (&name);
}

char *
hub_name_dup_skeleton (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (g_utf8_validate (name, -1, NULL), NULL);

  return hub_skeleton_new (name);
}

/* The longest beginning of @name, cut at a boundary of @clusters or (NULL) anywhere, that makes a
 * name with @suffix behind it. Returns: (transfer full) (nullable): that name */
static char *
shorten (const char *name, const char *suffix, UBreakIterator *clusters)
{
  for (const char *end = name + strlen (name); end > name; end = g_utf8_prev_char (end))
    {
      g_autofree char *start = g_strndup (name, (gsize) (end - name));
      g_autofree char *joined = g_strconcat (start, suffix, NULL);
      g_auto (HubUtf16) units = hub_utf16_new (start, -1);
      char *result;

      if (clusters != NULL && !ubrk_isBoundary (clusters, units.length))
        continue;

      result = hub_name_normalize (joined, strlen (joined), NULL);
      if (result != NULL)
        return result;
    }

  return NULL;
}

/* Returns: (transfer full): @name and @suffix, shortened to what a name may be */
static char *
append_suffix (const char *name, const char *suffix)
{
  g_autofree char *joined = g_strconcat (name, suffix, NULL);
  g_auto (HubUtf16) text = { NULL, 0 };
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *clusters;
  char *result = hub_name_normalize (joined, strlen (joined), NULL);

  if (result != NULL)
    return result;

  text = hub_utf16_new (name, -1);
  clusters = ubrk_open (UBRK_CHARACTER, "", text.chars, text.length, &status);
  hub_utf16_check (status);
  result = shorten (name, suffix, clusters);
  ubrk_close (clusters);

  /* One cluster may be as long as a name (Hangul letters written one by one). */
  if (result == NULL)
    result = shorten (name, suffix, NULL);

  return result;
}

static guint
get_next_number (guint number)
{
  if (number < LAST_NUMBER_IN_TURN)
    return number + 1;
  if (number < LAST_NUMBER_DOUBLED)
    return 2 * number;

  return (guint) g_random_int_range (LAST_NUMBER_DOUBLED, G_MAXINT32);
}

char *
hub_name_suggest (const char *name, HubNameTakenFunc taken, gpointer user_data)
{
  g_return_val_if_fail (name != NULL && *name != '\0', NULL);
  g_return_val_if_fail (taken != NULL, NULL);

  for (guint number = 2;; number = get_next_number (number))
    {
      g_autofree char *suffix = g_strdup_printf (" %u", number);
      g_autofree char *candidate = append_suffix (name, suffix);
      g_autofree char *skeleton = NULL;

      g_return_val_if_fail (candidate != NULL, NULL);

      skeleton = hub_skeleton_new (candidate);
      if (!taken (skeleton, user_data))
        return g_steal_pointer (&candidate);
    }
}
