/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-code.h"

#include <string.h>

/* What people put between signs, and keyboards make of it. */
static gboolean
is_spacing (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

char *
hub_code_normalize (const char *text)
{
  char code[HUB_CODE_LENGTH + 1] = { 0 };
  guint length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      char sign;

      if (is_spacing (c))
        continue;
      sign = c < 0x80 ? g_ascii_toupper ((char) c) : '\0';
      if (length == HUB_CODE_LENGTH || sign == '\0' || strchr (HUB_CODE_ALPHABET, sign) == NULL)
        return NULL;
      code[length++] = sign;
    }

  return length == HUB_CODE_LENGTH ? g_strdup (code) : NULL;
}

gboolean
hub_code_equal (const char *a, const char *b)
{
  guint8 difference = 0;

  g_return_val_if_fail (a != NULL && strlen (a) == HUB_CODE_LENGTH, FALSE);
  g_return_val_if_fail (b != NULL && strlen (b) == HUB_CODE_LENGTH, FALSE);

  for (guint i = 0; i < HUB_CODE_LENGTH; i++)
    difference |= (guint8) (a[i] ^ b[i]);

  return difference == 0;
}
