/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-accept-language.h"

#include <libsoup/soup.h>
#include <string.h>

static const char *
find (const char *range, gsize length, const char *const *tags)
{
  for (gsize i = 0; tags[i] != NULL; i++)
    if (strlen (tags[i]) == length && g_ascii_strncasecmp (tags[i], range, length) == 0)
      return tags[i];

  return NULL;
}

/* One subtag shorter each time; a single letter or digit ("x") goes with what it introduced. */
static const char *
look_up (const char *range, const char *const *tags)
{
  gsize length = strlen (range);

  while (length > 0)
    {
      const char *tag = find (range, length, tags);

      if (tag != NULL)
        return tag;
      do
        length--;
      while (length > 0 && range[length] != '-');
      if (length >= 2 && range[length - 2] == '-')
        length -= 2;
    }

  return NULL;
}

const char *
hub_accept_language_choose (const char *header, const char *const *tags)
{
  GSList *ranges;
  GSList *refused = NULL;
  const char *tag = NULL;

  g_return_val_if_fail (tags != NULL, NULL);

  if (header == NULL)
    return NULL;

  /* Best first; those of quality 0 are not among them: libsoup before 3.6.5 leaks what it is not asked for. */
  ranges = soup_header_parse_quality_list (header, &refused);
  for (GSList *range = ranges; range != NULL && tag == NULL; range = range->next)
    tag = look_up (range->data, tags);
  soup_header_free_list (ranges);
  soup_header_free_list (refused);

  return tag;
}
