/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-wrap.h"

static void
test_columns (void)
{
  static const struct
  {
    const char *text;
    guint columns;
  } cases[] = {
    { "", 0 },
    { "Ana 1", 5 },
    { "\u4f60\u597d", 4 },             /* wide */
    { "\U0001f600", 2 },               /* a picture */
    { "\u263a\ufe0f", 3 },             /* narrow, but a picture with the selector behind it */
    { "\U0001f1e9\U0001f1ea", 4 },     /* a flag, or two letters */
    { "e\u0301", 2 },                  /* a mark, which some terminals give a column */
    { "\u0645\u06cc\u200c\u062e", 4 }, /* ZWNJ */
    { "\033", 8 },                     /* escaped */
    { "\u202e", 8 },
    { "\u2028", 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (hub_wrap_get_columns (cases[i].text), ==, cases[i].columns);
}

/* At most 5 columns in the first piece, 10 in the others. */
static void
test_pieces (void)
{
  static const struct
  {
    const char *line;
    const char *pieces;
  } cases[] = {
    { "", "" },
    { "12345", "12345" },
    { "123456", "12345|6" },
    { "1234 67890", "1234|67890" },
    { "12345 7890123456 8", "12345|7890123456|8" },
    { "123     4", "123|4" },
    { "123456789012345678", "12345|6789012345|678" },
    { "1 34567", "1 345|67" }, /* rather than a line that is nearly empty */
    { "123 \u4f60\u597d", "123|\u4f60\u597d" },
    { "1234\u597d", "1234|\u597d" },
    { "\033", "|\033" },
    { "a    ", "a    " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) pieces = hub_wrap_line (cases[i].line, 5, 10);
      g_autofree char *joined = g_strjoinv ("|", pieces);

      g_assert_cmpstr (joined, ==, cases[i].pieces);
    }
}

static void
test_no_room_first (void)
{
  g_auto (GStrv) pieces = hub_wrap_line ("hello", 0, 10);

  g_assert_cmpstrv (pieces, ((const char *const[]){ "", "hello", NULL }));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wrap/columns", test_columns);
  g_test_add_func ("/wrap/pieces", test_pieces);
  g_test_add_func ("/wrap/no-room-first", test_no_room_first);

  return g_test_run ();
}
