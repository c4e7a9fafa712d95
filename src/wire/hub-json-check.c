/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-json-check.h"

#include <string.h>

/* 10^18 - 1 fits into 64 bits with a sign, whatever its sign. */
#define INTEGER_MAX_DIGITS 18

/* Where the check stands. It recurses, but never deeper than the caller allows. */
typedef struct
{
  char *at;
  const char *end;
  guint n_members;   /* of the outermost object */
  guint values_left; /* how many more may begin */
} HubJsonCursor;

static gboolean check_value (HubJsonCursor *cursor, guint depth_left, gboolean is_outermost);

static void
skip_space (HubJsonCursor *cursor)
{
  while (cursor->at < cursor->end && strchr (" \t\r\n", *cursor->at) != NULL && *cursor->at != '\0')
    cursor->at++;
}

/* Steps over @wanted if it is next. */
static gboolean
accept_char (HubJsonCursor *cursor, char wanted)
{
  if (cursor->at == cursor->end || *cursor->at != wanted)
    return FALSE;

  cursor->at++;
  return TRUE;
}

static gboolean
accept_word (HubJsonCursor *cursor, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (cursor->end - cursor->at) < length || memcmp (cursor->at, word, length) != 0)
    return FALSE;

  cursor->at += length;
  return TRUE;
}

static guint
skip_digits (HubJsonCursor *cursor)
{
  guint n_digits = 0;

  while (cursor->at < cursor->end && g_ascii_isdigit (*cursor->at))
    {
      cursor->at++;
      n_digits++;
    }

  return n_digits;
}

static gboolean
check_number (HubJsonCursor *cursor)
{
  gboolean is_integer = TRUE;
  gboolean has_leading_zero;
  guint n_digits;

  accept_char (cursor, '-');
  has_leading_zero = cursor->at < cursor->end && *cursor->at == '0';
  n_digits = skip_digits (cursor);
  if (n_digits == 0 || (has_leading_zero && n_digits > 1))
    return FALSE;

  if (accept_char (cursor, '.'))
    {
      is_integer = FALSE;
      if (skip_digits (cursor) == 0)
        return FALSE;
    }

  if (accept_char (cursor, 'e') || accept_char (cursor, 'E'))
    {
      is_integer = FALSE;
      if (!accept_char (cursor, '+'))
        accept_char (cursor, '-');
      if (skip_digits (cursor) == 0)
        return FALSE;
    }

  return !is_integer || n_digits <= INTEGER_MAX_DIGITS;
}

/* The four digits after "\u". Returns: the code unit, or -1 */
static int
read_code_unit (HubJsonCursor *cursor)
{
  int unit = 0;

  if (cursor->end - cursor->at < 4)
    return -1;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*cursor->at++);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }

  return unit;
}

static gboolean
check_unicode_escape (HubJsonCursor *cursor)
{
  int unit = read_code_unit (cursor);

  if (unit < 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;

  if (unit == 0)
    cursor->at[-1] = '1';

  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      int low;

      if (!accept_word (cursor, "\\u"))
        return FALSE;
      low = read_code_unit (cursor);
      return low >= 0xdc00 && low <= 0xdfff;
    }

  return TRUE;
}

static gboolean
check_string (HubJsonCursor *cursor)
{
  if (!accept_char (cursor, '"'))
    return FALSE;

  while (cursor->at < cursor->end)
    {
      guint8 byte = (guint8) *cursor->at++;

      if (byte == '"')
        return TRUE;
      if (byte < 0x20)
        return FALSE;
      if (byte != '\\')
        continue;

      if (accept_char (cursor, 'u'))
        {
          if (!check_unicode_escape (cursor))
            return FALSE;
        }
      else if (cursor->at == cursor->end || *cursor->at == '\0'
               || strchr ("\"\\/bfnrt", *cursor->at++) == NULL)
        {
          return FALSE;
        }
    }

  return FALSE;
}

static gboolean
check_array (HubJsonCursor *cursor, guint depth_left)
{
  skip_space (cursor);
  if (accept_char (cursor, ']'))
    return TRUE;

  do
    {
      if (!check_value (cursor, depth_left, FALSE))
        return FALSE;
    }
  while (accept_char (cursor, ','));

  return accept_char (cursor, ']');
}

static gboolean
check_object (HubJsonCursor *cursor, guint depth_left, gboolean is_outermost)
{
  skip_space (cursor);
  if (accept_char (cursor, '}'))
    return TRUE;

  do
    {
      skip_space (cursor);
      if (!check_string (cursor))
        return FALSE;
      skip_space (cursor);
      if (!accept_char (cursor, ':') || !check_value (cursor, depth_left, FALSE))
        return FALSE;
      if (is_outermost)
        cursor->n_members++;
    }
  while (accept_char (cursor, ','));

  return accept_char (cursor, '}');
}

/* A value and the space around it. */
static gboolean
check_value (HubJsonCursor *cursor, guint depth_left, gboolean is_outermost)
{
  gboolean is_good;

  skip_space (cursor);
  if (cursor->at == cursor->end || cursor->values_left == 0)
    return FALSE;
  cursor->values_left--;

  switch (*cursor->at)
    {
    case '{':
      cursor->at++;
      is_good = depth_left > 0 && check_object (cursor, depth_left - 1, is_outermost);
      break;
    case '[':
      cursor->at++;
      is_good = depth_left > 0 && check_array (cursor, depth_left - 1);
      break;
    case '"':
      is_good = check_string (cursor);
      break;
    case 't':
      is_good = accept_word (cursor, "true");
      break;
    case 'f':
      is_good = accept_word (cursor, "false");
      break;
    case 'n':
      is_good = accept_word (cursor, "null");
      break;
    default:
      is_good = check_number (cursor);
      break;
    }

  skip_space (cursor);
  return is_good;
}

gboolean
hub_json_check (char *json, gsize length, guint max_depth, guint max_values, guint *n_members)
{
  HubJsonCursor cursor = { json, json + length, 0, max_values };

  g_return_val_if_fail (json != NULL, FALSE);
  g_return_val_if_fail (n_members != NULL, FALSE);

  skip_space (&cursor);
  if (cursor.at == cursor.end || *cursor.at != '{')
    return FALSE;
  if (!check_value (&cursor, max_depth, TRUE) || cursor.at != cursor.end)
    return FALSE;

  *n_members = cursor.n_members;
  return TRUE;
}
