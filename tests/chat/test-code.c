/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-code.h"

#include <string.h>

static void
test_normalize (void)
{
  static const struct
  {
    const char *typed;
    const char *code;
  } cases[] = {
    { "K7M2PX", "K7M2PX" },
    { "k7m2px", "K7M2PX" },
    { " K7M 2PX\n", "K7M2PX" },
    { "k7m-2px", "K7M2PX" },
    { "K-7-M-2-P-X", "K7M2PX" },
    { "K7M\302\2402PX", "K7M2PX" },     /* NO-BREAK SPACE */
    { "K7M\342\200\2232PX", "K7M2PX" }, /* EN DASH: what keyboards make of "--" */
    { "", NULL },
    { " - ", NULL },
    { "K7M2P", NULL },
    { "K7M2PXX", NULL },
    { "K7M2P0", NULL }, /* signs that are in no code */
    { "K7M2P1", NULL },
    { "K7M2PI", NULL },
    { "K7M2Pl", NULL },
    { "K7M2PO", NULL },
    { "K7M2P_", NULL },
    { "K7M2P\001", NULL },
    { "K7M2\320\240X", NULL }, /* Cyrillic that looks like P */
    { "K7M2P\305\277", NULL }, /* LONG S, of which the capital is S */
    { "Ana", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = hub_code_normalize (cases[i].typed);

      g_assert_cmpstr (code, ==, cases[i].code);
    }
}

static void
test_alphabet (void)
{
  g_assert_cmpuint (strlen (HUB_CODE_ALPHABET), ==, 31);
  for (const char *sign = HUB_CODE_ALPHABET; *sign != '\0'; sign++)
    {
      g_assert_true (strchr (sign + 1, *sign) == NULL);
      g_assert_true (strchr ("01ILO", *sign) == NULL);
    }
}

static void
test_equal (void)
{
  g_assert_true (hub_code_equal ("K7M2PX", "K7M2PX"));
  g_assert_false (hub_code_equal ("K7M2PX", "K7M2PY"));
  g_assert_false (hub_code_equal ("K7M2PX", "A7M2PX"));
  g_assert_false (hub_code_equal ("K7M2PX", "K7N2PX"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/code/normalize", test_normalize);
  g_test_add_func ("/chat/code/alphabet", test_alphabet);
  g_test_add_func ("/chat/code/equal", test_equal);

  return g_test_run ();
}
