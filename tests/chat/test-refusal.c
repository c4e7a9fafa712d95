/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-refusal.h"

#include <string.h>

static void
test_words (void)
{
  /* The contract's words, src/wire/README.md. */
  static const struct
  {
    HubRefusalCode code;
    const char *word;
  } cases[] = {
    { HUB_REFUSAL_NAME_BAD, "name-bad" },
    { HUB_REFUSAL_NAME_RESERVED, "name-reserved" },
    { HUB_REFUSAL_NAME_TAKEN, "name-taken" },
    { HUB_REFUSAL_LOCKED, "locked" },
    { HUB_REFUSAL_FULL, "full" },
    { HUB_REFUSAL_CODE, "code" },
    { HUB_REFUSAL_REMOVED, "removed" },
    { HUB_REFUSAL_TOO_FAST, "too-fast" },
    { HUB_REFUSAL_TOO_LONG, "too-long" },
    { HUB_REFUSAL_REF_EXPIRED, "ref-expired" },
    { HUB_REFUSAL_BAD_OBJECT, "bad-object" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *reason = hub_refusal_code_to_reason (cases[i].code);

      g_assert_cmpstr (hub_refusal_code_to_string (cases[i].code), ==, cases[i].word);
      g_assert_true (g_str_has_suffix (reason, "."));
      g_assert_null (strpbrk (reason, "\n\t"));
    }
}

static void
test_clear (void)
{
  HubRefusal refusal = HUB_REFUSAL_INIT;

  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_NONE);
  refusal.code = HUB_REFUSAL_NAME_TAKEN;
  refusal.suggestion = g_strdup ("Ana 2");
  refusal.retry_after = 5;

  hub_refusal_clear (&refusal);
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_NONE);
  g_assert_null (refusal.suggestion);
  g_assert_cmpuint (refusal.retry_after, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/refusal/words", test_words);
  g_test_add_func ("/chat/refusal/clear", test_clear);

  return g_test_run ();
}
