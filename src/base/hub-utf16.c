/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-utf16.h"

void
hub_utf16_check (UErrorCode status)
{
  if (U_FAILURE (status))
    g_error ("ICU failed: %s", u_errorName (status));
}

void
hub_utf16_clear (HubUtf16 *self)
{
  g_clear_pointer (&self->chars, g_free);
  self->length = 0;
}

HubUtf16
hub_utf16_new (const char *text, gssize length)
{
  HubUtf16 self;
  glong units = 0;

  g_assert (length <= G_MAXINT32);

  self.chars = g_utf8_to_utf16 (text, length, NULL, &units, NULL);
  self.length = (int32_t) units;
  g_assert (self.chars != NULL);

  return self;
}

HubUtf16
hub_utf16_normalize (const HubUtf16 *self, const UNormalizer2 *normalizer)
{
  HubUtf16 normalized;
  UErrorCode status = U_ZERO_ERROR;

  normalized.length = unorm2_normalize (normalizer, self->chars, self->length, NULL, 0, &status);
  if (status != U_BUFFER_OVERFLOW_ERROR)
    hub_utf16_check (status);

  status = U_ZERO_ERROR;
  normalized.chars = g_new (UChar, (gsize) normalized.length + 1);
  unorm2_normalize (normalizer, self->chars, self->length, normalized.chars, normalized.length + 1,
                    &status);
  hub_utf16_check (status);

  return normalized;
}

char *
hub_utf16_to_utf8 (const HubUtf16 *self)
{
  char *text = g_utf16_to_utf8 (self->chars, self->length, NULL, NULL, NULL);

  g_assert (text != NULL);

  return text;
}
