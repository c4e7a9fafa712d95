/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-big-text.h"

#include "chat/hub-code.h"

/* Every character that a code may hold is drawn, each in its own way, in the columns it says. */
static void
test_big_text_alphabet (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *at = HUB_CODE_ALPHABET; *at != '\0'; at++)
    {
      const char letter[] = { *at, '\0' };
      char *drawn = hub_big_text_render (letter);
      g_auto (GStrv) lines = g_strsplit (drawn, "\n", -1);

      g_assert_cmpuint (g_strv_length (lines), ==, 4);
      for (guint i = 0; lines[i] != NULL; i++)
        g_assert_cmpint (g_utf8_strlen (lines[i], -1), ==, hub_big_text_get_columns (letter));
      g_test_message ("%s\n%s", letter, drawn);
      g_assert_false (g_str_is_ascii (drawn));
      g_assert_true (g_hash_table_add (seen, drawn));
    }
}

static void
test_big_text_word (void)
{
  g_autofree char *drawn = hub_big_text_render ("T 7");
  g_autofree char *nothing = hub_big_text_render ("");

  g_assert_cmpstr (drawn, ==,
                   "\u2580\u2580\u2588\u2580\u2580       \u2580\u2580\u2580\u2580\u2588 \n"
                   "  \u2588           \u2584\u2580  \n"
                   "  \u2588          \u2588    \n"
                   "  \u2580          \u2580    ");
  g_assert_cmpstr (nothing, ==, "\n\n\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/big-text/alphabet", test_big_text_alphabet);
  g_test_add_func ("/big-text/word", test_big_text_word);

  return g_test_run ();
}
