/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-accept-language.h"

static const char *const tags[] = { "en", "ar", "de", "sr-Latn", NULL };

static const struct
{
  const char *header;
  const char *tag;
} cases[] = {
  { NULL, NULL },
  { "", NULL },
  { "de", "de" },
  { "DE", "de" },
  { "de-AT,de;q=0.9,en;q=0.8", "de" },
  { "ar-EG-u-nu-latn", "ar" },
  { "en-GB,de;q=0.9", "en" },
  { "fr,de;q=0.5,ar;q=0.7", "ar" },
  { "fr-CH, fr;q=0.9, *;q=0.1", NULL },
  /* Another script is another language for who reads it. */
  { "sr,de;q=0.1", "de" },
  { "sr-Latn-RS", "sr-Latn" },
  { "sr-Latn-x-de", "sr-Latn" },
  { "de;q=0,ar;q=0.001", "ar" },
  /* No longer a tag than it begins like one. */
  { "den", NULL },
  { "d", NULL },
  /* Whatever somebody sends. */
  { "-", NULL },
  { "--", NULL },
  { "-de", NULL },
  { "x-de", NULL },
  { ",,;q=1,=,\"de\"", NULL },
  { "\377\376,de", "de" },
};

static void
test_choose (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].header != NULL ? cases[i].header : "nothing");
      g_assert_cmpstr (hub_accept_language_choose (cases[i].header, tags), ==, cases[i].tag);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/accept-language/choose", test_choose);
  return g_test_run ();
}
