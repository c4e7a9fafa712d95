/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-quote.h"

static void
test_quote (void)
{
  static const struct
  {
    const char *name;
    const char *text;
    const char *quote;
  } cases[] = {
    { "Al", "hi", "Al: hi" },
    { "Ana", "", "Ana: " },
    { "Ana", "a\tb\n12:00  Bob joined", "Ana: a b\n> 12:00  Bob joined" },
    { "A", "x\033\n\n\u202e", "A: x\\x1b\n> \n> \\u202e" },
    { "Ana", "one two three four five six seven", "Ana: one two three four\n> five six seven" },
    { "Ana", "one two three        four", "Ana: one two three\n> four" },
    { "\t", "hello", "\\x09: \n> hello" },
    { "A long name here", "hello", "A long name here: \n> hello" },
    { "A name longer than 24 Bo joined", "hi", "A name longer than 24\n> Bo joined: \n> hi" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *quote = hub_quote_dup (cases[i].name, cases[i].text, "> ", 24);

      g_assert_cmpstr (quote, ==, cases[i].quote);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quote", test_quote);

  return g_test_run ();
}
