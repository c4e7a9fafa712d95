/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-code-tries.h"

#include "base/hub-limits.h"

#define MINUTE HUB_CODE_TRIES_MS

/* Tries with @key as often as it may. Returns: how often that was */
static guint
try_all (HubCodeTries *tries, const char *key, gint64 now)
{
  guint n_tries = 0;

  while (hub_code_tries_get_wait (tries, key, now) == 0)
    {
      g_assert_cmpuint (n_tries, <, 1000);
      hub_code_tries_add (tries, key, now);
      n_tries++;
    }

  return n_tries;
}

static void
test_key (void)
{
  g_autoptr (HubCodeTries) tries = hub_code_tries_new ();

  g_assert_cmpuint (try_all (tries, "a", 1000), ==, HUB_CODE_TRIES_PER_KEY);
  g_assert_cmpuint (hub_code_tries_get_wait (tries, "a", 1000), ==, MINUTE);
  g_assert_cmpuint (hub_code_tries_get_wait (tries, "a", 1001), ==, MINUTE - 1);
  g_assert_cmpuint (hub_code_tries_get_wait (tries, "b", 1001), ==, 0);
  g_assert_cmpuint (hub_code_tries_get_wait (tries, "a", 1000 + MINUTE - 1), ==, 1);
  g_assert_cmpuint (try_all (tries, "a", 1000 + MINUTE), ==, HUB_CODE_TRIES_PER_KEY);
}

/* The minute slides: there is none at whose border ten fit. */
static void
test_sliding (void)
{
  g_autoptr (HubCodeTries) tries = hub_code_tries_new ();

  for (guint i = 0; i < HUB_CODE_TRIES_PER_KEY; i++)
    hub_code_tries_add (tries, "a", 10000 * (gint64) i);
  g_assert_cmpuint (hub_code_tries_get_wait (tries, "a", 50000), ==, MINUTE - 50000);
  g_assert_cmpuint (try_all (tries, "a", MINUTE), ==, 1);
  g_assert_cmpuint (hub_code_tries_get_wait (tries, "a", MINUTE), ==, 10000);
}

/* However many addresses somebody has: all of them together get so many, and what is kept does not
 * grow with them. */
static void
test_total (void)
{
  g_autoptr (HubCodeTries) tries = hub_code_tries_new ();
  guint n_tries = 0;

  for (guint minute = 0; minute < 3; minute++)
    {
      n_tries = 0;
      for (guint i = 0; i < 1000; i++)
        {
          g_autofree char *key = g_strdup_printf ("ip:10.0.%u.%u", i / 250, i % 250);

          n_tries += try_all (tries, key, minute * (gint64) MINUTE + i);
        }
      g_assert_cmpuint (n_tries, ==, HUB_CODE_TRIES);
    }
  g_assert_cmpuint (hub_code_tries_get_wait (tries, "new", 2 * (gint64) MINUTE + 1000), >, 0);
  g_assert_cmpuint (hub_code_tries_get_wait (tries, "new", 3 * (gint64) MINUTE), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/code-tries/key", test_key);
  g_test_add_func ("/chat/code-tries/sliding", test_sliding);
  g_test_add_func ("/chat/code-tries/total", test_total);

  return g_test_run ();
}
