/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-bar-list.h"

#include <string.h>

static void
add (HubBarList *list, const char *bar)
{
  hub_bar_list_add (list, bar, strlen (bar));
}

static gboolean
has (HubBarList *list, const char *bar)
{
  return hub_bar_list_has (list, bar, strlen (bar));
}

static void
test_add (void)
{
  g_autoptr (HubBarList) list = hub_bar_list_new (3);

  g_assert_false (has (list, "a"));
  add (list, "a");
  add (list, "b");
  g_assert_true (has (list, "a"));
  g_assert_true (has (list, "b"));
  g_assert_false (has (list, "c"));
  g_assert_false (has (list, "ab"));
  g_assert_cmpuint (hub_bar_list_get_length (list), ==, 2);
}

/* Bytes, not text. */
static void
test_bytes (void)
{
  g_autoptr (HubBarList) list = hub_bar_list_new (3);

  hub_bar_list_add (list, "\0a", 2);
  g_assert_true (hub_bar_list_has (list, "\0a", 2));
  g_assert_false (hub_bar_list_has (list, "\0b", 2));
  g_assert_false (hub_bar_list_has (list, "\0a", 1));
}

static void
test_bound (void)
{
  g_autoptr (HubBarList) list = hub_bar_list_new (3);

  add (list, "a");
  add (list, "b");
  add (list, "a");
  add (list, "c");
  g_assert_cmpuint (hub_bar_list_get_length (list), ==, 3);
  g_assert_true (has (list, "a"));
  add (list, "d");
  g_assert_cmpuint (hub_bar_list_get_length (list), ==, 3);
  g_assert_false (has (list, "a"));
  g_assert_true (has (list, "b"));
  g_assert_true (has (list, "d"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/bar-list/add", test_add);
  g_test_add_func ("/chat/bar-list/bytes", test_bytes);
  g_test_add_func ("/chat/bar-list/bound", test_bound);

  return g_test_run ();
}
